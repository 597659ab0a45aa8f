"""Assembling and seeing the network on the desk: an answer by two, a chain and who is missing, who should meet."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.catalogue.operations import load_catalogue
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.running import carry_out_study
from tests.factories.actors import make_account, make_organisation, make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.ledger import make_event
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "/p/berry/rapprochements/"


@pytest.fixture
def pole() -> Pole:
    bridge.encoder_named.cache_clear()
    load_catalogue()
    return make_pole("Berry & Gâtinais", "berry")


@pytest.fixture
def team(pole: Pole) -> Client:
    client = Client()
    client.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def said(pole: Pole) -> dict[str, Any]:
    """What every intent of these tests says."""
    town = make_municipality("Vierzon-d’Essai", latitude=47.22, longitude=2.07)
    return {"pole": pole, "municipality": town, "confirmed_on": TODAY, "period": "year"}


def carry_out(folder: Path) -> MatchingRun:
    """Carry the last run out, as the worker does."""
    return carry_out_study(
        run=MatchingRun.objects.latest("pk"), today=TODAY, clock=lambda: NOW, encoder="lexical",
        vector_folder=folder, progress=lambda done, total, step: None,
    )  # fmt: skip


def text(client: Client, address: str) -> str:
    """The page, plain spaces."""
    return client.get(address).content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_assemble__the_best_answer_may_be_by_two(team: Client, said: dict[str, Any], tmp_path: Path) -> None:
    machines = {**said, "resource_type_id": "pc-fixes-reemployables", "unit": "u"}
    need = make_need(title="Douze ordinateurs", quantity=Decimal(12), **machines)
    for name, quantity in (("Terre Brune", 8), ("Quatre-Sous", 4)):
        make_offer(title=name, author=make_organisation(name), quantity=Decimal(quantity), **machines)
    asked = {"need": str(need.pk), "way": "smallest", "k": "3"}
    assert team.post(f"{URL}assembler/lancer/", asked).status_code == 302
    run = carry_out(tmp_path)
    page = text(team, f"{URL}assembler/{run.pk}/")
    assert run.result["headline"] == "La meilleure réponse est à deux."
    assert "Terre Brune" in page
    assert "prouvé" in page


def test_assemble__a_chain_names_the_missing_role_and_splits_its_gain(
    team: Client, said: dict[str, Any], tmp_path: Path
) -> None:
    need = make_need(
        title="Dix ordinateurs", resource_type_id="pc-reconditionnes", quantity=Decimal(10), unit="u", **said
    )
    make_offer(
        title="Vieux ordinateurs", author=make_organisation("Galvanor"), resource_type_id="pc-fixes-reemployables",
        quantity=Decimal(60), unit="u", **said,
    )  # fmt: skip
    asked = {"need": str(need.pk), "way": "chain", "k": "2", "worth": "2000", "km_cost": "1"}
    assert team.post(f"{URL}assembler/lancer/", asked).status_code == 302
    run = carry_out(tmp_path)
    page = text(team, f"{URL}assembler/{run.pk}/")
    assert "Il manque" in page
    assert "Galvanor" in page
    assert "Le partage équitable" in page


def test_assemble__a_gain_without_the_cost_of_a_kilometre_is_refused(
    team: Client, said: dict[str, Any]
) -> None:
    need = make_need(title="Dix ordinateurs", **said)
    answer = team.post(
        f"{URL}assembler/lancer/", {"need": str(need.pk), "way": "chain", "k": "2", "worth": "2000"}
    )
    assert answer.status_code == 422
    assert "Donnez aussi le coût d’un kilomètre" in answer.content.decode().replace("\xa0", " ")
    assert 'value="2000' in answer.content.decode()


@pytest.mark.parametrize(
    ("k", "words"), [("0", "Il en faut une au moins."), ("99", "10 au plus."), ("", "Donnez")]
)
def test_assemble__a_faulty_number_is_refused(team: Client, said: dict[str, Any], k: str, words: str) -> None:
    need = make_need(title="Dix ordinateurs", **said)
    answer = team.post(f"{URL}assembler/lancer/", {"need": str(need.pk), "way": "smallest", "k": k})
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("\xa0", " ")


def test_assemble__a_need_withdrawn_in_between_is_said(
    team: Client, said: dict[str, Any], tmp_path: Path
) -> None:
    need = make_need(title="Dix ordinateurs", **said)
    team.post(f"{URL}assembler/lancer/", {"need": str(need.pk), "way": "smallest", "k": "1"})
    Intent.objects.filter(pk=need.pk).update(state=IntentState.WITHDRAWN)
    with pytest.raises(UserMistake, match="plus ouvert"):
        carry_out(tmp_path)


def test_network__names_who_should_meet_and_keeps_no_name_in_its_record(
    team: Client, pole: Pole, said: dict[str, Any], tmp_path: Path
) -> None:
    middle, left, right = (make_organisation(name) for name in ("Au Milieu", "À Gauche", "À Droite"))
    for other in (left, right):
        make_event(pole=pole, provider=middle, receiver=other)
    assert team.post(f"{URL}reseau/lancer/").status_code == 302
    run = carry_out(tmp_path)
    page = text(team, f"{URL}reseau/{run.pk}/")
    assert "3 acteurs, 2 liens" in page
    assert "ils connaissent tous deux Au Milieu" in page
    assert "Au Milieu" not in str(run.result)


def test_network__without_any_deal_says_so(team: Client, tmp_path: Path) -> None:
    team.post(f"{URL}reseau/lancer/")
    with pytest.raises(UserMistake, match="encore noté"):
        carry_out(tmp_path)
