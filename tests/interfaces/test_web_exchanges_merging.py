"""Making one need of two on the site: the list, the preview, the gesture, and back."""

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent, IntentMerge
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
