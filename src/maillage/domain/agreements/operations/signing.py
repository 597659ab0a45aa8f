"""Signing: the text is frozen, each party says yes to that very text, the last yes starts the agreement."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation
from maillage.domain.agreements.document import Document, clean, to_json
from maillage.domain.agreements.doors import Doors
from maillage.domain.agreements.drafting import draft_text, drafting_of
from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.faults import missing_of
from maillage.domain.agreements.models import AgreementText, Amendment, Consent, ConsentRefusal
from maillage.domain.agreements.operations.telling import tell_in_force
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Disclosure, Intent
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement, StoredFile
from maillage.domain.ledger.operations import (
    activate_agreement,
    propose_agreement,
    record_consent,
    revise_agreement,
)
from maillage.domain.ledger.operations.agreements import stands_sentence

NAME_LENGTH = 120
TEXT_MOVED = "Le texte a changé depuis que vous l’avez lu. Relisez-le, puis signez."


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A yes: who says it, as what, to the text of which digest, and how."""

    organisation: Organisation
    digest: str
    signer: str
    capacity: str
    way: ConsentWay
    account: Account | None = None
    file: StoredFile | None = None


def propose(*, agreement: Agreement, at: datetime, by: Account | None) -> AgreementText:
    """Freeze the text and send it to be signed; refuse while something is missing or somebody is unnamed."""
    with transaction.atomic():
        kept = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if kept.state != AgreementState.DRAFT:
            raise UserMistake(stands_sentence(kept.state))
        drafting = drafting_of(kept)
        missing = missing_of(drafting)
        if missing:
            raise UserMistake(missing[0].sentence)
        _check_named(kept)
        propose_agreement(agreement=kept)
        return write_text(agreement=kept, amendment=None, document=draft_text(drafting), at=at, by=by)


def _check_named(agreement: Agreement) -> None:
    """Refuse while a party asked to stay unnamed to another one."""
    parties = set(agreement.parties.values_list("organisation_id", flat=True))
    intents = [
        one for one in (agreement.need, agreement.offer) if one and one.visibility == Visibility.ANONYMOUS
    ]
    for intent in intents:
        if parties - {intent.author_id} - _told(intent):
            raise UserMistake(
                f"{intent.author.name} a demandé à ne pas être nommée. Demandez-lui d’abord si elle veut bien "
                "l’être auprès des autres parties, puis notez sa réponse."
            )


def _told(intent: Intent) -> set[int]:
    return set(Disclosure.objects.filter(intent=intent).values_list("organisation_id", flat=True))


def write_text(
    *,
    agreement: Agreement,
    amendment: Amendment | None,
    document: Document,
    at: datetime,
    by: Account | None,
) -> AgreementText:
    """Keep a text as it is to be signed; the earlier ones stay."""
    before = AgreementText.objects.filter(agreement=agreement, amendment=amendment).first()
    return AgreementText.objects.create(
        agreement=agreement,
        amendment=amendment,
        number=before.number + 1 if before else 1,
        body=document.body,
        blocks=to_json(document),
        digest=document.digest,
        written_at=at,
        written_by=by,
    )


def revise(*, agreement: Agreement) -> Agreement:
    """Take the text back to change it: what was said of it no longer counts, and stays readable."""
    return revise_agreement(agreement=agreement)


def sign(
    *, agreement: Agreement, signature: Signature, at: datetime, on: date, doors: Doors | None = None
) -> Consent:
    """Record that a party says yes to the text it read; the last yes starts the agreement.

    Everybody is then told where ``doors`` lead; without them nobody is, as in a demonstration.
    """
    with transaction.atomic():
        kept = Agreement.objects.select_for_update().get(pk=agreement.pk)
        check_to_sign(kept)
        consent = record_yes(agreement=kept, amendment=None, signature=signature, at=at)
        record_consent(agreement=kept, organisation=signature.organisation, on=on)
        if not kept.parties.filter(consented_on__isnull=True).exists():
            activate_agreement(agreement=kept, on=on)
            if doors is not None:
                tell_in_force(last=consent, doors=doors, at=at, on=on)
    return consent


def check_to_sign(agreement: Agreement) -> None:
    """Refuse an answer to a text that is not to be signed; the caller holds the lock."""
    if agreement.state == AgreementState.DRAFT:
        raise UserMistake("Le texte a été repris pour être changé. Vous serez prévenu quand il sera prêt.")
    if agreement.state != AgreementState.TO_SIGN:
        raise UserMistake(stands_sentence(agreement.state))


def record_yes(
    *, agreement: Agreement, amendment: Amendment | None, signature: Signature, at: datetime
) -> Consent:
    """Write the yes of a party to the latest text; the caller holds the lock and knows the state."""
    organisation = signature.organisation
    text = text_to_answer(
        agreement=agreement, amendment=amendment, organisation=organisation, digest=signature.digest
    )
    signer = named(signature.signer, "signer", "Dites qui signe : prénom et nom.")
    capacity = named(signature.capacity, "capacity", "Dites en quelle qualité : présidente, gérant, maire.")
    return Consent.objects.create(
        agreement=agreement,
        text=text,
        organisation=organisation,
        digest=text.digest,
        signer=signer,
        capacity=capacity,
        way=signature.way,
        account=signature.account,
        file=signature.file,
        at=at,
    )


def text_to_answer(
    *, agreement: Agreement, amendment: Amendment | None, organisation: Organisation, digest: str
) -> AgreementText:
    """Return the latest text when this party read it and has not answered it yet."""
    if not agreement.parties.filter(organisation=organisation).exists():
        raise UserMistake(f"{organisation.name} n’est pas dans l’accord.", field="organisation")
    text = AgreementText.objects.filter(agreement=agreement, amendment=amendment).first()
    if text is None or digest != text.digest:
        raise UserMistake(TEXT_MOVED)
    if Consent.objects.filter(text=text, organisation=organisation).exists():
        raise UserMistake(f"{organisation.name} a déjà dit oui.")
    if ConsentRefusal.objects.filter(text=text, organisation=organisation).exists():
        raise UserMistake(
            f"{organisation.name} a répondu ne pas signer ce texte. S’il change, vous pourrez répondre de nouveau."
        )
    return text


def named(text: str, field: str, sentence: str) -> str:
    """Return what somebody typed on one line, within bounds; ``sentence`` says what to do when it is blank."""
    words = " ".join(clean(text).split())
    if not words:
        raise UserMistake(sentence, field=field)
    if len(words) > NAME_LENGTH:
        raise UserMistake(f"C’est trop long : {NAME_LENGTH} caractères au plus.", field=field)
    return words
