"""The funnel of a year: needs said, leads kept, agreements, what runs; and why the others stopped."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import Combinable

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


_LED = Q(has_lead=True) | Q(has_synergy=True) | Q(has_agreement=True) | Q(has_event=True)
_TALKED = Q(has_synergy=True) | Q(has_agreement=True) | Q(has_event=True)
_AGREED = Q(has_agreement=True) | Q(has_event=True)
STEPS: dict[str, tuple[str, Q]] = {
    "dits": ("besoins dits", Q()),
    "pistes": ("avec une piste gardée", _LED),
    "proposes": ("proposés aux structures", _TALKED),
    "accords": ("avec un accord", _AGREED),
    "faits": ("suivis d’un fait", Q(has_event=True)),
}


def funnel_of(*, pole: Pole, since: date) -> Funnel:
    """Follow the needs said from ``since`` on: a need counts at a step when it reached that step or a later one."""
    counts = _followed(pole, since).aggregate(
        **{
            code: Count("pk", filter=reached) if reached else Count("pk")
            for code, (_, reached) in STEPS.items()
        }
    )
    steps = tuple(FunnelStep(code, label, counts[code]) for code, (label, _) in STEPS.items())
    return Funnel(since, steps, _refusals(pole, since))


def funnel_lines(
    *, viewer: Viewer, pole: Pole, since: date, code: str
) -> tuple[str, list[IntentView]] | None:
    """Return the label of a step and the needs that reached it, latest first; None for an unknown step."""
    if code not in STEPS:
        return None
    label, reached = STEPS[code]
    rows = _followed(pole, since).filter(reached).order_by("-said_on", "-pk")
    kept = Intent.objects.filter(pk__in=[row.pk for row in rows[:SHOWN]]).order_by("-said_on", "-pk")
    return label, views_of(viewer=viewer, intents=kept)


def _followed(pole: Pole, since: date) -> QuerySet[Intent]:
    """Return the needs said since, each with what it reached; sets are read once, not once a need."""
    agreed = Agreement.objects.filter(pole=pole).exclude(
        state__in=[AgreementState.DRAFT, AgreementState.CANCELLED]
    )
    acted = Agreement.objects.filter(
        pole=pole,
        pk__in=live_events().filter(commitment__agreement__pole=pole).values("commitment__agreement"),
    )
    synergies = Synergy.objects.filter(pole=pole)
    led = Decision.objects.filter(pole=pole, kind=DecisionKind.ACCEPTED)
    return Intent.objects.filter(pole=pole, kind=IntentKind.NEED, said_on__gte=since).annotate(
        has_agreement=_reached(
            _with_a_need(agreed) | Q(pk__in=_lines_of(synergies.filter(agreement__in=agreed)))
        ),
        has_event=_reached(_with_a_need(acted) | Q(pk__in=_lines_of(synergies.filter(agreement__in=acted)))),
        has_synergy=_reached(Q(pk__in=_lines_of(synergies))),
        has_lead=_reached(Q(pk__in=led.values("need"))),
    )


def _reached(condition: Q) -> Combinable:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _with_a_need(agreements: QuerySet[Agreement]) -> Q:
    return Q(pk__in=agreements.filter(need__isnull=False).values("need"))


def _lines_of(synergies: QuerySet[Synergy]) -> QuerySet[Any]:
    return synergies.filter(lines__intent__isnull=False).values("lines__intent")


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
