"""Answering by the link of a letter: the row of the invitation is locked, so that two clicks give one answer."""

from datetime import date, datetime, timedelta

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.agreements.doors import Doors
from maillage.domain.agreements.enums import ConsentWay, RefusalWay
from maillage.domain.agreements.models import Consent, ConsentInvitation, ConsentRefusal
from maillage.domain.agreements.operations.amending import sign_amendment
from maillage.domain.agreements.operations.inviting import LASTS_DAYS
from maillage.domain.agreements.operations.refusing import Declining, decline
from maillage.domain.agreements.operations.signing import Signature, sign

USED = "Ce lien a déjà servi. Si ce n’est pas vous, prévenez l’animation du pôle."
TOO_OLD = "Ce lien n’est plus valable. Demandez-en un autre à l’animation du pôle."


def sign_by_link(
    *,
    invitation: ConsentInvitation,
    digest: str,
    signer: str,
    capacity: str,
    at: datetime,
    on: date,
    doors: Doors | None = None,
) -> Consent:
    """Say yes through a link, once."""
    with transaction.atomic():
        kept = _taken(invitation, at)
        signature = Signature(
            organisation=kept.organisation,
            digest=digest,
            signer=signer,
            capacity=capacity,
            way=ConsentWay.LINK,
        )
        if kept.amendment is None:
            return sign(agreement=kept.agreement, signature=signature, at=at, on=on, doors=doors)
        return sign_amendment(amendment=kept.amendment, signature=signature, at=at, on=on, doors=doors)


def decline_by_link(
    *,
    invitation: ConsentInvitation,
    digest: str,
    reason: str,
    words: str,
    said_by: str,
    at: datetime,
    on: date,
    doors: Doors,
) -> ConsentRefusal:
    """Say no through a link, once."""
    with transaction.atomic():
        kept = _taken(invitation, at)
        answer = Declining(
            organisation=kept.organisation,
            digest=digest,
            reason=reason,
            words=words,
            said_by=said_by,
            way=RefusalWay.LINK,
        )
        return decline(
            agreement=kept.agreement,
            amendment=kept.amendment,
            answer=answer,
            at=at,
            on=on,
            doors=doors,
        )


def _taken(invitation: ConsentInvitation, at: datetime) -> ConsentInvitation:
    """Use a link up; an answer that is refused afterwards gives it back with its transaction."""
    kept = ConsentInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if kept.used_at is not None:
        raise UserMistake(USED)
    if at - kept.sent_at > timedelta(days=LASTS_DAYS):
        raise UserMistake(TOO_OLD)
    kept.used_at = at
    kept.save(update_fields=["used_at"])
    return kept
