"""What people type, tidied and measured before it is kept."""

from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import tidy, tidy_lines

TITLE_LENGTH = 200
REASON_LENGTH = 300
SUMMARY_LENGTH = 300
TEXT_LENGTH = 50_000


def title_of(text: str, *, ask: str, field: str = "title", longest: int = TITLE_LENGTH) -> str:
    """Return one line; ``ask`` is what is said when it is empty."""
    line = tidy(text)
    if not line:
        raise UserMistake(ask, field=field)
    return short(line, field=field, longest=longest)


def short(text: str, *, field: str, longest: int = REASON_LENGTH) -> str:
    """Return one line of at most ``longest`` characters."""
    line = tidy(text)
    if len(line) > longest:
        raise UserMistake(f"C’est trop long : {longest} caractères au plus.", field=field)
    return line


def long_text(text: str, *, field: str) -> str:
    """Return a text of several lines."""
    if len(text) > TEXT_LENGTH:
        raise UserMistake(f"Ce texte est trop long : {TEXT_LENGTH} caractères au plus.", field=field)
    return tidy_lines(text)
