"""Keeping machines out of a public form without asking a third party: a field nobody sees, and a little time."""

from datetime import datetime, timedelta

from django.core import signing

from maillage.core.errors import UserMistake

TRAP = "site_web"
_SALT = "maillage.public-form"
SHORTEST, LONGEST = timedelta(seconds=3), timedelta(hours=12)
_AGAIN = "Relisez, puis envoyez encore une fois."


def stamp(at: datetime) -> str:
    """Return the sealed hour at which the form was shown."""
    return signing.dumps(at.isoformat(), salt=_SALT)


def check_unhurried(*, trap: str, stamped: str, at: datetime) -> None:
    """Refuse what fills the hidden field, answers faster than one reads, or comes from no form of ours."""
    if trap.strip():
        raise UserMistake(f"Laissez vide le champ qui le demande. {_AGAIN}")
    try:
        shown = datetime.fromisoformat(signing.loads(stamped, salt=_SALT))
    except (signing.BadSignature, ValueError) as error:
        raise UserMistake(f"Cette page était ouverte ailleurs, ou depuis longtemps. {_AGAIN}") from error
    if at - shown > LONGEST:
        raise UserMistake(f"Cette page était ouverte depuis longtemps. {_AGAIN}")
    if at - shown < SHORTEST:
        raise UserMistake(f"C’est allé très vite. {_AGAIN}")
