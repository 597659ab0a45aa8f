"""The changes of a row, the last first: who, when, and each thing said before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory.models
from django.db.models import Q

from maillage.domain.actors.changes.tracked import State, Tracked
from maillage.domain.actors.changes.wording import NOTHING
from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Viewer

MOST = 60
CREATED, UPDATED, DELETED = "insert", "update", "delete"


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One thing that changed, in words."""

    label: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """The change in one line: « Quantité : 12 t par an → 15 t par an »."""
        return f"{self.label} : {self.before or NOTHING} → {self.after or NOTHING}"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row; ``columns`` are those that moved, ``state`` and ``was`` the row after and before."""

    number: int
    tracked: Tracked
    row: int
    verb: str
    at: datetime
    by: str
    fields: tuple[ChangedField, ...]
    columns: frozenset[str]
    state: State
    was: State | None

    @property
    def title(self) -> str:
        """What happened: « Le besoin est noté », « Le besoin change », « La ligne est supprimée »."""
        words = {CREATED: "c’est noté", UPDATED: "c’est changé", DELETED: "c’est supprimé"}[self.verb]
        return f"{self.tracked.noun[:1].upper()}{self.tracked.noun[1:]} : {words}"


def changes_of(
    *, viewer: Viewer, pole: Pole, tracked: Tracked, pk: int, parts: Iterable[Tracked] = ()
) -> list[Change]:
    """Return the changes of a row and of the lines it owns in the pole that the reader may know, the last first."""
    events = _events(tracked, Q(pgh_obj_id=pk))
    found = _read(viewer, pole, tracked, events)
    for part in parts:
        numbers = part.events._default_manager.filter(**{part.owner: pk}).values("pgh_obj_id")
        found += _read(viewer, pole, part, _events(part, Q(pgh_obj_id__in=numbers)))
    return sorted(found, key=lambda one: (one.at, one.number), reverse=True)[:MOST]


def change_numbered(*, viewer: Viewer, pole: Pole, tracked: Tracked, number: int) -> Change | None:
    """Return one change by its number; None when there is none, or when the reader may not know it."""
    event: Any = tracked.events._default_manager.filter(pgh_id=number).first()
    if event is None:
        return None
    rows = _read(viewer, pole, tracked, _events(tracked, Q(pgh_obj_id=event.pgh_obj_id)))
    return next((one for one in rows if one.number == number), None)


def _events(tracked: Tracked, asked: Q) -> list[Any]:
    rows = tracked.events._default_manager.filter(asked).select_related("pgh_context")
    return list(rows.order_by("pgh_obj_id", "pgh_id"))


def _read(viewer: Viewer, pole: Pole, tracked: Tracked, events: Sequence[Any]) -> list[Change]:
    """Compare each state with the one before; a state the reader may not know tells nothing, before nor after."""
    names = _names(events)
    found: list[Change] = []
    was: Any = None
    for event in events:
        if was is not None and was.pgh_obj_id != event.pgh_obj_id:
            was = None
        is_told = _tells(viewer, pole, tracked, event) and (was is None or _tells(viewer, pole, tracked, was))
        change = _change(viewer, tracked, was, event, names)
        if is_told and (change.verb != UPDATED or change.fields):
            found.append(change)
        was = event
    return found


def _tells(viewer: Viewer, pole: Pole, tracked: Tracked, state: State) -> bool:
    return tracked.owned_by(state) in (None, pole.pk) and tracked.reads_state(viewer, pole, state)


def _change(viewer: Viewer, tracked: Tracked, was: Any, event: Any, names: dict[int, str]) -> Change:
    moved = frozenset(
        one.attname
        for one in tracked.columns()
        if was is None or getattr(was, one.attname) != getattr(event, one.attname)
    )
    return Change(
        number=event.pgh_id,
        tracked=tracked,
        row=event.pgh_obj_id,
        verb=event.pgh_label,
        at=event.pgh_created_at,
        by=names.get(_account_of(event) or 0, ""),
        fields=() if event.pgh_label == DELETED else _fields(viewer, tracked, was, event, moved),
        columns=moved,
        state=event,
        was=was,
    )


def _fields(
    viewer: Viewer, tracked: Tracked, was: Any, event: Any, moved: frozenset[str]
) -> tuple[ChangedField, ...]:
    found = []
    for phrase in tracked.sayings():
        if not moved & set(phrase.columns):
            continue
        before = phrase.say(viewer, was) if was is not None else ""
        after = phrase.say(viewer, event)
        if before != after:
            found.append(ChangedField(phrase.label, before, after))
    return tuple(found)


def _account_of(event: Any) -> int | None:
    context: pghistory.models.Context | None = event.pgh_context
    user = (context.metadata or {}).get("user") if context is not None else None
    return int(user) if user is not None else None


def _names(events: Iterable[Any]) -> dict[int, str]:
    """Return who the accounts of some changes are, in one query."""
    numbers = {number for event in events if (number := _account_of(event)) is not None}
    accounts = Account.objects.filter(pk__in=numbers).select_related("person")
    return {one.pk: str(one.person) if one.person else one.email for one in accounts}
