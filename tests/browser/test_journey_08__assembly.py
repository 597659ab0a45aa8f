"""Journey 8 without its votes, by keyboard: an assembly is called, people answer, sign in, and receive its minutes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from maillage.domain.actors.models import Pole
from maillage.domain.projects.models import Invitee, Meeting
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
MEMBER, GUEST, TEAM = "lea@exemple.fr", "odile@exemple.fr", "nadege@exemple.fr"
TITLE = "Assemblée générale"


def _call(nadege: Walker) -> None:
    nadege.go("Projets")
    nadege.open("Réunions", "link")
    nadege.looks()
    nadege.open("Convoquer une assemblée", "link")
    nadege.write("Titre", TITLE)
    nadege.write("Date", day(timezone.now() + timedelta(days=21)))
    nadege.write("Heure", "18:30")
    nadege.write("Lieu", "Salle du Quai")
    nadege.write("Mot d’invitation", "Venez, nous parlons de l’année.")
    nadege.looks()
    nadege.open("Créer la réunion", "button")
    for subject, minutes in (("Rapport moral", "20"), ("Budget", "30")):
        nadege.write("Sujet", subject)
        nadege.write("Minutes", minutes)
        nadege.open("Ajouter ce sujet", "button")


def _invite(nadege: Walker) -> None:
    nadege.open("Ajouter tous les membres", "button")
    nadege.unfold("Ajouter une personne")
    nadege.write("Ou quelqu’un d’autre", "Odile Essai")
    nadege.write("Son courriel", GUEST)
    nadege.open("Ajouter cette personne", "button")
    nadege.looks()
    nadege.open("Envoyer l’invitation", "button")
    nadege.sees("courriels partent")


def _answer(walker: Walker, email: str, said: str) -> None:
    """No account is needed: the link of the letter is enough."""
    walker.visit(address_in(letter_to(email, TITLE)))
    walker.sees("Rapport moral")
    walker.looks()
    walker.open(said, "button")
    walker.looks()


def _sign_in_sheet(nadege: Walker) -> None:
    nadege.open("Feuille d’émargement", "link")
    nadege.sees("Odile Essai")
    nadege.looks()
    nadege.page.go_back()


def _note_who_came(nadege: Walker) -> None:
    for name in ("Léa", "Odile"):
        group = nadege.page.get_by_role("group", name=f"Présence de {name}")
        for _ in range(80):
            nadege.press("Tab")
            if group.locator(":focus").count():
                break
        nadege.choose_radio("Présent" if name == "Léa" else "Excusé")
    nadege.open("Noter les présences", "button")
    nadege.looks()


def _write_and_publish(nadege: Walker) -> None:
    nadege.open("Écrire le compte rendu", "link")
    nadege.go_to("Le compte rendu", "textbox")
    nadege.press("Control+End")
    nadege.type("Le rapport moral est lu. Le budget est présenté.")
    nadege.sees("Brouillon enregistré à")
    nadege.looks()
    nadege.open("Publier et envoyer", "button")
    nadege.sees("Le compte rendu est publié.")
    nadege.looks()


def test_journey_08__an_assembly_from_its_call_to_its_minutes(arrive: Arrive, pole: Pole) -> None:
    account = representative(pole, "Cantine des Tilleuls", MEMBER)
    account.person.given_name = "Léa"
    account.person.save()
    nadege = arrive(TEAM)
    _call(nadege)
    _invite(nadege)
    _answer(arrive(on_a_phone=True), MEMBER, "Je viens")
    _answer(arrive(), GUEST, "Je ne viens pas")
    nadege.page.reload()
    nadege.sees("vient")
    _sign_in_sheet(nadege)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=3))  # three weeks pass
    nadege.page.reload()
    _note_who_came(nadege)
    marks = Invitee.objects.exclude(attendance="unknown").values_list("email", "attendance")
    assert dict(marks) == {MEMBER: "present", GUEST: "excused"}
    _write_and_publish(nadege)
    the_post_goes()
    for email in (MEMBER, GUEST):
        assert len([one for one in mail.outbox if email in one.to and "Compte rendu" in one.subject]) == 1
    lea = arrive(MEMBER)
    lea.visit(address_in(letter_to(MEMBER, "Compte rendu", carried=False)))
    lea.sees("Le budget est présenté.")
    lea.looks()
