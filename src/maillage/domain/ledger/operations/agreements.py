"""Agreements: written as a draft, agreed by every party, then running until they end."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import AgreementState, CommitmentState
from maillage.domain.ledger.models import Agreement, AgreementParty
from maillage.domain.ledger.states import AGREEMENT_TRANSITIONS

TITLE_LENGTH = 200
CONDITIONS_LENGTH = 20_000
_STANDS = {
    AgreementState.DRAFT: "Cet accord est encore un brouillon.",
    AgreementState.TO_SIGN: "Le texte de cet accord est à la signature. Reprenez-le pour le changer.",
    AgreementState.ACTIVE: "Cet accord est en cours. Terminez-le, ou écrivez un avenant.",
    AgreementState.ENDED: "Cet accord est terminé.",
    AgreementState.CANCELLED: "Cet accord est annulé.",
}


def stands_sentence(state: str) -> str:
    """Say where an agreement stands, for a move that is not possible."""
    return _STANDS[AgreementState(state)]


def create_agreement(
    *,
    pole: Pole,
    title: str,
    parties: Sequence[Organisation],
    starts_on: date | None = None,
    ends_on: date | None = None,
    conditions: str = "",
    need: Intent | None = None,
    offer: Intent | None = None,
) -> Agreement:
    """Write a draft between parties; nobody has said yes yet."""
    _check_terms(title, starts_on, ends_on, conditions)
    for field, intent in (("need", need), ("offer", offer)):
        if intent is not None and (intent.kind != field or intent.pole_id != pole.pk):
            raise UserMistake("Le besoin et l’offre sont ceux de ce pôle.", field=field)
    with transaction.atomic():
        agreement = Agreement.objects.create(
            pole=pole,
            title=title.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            conditions=conditions.strip(),
            need=need,
            offer=offer,
        )
        for organisation in parties:
            add_party(agreement=agreement, organisation=organisation)
    return agreement


def update_agreement(
    *, agreement: Agreement, title: str, starts_on: date | None, ends_on: date | None, conditions: str
) -> Agreement:
    """Change the terms of a draft; every party says yes again."""
    _check_terms(title, starts_on, ends_on, conditions)
    with transaction.atomic():
        kept = _draft(agreement)
        kept.title, kept.conditions = title.strip(), conditions.strip()
        kept.starts_on, kept.ends_on = starts_on, ends_on
        kept.save()
        kept.parties.update(consented_on=None)
    return kept


def _check_terms(title: str, starts_on: date | None, ends_on: date | None, conditions: str) -> None:
    if not title.strip():
        raise UserMistake("Donnez un titre à cet accord.", field="title")
    if len(title.strip()) > TITLE_LENGTH:
        raise UserMistake(f"Le titre est trop long : {TITLE_LENGTH} caractères au plus.", field="title")
    if len(conditions) > CONDITIONS_LENGTH:
        raise UserMistake(
            f"Ce texte est trop long : {CONDITIONS_LENGTH} caractères au plus.", field="conditions"
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise UserMistake("La fin vient avant le début. Échangez les deux dates.", field="ends_on")


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def _draft(agreement: Agreement) -> Agreement:
    kept = _locked(agreement)
    if kept.state != AgreementState.DRAFT:
        raise UserMistake(stands_sentence(kept.state))
    return kept


def add_party(*, agreement: Agreement, organisation: Organisation) -> AgreementParty:
    """Add a party to a draft; the others say yes again."""
    if organisation.merged_into_id is not None:
        raise UserMistake(
            f"La fiche « {organisation.name} » a été réunie à une autre. Choisissez la fiche gardée."
        )
    with transaction.atomic():
        kept = _draft(agreement)
        party, is_new = AgreementParty.objects.get_or_create(agreement=kept, organisation=organisation)
        if not is_new:
            raise UserMistake(f"{organisation.name} est déjà dans l’accord.", field="organisation")
        kept.parties.update(consented_on=None)
    return party


def remove_party(*, agreement: Agreement, organisation: Organisation) -> None:
    """Take a party out of a draft, unless it promised something; the others say yes again."""
    with transaction.atomic():
        kept = _draft(agreement)
        promises = kept.commitments.exclude(state=CommitmentState.CANCELLED)
        if promises.filter(provider=organisation).exists() or promises.filter(receiver=organisation).exists():
            raise UserMistake(f"{organisation.name} a des engagements ici. Annulez-les d’abord.")
        if not kept.parties.filter(organisation=organisation).delete()[0]:
            raise UserMistake(f"{organisation.name} n’est pas dans l’accord.", field="organisation")
        kept.parties.update(consented_on=None)


def record_consent(*, agreement: Agreement, organisation: Organisation, on: date) -> AgreementParty:
    """Keep the day when a party said yes; a second yes changes nothing."""
    with transaction.atomic():
        kept = _locked(agreement)
        if kept.state not in AGREEMENT_TRANSITIONS["activate"].starts:
            raise UserMistake(stands_sentence(kept.state))
        party = kept.parties.filter(organisation=organisation).first()
        if party is None:
            raise UserMistake(f"{organisation.name} n’est pas dans l’accord.", field="organisation")
        if party.consented_on is None:
            party.consented_on = on
            party.save(update_fields=["consented_on"])
    return party


def activate_agreement(*, agreement: Agreement, on: date) -> Agreement:
    """Start an agreement to which every party said yes."""
    with transaction.atomic():
        kept = _moved(agreement, "activate")
        parties = list(kept.parties.select_related("organisation"))
        if len(parties) < 2:
            raise UserMistake("Un accord se fait à deux au moins. Ajoutez une structure.")
        silent = [party.organisation.name for party in parties if party.consented_on is None]
        if silent:
            raise UserMistake(
                "Rien n’est promis tant que tous n’ont pas dit oui. Il manque l’accord de "
                + " et de ".join(silent)
                + "."
            )
        kept.starts_on = kept.starts_on or on
        kept.save()
    return kept


def propose_agreement(*, agreement: Agreement) -> Agreement:
    """Send the text to be signed: nobody has said yes to it yet."""
    with transaction.atomic():
        kept = _moved(agreement, "propose")
        kept.save()
        kept.parties.update(consented_on=None)
    return kept


def revise_agreement(*, agreement: Agreement) -> Agreement:
    """Take the text back to change it; what was said of it no longer counts."""
    with transaction.atomic():
        kept = _moved(agreement, "revise")
        kept.save()
        kept.parties.update(consented_on=None)
    return kept


def end_agreement(*, agreement: Agreement, on: date) -> Agreement:
    """End an agreement whose promises are all kept or cancelled."""
    with transaction.atomic():
        kept = _moved(agreement, "end")
        left = kept.commitments.filter(state=CommitmentState.PROMISED).count()
        if left:
            raise UserMistake(
                f"Il reste {left}{NBSP}{plural(left, 'engagement promis', 'engagements promis')}. "
                "Notez ce qui est fait, arrêtez le reste par un avenant."
            )
        if kept.starts_on is not None and on < kept.starts_on:
            raise UserMistake("Cet accord n’a pas commencé. Annulez-le.")
        kept.ends_on = on if kept.ends_on is None else min(kept.ends_on, on)
        kept.save()
    return kept


def cancel_agreement(*, agreement: Agreement) -> Agreement:
    """Cancel an agreement and what it still promises; bookings are freed, facts stay."""
    with transaction.atomic():
        kept = _moved(agreement, "cancel")
        kept.save()
        kept.commitments.filter(state=CommitmentState.PROMISED).update(state=CommitmentState.CANCELLED)
    return kept


def _moved(agreement: Agreement, verb: str) -> Agreement:
    """Return the locked agreement in its next state, not saved yet."""
    kept, move = _locked(agreement), AGREEMENT_TRANSITIONS[verb]
    if kept.state not in move.starts:
        raise UserMistake(stands_sentence(kept.state))
    kept.state = move.ends
    return kept
