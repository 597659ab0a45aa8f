"""Links sent by e-mail: made for one account, used once, before their hour."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.enums import LinkPurpose
from maillage.domain.actors.models import Account, SignInLink

LASTS = {LinkPurpose.SIGN_IN: timedelta(minutes=20), LinkPurpose.INVITATION: timedelta(days=14)}
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link and its secret, which is nowhere else."""

    link: SignInLink
    secret: str


@transaction.atomic
def make_link(
    *, account: Account, purpose: LinkPurpose = LinkPurpose.SIGN_IN, at: datetime, next_page: str = ""
) -> MadeLink:
    """Make a link; the earlier ones of the same purpose that did not serve stop serving."""
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.filter(account=account, purpose=purpose, used_at=None).delete()
    link = SignInLink.objects.create(
        account=account,
        purpose=purpose,
        digest=_digest(secret),
        next_page=next_page[:300],
        made_at=at,
        expires_at=at + LASTS[purpose],
    )
    return MadeLink(link, secret)


def link_to_use(*, secret: str, at: datetime) -> SignInLink:
    """Return the link of this secret when it still serves; raise the sentence that says why it does not."""
    link = SignInLink.objects.select_related("account").filter(digest=_digest(secret)).first()
    if link is None:
        raise UserMistake("Ce lien ne sert plus : un autre a été demandé depuis, ou l’adresse est coupée.")
    if link.used_at is not None:
        raise UserMistake("Ce lien a déjà servi. Il ne sert qu’une fois.")
    if link.expires_at <= at:
        raise UserMistake("Ce lien est trop ancien.")
    if not link.account.is_active:
        raise UserMistake("Ce compte est fermé. Écrivez à l’équipe de votre pôle.")
    return link


@transaction.atomic
def use_link(*, secret: str, at: datetime) -> SignInLink:
    """Use a link; of two who use it at the same moment, one only comes in."""
    link = link_to_use(secret=secret, at=at)
    taken = SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at)
    if not taken:
        raise UserMistake("Ce lien a déjà servi. Il ne sert qu’une fois.")
    link.used_at = at
    return link


def forget_old_links(*, at: datetime) -> int:
    """Take away the links that ended a month ago; return how many."""
    return SignInLink.objects.filter(expires_at__lt=at - KEPT).delete()[0]


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
