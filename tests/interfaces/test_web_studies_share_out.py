"""Sharing out on the desk: launched, read, supposed otherwise, compared; and what an elected official then reads."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.operations import ask_run, carry_out_run
from maillage.domain.matching.studies.running import carry_out_study
from tests.factories.actors import make_account, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "/p/berry/rapprochements/repartir/"
PLAIN = {"kind": "", "fairness": "none"}


@pytest.fixture
def pole() -> Pole:
    bridge.encoder_named.cache_clear()
    return make_pole("Berry & Gâtinais", "berry")


@pytest.fixture
def rows(pole: Pole) -> dict[str, Intent]:
    """Two canteens want 10 and 6 t of composting, one platform takes 12 t; nobody washes nappies."""
    compost = make_resource_type("compostage", "Compostage", dimension="mass", unit="t")
    washing = make_resource_type("lavage", "Lavage de couches", dimension="count", unit="piece")
    town = make_municipality("Vierzon-d’Essai", latitude=47.22, longitude=2.07)
    same: dict[str, Any] = {"pole": pole, "period": "year", "municipality": town, "confirmed_on": TODAY}
    tonnes = {**same, "resource_type": compost, "unit": "t"}
    return {
        "large": make_need(title="Cantine des Forges", quantity=Decimal(10), **tonnes),
        "small": make_need(title="Cantine du Parc", quantity=Decimal(6), **tonnes),
        "nappies": make_need(
            title="Crèche", quantity=Decimal(50), **same, resource_type=washing, unit="piece"
        ),
        "heap": make_offer(
            title="Plateforme", quantity=Decimal(12), author=make_organisation("Terre"), **tonnes
        ),
        "vague": make_need(title="Sans chiffre", **same, resource_type=compost),
    }


@pytest.fixture
def team(pole: Pole) -> Client:
    client = Client()
    client.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def carry_out(run: MatchingRun) -> MatchingRun:
    """Carry a run out, as the worker does."""
    return carry_out_study(
        run=run, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=Path("/nowhere"),
        progress=lambda done, total, step: None,
    )  # fmt: skip


@pytest.fixture
def vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep vectors in the test's own folder."""
    monkeypatch.setattr("tests.interfaces.test_web_studies_share_out.Path", lambda _folder: tmp_path)


def shared(team: Client, **asked: str) -> MatchingRun:
    """Launch a sharing out by the form and carry it out."""
    answer = team.post(f"{URL}lancer/", {**PLAIN, **asked})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return carry_out(MatchingRun.objects.latest("pk"))


def text(client: Client, address: str) -> str:
    """The page, plain spaces."""
    return client.get(address).content.decode().replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.usefixtures("vectors", "rows")
def test_share_out__serves_what_it_can_and_says_why_not_the_rest(team: Client) -> None:
    run = shared(team)
    page = text(team, f"{URL}{run.pk}/")
    assert run.result["figures"] == {"whole": 1, "part": 1, "none": 1}
    assert "il manque 4 t" in page
    assert "Toute la capacité de « Compostage »" in page
    assert "Aucune offre de « Lavage de couches »" in page


@pytest.mark.usefixtures("vectors", "rows")
def test_share_out__names_what_would_unlock_and_it_is_true(team: Client) -> None:
    run = shared(team)
    sentences = [one["sentence"].replace("\xa0", " ") for one in run.result["unlock"]]
    assert (
        "4 t par an de plus en « Compostage » près de Vierzon-d’Essai serviraient 1 besoin de plus (4 t)."
        in sentences
    )
    assert any("Lavage de couches" in one for one in sentences)


@pytest.mark.usefixtures("vectors")
def test_share_out__supposed_larger_serves_everybody_and_is_compared(
    team: Client, rows: dict[str, Intent]
) -> None:
    first = shared(team)
    asked = {"gesture": "resize", "offer": str(rows["heap"].pk), "quantity": "20 t"}
    assert team.post(f"{URL}{first.pk}/et-si/", asked).status_code == 302
    second = carry_out(MatchingRun.objects.latest("pk"))
    assert second.result["figures"] == {"whole": 2, "part": 0, "none": 1}
    page = text(team, f"{URL}comparer/?a={first.pk}&b={second.pk}")
    assert "besoin entièrement servi de plus dans le second" in page


@pytest.mark.usefixtures("vectors")
@pytest.mark.parametrize("gesture", ["remove", "move", "add"])
def test_share_out__every_supposition_is_computed(
    team: Client, rows: dict[str, Intent], gesture: str
) -> None:
    first = shared(team)
    asked = {
        "gesture": gesture,
        "offer": "" if gesture == "add" else str(rows["heap"].pk),
        "quantity": "5 t" if gesture == "add" else "",
        "type_code": "Compostage" if gesture == "add" else "",
        "commune": "" if gesture == "remove" else "Vierzon-d’Essai",
    }
    assert team.post(f"{URL}{first.pk}/et-si/", asked).status_code == 302
    if gesture == "remove":
        with pytest.raises(UserMistake, match="une offre dont la quantité"):
            carry_out(MatchingRun.objects.latest("pk"))
        return
    served = carry_out(MatchingRun.objects.latest("pk")).result["figures"]["whole"]
    assert served == (2 if gesture == "add" else 1)


@pytest.mark.usefixtures("vectors", "rows")
def test_share_out__a_supposition_without_its_offer_says_what_to_do(team: Client) -> None:
    first = shared(team)
    answer = team.post(f"{URL}{first.pk}/et-si/", {"gesture": "resize", "quantity": "beaucoup"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choisissez l’offre qui changerait." in page
    assert "Écrivez un nombre puis une unité" in page


@pytest.mark.usefixtures("vectors")
def test_share_out__fair_to_communes_serves_the_least_served_first(
    team: Client, rows: dict[str, Intent]
) -> None:
    far = make_municipality("Bourges-d’Essai", latitude=47.08, longitude=2.4)
    Intent.objects.filter(pk=rows["small"].pk).update(municipality=far)
    run = shared(team, fairness="municipality")
    received = {one["need"]: one["words"].replace("\xa0", " ") for one in run.result["received"]}
    assert received[str(rows["small"].pk)] == "4,5 t"


@pytest.mark.usefixtures("vectors", "rows")
def test_missing__tells_an_elected_official_what_would_unlock(
    team: Client, pole: Pole, tmp_path: Path
) -> None:
    Intent.objects.update(visibility=Visibility.PUBLIC)
    found = ask_run(pole=pole, asked_by=None, at=NOW)
    carry_out_run(run=found, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=tmp_path)
    shared(team)
    page = text(Client(), "/p/berry/ce-qui-manque/")
    assert "Ce qui débloquerait le plus" in page
    assert "Lavage de couches" in page


@pytest.mark.usefixtures("vectors")
def test_missing__keeps_the_sentences_of_anonymous_needs_from_the_public(
    team: Client, pole: Pole, rows: dict[str, Intent], tmp_path: Path
) -> None:
    Intent.objects.update(visibility=Visibility.PUBLIC)
    Intent.objects.filter(pk=rows["nappies"].pk).update(visibility=Visibility.ANONYMOUS)
    found = ask_run(pole=pole, asked_by=None, at=NOW)
    carry_out_run(run=found, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=tmp_path)
    run = shared(team)
    assert any("Lavage" in one["sentence"] for one in run.result["unlock"])
    page = text(Client(), "/p/berry/ce-qui-manque/")
    assert "en « Compostage » près de" in page
    assert "en « Lavage de couches »" not in page
