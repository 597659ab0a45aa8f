"""Every role crawls everything; no word that it may not know is ever found, and nothing depends on what is hidden."""

import io
import logging
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import typst
from django.http import HttpResponse
from django.test import Client

from maillage.domain.exchanges import describe
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.queries import view
from maillage.domain.exchanges.sight import Sight
from tests.interfaces.access import Route, World, routes
from tests.interfaces.crawler import Answer, crawl, folded, read, searched, send, told
from tests.interfaces.secret_world import Secrets, SecretWorld, change_what_is_hidden, make_secret_world

pytestmark = pytest.mark.django_db
SEED = 20261124
NOT_ALLOWED = 405
ALL_NUMBERS = {"exchanges:detail", "actors:detail", "history:changes"}
OFFERED = 25  # how many of the addresses that pages offer are followed, beyond the sure ones
READERS = [
    "visitor",
    "member",
    "bystander",
    "told",
    "author",
    "authority_agent",
    "network",
    "board",
    "other_administrator",
]
KNOWING_NOTHING = ("visitor", "bystander")
_TOKENS = re.compile(r"csrf\S*=\S*|[a-z0-9]{64}|expires=[^;]*")
_SIGNED = re.compile(r":[\w-]{6}:[\w-]{30,}")
_SAID_ONCE = '<div class="page messages"'
# What is drawn anew at each reading: tokens of forms, signed links, keys.
_CHANGES = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|[\w:.-]{24,}')


def _workbook(words: str) -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append([words])
    book.save(kept)
    return kept.getvalue()


XLSX = _workbook("Zaxekéiq")
PDF = typst.compile(b"= Un titre\nLe mot zaxek\xc3\xa9iq, ici.", format="pdf")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals by the hundred are what is asked for: their tracebacks are not written."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def hidden(settings: Any, tmp_path: Any) -> SecretWorld:
    settings.MEDIA_ROOT, settings.VECTOR_CACHE = tmp_path / "files", tmp_path
    return make_secret_world(SEED, tmp_path)


def readable(hidden: SecretWorld) -> list[Route]:
    """Return the routes that can be read at all."""
    team = hidden.client("facilitator")
    return [one for one in routes() if read(team, one.filled(hidden.world)).status != NOT_ALLOWED]


def sure_addresses(hidden: SecretWorld, known: list[Route], turn: int) -> list[str]:
    """Return the addresses to read: of each route its sample; each secret's own pages; elsewhere two numbers a reader.

    The numbers turn with the reader, so that all of them try every number in the place of another's.
    """
    world, numbers, found = hidden.world, hidden.numbers(), ["/"]
    for rank, route in enumerate(known):
        found.append(route.filled(world))
        if "pk" in route.parameters:
            start = turn + rank
            tried = [numbers[(start + step) % len(numbers)] for step in range(2)]
            for pk in numbers if route.name in ALL_NUMBERS else tried:
                found.append(route.filled(World(world.pole, world.accounts, {route.name: pk}, world.tokens)))
    return list(dict.fromkeys(found))


def leaks(answers: dict[str, Answer], words: dict[str, str]) -> list[str]:
    """Return where a word is told: the address, the word, what it belongs to."""
    sought = {folded(word): whose for word, whose in words.items()}
    any_of = re.compile("|".join(map(re.escape, sought)))
    return [
        f"{address} tells {word!r} of {sought[word]}"
        for address, answer in answers.items()
        for word in dict.fromkeys(any_of.findall(answer.text))
    ]


def test_no_reader__finds_a_word_that_it_may_not_know(hidden: SecretWorld) -> None:
    known, found, kept = readable(hidden), [], {}
    for turn, reader in enumerate(READERS):
        if reader not in hidden.accounts:
            continue
        words = hidden.hidden_from(reader)
        assert words, reader
        starts = sure_addresses(hidden, known, turn)
        answers = crawl(hidden.client(reader), starts, at_most=OFFERED)
        found += [f"{reader}: {leak}" for leak in leaks(answers, words)]
        kept[reader] = answers
    change_what_is_hidden(hidden)
    for reader in KNOWING_NOTHING:
        found += [f"{reader}: {leak}" for leak in differences(hidden.client(reader), kept[reader])]
    assert not found, "\n".join(found)


def differences(client: Client, before: dict[str, Answer]) -> list[str]:
    """Return the pages that are not the same once what is hidden is otherwise: they depend on it.

    A signed link speaks for the structure that received it, and a message shows once: neither is compared.
    """
    found = []
    for address, was in before.items():
        if was.status == 200 and was.raw and not _SIGNED.search(address):
            now = read(client, address)
            if _SAID_ONCE in was.raw or _SAID_ONCE in now.raw:
                continue
            one, two = _CHANGES.sub("", was.raw), _CHANGES.sub("", now.raw)
            if one != two:
                found.append(f"{address} depends on it: {first_difference(one, two)}")
    return found


def first_difference(was: str, now: str) -> str:
    """Return the first words that differ, and what is around."""
    at = next((i for i, (one, two) in enumerate(zip(was, now, strict=False)) if one != two), 0)
    return f"…{was[max(0, at - 60) : at + 60]}… became …{now[max(0, at - 60) : at + 60]}…"


def unseen(hidden: SecretWorld) -> list[Secrets]:
    """Return what a bystander sees in outline, or not at all."""
    secret = {Visibility.ANONYMOUS, Visibility.FACILITATORS}
    return [one for one in hidden.secrets if one.intent.visibility in secret]


def test_searching__finds_nothing_by_a_word_that_is_hidden(hidden: SecretWorld) -> None:
    client, asked, found = hidden.client("bystander"), set(), []
    for route in routes():
        if "pk" not in route.parameters:
            asked |= set(searched(read(client, route.filled(hidden.world))))
    words = [one.intent.title.split()[-1] for one in unseen(hidden)]
    words += [one.intent.author.name for one in unseen(hidden) if not one.authors]
    assert len(asked) >= 3
    for path, name in sorted(asked):
        nothing = read(client, f"{path}?{name}=qqqqqqqqqq").text.replace("qqqqqqqqqq", "")
        for word in words:
            answer = read(client, f"{path}?{name}={word}").text.replace(word, "")
            if _TOKENS.sub("", answer) != _TOKENS.sub("", nothing):
                found.append(f"{path}?{name}={word}")
    assert not found, "\n".join(found)


def test_supporting__tells_not_who_said_it(hidden: SecretWorld) -> None:
    client, told_of = hidden.client("bystander"), []
    for one in unseen(hidden):
        if one.intent.visibility == Visibility.ANONYMOUS and one.authors:
            address = f"/p/ici/besoins-et-offres/{one.intent.pk}/soutenir/"
            pair = [
                send(client, address, {"organisation": str(who.pk)})
                for who in (one.intent.author, hidden.spare)
            ]
            assert pair[0].status == pair[1].status
            told_of.append([_TOKENS.sub("", answer.text) for answer in pair])
    assert told_of
    assert all(one == two for one, two in told_of)


def test_writing__finds_what_hides_its_name_by_its_type_alone(hidden: SecretWorld) -> None:
    client, texts = hidden.client("bystander"), set()
    one = next(one.intent for one in unseen(hidden) if one.intent.visibility == Visibility.ANONYMOUS)
    side = "besoin" if one.kind == "offer" else "offre"
    places = [str(one.municipality_id), str(hidden.world.pole.territory.municipalities.first().pk)]
    for place in places:
        for words in (one.title, "Reprendre autre chose"):
            given = {
                "words": words,
                "title": "x",
                "resource_type": "secret-type",
                "municipality": place,
                "quantity": "3",
            }
            answer = send(client, f"/p/ici/besoins-et-offres/noter/premieres-pistes/?sens={side}", given)
            texts.add(re.sub(r".*une structure du pole", "", _TOKENS.sub("", answer.text), flags=re.DOTALL))
            assert "une structure du pole, cc des trois haies" in answer.text
    assert len(texts) == 1


def test_a_crawl__finds_a_leak_in_a_page(hidden: SecretWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "sight_of", lambda *_: Sight.WHOLE)
    words = hidden.hidden_from("bystander")
    answers = crawl(hidden.client("bystander"), ["/p/ici/besoins-et-offres/"], at_most=0)
    assert len(leaks(answers, words)) >= 4


def test_a_crawl__finds_a_page_that_depends_on_what_is_hidden(
    hidden: SecretWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(describe, "one_significant_digit", lambda value: value.quantize(Decimal(1)))
    client = hidden.client("bystander")
    before = crawl(client, ["/p/ici/besoins-et-offres/"], at_most=0)
    change_what_is_hidden(hidden)
    assert len(differences(client, before)) == 1


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/html", b"<p title='zaxek&eacute;iq'>"),
        ("text/html", b"<a href='/?q=zaxek%C3%A9iq'>"),
        ("application/json", b'{"a": "Zaxek\\u00e9iq"}'),
        ("text/calendar", "SUMMARY:zaxe\r\n kéiq".encode()),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", XLSX),
        ("application/pdf", PDF),
    ],
    ids=["entity", "address", "json", "calendar", "xlsx", "pdf"],
)
def test_a_crawl__reads_whatever_hides_a_word(kind: str, content: bytes) -> None:
    answer = HttpResponse(content, content_type=kind)
    assert "zaxekeiq" in told(answer)


def test_a_crawl__reads_headers_and_numbers() -> None:
    answer = HttpResponse("73\u202f514,25 t", headers={"Content-Disposition": 'filename="zaxek.csv"'})
    assert "zaxek.csv" in told(answer)
    assert "73514,25" in told(answer)
