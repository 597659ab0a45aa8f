"""The queue of the desk: every open intent of one side falls into one group, counted and cut by the database."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.enums import DecisionKind, Verdict
from maillage.domain.matching.models import Decision, MatchingRun, Proposal
from maillage.domain.matching.queries import last_run

NEAR_ENOUGH = (Verdict.VERY_GOOD, Verdict.GOOD)
AT_FIRST = 30  # lines of a group that the desk shows before one asks for more


class Group(StrEnum):
    """Where an open intent stands after a run and what was decided since, in the order of the queue."""

    TO_DECIDE = "to_decide"
    FRAGILE = "fragile"
    UNANSWERED = "unanswered"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """An intent in the queue: how many leads wait, how many are kept."""

    intent: Intent
    waiting: int
    kept: int


@dataclass(frozen=True, slots=True)
class Lines:
    """A group of the queue: its first lines, and how many it has in all."""

    lines: tuple[QueueLine, ...] = ()
    total: int = 0

    def __iter__(self) -> Iterator[QueueLine]:
        """Go through the lines shown."""
        return iter(self.lines)

    @property
    def others(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class Desk:
    """The queue of one side, in four groups."""

    run: MatchingRun | None
    to_decide: Lines
    fragile: Lines
    unanswered: Lines
    followed: Lines

    @property
    def lines(self) -> tuple[QueueLine, ...]:
        """The lines shown, in the order of the groups."""
        return self.to_decide.lines + self.fragile.lines + self.unanswered.lines + self.followed.lines

    @property
    def total(self) -> int:
        """How many open intents there are in all."""
        return self.to_decide.total + self.fragile.total + self.unanswered.total + self.followed.total


def desk(*, pole: Pole, kind: str, at_most: int = AT_FIRST) -> Desk:
    """The queue of the needs (or of the offers) of a pole, from its last run and what was decided since."""
    run = last_run(pole=pole)
    shown: dict[str, list[QueueLine]] = defaultdict(list)
    totals: dict[str, int] = {}
    first = _first_of_each(pole, kind, run, at_most)
    lines = _lines_of([pk for pk, _, _ in first], kind=kind, run=run)
    for pk, group, total in first:
        totals[group] = total
        if pk in lines:
            shown[group].append(lines[pk])
    return Desk(run, *(Lines(tuple(shown[group]), totals.get(group, 0)) for group in Group))


def _first_of_each(
    pole: Pole, kind: str, run: MatchingRun | None, at_most: int
) -> list[tuple[int, str, int]]:
    """Return the first intents of each group, each with its group and the size of the group; one query."""
    rows = in_groups(Intent.objects.filter(pole=pole), kind=kind, run=run).annotate(
        place=Window(RowNumber(), partition_by="group", order_by=["-confirmed_on", "-pk"]),
        total=Window(Count("pk"), partition_by="group"),
    )
    return list(rows.filter(place__lte=at_most).values_list("pk", "group", "total"))


def _lines_of(keys: list[int], *, kind: str, run: MatchingRun | None) -> dict[int, QueueLine]:
    """Return the lines of these intents alone: the leads of those that are not shown are not counted."""
    rows = (
        Intent.objects.annotate(waiting=_number(_waiting(kind, run), kind), kept=_number(_kept(kind), kind))
        .defer("document", "folded")
        .select_related("municipality", "author")
        .in_bulk(keys)
    )
    return {pk: QueueLine(one, one.waiting, one.kept) for pk, one in rows.items()}


def in_groups(rows: QuerySet[Intent], *, kind: str, run: MatchingRun | None) -> QuerySet[Intent]:
    """Return the open intents of one side among ``rows``, freshest first, each with its ``group``."""
    waiting = _waiting(kind, run)
    return (
        rows.filter(kind=kind, state=IntentState.OPEN)
        .annotate(
            group=Case(
                When(Exists(waiting.filter(verdict__in=NEAR_ENOUGH)), then=Value(Group.TO_DECIDE.value)),
                When(Exists(waiting), then=Value(Group.FRAGILE.value)),
                When(Exists(_kept(kind)), then=Value(Group.FOLLOWED.value)),
                default=Value(Group.UNANSWERED.value),
                output_field=CharField(),
            )
        )
        .order_by("-confirmed_on", "-pk")
    )


def without_answer(rows: QuerySet[Intent], *, kind: str, run: MatchingRun | None) -> QuerySet[Intent]:
    """Return, among ``rows``, the open intents of one side that no lead answers: the group ``UNANSWERED``, alone."""
    asked = rows.filter(kind=kind, state=IntentState.OPEN)
    return asked.filter(has_no_answer(kind=kind, run=run)).order_by("-confirmed_on", "-pk")


def has_no_answer(*, kind: str, run: MatchingRun | None) -> Q:
    """Return the condition of the intents of one side that no lead answers."""
    return Q(~Exists(_waiting(kind, run)), ~Exists(_kept(kind)))


def _waiting(kind: str, run: MatchingRun | None) -> QuerySet[Proposal]:
    """Return the leads of an intent in the run that nobody has decided."""
    decided = Decision.objects.filter(need=OuterRef("need_id"), offer=OuterRef("offer_id"))
    ranked = Proposal.objects.filter(run=run, **{kind: OuterRef("pk"), f"rank_for_{kind}__isnull": False})
    return ranked.filter(~Exists(decided))


def _kept(kind: str) -> QuerySet[Decision]:
    return Decision.objects.filter(**{kind: OuterRef("pk")}).filter(kind=DecisionKind.ACCEPTED)


def _number(rows: QuerySet[Any], kind: str) -> Coalesce:
    """Return how many of ``rows`` an intent has."""
    counted = rows.order_by().values(kind).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
