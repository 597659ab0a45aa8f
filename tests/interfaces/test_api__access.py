"""Every call of the API, tried with every kind of key, compared with the table ``access_api.csv``.

``python -m pytest tests/interfaces/test_api__access.py --rewrite-access`` writes the table anew: read its diff.
"""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.domain.ledger.models import Commitment
from maillage.domain.ledger.operations import tokens
from maillage.interfaces.api.app import api
from tests.factories import NOW, TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole
from tests.factories.ledger import make_commitment

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access_api.csv")


def _keys(promise: Commitment) -> dict[str, str]:
    """One secret of each kind; a member of the team signed in by cookie has none of them."""
    pole, own, stranger = promise.pole, promise.provider, make_organisation()
    elsewhere = make_pole()
    for where, who in ((pole, own), (pole, stranger), (elsewhere, own)):
        make_membership(where, who)

    def made(where: Any, who: Any, *scopes: str) -> tuple[Any, str]:
        return tokens.make_token(
            pole=where, organisation=who, name="Clé", scopes=scopes or ("read", "record"), by=None, at=NOW
        )

    revoked, old = made(pole, own)
    tokens.revoke_token(token=revoked, by=None, at=NOW)
    return {
        "no_key": "",
        "unknown": "mll_inconnue",
        "revoked": old,
        "read": made(pole, own, "read")[1],
        "record": made(pole, own, "record")[1],
        "both": made(pole, own)[1],
        "other_structure": made(pole, stranger)[1],
        "other_pole": made(elsewhere, own)[1],
    }


def _status(method: str, address: str, secret: str, body: dict[str, Any]) -> str:
    headers = {"Idempotency-Key": secret or "a"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    if method == "post":
        return str(Client().post(address, body, "application/json", headers=headers).status_code)
    return str(Client().get(address, headers=headers).status_code)


def test_access__of_every_key_to_every_call_is_what_the_table_says(request: pytest.FixtureRequest) -> None:
    promise = make_commitment()
    keys = _keys(promise)
    body = {"engagement": promise.pk, "quantite": 1, "unite": "t", "le": f"{TODAY}"}
    rows = [["call", *keys]]
    for path, methods in api.get_openapi_schema()["paths"].items():
        address = path.replace("{slug}", promise.pole.slug)
        for method in methods:
            told = [_status(method, address, secret, body) for secret in keys.values()]
            rows.append([f"{method.upper()} {path}", *told])
    if request.config.getoption("--rewrite-access"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert rows == list(csv.reader(file))
