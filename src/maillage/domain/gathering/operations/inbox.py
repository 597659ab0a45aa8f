"""Keep an e-mail that came to the pole's address, once, and draw a draft from it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind
from maillage.domain.gathering.enums import DraftState
from maillage.domain.gathering.models import Draft, MailFile, ReceivedMail
from maillage.domain.gathering.proximity import type_of
from maillage.domain.gathering.queries.senders import organisation_of_sender
from maillage.domain.ledger.operations.attachments import keep_file

PURPOSE = "received-mail"
TITLE_LENGTH = 120
REFUSAL_LENGTH = 400
MOST_KEPT = 10
_PREFIX = re.compile(r"^(?:(?:re|fw|fwd|tr|réf?)\s*:\s*)+", re.IGNORECASE)
_OFFERS = ("propos", "offr", "donn", "pret", "mettre a disposition", "disponible", "partage")
_NEEDS = ("besoin", "cherch", "manqu", "recherch", "trouver", "qui aurait", "urgent")


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """A file as it was read; ``content`` is None when it came cut."""

    name: str
    size: int
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFields:
    """A message as it was read; ``own`` is what the sender wrote, ``text`` the whole."""

    message_id: str
    sender_name: str
    sender_email: str
    subject: str
    text: str
    own: str
    attachments: tuple[JoinedFile, ...] = ()
    is_cut: bool = False
    sent_at: datetime | None = None


def receive_mail(*, pole: Pole, mail: MailFields, on: date, at: datetime) -> Draft | None:
    """Keep a message and its draft; None when it is already there: a second reading changes nothing."""
    try:
        with transaction.atomic():
            kept = ReceivedMail.objects.create(
                pole=pole,
                message_id=mail.message_id,
                sender_name=mail.sender_name,
                sender_email=mail.sender_email,
                subject=mail.subject,
                text=mail.text,
                is_cut=mail.is_cut,
                sent_at=mail.sent_at,
                received_at=at,
            )
            for rank, joined in enumerate(mail.attachments, start=1):
                _keep(kept, rank, joined, at)
            return _draft(pole, kept, mail, on)
    except IntegrityError as error:
        if "received_mail_once" in str(error):
            return None
        raise


def _keep(mail: ReceivedMail, rank: int, joined: JoinedFile, at: datetime) -> None:
    """Keep a joined file, or its name with the reason of the refusal: a faulty file never loses the message."""
    stored, refusal = None, ""
    name = joined.name or "sans nom"
    try:
        if joined.content is None:
            raise UserMistake(f"« {name} » n’est pas arrivé en entier : il est resté dans la boîte.")
        if rank > MOST_KEPT:
            raise UserMistake(f"Seules les {MOST_KEPT} premières pièces jointes sont gardées.")
        stored = keep_file(
            pole=mail.pole, name=name, content=BytesIO(joined.content), by=None, at=at, purpose=PURPOSE
        )
    except UserMistake as mistake:
        refusal = mistake.message[:REFUSAL_LENGTH]
    except OSError:
        refusal = f"« {name} » n’a pas pu être enregistré : il est resté dans la boîte."
    MailFile.objects.create(mail=mail, rank=rank, name=name, size=joined.size, stored=stored, refusal=refusal)


def _draft(pole: Pole, kept: ReceivedMail, mail: MailFields, on: date) -> Draft:
    said_on = min(localdate(mail.sent_at), on) if mail.sent_at is not None else on
    title = (
        _PREFIX.sub("", mail.subject).strip()
        or next(iter(mail.own.splitlines()), "")
        or "Courriel sans objet"
    )
    return Draft.objects.create(
        pole=pole,
        kind=side_of(f"{title}\n{mail.own}"),
        title=title if len(title) <= TITLE_LENGTH else title[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…",
        words=mail.own,
        organisation=organisation_of_sender(pole=pole, email=mail.sender_email),
        said_by=mail.sender_name,
        email=mail.sender_email,
        resource_type=type_of(f"{title} {mail.own}"),
        channel=EvidenceChannel.EMAIL,
        said_on=said_on,
        mail=kept,
    )


def side_of(text: str) -> str:
    """Return the side that the words seem to take; a need when nothing says otherwise."""
    words = fold(text)
    offers, needs = (sum(one in words for one in said) for said in (_OFFERS, _NEEDS))
    return IntentKind.OFFER if offers > needs else IntentKind.NEED


def turn_draft(*, draft: Draft) -> Draft:
    """Say that a need heard is an offer, or the other way round."""
    with transaction.atomic():
        kept = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if kept.state != DraftState.WAITING:
            raise UserMistake("Cette ligne est déjà relue : son sens ne change plus.")
        kept.kind = IntentKind.OFFER if kept.kind == IntentKind.NEED else IntentKind.NEED
        try:
            with transaction.atomic():
                kept.save(update_fields=["kind"])
        except IntegrityError as error:
            raise UserMistake(
                "Cette réponse a déjà une ligne de ce côté. Mettez celle-ci de côté."
            ) from error
    return kept
