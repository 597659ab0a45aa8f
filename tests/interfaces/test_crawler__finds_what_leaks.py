"""The crawler can fail: whatever leaks, by whatever way, is found; whatever hides a word is read."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import typst
from django.core import signing
from django.http import HttpResponse

from maillage.core.errors import Refused
from maillage.domain.exchanges import describe, policies
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.queries import view
from maillage.domain.exchanges.sight import Sight
from maillage.domain.synergies import view as synergies
from tests.interfaces.answers import told
from tests.interfaces.crawler import Visit, ask
from tests.interfaces.secret_drawing import Drawn, Said
from tests.interfaces.secret_leaks import differences, leaks
from tests.interfaces.secret_letters import Postbox
from tests.interfaces.secret_ties import tie
from tests.interfaces.secret_world import SecretWorld, change_what_is_hidden, hide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
LIST = "/p/ici/besoins-et-offres/"


@pytest.fixture
def hidden(secret_base: SecretWorld) -> SecretWorld:
    said = (Said(), Said(kind="offer", author="listed", mark="&", step="proposed"))
    drawn = Drawn(said=said)
    return hide(secret_base, drawn)


def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show everything whole to everybody who sees its outline."""
    monkeypatch.setattr(view, "sight_of", lambda *_: Sight.WHOLE)


def bystander_finds(hidden: SecretWorld, visit: Visit) -> list[str]:
    return leaks(ask(hidden.client("bystander"), visit), hidden.hidden_from("bystander"))


@pytest.mark.parametrize(
    "address", [LIST, *(f"{LIST}export.{one}" for one in ("csv", "xlsx", "json", "geojson"))]
)
def test_a_crawl__finds_a_leak_in_a_page_and_in_an_export(
    address: str, hidden: SecretWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bystander_finds(hidden, Visit(address)) == []
    whole(monkeypatch)
    title = hidden.secrets[1].intent.title.split()[-1]
    expected = (
        f"GET {address} tells '{title[:8]}' of {Visibility.ANONYMOUS.label} ({hidden.secrets[1].intent.pk})"
    )
    assert expected in bystander_finds(hidden, Visit(address))


def test_a_crawl__finds_a_leak_in_a_call_of_the_api(
    hidden: SecretWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = Visit("/api/poles/ici/besoins-et-offres", key=hidden.keys["bystander"])
    assert bystander_finds(hidden, call) == []
    whole(monkeypatch)
    assert len(bystander_finds(hidden, call)) >= len(hidden.secrets)


def test_a_crawl__finds_a_leak_in_an_error_page(hidden: SecretWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    posted = Visit(f"{LIST}{hidden.secrets[1].intent.pk}/confirmer/", form=())
    assert bystander_finds(hidden, posted) == []

    def refuse(viewer: object, intent: Any) -> None:
        raise Refused(f"Seule sa structure confirme « {intent.title} ».")

    monkeypatch.setattr(policies, "check_user_can_confirm_intent", refuse)
    [leak] = bystander_finds(hidden, posted)
    assert leak.startswith(f"POST {posted.address} tells 'zx")


def test_a_crawl__finds_a_leak_in_a_letter(hidden: SecretWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Postbox()
    assert post.leaks(hidden) == []
    whole(monkeypatch)
    monkeypatch.setattr(synergies, "sight_of", lambda *_: Sight.WHOLE)
    tie(hidden, Drawn(said=(Said(), Said(kind="offer", author="listed", step="proposed"))))
    told_account = hidden.accounts["told"]
    assert told_account is not None
    assert {one.split(" tells ")[0].split(" to ")[1] for one in post.leaks(hidden)} == {told_account.email}


def test_a_crawl__finds_a_page_that_depends_on_what_is_hidden(
    hidden: SecretWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(describe, "one_significant_digit", lambda value: value.quantize(Decimal(1)))
    client = hidden.client("bystander")
    before = [ask(client, Visit(LIST))]
    change_what_is_hidden(hidden)
    [difference] = differences(client, before)
    assert difference.startswith(f"GET {LIST} depends on it")


def _workbook(words: str) -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append([words])
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/html", b"<p title='zaxek&eacute;iq'>"),
        ("text/html", b"<a href='/?q=zaxek%C3%A9iq'>"),
        ("text/html", f"<a href='/x/{signing.dumps({'a': 'Zaxekéiq'})}/'>".encode()),
        ("text/html", f"<a href='/x/{signing.dumps({'a': 'Zaxekéiq' * 20}, compress=True)}/'>".encode()),
        ("application/json", b'{"a": "Zaxek\\u00e9iq"}'),
        ("text/calendar", "SUMMARY:zaxe\r\n kéiq".encode()),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook("Zaxekéiq")),
        ("application/pdf", typst.compile("= Un titre\nLe mot zaxekéiq, ici.".encode(), format="pdf")),
    ],
    ids=["entity", "address", "signed", "signed-and-packed", "json", "calendar", "xlsx", "pdf"],
)
def test_a_crawl__reads_whatever_hides_a_word(kind: str, content: bytes) -> None:
    assert "zaxekeiq" in told(HttpResponse(content, content_type=kind))


def test_a_crawl__reads_headers_and_numbers() -> None:
    answer = HttpResponse("73\u202f514,25 t", headers={"Content-Disposition": 'filename="zaxek.csv"'})
    assert "zaxek.csv" in told(answer)
    assert "73514,25" in told(answer)
