"""Signed addresses: a phone of a workshop, the private link of an answer. No account; they can be given away."""

from django.core.signing import BadSignature, Signer

_WORKSHOP, _ANSWER = "gathering.workshop", "gathering.answer"


def workshop_token(key: str) -> str:
    """Return what the address of a workshop bears."""
    return Signer(salt=_WORKSHOP, sep="~").sign(key)


def workshop_key(token: str) -> str:
    """Return the key of a workshop's address; "" when it was not signed here."""
    return _read(_WORKSHOP, token)


def answer_token(key: str) -> str:
    """Return what the private link of an answer bears."""
    return Signer(salt=_ANSWER, sep="~").sign(key)


def answer_key(token: str) -> str:
    """Return the key of an answer's private link; "" when it was not signed here."""
    return _read(_ANSWER, token)


def _read(salt: str, token: str) -> str:
    try:
        return Signer(salt=salt, sep="~").unsign(token)
    except BadSignature:
        return ""
