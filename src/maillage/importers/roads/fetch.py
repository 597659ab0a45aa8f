"""Ask a route calculator; the only place that opens a connection for roads."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from maillage.core.errors import UserMistake

TIMEOUT_SECONDS = 30
LARGEST_ANSWER = 64 * 1024 * 1024


def ask(address: str, *, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the JSON object that the address answers; raise ``UserMistake`` with what to do otherwise."""
    if not address.startswith(("http://", "https://")):
        raise UserMistake("L’adresse du calculateur d’itinéraires commence par http:// ou https://.")
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    try:
        # the scheme was checked above
        with urlopen(Request(address, data=data, headers=headers), timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            content = answer.read(LARGEST_ANSWER + 1)
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise UserMistake(
            f"Le calculateur d’itinéraires ne répond pas ({error}). Vérifiez --routes, ou retirez-le pour compter "
            "à vol d’oiseau."
        ) from error
    if len(content) > LARGEST_ANSWER:
        raise UserMistake("La réponse du calculateur d’itinéraires est trop longue : donnez moins de lieux.")
    try:
        found = json.loads(content)
    except ValueError as error:
        raise UserMistake(
            "Le calculateur d’itinéraires n’a pas répondu en JSON : vérifiez son adresse."
        ) from error
    if not isinstance(found, dict):
        raise UserMistake(
            "Le calculateur d’itinéraires a répondu autre chose qu’une table : vérifiez son adresse."
        )
    return found
