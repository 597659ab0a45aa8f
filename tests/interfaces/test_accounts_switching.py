"""Several poles and several structures for one person: chosen once, kept in the session."""

from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.viewer import Role
from tests.factories.actors import make_account, make_mandate, make_organisation, make_pole

pytestmark = pytest.mark.django_db


@pytest.fixture
def several() -> Account:
    here, there = make_pole("Pôle d’ici", "ici"), make_pole("Pôle de là", "la")
    account = make_account(Role.MEMBER, here, make_organisation("La Roulotte"))
    make_mandate(account.person, here, organisation=make_organisation("La Loutre"))
    make_mandate(account.person, there, role="network")
    return account


@pytest.fixture
def signed_in(client: Client, several: Account) -> Client:
    client.force_login(several, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _chosen(page: Any) -> list[str]:
    return [f"{one.pole_slug} {one.organisation_name}" for one in page.context["places"] if one.is_chosen]


def test_home__asks_where_one_goes_then_remembers(signed_in: Client) -> None:
    assert signed_in.get("/").headers["Location"] == "/compte/changer/"
    signed_in.post("/compte/changer/", {"pole": "la", "structure": ""})
    assert signed_in.get("/").headers["Location"] == "/p/la/"


def test_switch__lists_each_pole_and_each_structure(signed_in: Client) -> None:
    page = signed_in.get("/compte/changer/")
    assert [(one.pole_slug, one.organisation_name) for one in page.context["places"]] == [
        ("la", ""),
        ("ici", "La Loutre"),
        ("ici", "La Roulotte"),
    ]


def test_switch__chosen_structure_is_the_one_a_need_is_noted_for(signed_in: Client) -> None:
    otter = Organisation.objects.get(name="La Loutre")
    signed_in.post("/compte/changer/", {"pole": "ici", "structure": str(otter.pk)})
    assert _chosen(signed_in.get("/compte/changer/")) == ["ici La Loutre"]
    form = signed_in.get("/p/ici/besoins-et-offres/noter/").content.decode()
    assert f'value="{otter.pk}" checked' in form


@pytest.mark.parametrize(
    "asked", [{"pole": "ailleurs"}, {"pole": "ici", "structure": "0"}, {"pole": "ici"}, {}]
)
def test_switch__nowhere_without_a_role(signed_in: Client, asked: dict[str, str]) -> None:
    make_pole("Pôle d’ailleurs", "ailleurs")
    assert signed_in.post("/compte/changer/", asked).status_code == 404
    assert _chosen(signed_in.get("/compte/changer/")) == []


def test_home__of_one_pole_only_goes_straight_there(client: Client) -> None:
    client.force_login(make_account(Role.BOARD, make_pole("Ici", "ici")))
    assert client.get("/").headers["Location"] == "/p/ici/"


def test_poles__side_by_side_are_for_the_networks(signed_in: Client) -> None:
    page = signed_in.get("/poles/")
    assert [line.pole.slug for line in page.context["lines"]] == ["la", "ici"]
    other = Client()
    other.force_login(make_account(Role.FACILITATOR, make_pole()))
    refused = other.get("/poles/")
    assert refused.status_code == 403
    assert "pour les réseaux" in refused.content.decode().replace("\u00a0", " ")
    assert Client().get("/poles/").headers["Location"].startswith("/compte/login/")
