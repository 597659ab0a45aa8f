"""Making one need of two on the site: the list, the preview, the gesture, and back."""

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent, IntentMerge, TwinDismissal
from tests.factories.actors import make_account, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_need, make_support

pytestmark = pytest.mark.django_db
HOME = "/p/ici/besoins-et-offres/"


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’ici", "ici")


@pytest.fixture
def team(pole: Pole) -> Client:
    client = Client()
    client.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def pair(pole: Pole) -> tuple[Intent, Intent]:
    kind = make_resource_type("compost", "Compostage")
    first = make_need(pole=pole, title="Composter nos épluchures", resource_type=kind)
    second = make_need(pole=pole, title="Composter les épluchures", resource_type=kind)
    make_support(first)
    make_evidence(second, said_by="Léa Martin")
    return first, second


def test_twins__lead_to_the_preview_and_the_preview_to_one(team: Client, pair: tuple[Intent, Intent]) -> None:
    kept, other = pair
    page = team.get(f"{HOME}jumeaux/").content.decode()
    assert f"reunir/?garder={kept.pk}&amp;autre={other.pk}" in page
    preview = team.get(f"{HOME}reunir/", {"garder": kept.pk, "autre": other.pk}).content.decode()
    assert "Réunir en gardant" in preview
    assert "Composter les épluchures" in preview
    done = team.post(f"{HOME}reunir/", {"garder": kept.pk, "autre": other.pk}, follow=True)
    assert "C’est réuni" in done.content.decode()
    assert "Léa Martin" in done.content.decode()
    assert team.get(f"{HOME}{other.pk}/").headers["Location"] == f"{HOME}{kept.pk}/"


def test_separation__is_one_click_on_the_kept_one(team: Client, pair: tuple[Intent, Intent]) -> None:
    kept, other = pair
    team.post(f"{HOME}reunir/", {"garder": kept.pk, "autre": other.pk})
    number = IntentMerge.objects.get().pk
    assert f"reunis/{number}/separer/" in team.get(f"{HOME}{kept.pk}/").content.decode()
    done = team.post(f"{HOME}reunis/{number}/separer/", follow=True)
    assert "C’est séparé" in done.content.decode()
    assert Intent.objects.get(pk=other.pk).state == "open"


def test_merge__asked_twice_says_so_and_changes_nothing(team: Client, pair: tuple[Intent, Intent]) -> None:
    sent = {"garder": pair[0].pk, "autre": pair[1].pk}
    team.post(f"{HOME}reunir/", sent)
    again = team.post(f"{HOME}reunir/", sent)
    assert "déjà été réuni" in again.content.decode()


def test_list__sorts_by_support(team: Client, pair: tuple[Intent, Intent]) -> None:
    page = team.get(HOME, {"tri": "soutiens"}).content.decode()
    assert page.index("Composter nos épluchures") < page.index("Composter les épluchures")
    assert "Les plus partagés d’abord" in page


def test_twins__said_different_are_folded_away_and_come_back(
    team: Client, pair: tuple[Intent, Intent]
) -> None:
    one, other = pair
    page = team.post(
        f"{HOME}jumeaux/ecarter/", {"un": one.pk, "autre": other.pk}, follow=True
    ).content.decode()
    assert "C’est noté : ce ne sont pas les mêmes." in page.replace("\u00a0", " ")
    assert "Comparer" not in page
    assert "paire dite différente" in page
    address = page.split("/jumeaux/")[1].split("/reprendre/")[0]
    page = team.post(f"{HOME}jumeaux/{address}/reprendre/", follow=True).content.decode()
    assert "Comparer" in page
    assert "paire dite différente" not in page


def test_twins__are_said_different_by_the_team_only(pole: Pole, pair: tuple[Intent, Intent]) -> None:
    client = Client()
    client.force_login(
        make_account(Role.MEMBER, pole, pair[0].author), backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.post(f"{HOME}jumeaux/ecarter/", {"un": pair[0].pk, "autre": pair[1].pk})
    assert answer.status_code == 403
    assert not TwinDismissal.objects.exists()
