"""Inviting somebody without account to read and sign: a letter with a link that serves once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation
from maillage.domain.agreements.enums import AmendmentState, ConsentWay
from maillage.domain.agreements.models import Amendment, Consent, ConsentInvitation
from maillage.domain.agreements.operations.amending import sign_amendment
from maillage.domain.agreements.operations.signing import Signature, sign
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations.agreements import stands_sentence
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.links import sign as sign_link
from maillage.domain.mail.operations import queue_letter

PURPOSE = "agreement-signature"
LASTS_DAYS = 30
USED = "Ce lien a déjà servi. Si ce n’est pas vous, prévenez l’animation du pôle."
TOO_OLD = "Ce lien n’est plus valable. Demandez-en un autre à l’animation du pôle."


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
    """Send the link; ``base_url`` is the address of the signing page, the token is added to it."""
    with transaction.atomic():
        kept = Agreement.objects.select_for_update().select_related("pole").get(pk=agreement.pk)
        _check_to_sign(kept, amendment)
        if not kept.parties.filter(organisation=organisation).exists():
            raise UserMistake(f"{organisation.name} n’est pas dans l’accord.", field="organisation")
        made = ConsentInvitation.objects.create(
            agreement=kept,
            amendment=amendment,
            organisation=organisation,
            email=email.strip(),
            sent_at=at,
            sent_by=by,
        )
        url = f"{base_url}{sign_link(PURPOSE, {'invitation': made.pk})}/"
        queue_letter(
            key=f"agreement-signature:{made.pk}",
            kind=MessageKind.SIGNATURE,
            to=email,
            letter=_letter(kept, amendment, organisation, url),
            at=at,
            pole=kept.pole,
        )
    return made


def _check_to_sign(agreement: Agreement, amendment: Amendment | None) -> None:
    if amendment is None and agreement.state != AgreementState.TO_SIGN:
        raise UserMistake(stands_sentence(agreement.state))
    if amendment is not None and amendment.state != AmendmentState.TO_SIGN:
        raise UserMistake("Cet avenant n’est pas à la signature.")


def _letter(agreement: Agreement, amendment: Amendment | None, party: Organisation, url: str) -> Letter:
    what = f"l’avenant n° {amendment.number} à l’accord" if amendment else "l’accord"
    return Letter(
        subject=f"À lire et à signer : {agreement.title}",
        greeting="Bonjour,",
        paragraphs=(
            f"{agreement.pole.name} vous propose de lire {what} « {agreement.title} » au nom de {party.name}.",
            "Vous pouvez le lire et dire oui sans compte, avec le bouton. "
            f"Le lien vaut {LASTS_DAYS} jours et sert une fois.",
            "Rien n’est promis tant que toutes les parties n’ont pas dit oui.",
        ),
        buttons=(Button("Lire et signer", url),),
        closing=f"L’équipe de {agreement.pole.name}",
    )


def sign_by_link(
    *, invitation: ConsentInvitation, digest: str, signer: str, capacity: str, at: datetime
) -> Consent:
    """Say yes through a link, once; the row is locked, so that two clicks give one yes."""
    with transaction.atomic():
        kept = ConsentInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if kept.used_at is not None:
            raise UserMistake(USED)
        if at - kept.sent_at > timedelta(days=LASTS_DAYS):
            raise UserMistake(TOO_OLD)
        signature = Signature(
            organisation=kept.organisation,
            digest=digest,
            signer=signer,
            capacity=capacity,
            way=ConsentWay.LINK,
        )
        if kept.amendment is None:
            consent = sign(
                agreement=kept.agreement, signature=signature, at=at, on=timezone.localtime(at).date()
            )
        else:
            consent = sign_amendment(amendment=kept.amendment, signature=signature, at=at)
        kept.used_at = at
        kept.save(update_fields=["used_at"])
    return consent
