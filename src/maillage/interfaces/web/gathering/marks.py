"""Notes cut where a need was drawn from them, so that the page links both."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; ``url`` is the line drawn from them."""

    text: str
    url: str = ""


def marked(notes: str, drawn: Sequence[tuple[str, str]]) -> list[Piece]:
    """Cut ``notes`` at the first place of each text drawn; what overlaps an earlier mark is left unmarked.

    >>> [(one.text, one.url) for one in marked("Il manque une salle.", [("une salle", "/1/")])]
    [('Il manque ', ''), ('une salle', '/1/'), ('.', '')]
    """
    found: list[tuple[int, int, str]] = []
    for words, url in drawn:
        start = notes.find(words) if words else -1
        end = start + len(words)
        if start >= 0 and all(end <= begun or start >= ended for begun, ended, _ in found):
            found.append((start, end, url))
    pieces, at = [], 0
    for start, end, url in sorted(found):
        pieces += [Piece(notes[at:start])] if start > at else []
        pieces.append(Piece(notes[start:end], url))
        at = end
    return [*pieces, Piece(notes[at:])] if at < len(notes) else pieces
