"""Inviting somebody without account to read and answer: a letter with a link that serves once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation, Person
from maillage.domain.agreements.doors import Doors
from maillage.domain.agreements.models import (
    AgreementText,
    Amendment,
    Consent,
    ConsentInvitation,
    ConsentRefusal,
)
from maillage.domain.agreements.operations.amending import (
    check_amendment_to_sign,
    locked_amendment,
    propose_amendment,
)
from maillage.domain.agreements.operations.signing import check_to_sign, propose
from maillage.domain.agreements.people import accounts_of_parties
from maillage.domain.agreements.readers import readers_of
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.links import sign as sign_link
from maillage.domain.mail.operations import notify, queue_letter

PURPOSE = "agreement-signature"
LASTS_DAYS = 30
ARRIVES_IN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sending:
    """What happened when a text was sent to be signed: the letters that left, the parties nobody could write to."""

    invited: tuple[ConsentInvitation, ...]
    unreached: tuple[Organisation, ...]


def send_to_sign(
    *, agreement: Agreement, doors: Doors, at: datetime, on: date, by: Account | None
) -> Sending:
    """Freeze the text and write at once to everybody who speaks for a party."""
    with transaction.atomic():
        text = propose(agreement=agreement, at=at, by=by)
        return _write_to_all(text, doors=doors, at=at, on=on, by=by)


def send_amendment_to_sign(
    *, amendment: Amendment, doors: Doors, at: datetime, on: date, by: Account | None
) -> Sending:
    """Freeze the text of an amendment and write at once to everybody who speaks for a party."""
    with transaction.atomic():
        kept = propose_amendment(amendment=amendment, at=at, by=by)
        text = AgreementText.objects.select_related("agreement__pole", "amendment").filter(amendment=kept)
        return _write_to_all(text[0], doors=doors, at=at, on=on, by=by)


def _write_to_all(
    text: AgreementText, *, doors: Doors, at: datetime, on: date, by: Account | None
) -> Sending:
    agreement = text.agreement
    parties = [one.organisation for one in agreement.parties.select_related("organisation").order_by("pk")]
    invited: list[ConsentInvitation] = []
    unreached: list[Organisation] = []
    for party in readers_of(agreement=agreement, parties=parties, on=on):
        letters = [
            _write(text, party.organisation, one.email, person=one.person, doors=doors, at=at, by=by)
            for one in party.readers
        ]
        written = [one for one in letters if one is not None]
        invited += written
        if not written:
            unreached.append(party.organisation)
    for account in accounts_of_parties(agreement=agreement, on=on):
        if account != by:
            notify(
                key=f"agreement-to-sign:{text.pk}",
                account=account,
                pole=agreement.pole,
                text=f"« {agreement.title} » est à lire et à signer.",
                url=doors.sheet,
                at=at,
            )
    return Sending(tuple(invited), tuple(unreached))


def _write(
    text: AgreementText,
    party: Organisation,
    email: str,
    *,
    person: Person | None,
    doors: Doors,
    at: datetime,
    by: Account | None,
) -> ConsentInvitation | None:
    """Write to one of those the pole knows; None when what it knows is no address."""
    try:
        with transaction.atomic():
            return _send(text, party, email, person=person, reading=doors.reading, at=at, by=by)
    except UserMistake:
        return None


def invite_to_sign(
    *,
    agreement: Agreement,
    amendment: Amendment | None = None,
    organisation: Organisation,
    email: str,
    base_url: str,
    at: datetime,
    by: Account | None,
) -> ConsentInvitation:
    """Send the link to an address that somebody typed; where it went already, the same link leaves again.

    ``base_url`` is the address of the page of a link, its token is added to it.
    """
    with transaction.atomic():
        kept = Agreement.objects.select_for_update(of=("self",)).select_related("pole").get(pk=agreement.pk)
        _check_open(kept, amendment)
        if not kept.parties.filter(organisation=organisation).exists():
            raise UserMistake(f"{organisation.name} n’est pas dans l’accord.", field="organisation")
        text = AgreementText.objects.filter(agreement=kept, amendment=amendment)[0]
        if has_answered(text, organisation):
            raise UserMistake(f"{organisation.name} a déjà répondu.", field="organisation")
        return _send(text, organisation, email, person=None, reading=base_url, at=at, by=by)


def _check_open(agreement: Agreement, amendment: Amendment | None) -> None:
    if amendment is None:
        check_to_sign(agreement)
    else:
        check_amendment_to_sign(locked_amendment(amendment))


def has_answered(text: AgreementText, organisation: Organisation) -> bool:
    """Whether a party said yes or no to a text."""
    answers = (
        model.objects.filter(text=text, organisation=organisation) for model in (Consent, ConsentRefusal)
    )
    return any(rows.exists() for rows in answers)


def _send(
    text: AgreementText,
    party: Organisation,
    email: str,
    *,
    person: Person | None,
    reading: str,
    at: datetime,
    by: Account | None,
) -> ConsentInvitation:
    """Write to an address: it has one invitation to answer a text for a party, and each sending its key."""
    wanted = email.strip()
    sent = ConsentInvitation.objects.filter(text=text, organisation=party, email__iexact=wanted).first()
    key = ""
    if sent is None:
        sent = ConsentInvitation.objects.create(
            agreement=text.agreement,
            amendment=text.amendment,
            text=text,
            organisation=party,
            email=wanted,
            sent_at=at,
            sent_by=by,
        )
    elif at - sent.sent_at < ARRIVES_IN:
        raise UserMistake(f"Le lien vient de partir à {sent.email}. Laissez-lui dix minutes.", field="email")
    else:
        sent.sent_at, sent.sent_by, key = at, by, f":{at.isoformat()}"
        sent.save(update_fields=["sent_at", "sent_by"])
    url = f"{reading}{sign_link(PURPOSE, {'invitation': sent.pk})}/"
    queue_letter(
        key=f"agreement-signature:{sent.pk}{key}",
        kind=MessageKind.SIGNATURE,
        to=sent.email,
        letter=_letter(sent, url),
        at=at,
        pole=text.agreement.pole,
        person=person,
    )
    return sent


def _letter(invitation: ConsentInvitation, url: str) -> Letter:
    agreement, amendment = invitation.agreement, invitation.amendment
    what = f"l’avenant n° {amendment.number} à l’accord" if amendment else "l’accord"
    return Letter(
        subject=f"À lire et à signer : {agreement.title}",
        greeting="Bonjour,",
        paragraphs=(
            f"{agreement.pole.name} vous propose de lire {what} « {agreement.title} » "
            f"au nom de {invitation.organisation.name}.",
            "Sans compte, avec le bouton, vous pouvez le lire, le signer, ou dire pourquoi vous ne le signez pas. "
            f"Le lien vaut {LASTS_DAYS} jours et sert une fois.",
            "Rien n’est promis tant que toutes les parties n’ont pas dit oui.",
        ),
        buttons=(Button("Lire et répondre", url),),
        closing=f"L’équipe de {agreement.pole.name}",
    )
