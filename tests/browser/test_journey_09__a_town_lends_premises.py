"""Journey 9, by keyboard: a town offers premises, a need meets them, the agreement is signed, its end announced."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Notification
from maillage.domain.synergies.models import Synergy
from maillage.interfaces.jobs import periodic
from tests.browser.walking import (
    Arrive,
    Walker,
    address_in,
    arrive,
    day,
    letter_to,
    pole,
    representative,
    the_post_goes,
)

__all__ = ["arrive", "pole"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOWN, WORKSHOP, TEAM = "marc@exemple.fr", "lea@exemple.fr", "nadege@exemple.fr"
OFFER, NEED = "Atelier municipal vide de 80 m²", "Un local pour réparer des vélos"
FILLED = (
    ("Le local ou le terrain", "80 m², rue du Quai, rez-de-chaussée."),
    ("L’activité permise", "Réparer et vendre des vélos."),
    ("Domaine public ou privé", "privé"),
    ("Eau, énergie, ménage", "L’association paie."),
    ("État des lieux", "Fait à deux le premier jour."),
    ("Délibération ou décision", "n° 2026-41"),
    ("Qui assure", "L’association."),
)


def _say(walker: Walker, side: str, words: str) -> None:
    walker.open("Noter", "link")
    if side == "Une offre":
        walker.open(side, "link")
    walker.go_to("Qu’est-ce qui manque" if side == "Un besoin" else "Qu’est-ce que", "textbox")
    walker.type(words)
    walker.page.locator("#understood [role=radiogroup]").wait_for()
    walker.looks()
    walker.open("Enregistrer", "button")
    walker.sees("enregistré")
    walker.looks()


def _propose(nadege: Walker) -> None:
    nadege.go("Synergies")
    nadege.looks()
    nadege.open("Noter une synergie", "link")
    nadege.pick("Un besoin", "vélos", NEED)
    nadege.pick("Une offre", "atelier", OFFER)
    nadege.looks()
    nadege.open("Noter la synergie", "button")
    nadege.looks()
    nadege.open("Proposer aux structures", "button")
    nadege.sees("chaque structure reçoit un courriel")


def _say_yes(walker: Walker, email: str) -> None:
    walker.visit(address_in(letter_to(email)))
    walker.looks()
    walker.open("Oui, cela nous intéresse", "button")
    walker.sees("Votre oui est noté")
    walker.looks()


def _open_the_agreement(nadege: Walker) -> None:
    nadege.page.reload()
    nadege.open("Ouvrir les discussions", "button")
    nadege.select("Accord à partir de", "Occupation de locaux")
    nadege.open("Ouvrir l’accord", "button")
    nadege.sees("L’accord est ouvert")
    nadege.looks()


def _fill(nadege: Walker) -> None:
    last = timezone.localtime() + timedelta(days=60)
    nadege.open("Remplir les modalités", "link")
    nadege.select("Le propriétaire", "Mairie")
    nadege.write("Jusqu’au", day(last))
    for label, text in FILLED:
        nadege.write(label, text)
    nadege.looks()
    nadege.open("Enregistrer", "button")
    nadege.open("Ajouter un engagement", "link")
    nadege.select("Qui donne", "Mairie")
    nadege.select("Qui reçoit", "Atelier")
    nadege.pick("Quoi", "atelier", "Atelier")
    nadege.write("Combien", "80")
    nadege.write("Unité", "m²")
    nadege.looks()
    nadege.open("Noter l’engagement", "button")
    nadege.sees("L’engagement est noté.")
    nadege.open("Envoyer à la signature", "button")
    nadege.looks()


def _sign(walker: Walker, email: str, name: str) -> None:
    walker.go("Accords")
    walker.open(NEED, "link")
    walker.open("Lire et signer", "link")
    walker.looks()
    walker.write("Prénom et nom", name)
    walker.write("En qualité de", "élu délégué" if email == TOWN else "présidente")
    walker.tick("J’ai lu le texte")
    walker.open("Dire oui à ce texte", "button")
    walker.looks()


def _the_end_is_announced(marc: Walker) -> None:
    periodic.terms_day.defer(timestamp=0)
    the_post_goes()
    the_post_goes()
    told = [one for one in mail.outbox if TOWN in one.to and "se termine" in one.subject]
    assert len(told) == 1
    marc.visit(address_in(str(told[0].body)))
    marc.sees("Occupation de locaux")
    marc.looks()
    marc.go("Nouvelles")
    marc.sees("se termine dans 60")
    marc.looks()


def test_journey_09__premises_of_a_town_from_the_offer_to_the_announced_end(
    arrive: Arrive, pole: Pole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periodic, "MORNING", 0)  # it is always late enough to write
    representative(pole, "Mairie de Bourges-d’Essai", TOWN, Role.AUTHORITY_AGENT)
    representative(pole, "Atelier du Réemploi", WORKSHOP)
    marc, lea, nadege = arrive(TOWN), arrive(WORKSHOP), arrive(TEAM)
    _say(lea, "Un besoin", NEED)
    _say(marc, "Une offre", OFFER)
    _propose(nadege)
    _say_yes(arrive(), WORKSHOP)
    _say_yes(arrive(), TOWN)
    _open_the_agreement(nadege)
    _fill(nadege)
    _sign(marc, TOWN, "Marc Essai")
    _sign(lea, WORKSHOP, "Léa Essai")
    agreement = Agreement.objects.get()
    assert (agreement.state, Synergy.objects.get().agreement) == ("active", agreement)
    _the_end_is_announced(marc)
    assert Notification.objects.filter(account__email=WORKSHOP, text__contains="se termine").count() == 1
