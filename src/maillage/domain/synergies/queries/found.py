"""What a gesture names: an owner, a party, the synergy of a kept lead."""

from django.db.models import QuerySet

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Account, Mandate, Pole
from maillage.domain.matching.enums import DecisionKind
from maillage.domain.matching.models import Decision, MatchingRun
from maillage.domain.synergies.models import Synergy, SynergyParty
from maillage.domain.synergies.states import OPEN
from maillage.domain.synergies.view import name_of

_RUNS = (MandateRole.FACILITATOR, MandateRole.ADMINISTRATOR)


def _owners(pole: Pole) -> QuerySet[Account]:
    running = Mandate.objects.filter(pole=pole, role__in=_RUNS)
    return Account.objects.filter(is_active=True, person__in=running.values("person")).select_related(
        "person"
    )


def owners_of(*, pole: Pole) -> list[tuple[int, str]]:
    """Return those who may follow a synergy: who runs the pole, by name."""
    return sorted(((one.pk, name_of(one)) for one in _owners(pole)), key=lambda one: one[1])


def owner_of(*, pole: Pole, pk: int | None) -> Account | None:
    """Return somebody who may follow a synergy, by their number."""
    return _owners(pole).filter(pk=pk).first() if pk is not None else None


def decision_of(*, pole: Pole, need: int | None, offer: int | None) -> Decision | None:
    """Return the kept pair of a need and an offer."""
    rows = Decision.objects.filter(pole=pole, need_id=need, offer_id=offer, kind=DecisionKind.ACCEPTED)
    return rows.select_related("pole", "need__author", "offer__author").first()


def followed_by(*, decision: Decision) -> Synergy | None:
    """Return the open synergy that follows a kept pair."""
    return Synergy.objects.filter(decision=decision, state__in=OPEN).first()


def followed_decisions(*, pole: Pole) -> dict[int, int]:
    """Return, by kept pair, the open synergy that follows it."""
    rows = Synergy.objects.filter(pole=pole, decision__isnull=False, state__in=OPEN)
    return {one: pk for one, pk in rows.values_list("decision_id", "pk") if one is not None}


def followed_answers(*, run: MatchingRun) -> dict[int, int]:
    """Return, by answer of an assembling, the open synergy that follows it."""
    rows = Synergy.objects.filter(run=run, run_part__isnull=False, state__in=OPEN)
    return {part: pk for part, pk in rows.values_list("run_part", "pk") if part is not None}


def party_of(*, synergy: Synergy, pk: int) -> SynergyParty | None:
    """Return one party of a synergy."""
    return synergy.parties.filter(pk=pk).select_related("synergy__pole", "organisation").first()
