"""Journey 1, by keyboard, wide and on a phone: somebody asks to come in; their structure is in the pole; they enter."""

from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from maillage.domain.actors.models import Account, Membership, Organisation, Pole
from maillage.interfaces.web.actors import unhurried
from tests.browser.walking import Arrive, Walker, address_in, arrive, letter_to, pole
from tests.factories.actors import make_college

__all__ = ["arrive", "pole"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERS, TEAM = "ines@exemple.fr", "nadege@exemple.fr"


def _ask(ines: Walker) -> None:
    ines.visit("/p/essai/")
    ines.looks()
    ines.go("Se connecter")
    ines.open("Demandez un accès", "link")
    ines.open("Pôle d’essai", "link")
    ines.write("Prénom", "Inès")
    ines.write("Nom", "Fauvel")
    ines.write("Courriel", HERS)
    ines.write("Votre structure", "Les Paniers de l’Écluse")
    ines.write("En quelques mots", "Nadège m’a parlé du pôle.")
    ines.looks()
    ines.open("Envoyer la demande", "button")
    ines.sees("Votre demande est arrivée")
    ines.looks()


def _add_the_structure(nadege: Walker) -> None:
    nadege.visit(address_in(letter_to(TEAM)))
    nadege.looks()
    nadege.open("Inès Fauvel", "link")
    nadege.open("L’ajouter à l’annuaire", "link")
    expect(nadege.page.get_by_label("Nom de la structure")).to_have_value("Les Paniers de l’Écluse")
    nadege.go_to("Économie sociale", "radio")
    nadege.press("Space")
    nadege.pick("Commune", "bourg", "Bourges")
    nadege.write("SIRET", "732 829 320 00075")
    nadege.open("Ajouter la structure", "button")
    expect(nadege.page.locator(".errors-summary")).to_be_focused()
    nadege.looks()
    nadege.write("SIRET", "732 829 320 00074")
    nadege.open("Ajouter la structure", "button")
    nadege.sees("est dans l’annuaire")
    nadege.looks()


def _make_it_a_member(nadege: Walker) -> None:
    nadege.open("Faire entrer dans le pôle", "link")
    nadege.looks()
    nadege.select("Collège", "Entreprises de l’ESS")
    nadege.open("Faire entrer dans le pôle", "button")
    nadege.sees("est membre du pôle")
    nadege.looks()


def _open_the_door(nadege: Walker) -> None:
    nadege.go("Structures")
    nadege.open("Demandes d’accès", "link")
    nadege.looks()
    nadege.open("Inès Fauvel", "link")
    nadege.open("Ouvrir l’accès", "button")
    nadege.sees("reçoit à ines@exemple.fr un lien")
    nadege.go("Structures")
    nadege.open("Composition du pôle", "link")
    nadege.looks()


def _enter(ines: Walker) -> None:
    ines.visit(address_in(letter_to(HERS)))
    ines.looks()
    ines.open("Entrer", "button")
    ines.sees("Bienvenue, Inès")
    ines.looks()
    ines.open("Par un lien", "link")
    ines.looks()
    ines.visit("/p/essai/")
    ines.go("Structures")
    ines.open("Les Paniers de l’Écluse", "link")
    ines.sees("collège")
    ines.looks()


def test_journey_01__a_stranger_asks_and_comes_in_for_a_member(
    arrive: Arrive, pole: Pole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unhurried, "SHORTEST", timedelta(0))  # this person reads fast
    make_college(pole)
    ines = arrive()
    _ask(ines)
    nadege = arrive(TEAM)
    _add_the_structure(nadege)
    _make_it_a_member(nadege)
    _open_the_door(nadege)
    _enter(ines)
    member = Membership.objects.get(organisation=Organisation.objects.get(siren="732829320"))
    assert (member.pole, member.college.name) == (pole, "Entreprises de l’ESS")
    assert Account.objects.get(email=HERS).person.mandates.get().organisation == member.organisation
    told = [one.subject for one in mail.outbox if HERS in one.to]
    assert told == ["Pôle d’essai a reçu votre demande", "Pôle d’essai vous ouvre un accès"]
