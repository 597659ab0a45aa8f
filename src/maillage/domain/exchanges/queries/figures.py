"""The figures of a pole's home, each with the question that proves it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.filters import IntentFilters, open_questions
from maillage.domain.exchanges.sight import seen_in_outline, seen_whole

STALE_DAYS = 180
FEWEST_HIDDEN = 3
_SUMS = (
    ("needs_said", "needs_answered", "needs_waiting"),
    ("offers_said", "offers_available"),
    ("to_confirm",),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of the whole pole, how many of its lines the viewer may open, and the filters that list them.

    When one or two lines only are hidden, the count is of those shown: the difference would tell of a single need.
    """

    count: int
    shown: int
    filters: IntentFilters


@dataclass(frozen=True, slots=True)
class PoleFigures:
    """What was said, what found an answer, what waits; what is proposed; what nobody confirmed for six months."""

    needs_said: Figure
    needs_answered: Figure
    needs_waiting: Figure
    offers_said: Figure
    offers_available: Figure
    to_confirm: Figure


def pole_figures(*, viewer: Viewer, pole: Pole, on: date, since: date | None = None) -> PoleFigures:
    """Count the intents of a pole, in one query; ``since`` keeps what was said from that day on."""
    opened, covered = IntentState.OPEN.value, IntentState.COVERED.value
    need, offer = IntentKind.NEED.value, IntentKind.OFFER.value
    questions = {
        "needs_said": IntentFilters(kind=need, said_since=since),
        "needs_answered": IntentFilters(kind=need, state=covered, said_since=since),
        "needs_waiting": IntentFilters(kind=need, state=opened, said_since=since),
        "offers_said": IntentFilters(kind=offer, said_since=since),
        "offers_available": IntentFilters(kind=offer, state=opened, said_since=since),
        "to_confirm": IntentFilters(
            state=opened, said_since=since, stale_before=on - timedelta(days=STALE_DAYS)
        ),
    }
    seen = seen_whole(viewer, pole.pk) | seen_in_outline(viewer, pole.pk)
    counts = Intent.objects.filter(pole=pole).aggregate(
        **{name: Count("pk", filter=open_questions(filters)) for name, filters in questions.items()},
        **{
            f"{name}_shown": Count("pk", filter=open_questions(filters) & seen)
            for name, filters in questions.items()
        },
    )
    told = _told(counts)
    return PoleFigures(
        **{name: Figure(told[name], counts[f"{name}_shown"], asked) for name, asked in questions.items()}
    )


def _told(counts: dict[str, int]) -> dict[str, int]:
    """Return the counts to tell; those of a sum are told whole together, or not at all."""
    told: dict[str, int] = {}
    for names in _SUMS:
        hidden = [counts[name] - counts[f"{name}_shown"] for name in names]
        is_safe = all(number == 0 or number >= FEWEST_HIDDEN for number in hidden)
        told |= {name: counts[name if is_safe else f"{name}_shown"] for name in names}
    return told
