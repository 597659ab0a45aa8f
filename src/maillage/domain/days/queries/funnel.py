"""The funnel of a year: needs said, leads kept, agreements, what runs; and why the others stopped."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.exchanges.queries.lists import views_of
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.models import Agreement
from maillage.domain.matching.enums import DecisionKind
from maillage.domain.matching.models import Decision
from maillage.domain.synergies.enums import ClosingReason
from maillage.domain.synergies.models import Synergy, SynergyChange
from maillage.domain.synergies.states import STOPPED

SHOWN = 200


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step and how many needs said this year reached it; ``code`` names the list of its lines."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """Why synergies stopped this year."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The steps, each a part of the one before, and the reasons, most frequent first."""

    since: date
    steps: tuple[FunnelStep, ...]
    refusals: tuple[RefusalReason, ...]


STEPS: dict[str, str] = {
    "dits": "besoins dits",
    "pistes": "avec une piste gardée",
    "proposes": "proposés aux structures",
    "accords": "avec un accord",
    "faits": "suivis d’un fait",
}
"""The steps in their order; a need is at the last one it reached."""
_SAID, _LED, _TALKED, _AGREED, _DONE = range(len(STEPS))


def funnel_of(*, pole: Pole, since: date) -> Funnel:
    """Follow the needs said from ``since`` on: a need counts at a step when it reached that step or a later one."""
    counts = dict(_followed(pole, since).order_by().values_list("reached").annotate(Count("pk")))
    found = [sum(counts.get(at, 0) for at in range(least, len(STEPS))) for least in range(len(STEPS))]
    steps = tuple(
        FunnelStep(code, label, count) for (code, label), count in zip(STEPS.items(), found, strict=True)
    )
    return Funnel(since, steps, _refusals(pole, since))


def funnel_lines(
    *, viewer: Viewer, pole: Pole, since: date, code: str
) -> tuple[str, list[IntentView]] | None:
    """Return the label of a step and the needs that reached it, latest first; None for an unknown step."""
    if code not in STEPS:
        return None
    rows = _followed(pole, since).filter(reached__gte=list(STEPS).index(code)).order_by("-said_on", "-pk")
    kept = Intent.objects.filter(pk__in=[row.pk for row in rows[:SHOWN]]).order_by("-said_on", "-pk")
    return STEPS[code], views_of(viewer=viewer, intents=kept)


def _followed(pole: Pole, since: date) -> QuerySet[Any]:
    """Return the needs said since, each with the last step it reached; sets are read once, not once a need."""
    agreed = Agreement.objects.filter(pole=pole).exclude(
        state__in=[AgreementState.DRAFT, AgreementState.CANCELLED]
    )
    acted = Agreement.objects.filter(
        Exists(live_events().filter(commitment__agreement=OuterRef("pk")).order_by()), pole=pole
    )
    synergies = Synergy.objects.filter(pole=pole)
    led = Decision.objects.filter(pole=pole, kind=DecisionKind.ACCEPTED)
    reached = Case(
        *(When(needs, then=Value(_DONE)) for needs in _needs_of(acted, synergies)),
        *(When(needs, then=Value(_AGREED)) for needs in _needs_of(agreed, synergies)),
        When(pk__in=_lines_of(synergies), then=Value(_TALKED)),
        When(pk__in=led.order_by().values("need"), then=Value(_LED)),
        default=Value(_SAID),
        output_field=IntegerField(),
    )
    return Intent.objects.filter(pole=pole, kind=IntentKind.NEED, said_on__gte=since).annotate(
        reached=reached
    )


def _needs_of(agreements: QuerySet[Agreement], synergies: QuerySet[Synergy]) -> tuple[Q, Q]:
    """Return the conditions of the needs that these agreements name, or that the synergy they close spoke of."""
    named = agreements.filter(need__isnull=False).order_by().values("need")
    return Q(pk__in=named), Q(pk__in=_lines_of(synergies.filter(agreement__in=agreements.order_by())))


def _lines_of(synergies: QuerySet[Synergy]) -> QuerySet[Any]:
    return synergies.filter(lines__intent__isnull=False).order_by().values("lines__intent")


def _refusals(pole: Pole, since: date) -> tuple[RefusalReason, ...]:
    rows = (
        SynergyChange.objects.filter(synergy__pole=pole, ends__in=STOPPED, at__date__gte=since)
        .exclude(reason="")
        .order_by()
        .values("reason")
        .annotate(count=Count("pk"))
        .order_by("-count", "reason")
    )
    return tuple(RefusalReason(str(ClosingReason(row["reason"]).label), row["count"]) for row in rows)
