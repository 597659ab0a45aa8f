"""Who may go where: every address, tried by every role, compared with the table ``access.csv``.

``python -m pytest tests/interfaces/test_access.py --rewrite-access`` writes the table anew: read its diff line by line.
A cell is the answer's status; a POST sends an empty form. 302 to the sign-in page is written ``entrer``.
"""

import csv
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests.interfaces.access import COLUMNS, Route, World, make_world, routes
from tests.settings import INVALID_VARIABLE

TABLE = Path(__file__).with_name("access.csv")
METHODS = ("GET", "POST")


def _row(name: str, method: str, cells: dict[str, str]) -> list[str]:
    return [name, method, *(cells[column] for column in COLUMNS)]


def _answer(world: World, route: Route, method: str, column: str) -> str:
    client = Client(raise_request_exception=True)
    account = world.accounts[column]
    if account is not None:
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    point = transaction.savepoint()
    try:
        path = route.filled(world)
        answer = client.get(path) if method == "GET" else client.post(path)
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            assert INVALID_VARIABLE not in text, (route.name, text[text.index(INVALID_VARIABLE) - 80 :][:200])
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/compte/login/")
        return "entrer" if to_sign_in else str(answer.status_code)
    finally:
        transaction.savepoint_rollback(point)


def _tried(world: World) -> list[list[str]]:
    return [
        _row(route.name, method, {column: _answer(world, route, method, column) for column in COLUMNS})
        for route in routes()
        for method in METHODS
    ]


@pytest.mark.django_db
def test_access__of_every_role_to_every_address_is_what_the_table_says(
    request: pytest.FixtureRequest,
) -> None:
    rows = [row for row in _tried(make_world()) if set(row[2:]) != {"405"}]
    if request.config.getoption("--rewrite-access"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([["address", "method", *COLUMNS], *rows])
    with TABLE.open(encoding="utf-8", newline="") as file:
        wanted = list(csv.reader(file))[1:]
    assert rows == wanted
