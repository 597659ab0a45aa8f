"""The matching desk on the web: its queue, its leads, its decisions, its refusals."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.models import Decision
from maillage.domain.matching.operations import ask_run, carry_out_run
from maillage.interfaces.jobs.models import LongTask
from tests.factories.actors import make_account, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_need, make_offer
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def pole() -> Pole:
    return make_pole("Berry & Gâtinais", "berry")


@pytest.fixture
def pair(pole: Pole, tmp_path: Path) -> tuple[Intent, Intent]:
    """A need, an offer that answers two thirds of it, another too far; a run that found it."""
    bridge.encoder_named.cache_clear()
    kind = make_resource_type("compostage", "Compostage", dimension="mass", unit="t")
    near = make_municipality("Vierzon", latitude=47.22, longitude=2.07)
    far = make_municipality("Sancerre", latitude=47.33, longitude=2.83)
    same = {"pole": pole, "resource_type": kind, "unit": "t", "period": "year", "confirmed_on": TODAY}
    need = make_need(title="Composter <12> t", quantity=Decimal(12), reach_km=30, municipality=near, **same)
    make_evidence(need, said_by="Léa Morin")
    offer = make_offer(
        title="Terre Brune", quantity=Decimal(8), municipality=near, author=make_organisation("Ci&el"), **same
    )
    make_offer(title="Loin d’ici", quantity=Decimal(50), municipality=far, **same)
    run = ask_run(pole=pole, asked_by=None, at=NOW)
    carry_out_run(run=run, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=tmp_path)
    return need, offer


def _client(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def team(pole: Pole) -> Client:
    return _client(make_account(Role.FACILITATOR, pole))


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_desk__shows_the_need_its_lead_and_why_not_the_others(
    team: Client, pair: tuple[Intent, Intent]
) -> None:
    text = _text(team.get("/p/berry/rapprochements/"))
    assert "Composter &lt;12&gt;" in text
    assert "Ci&amp;el" in text
    assert "67\u00a0% du besoin" in text
    assert "Loin d’ici" in text
    assert "30" in text[text.index("Pourquoi pas les autres") :]


def test_desk__asks_a_steady_number_of_questions(
    team: Client, pair: tuple[Intent, Intent], django_assert_max_num_queries: Any
) -> None:
    team.get("/p/berry/rapprochements/")
    with django_assert_max_num_queries(26):
        team.get("/p/berry/rapprochements/")


def test_desk__is_closed_to_members_but_their_own_leads_are_open(
    pole: Pole, pair: tuple[Intent, Intent]
) -> None:
    need, offer = pair
    member = _client(make_account(Role.MEMBER, pole, need.author))
    assert member.get("/p/berry/rapprochements/").status_code == 403
    assert member.get(f"/p/berry/rapprochements/{need.pk}/").status_code == 200
    assert member.get(f"/p/berry/rapprochements/{offer.pk}/").status_code == 403


def test_desk__of_offers_shows_the_reverse(team: Client, pair: tuple[Intent, Intent]) -> None:
    text = _text(team.get("/p/berry/rapprochements/?cote=offres"))
    assert "Offre\u00a0: Ci&amp;el" in text


def test_accept__keeps_the_lead_and_says_so(team: Client, pair: tuple[Intent, Intent]) -> None:
    need, offer = pair
    answer = team.post(f"/p/berry/rapprochements/{need.pk}/accepter/", {"autre": offer.pk}, follow=True)
    assert "Piste gardée" in _text(answer)
    assert "Ci&amp;el" in _text(team.get("/p/berry/rapprochements/suivies/"))


def test_set_aside__without_reason_reopens_the_question_with_what_was_typed(
    team: Client, pair: tuple[Intent, Intent]
) -> None:
    need, offer = pair
    answer = team.post(
        f"/p/berry/rapprochements/{need.pk}/mettre-de-cote/",
        {"autre": offer.pk, "precision": "déjà vu en mars"},
        follow=True,
    )
    assert "Choisissez une raison" in _text(answer)
    assert "déjà vu en mars" in _text(answer)
    assert not Decision.objects.exists()


def test_set_aside__then_take_back(team: Client, pair: tuple[Intent, Intent]) -> None:
    need, offer = pair
    team.post(f"/p/berry/rapprochements/{need.pk}/mettre-de-cote/", {"autre": offer.pk, "raison": "price"})
    assert "Prix" in _text(team.get(f"/p/berry/rapprochements/{need.pk}/"))
    team.post(f"/p/berry/rapprochements/{need.pk}/reprendre/", {"autre": offer.pk})
    assert not Decision.objects.exists()


def test_decision__on_an_intent_of_another_pole_is_not_found(
    team: Client, pair: tuple[Intent, Intent]
) -> None:
    need, _ = pair
    other = make_offer(pole=make_pole())
    answer = team.post(f"/p/berry/rapprochements/{need.pk}/accepter/", {"autre": other.pk})
    assert answer.status_code == 404


def test_why_not__answers_for_the_offer_one_names(team: Client, pair: tuple[Intent, Intent]) -> None:
    need, _ = pair
    far = Intent.objects.get(title="Loin d’ici")
    text = _text(team.get(f"/p/berry/rapprochements/{need.pk}/?autre={far.pk}&autre_text=loin"))
    answer = text[text.index('id="reponse"') :]
    assert "Trop loin" in answer


def test_options__find_the_other_side_by_structure(team: Client, pair: tuple[Intent, Intent]) -> None:
    found = team.get("/p/berry/rapprochements/choix/?q=Ci%26el&cote=offres").json()
    assert [one["label"] for one in found["results"]] == ["Terre Brune"]


def test_missing__shows_a_visitor_only_what_is_public(client: Client, pair: tuple[Intent, Intent]) -> None:
    far = Intent.objects.get(title="Loin d’ici")
    page = "/p/berry/ce-qui-manque/?cote=offres"
    assert "Loin d’ici" not in _text(client.get(page))
    Intent.objects.filter(pk=far.pk).update(visibility="public")
    text = _text(client.get(page))
    assert "Loin d’ici" in text
    assert "Trop loin" not in text


def test_launch__opens_a_task_and_follows_it(team: Client, pole: Pole) -> None:
    answer = team.post("/p/berry/rapprochements/lancer/")
    task = LongTask.objects.get()
    assert answer.headers["Location"] == f"/p/berry/travaux/{task.pk}/"
    assert "Vous pouvez quitter cette page" in _text(team.get(answer.headers["Location"]))


def test_empty_pole__says_what_to_do(team: Client) -> None:
    assert "Aucun calcul pour l’instant" in _text(team.get("/p/berry/rapprochements/"))
