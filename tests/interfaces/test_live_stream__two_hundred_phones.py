"""Two hundred phones on one worker: real streams, a real server, a card that reaches them all at once."""

import asyncio
import json
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest
from django.db import connection

from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.gathering.models import Workshop
from maillage.domain.gathering.operations import room
from maillage.interfaces.web.gathering.addresses import workshop_token
from tests.factories import NOW, TODAY
from tests.factories.actors import make_pole
from tests.factories.gathering import make_workshop
from tests.interfaces.served import serving

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 200
SOON_S = 3.0
MOST_GROWTH_MB = 40


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(make_pole("Pôle d’essai", "essai"))


@pytest.fixture
def served(workshop: Workshop) -> Iterator[tuple[int, psutil.Process]]:
    with serving() as site:
        yield site


class Phone:
    """One open stream, and the titles of the cards it was told."""

    def __init__(self) -> None:
        self.titles: set[str] = set()
        self.told = asyncio.Event()

    async def listen(self, port: int, path: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                assert not line.lower().startswith(b"content-length")  # a browser would stop there
                if line.startswith(b"data: "):
                    self.titles |= {card["title"] for card in json.loads(line[6:])["cards"]}
                    self.told.set()
        finally:
            writer.close()

    async def wait_for(self, title: str) -> None:
        while title not in self.titles:
            self.told.clear()
            await self.told.wait()


def _write(workshop: Workshop, title: str) -> None:
    room.write_card(
        workshop=workshop,
        seat=None,
        kind=IntentKind.NEED,
        title=title,
        people_concerned=None,
        on=TODAY,
        at=NOW,
    )


def test_card__reaches_two_hundred_open_phones_of_one_worker(
    workshop: Workshop, served: tuple[int, psutil.Process], record_property: Any
) -> None:
    port, worker = served
    path = f"/p/essai/ecoute/a/{workshop_token(workshop.key)}/flux/"
    _write(workshop, "Celle d’avant")

    async def together() -> float:
        phones = [Phone() for _ in range(PHONES)]
        listening = [asyncio.create_task(phone.listen(port, path)) for phone in phones]
        await asyncio.wait_for(asyncio.gather(*(one.wait_for("Celle d’avant") for one in phones)), 60)
        await asyncio.to_thread(_page_still_answers, port)
        begun = time.monotonic()
        await asyncio.to_thread(_write_apart, workshop, "Une salle le mardi")
        await asyncio.wait_for(asyncio.gather(*(one.wait_for("Une salle le mardi") for one in phones)), 30)
        taken = time.monotonic() - begun
        for one in listening:
            one.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        return taken

    before = worker.memory_info().rss
    with ThreadPoolExecutor(1) as apart:  # a browser test before this one leaves its loop in this thread
        taken = apart.submit(asyncio.run, together()).result()
    grown = (worker.memory_info().rss - before) / 1e6
    record_property("seconds", round(taken, 2))
    record_property("megabytes", round(grown, 1))
    assert taken < SOON_S
    assert grown < MOST_GROWTH_MB
    assert worker.is_running()


def _page_still_answers(port: int) -> None:
    """With every stream open, the four threads are free."""
    begun = time.monotonic()
    urllib.request.urlopen(f"http://127.0.0.1:{port}/compte/login/", timeout=10).read()
    assert time.monotonic() - begun < SOON_S


def _write_apart(workshop: Workshop, title: str) -> None:
    try:
        _write(workshop, title)
    finally:
        connection.close()


def test_stream__where_no_server_lends_its_socket_the_page_asks_instead(
    client: Any, workshop: Workshop
) -> None:
    here = f"/p/essai/ecoute/a/{workshop_token(workshop.key)}"
    assert client.get(f"{here}/flux/").status_code == 204
    assert client.get(f"{here}/etat.json?depuis=0").json()["version"] == 0


def test_stream__of_an_address_that_was_not_signed_here_is_not_found(client: Any, workshop: Workshop) -> None:
    assert client.get(f"/p/essai/ecoute/a/{workshop.key}/flux/").status_code == 404
