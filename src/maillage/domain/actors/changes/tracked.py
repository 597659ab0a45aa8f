"""A table whose history is read: what its lines are called, who may read them, what may be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models

from maillage.core.errors import UserMistake
from maillage.domain.actors.changes.wording import Column, Phrase, plain
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer

State = Any  # a row, or the event that kept it: the same columns


def _undone_freely(_row: Any, _columns: frozenset[str]) -> str:
    return ""


def _refused_plainly(_error: IntegrityError) -> UserMistake | None:
    return None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracked table.

    ``check_reads`` and ``check_undoes`` raise ``Refused`` with the reason. ``knows_of_it`` says whether this reader may
    know that the row is. ``reads_state`` says whether one state of
    the row may be told to this reader: an older state may hold what they may not know. ``rests_on_it`` returns the
    sentence of what rests on the row now, or "". ``refused_as`` says what the database refused, when the room knows.
    ``owner`` is the column that names the row whose page shows this
    table's lines too. Columns ``silent`` are not told; columns ``moved_by_state`` change by their own gestures.
    """

    kind: str
    model: type[models.Model]
    noun: str
    owned_by: Callable[[State], int | None]
    check_reads: Callable[[Viewer, Pole, State], None]
    check_undoes: Callable[[Viewer, Pole, State], None]
    named: Callable[[State], str] = str
    owner: str = ""
    phrases: tuple[Phrase, ...] = ()
    silent: frozenset[str] = frozenset()
    moved_by_state: frozenset[str] = frozenset()
    knows_of_it: Callable[[Viewer, Pole, State], bool] = lambda viewer, pole, state: True
    reads_state: Callable[[Viewer, Pole, State], bool] = lambda viewer, pole, state: True
    rests_on_it: Callable[[Any, frozenset[str]], str] = field(default=_undone_freely)
    refused_as: Callable[[IntegrityError], UserMistake | None] = field(default=_refused_plainly)

    @property
    def events(self) -> type[models.Model]:
        """The table of its history."""
        model: Any = self.model
        found: type[models.Model] = model.pgh_event_model
        return found

    def columns(self) -> list[Column]:
        """Return the columns that both the row and its history hold, without its number."""
        kept = {one.attname for one in self.events._meta.concrete_fields}
        return [
            one
            for one in self.model._meta.concrete_fields
            if not one.primary_key and not one.generated and one.attname in kept
        ]

    def sayings(self) -> tuple[Phrase, ...]:
        """Return how each column is said: the room's own phrases first, the others as they are."""
        taken = {name for phrase in self.phrases for name in phrase.columns} | self.silent
        return (*self.phrases, *(plain(one) for one in self.columns() if one.attname not in taken))
