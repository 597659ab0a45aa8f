"""Keys of the API: shown once, kept as a digest, revoked by a row, counted by the minute."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.queries.scope import is_in_directory
from maillage.domain.ledger.enums import ApiScope
from maillage.domain.ledger.models import ApiToken

PREFIX = "mll_"
NAME_LENGTH = 100
MOST_A_MINUTE = 120
MOST_KEYS = 20


def make_token(
    *,
    pole: Pole,
    organisation: Organisation,
    name: str,
    scopes: Sequence[str],
    by: Account | None,
    at: datetime,
) -> tuple[ApiToken, str]:
    """Make a key and return it with its secret, which is never shown again."""
    if not name.strip() or len(name.strip()) > NAME_LENGTH or "\x00" in name:
        raise UserMistake("Donnez un nom court à cette clé : le logiciel qui s’en sert.", field="name")
    if not scopes or not set(scopes) <= set(ApiScope.values):
        raise UserMistake(
            "Dites ce que cette clé permet : lire, noter des faits, ou les deux.", field="scopes"
        )
    if organisation.merged_into_id is not None or not is_in_directory(pole, organisation.pk):
        raise UserMistake("Cette structure n’est pas dans l’annuaire de ce pôle.", field="organisation")
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        running = ApiToken.objects.filter(pole=pole, organisation=organisation, revoked_at__isnull=True)
        if running.count() >= MOST_KEYS:
            raise UserMistake(f"{MOST_KEYS} clés servent déjà. Retirez-en une d’abord.")
        secret = PREFIX + secrets.token_urlsafe(32)
        token = ApiToken.objects.create(
            pole=pole,
            organisation=organisation,
            name=name.strip(),
            beginning=secret[:10],
            digest=digest_of(secret),
            scopes=sorted(set(scopes)),
            made_at=at,
            made_by=by,
        )
    return token, secret


def revoke_token(*, token: ApiToken, by: Account | None, at: datetime) -> ApiToken:
    """Revoke a key: the next call with it is refused."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at, revoked_by=by)
    token.refresh_from_db()
    return token


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: long and random, it needs no slow digest."""
    return hashlib.sha256(secret.encode()).hexdigest()


def use_token(*, secret: str, at: datetime) -> tuple[ApiToken | None, bool]:
    """Return the key that a secret opens, and whether this call is one too many in its minute.

    One statement counts the call, so that two calls at once are two.
    """
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None, False
    token = (
        ApiToken.objects.select_related("pole", "organisation", "made_by")
        .filter(digest=digest_of(secret), revoked_at__isnull=True, organisation__merged_into__isnull=True)
        .first()
    )
    if token is None:
        return None, False
    is_new_minute = Q(minute_at__isnull=True) | Q(minute_at__lte=at - timedelta(minutes=1))
    ApiToken.objects.filter(pk=token.pk).update(
        used_at=at,
        minute_at=Case(When(is_new_minute, then=Value(at)), default=F("minute_at")),
        minute_calls=Case(When(is_new_minute, then=Value(1)), default=F("minute_calls") + 1),
    )
    token.refresh_from_db(fields=["minute_calls", "minute_at", "used_at"])
    return token, token.minute_calls > MOST_A_MINUTE
