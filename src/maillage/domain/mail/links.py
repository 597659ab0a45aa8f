"""Addresses that work without an account: signed for one purpose, and only for a time.

A token proves that we wrote the address; that it serves once only is a row's business, not the token's.
"""

from collections.abc import Mapping

from django.core import signing

Payload = Mapping[str, str | int]


def sign(purpose: str, payload: Payload) -> str:
    """Return a token for an address; another purpose cannot read it."""
    return signing.dumps(dict(payload), salt=f"maillage.{purpose}", compress=True)


def read(purpose: str, token: str, max_age_s: int | None = None) -> dict[str, str | int] | None:
    """Return what was signed for this purpose; None when the token was changed, is of another purpose or too old."""
    try:
        found = signing.loads(token, salt=f"maillage.{purpose}", max_age=max_age_s)
    except signing.BadSignature:
        return None
    return found if isinstance(found, dict) else None
