"""Many lines at once: for the team only, and undone in one gesture."""

import re
from datetime import date

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from tests.factories.actors import make_account, make_pole
from tests.factories.exchanges import make_need

pytestmark = pytest.mark.django_db
LINES = "/p/gatinais/besoins-et-offres/lignes/"
HOME = "/p/gatinais/besoins-et-offres/"
OLD = date(2026, 1, 5)


@pytest.fixture
def pole() -> Pole:
    return make_pole("Gâtinais en essai", "gatinais")


def enter(role: Role, pole: Pole) -> Client:
    client = Client()
    client.force_login(make_account(role, pole), backend="django.contrib.auth.backends.ModelBackend")
    return client


def token(page: str) -> str:
    found = re.search(r'name="jeton" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.NETWORK, Role.AUTHORITY_AGENT])
def test_bulk__is_for_the_team(role: Role, pole: Pole) -> None:
    intent = make_need(pole=pole)
    answer = enter(role, pole).post(LINES, {"geste": "retirer", "pk": intent.pk})
    assert answer.status_code == 403
    assert Intent.objects.get().state == IntentState.OPEN


def test_bulk__withdraws_then_gives_back(pole: Pole) -> None:
    first = make_need(pole=pole, confirmed_on=OLD, said_on=OLD)
    second = make_need(pole=pole, state=IntentState.COVERED)
    client = enter(Role.FACILITATOR, pole)
    page = client.post(
        LINES, {"geste": "retirer", "pk": [first.pk, second.pk], "reason": "Trop vieux"}, follow=True
    )
    assert set(Intent.objects.values_list("state", flat=True)) == {IntentState.WITHDRAWN}
    done = client.post(f"{LINES}annuler/", {"jeton": token(page.content.decode())}, follow=True)
    assert "2\u00a0lignes remises en l’état." in done.content.decode()
    states = dict(Intent.objects.values_list("pk", "state"))
    assert states == {first.pk: IntentState.OPEN, second.pk: IntentState.COVERED}
    assert Intent.objects.get(pk=first.pk).confirmed_on == OLD


def test_bulk__confirms_then_gives_the_day_back(pole: Pole) -> None:
    intent = make_need(pole=pole, confirmed_on=OLD, said_on=OLD)
    client = enter(Role.FACILITATOR, pole)
    page = client.post(LINES, {"geste": "confirmer", "pk": [intent.pk]}, follow=True).content.decode()
    assert Intent.objects.get().confirmed_on > OLD
    client.post(f"{LINES}annuler/", {"jeton": token(page)})
    assert Intent.objects.get().confirmed_on == OLD


def test_bulk__leaves_what_changed_in_between(pole: Pole) -> None:
    intent = make_need(pole=pole)
    client = enter(Role.FACILITATOR, pole)
    page = client.post(LINES, {"geste": "retirer", "pk": [intent.pk]}, follow=True).content.decode()
    Intent.objects.update(state=IntentState.OPEN)
    answer = client.post(f"{LINES}annuler/", {"jeton": token(page)}, follow=True)
    assert "Il a changé entre-temps." in answer.content.decode()


def test_bulk__offers_to_undo_once(pole: Pole) -> None:
    intent = make_need(pole=pole)
    client = enter(Role.FACILITATOR, pole)
    assert (
        "jeton" in client.post(LINES, {"geste": "retirer", "pk": [intent.pk]}, follow=True).content.decode()
    )
    assert "jeton" not in client.get(HOME).content.decode()


def test_bulk__refuses_a_forged_token(pole: Pole) -> None:
    answer = enter(Role.FACILITATOR, pole).post(f"{LINES}annuler/", {"jeton": "faux"}, follow=True)
    assert "Il est trop tard pour annuler d’un geste." in answer.content.decode()


def test_bulk__asks_to_tick_a_line(pole: Pole) -> None:
    answer = enter(Role.FACILITATOR, pole).post(
        LINES, {"geste": "retirer", "pk": ["x", "99999999999"]}, follow=True
    )
    assert "Cochez d’abord une ligne ou plusieurs." in answer.content.decode()


@pytest.mark.parametrize("back", ["https://ailleurs.example/", "//ailleurs.example", "/admin/"])
def test_bulk__comes_back_to_the_list_only(back: str, pole: Pole) -> None:
    answer = enter(Role.FACILITATOR, pole).post(LINES, {"geste": "retirer", "retour": back})
    assert answer["Location"] == HOME


def test_bulk__keeps_the_filters(pole: Pole) -> None:
    answer = enter(Role.FACILITATOR, pole).post(LINES, {"geste": "retirer", "retour": f"{HOME}?sens=besoin"})
    assert answer["Location"] == f"{HOME}?sens=besoin"
