"""Journey 2, by keyboard: an interview, a questionnaire on a phone and a workshop become needs that say where from."""

import re

import pytest
from playwright.sync_api import expect

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.models import Evidence, Intent
from maillage.domain.gathering.models import Campaign, Draft
from maillage.interfaces.web.gathering import senders
from tests.browser.walking import Arrive, Walker, arrive, pole

__all__ = ["arrive", "pole"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEAM = "nadege@exemple.fr"
HEARD = "Faire garder six enfants avant 7 h"
ANSWERED = "Une salle de réunion le mardi"
WRITTEN = "Composter nos épluchures"


def _interview(nadege: Walker) -> None:
    nadege.go("Écouter")
    nadege.looks()
    nadege.open("Noter un entretien", "link")
    nadege.write("Avec qui", "La directrice de la cantine")
    nadege.pick("Sa structure", "cantine", "Cantine des Tilleuls")
    nadege.write("Vos notes", f"Elle arrive tôt. {HEARD}, personne ne le fait ici.")
    nadege.go_to("Pas encore demandé", "radio")
    nadege.choose_radio("Oui, sans son nom")
    nadege.looks()
    nadege.open("Enregistrer l’entretien", "button")
    nadege.write("Ces mots", HEARD)
    nadege.looks()
    nadege.open("Noter un besoin", "button")
    nadege.looks()
    _note(nadege, "cantine", "Cantine des Tilleuls")


def _note(nadege: Walker, typed: str, author: str) -> None:
    nadege.pick("Qui le dit", typed, author)
    nadege.open("Noter et passer", "button")


def _prepare_the_questionnaire(nadege: Walker) -> str:
    nadege.go("Écouter")
    nadege.open("Préparer une campagne", "link")
    nadege.write("Titre", "Que manque-t-il ici ?")
    nadege.write("Présentation", "Dites-nous en cinq minutes.")
    nadege.looks()
    nadege.open("Enregistrer la campagne", "button")
    nadege.unfold("Ajouter une question")
    nadege.write("Question", "Depuis quand ?")
    nadege.open("Ajouter", "button")
    nadege.sees("Depuis quand ?")
    nadege.looks()
    return str(nadege.page.locator("main a[href*='/repondre/']").get_attribute("href"))


def _answer(phone: Walker, address: str) -> None:
    phone.visit(address)
    phone.write("Qu’est-ce qui vous manque", ANSWERED)
    phone.write("Pour combien de personnes", "20")
    phone.write("Depuis quand", "Deux ans")
    phone.write("Votre structure", "Atelier du Réemploi")
    phone.looks()
    phone.open("Envoyer ma réponse", "button")
    phone.sees("Cochez cette case")
    phone.tick("J’accepte")
    phone.open("Envoyer ma réponse", "button")
    phone.sees("Merci, c’est envoyé")
    phone.looks()


def _open_the_workshop(nadege: Walker) -> str:
    nadege.go("Écouter")
    nadege.open("Préparer un atelier", "link")
    nadege.write("Titre", "Le quartier")
    nadege.write("La question posée", "Que nous manque-t-il ici ?")
    nadege.looks()
    nadege.open("Enregistrer l’atelier", "button")
    nadege.open("Ouvrir l’écriture", "button")
    nadege.looks()
    return str(nadege.page.locator("main a[href*='/ecoute/a/']").get_attribute("href"))


def _write_a_card(phone: Walker, address: str) -> None:
    phone.visit(address)
    phone.write("Votre structure", "Cantine des Tilleuls")
    phone.open("Enregistrer", "button")
    phone.write("En une phrase", WRITTEN)
    phone.looks()
    phone.open("Mettre à l’écran", "button")
    phone.sees("Votre carte est à l’écran.")


def _vote_and_close(nadege: Walker, phone: Walker) -> None:
    nadege.page.reload()
    nadege.open("Passer au vote", "button")
    phone.page.reload()
    phone.go_to("Je vote pour", "button")
    phone.press("Enter")
    expect(phone.page.locator("[data-card] [data-count]")).to_have_text(re.compile("1.vote"))
    phone.looks()
    nadege.page.reload()
    nadege.open("Clore l’atelier", "button")
    nadege.looks()


def _read_again(nadege: Walker) -> None:
    nadege.go("Écouter")
    nadege.open("À relire", "link")
    nadege.looks()
    nadege.open(WRITTEN, "link")
    _note(nadege, "cantine", "Cantine des Tilleuls")
    expect(nadege.page.locator("#id_words")).to_have_value(re.compile(ANSWERED))
    nadege.looks()
    _note(nadege, "atelier", "Atelier du Réemploi")
    nadege.sees("Tout est relu.")


def test_journey_02__what_is_said_becomes_needs_that_say_where_from(
    arrive: Arrive, pole: Pole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(senders, "LEAST_S", 0)  # this person reads fast
    nadege, phone = arrive(TEAM), arrive(on_a_phone=True)
    _interview(nadege)
    _answer(phone, _prepare_the_questionnaire(nadege))
    _write_a_card(phone, _open_the_workshop(nadege))
    _vote_and_close(nadege, phone)
    _read_again(nadege)
    assert set(Intent.objects.values_list("kind", flat=True)) == {"need"}
    assert Intent.objects.count() == Evidence.objects.count() == 3
    assert not Draft.objects.filter(intent__isnull=True).exists()
    nadege.go("Besoins et offres")
    nadege.looks()
    nadege.open(f"Besoin : {ANSWERED}", "link")
    nadege.sees(Campaign.objects.get().title)
    nadege.looks()
