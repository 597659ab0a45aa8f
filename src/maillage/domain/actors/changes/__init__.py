"""Who changed what, when, from what to what; and a mistaken change taken back. Any tracked table of any room.

A room describes its tables in a ``history.py`` (``Tracked``); the registry of the doors lists them.
"""

from maillage.domain.actors.changes.reading import Change, ChangedField, change_numbered, changes_of
from maillage.domain.actors.changes.tracked import State, Tracked
from maillage.domain.actors.changes.undoing import undo, undo_refusal
from maillage.domain.actors.changes.wording import Phrase

__all__ = [
    "Change",
    "ChangedField",
    "Phrase",
    "State",
    "Tracked",
    "change_numbered",
    "changes_of",
    "undo",
    "undo_refusal",
]
