"""Who may go where: every address, tried by every role, compared with the table ``access.csv``.

``python -m pytest tests/interfaces/test_access.py --rewrite-access`` writes the table anew: read its diff line by line.
A cell is the answer's status; a POST sends an empty form. 302 to the sign-in page is written ``entrer``.
An address that names a line is tried twice: ``own``, by the roles of its pole; ``other``, by the same roles of the
pole beside, who put the number of that line in an address of their own pole. The page ``docs/reference/acces.md`` is
written from the table by ``python -m maillage.config.documentation``.
"""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from maillage.domain.actors.models import Account
from tests.interfaces.access import COLUMNS, Route, World, make_world, routes
from tests.settings import INVALID_VARIABLE

TABLE = Path(__file__).with_name("access.csv")
METHODS = ("GET", "POST")
HEAD = ["address", "method", "object", *COLUMNS]
# Addresses that answer a line of another pole without showing or changing it, and why.
HARMLESS: dict[str, str] = {}


def _sessions(accounts: dict[str, Account | None]) -> dict[str, str]:
    """Sign everybody in once; return the cookie of each."""
    found = {}
    for name, account in accounts.items():
        client = Client()
        if account is not None:
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def _answer(name: str, path: str, method: str, session: str | None) -> str:
    client = Client(raise_request_exception=True)
    if session is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    point = transaction.savepoint()
    try:
        answer = client.get(path) if method == "GET" else client.post(path)
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            assert INVALID_VARIABLE not in text, (name, text[text.index(INVALID_VARIABLE) - 80 :][:200])
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/compte/login/")
        return "entrer" if to_sign_in else str(answer.status_code)
    finally:
        transaction.savepoint_rollback(point)


def _tried(world: World) -> list[list[str]]:
    own, other = _sessions(world.accounts), _sessions(world.neighbours)
    rows = []
    for route in routes():
        for method in METHODS:
            rows.append(_row(route, method, "own" if route.takes_an_object else "", route.filled(world), own))
            if route.takes_an_object:
                rows.append(_row(route, method, "other", route.filled(world, world.aside), other))
    return rows


def _row(route: Route, method: str, whose: str, path: str, sessions: dict[str, str]) -> list[str]:
    cells = [_answer(route.name, path, method, sessions.get(column)) for column in COLUMNS]
    return [route.name, method, whose, *cells]


def _table() -> list[list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet")
def test_access__of_every_role_to_every_address_is_what_the_table_says(
    request: pytest.FixtureRequest,
) -> None:
    rows = [row for row in _tried(make_world()) if set(row[3:]) != {"405"}]
    if request.config.getoption("--rewrite-access"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])
    assert [HEAD, *rows] == _table()


def test_access__a_line_of_another_pole_is_reached_by_nobody() -> None:
    reached = {
        (row[0], row[1])
        for row in _table()[1:]
        if row[2] == "other" and set(row[3:]) - {"403", "404", "405", "entrer"}
    }
    assert {name for name, _ in reached} == set(HARMLESS)
