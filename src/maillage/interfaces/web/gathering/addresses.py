"""Signed addresses: a phone of a workshop, the private link of an answer. No account; they can be given away."""

from maillage.domain.mail.links import read, sign

_WORKSHOP, _ANSWER = "gathering.workshop", "gathering.answer"


def workshop_token(key: str) -> str:
    """Return what the address of a workshop bears."""
    return sign(_WORKSHOP, {"k": key})


def workshop_key(token: str) -> str:
    """Return the key of a workshop's address; "" when it was not signed here."""
    return _key(_WORKSHOP, token)


def answer_token(key: str) -> str:
    """Return what the private link of an answer bears."""
    return sign(_ANSWER, {"k": key})


def answer_key(token: str) -> str:
    """Return the key of an answer's private link; "" when it was not signed here."""
    return _key(_ANSWER, token)


def _key(purpose: str, token: str) -> str:
    found = read(purpose, token)
    return str(found["k"]) if found is not None and "k" in found else ""
