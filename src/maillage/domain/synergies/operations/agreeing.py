"""From a synergy to its agreement in one gesture; from then on the synergy stands where its agreement stands."""

from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.agreements.operations import open_agreement
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.domain.synergies.enums import ClosingReason, SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations.locking import STANDS, locked
from maillage.domain.synergies.operations.moves import moved
from maillage.domain.synergies.states import OPEN

SIMPLEST = "echange-simple"
OPENS_FROM = (SynergyState.INTERESTED, SynergyState.TALKS, SynergyState.AGREED)
ALREADY = "L’accord de cette synergie est déjà ouvert."
CANCELLED = "L’accord a été annulé."


def open_its_agreement(*, synergy: Synergy, template: str, by: Account | None, at: datetime) -> Agreement:
    """Open the draft of the agreement between the parties of a synergy; it is in talks until everybody signed."""
    with transaction.atomic():
        kept = locked(synergy)
        if kept.state not in OPENS_FROM:
            raise UserMistake(STANDS[kept.state])
        if has_agreement(kept):
            raise UserMistake(ALREADY)
        parties = kept.parties.filter(is_needed=True).select_related("organisation").order_by("pk")
        agreement = open_agreement(
            pole=kept.pole,
            template=template,
            title=kept.title,
            parties=[one.organisation for one in parties],
            need=_only(kept, IntentKind.NEED),
            offer=_only(kept, IntentKind.OFFER),
            at=at,
            by=by,
        )
        kept.agreement = agreement
        kept.save(update_fields=["agreement"])
        if kept.state == SynergyState.INTERESTED:
            moved(kept, "talk", by=by, at=at)
    return agreement


def has_agreement(synergy: Synergy) -> bool:
    """Whether an agreement that was not cancelled says where the synergy stands."""
    return synergy.agreement is not None and synergy.agreement.state != AgreementState.CANCELLED


def _only(synergy: Synergy, kind: IntentKind) -> Intent | None:
    """The need, or the offer, when there is one alone: an agreement names one of each."""
    found = list(Intent.objects.filter(kind=kind, synergy_lines__synergy=synergy).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def follow_agreement(*, agreement: Agreement, by: Account | None, at: datetime, on: date) -> Synergy | None:
    """Bring a synergy where its agreement stands: agreed once signed, running from its first day, ended with it."""
    with transaction.atomic():
        found = Synergy.objects.select_for_update(of=("self",)).filter(agreement=agreement).first()
        if found is None or found.state not in OPEN:
            return found
        kept = Agreement.objects.get(pk=agreement.pk)
        reason, words = "", ""
        if kept.state == AgreementState.CANCELLED and found.state == SynergyState.RUNNING:
            reason, words = ClosingReason.OTHER.value, CANCELLED
        for verb in _steps(found.state, kept, on):
            said = (reason, words) if verb == "abandon" else ("", "")
            moved(found, verb, by=by, at=at, reason=said[0], words=said[1])
    return found


def _steps(state: str, agreement: Agreement, on: date) -> list[str]:
    """Return the moves that lead from where the synergy stands to where its agreement does."""
    if agreement.state == AgreementState.CANCELLED:
        return {SynergyState.AGREED: ["resume"], SynergyState.RUNNING: ["abandon"]}.get(
            SynergyState(state), []
        )
    if agreement.state not in {AgreementState.ACTIVE, AgreementState.ENDED}:
        return []
    has_begun = agreement.starts_on is None or agreement.starts_on <= on
    goal = "end" if agreement.state == AgreementState.ENDED else "run" if has_begun else "agree"
    way = ["agree", "run", "end"]
    done = {SynergyState.AGREED: 1, SynergyState.RUNNING: 2}.get(SynergyState(state), 0)
    return way[done : way.index(goal) + 1]


def follow_agreements(*, at: datetime, on: date) -> None:
    """Follow every agreement, for those that begin today and for what a stop delayed."""
    rows = Synergy.objects.filter(state__in=OPEN, agreement__isnull=False).exclude(
        agreement__state__in=[AgreementState.DRAFT, AgreementState.TO_SIGN]
    )
    for synergy in rows.select_related("agreement").order_by("pk"):
        if synergy.agreement is not None:
            follow_agreement(agreement=synergy.agreement, by=None, at=at, on=on)
