"""The tab « Historique »: sentences, one button, refusals that say why."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.synergies import make_synergy

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’ici", "ici")


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, thing: str, pk: int) -> str:
    answer = client.get(f"/p/ici/historique/{thing}/{pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ")


def button(text: str) -> dict[str, str]:
    """Return what the first button of the page sends."""
    number = text.split('name="change" value="')[1].split('"', maxsplit=1)[0]
    return {"change": number, "table": text.split('name="table" value="')[1].split('"', maxsplit=1)[0]}


def mistaken(client: Client, pole: Pole) -> Intent:
    """Return a need whose title was changed through the site."""
    need = make_need(pole=pole, title="Le bon titre", quantity=Decimal(12), unit="t")
    given = {"author": str(need.author_id), "title": "Le mauvais titre", "words": "Le mauvais titre"}
    make_membership(pole, need.author)
    answer: Any = client.post(f"/p/ici/besoins-et-offres/{need.pk}/modifier/", given)
    assert answer.status_code == 302
    return need


def test_history__tells_the_change_and_takes_it_back_in_one_click(pole: Pole) -> None:
    account = make_account(Role.FACILITATOR, pole)
    client = enter(account)
    need = mistaken(client, pole)
    text = page(client, "besoin-ou-offre", need.pk)
    assert "Titre : Le bon titre → Le mauvais titre" in text
    assert f"par {account.person}" in text
    answer = client.post(f"/p/ici/historique/besoin-ou-offre/{need.pk}/annuler/", button(text), follow=True)
    assert "C’est revenu comme avant." in answer.content.decode()
    assert Intent.objects.get(pk=need.pk).title == "Le bon titre"
    assert "Titre : Le mauvais titre → Le bon titre" in page(client, "besoin-ou-offre", need.pk)


def test_history__says_what_is_promised_when_an_offer_would_give_less_again(pole: Pole) -> None:
    client = enter(make_account(Role.FACILITATOR, pole))
    offer = make_offer(pole=pole, title="Broyat", quantity=Decimal(5), unit="t", period="year")
    make_membership(pole, offer.author)
    given = {"author": str(offer.author_id), "words": "Broyat", "title": "Broyat"}
    given |= {"quantity": "12", "unit": "t", "period": "year"}
    assert client.post(f"/p/ici/besoins-et-offres/{offer.pk}/modifier/", given).status_code == 302
    make_synergy(make_need(pole=pole), Intent.objects.get(pk=offer.pk), state="talks", quantity=8)
    sent = button(page(client, "besoin-ou-offre", offer.pk))
    answer = client.post(f"/p/ici/historique/besoin-ou-offre/{offer.pk}/annuler/", sent, follow=True)
    assert "Gardez au moins 8 t" in answer.content.decode().replace("\u00a0", " ")
    assert Intent.objects.get(pk=offer.pk).quantity == 12


def test_history__asked_twice_says_that_it_moved(pole: Pole) -> None:
    client = enter(make_account(Role.FACILITATOR, pole))
    need = mistaken(client, pole)
    sent = button(page(client, "besoin-ou-offre", need.pk))
    address = f"/p/ici/historique/besoin-ou-offre/{need.pk}/annuler/"
    client.post(address, sent)
    again = client.post(address, sent, follow=True)
    assert "changé de nouveau depuis" in again.content.decode()


def test_history__is_for_its_author_and_the_team(pole: Pole) -> None:
    need = make_need(pole=pole)
    make_membership(pole, need.author)
    address = f"/p/ici/historique/besoin-ou-offre/{need.pk}/"
    other = enter(make_account(Role.MEMBER, pole, make_organisation()))
    assert other.get(address).status_code == 403
    assert enter(make_account(Role.MEMBER, pole, need.author)).get(address).status_code == 200
    assert Client().get(address).status_code == 404


def test_history__of_another_need_takes_nothing_back_here(pole: Pole) -> None:
    client = enter(make_account(Role.FACILITATOR, pole))
    need, other = mistaken(client, pole), make_need(pole=pole)
    sent = button(page(client, "besoin-ou-offre", need.pk))
    answer = client.post(f"/p/ici/historique/besoin-ou-offre/{other.pk}/annuler/", sent)
    assert answer.status_code == 404
    assert Intent.objects.get(pk=need.pk).title == "Le mauvais titre"


def test_history__of_a_structure_tells_its_memberships(pole: Pole) -> None:
    organisation = make_organisation("Ci&el")
    make_membership(pole, organisation)
    text = page(enter(make_account(Role.FACILITATOR, pole)), "structure", organisation.pk)
    assert "Une adhésion : c’est noté" in text
    assert "La structure : c’est noté" in text


@pytest.mark.parametrize("thing", ["rien", "structure", "accord"])
def test_history__of_nothing_is_not_found(pole: Pole, thing: str) -> None:
    client = enter(make_account(Role.FACILITATOR, pole))
    assert client.get(f"/p/ici/historique/{thing}/999999/").status_code == 404
