"""Where an answer comes from, as an imprint of the day: enough to slow robots down, not to know anybody."""

import time
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from maillage.domain.mail.links import read, sign

LEAST_S = 4
LONGEST_S = 60 * 60 * 24 * 7
_START = "gathering.start"


def imprint_of(request: HttpRequest, on: date) -> str:
    """Return the imprint of the address that asks; it changes every day and cannot be turned back."""
    address = request.META.get("REMOTE_ADDR", "")
    if (
        settings.SECURE_PROXY_SSL_HEADER is not None
    ):  # behind a proxy of ours: the last address is the one it saw
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return salted_hmac("gathering.sender", f"{on}:{address}").hexdigest()


def start_token(key: str) -> str:
    """Sign the moment at which a page was given, and the key its answer will bear."""
    return sign(_START, {"t": int(time.time()), "k": key})


def started(token: str) -> tuple[str, bool]:
    """Return the key of a page and whether it was read for long enough; ("", False) when it was not given here."""
    found = read(_START, token, LONGEST_S)
    if found is None:
        return "", False
    return str(found.get("k", "")), time.time() - int(found.get("t", 0)) >= LEAST_S
