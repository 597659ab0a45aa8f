"""Journey 12: a van is offered, lent by a signed loan, used; the same van at the same time is refused."""

import re
from datetime import date, timedelta

import pytest

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.models import Agreement, Commitment, EconomicEvent, Resource
from maillage.interfaces.web.door import today
from tests.browser.signing import invite_to_sign, note, sign_from_letter
from tests.browser.walking import Arrive, Walker, arrive, pole  # noqa: F401 - fixtures
from tests.factories.ledger import make_actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LENDER, BORROWER, OTHER = "Atelier du Réemploi", "Cantine des Tilleuls", "Mairie de Bourges-d’Essai"
VAN = "Fourgon blanc"
TERMS = {
    "Ce qui est prêté": "Un fourgon de 12 m³, avec ses sangles.",
    "Pour quel usage": "Porter les repas du mardi.",
    "Où on le prend": "Cour de l’atelier",
    "État au départ": "Une rayure à l’aile gauche, visite de ce jour.",
    "Qui assure": "L’assureur de l’emprunteuse, tous risques.",
}


def _open_the_loan(nadege: Walker, title: str, borrower: str, letters: str) -> None:
    nadege.go("Accords")
    nadege.open("Écrire un accord", "link")
    nadege.looks()
    nadege.go_to("", "radio")
    nadege.choose_radio("Prêt de matériel")
    nadege.write("Titre", title)
    nadege.pick("Une structure", "atel", LENDER)
    nadege.pick("L’autre structure", letters, borrower)
    nadege.open("Ouvrir le brouillon", "button")
    nadege.sees("L’accord est ouvert")


def _say_when(nadege: Walker, on: date, *hours: str) -> None:
    """Fill the time of a use; the order of the parts of a date is that of the browser's own language."""
    for label, hour in zip(("Du", "Au"), hours, strict=True):
        nadege.go_to(label, "DateTime")
        nadege.page.locator(":focus").fill(f"{on:%Y-%m-%d}T{hour}")


def _lend(nadege: Walker, on: date) -> None:
    """The first loan names the van: from then on it can be booked."""
    nadege.open("Ajouter un engagement", "link")
    nadege.looks()
    nadege.select("Le geste", "Utiliser")
    nadege.pick("Quoi", "fourg", "Utilitaires")
    _say_when(nadege, on, "08:00", "12:00")
    nadege.write("Ou une chose nouvelle", VAN)
    nadege.open("Noter l’engagement", "button")
    nadege.sees("L’engagement est noté.")


def _fill_and_sign(nadege: Walker, arrive: Arrive, on: date) -> None:  # noqa: F811 - the fixture's type
    nadege.open("Remplir les modalités", "link")
    nadege.go_to("Jusqu’au")
    nadege.page.locator(":focus").fill(f"{on + timedelta(days=30):%Y-%m-%d}")
    for label, said in TERMS.items():
        nadege.write(label, said)
    nadege.looks()
    nadege.open("Enregistrer", "button")
    nadege.open("Envoyer à la signature", "button")
    nadege.sees("Le texte est à la signature.")
    for organisation, email in ((LENDER, "lea@exemple.fr"), (BORROWER, "ana@exemple.fr")):
        invite_to_sign(nadege, organisation, email)
        sign_from_letter(arrive, email, "Camille Exemple", "gérante", "Le prêt est gratuit")
    nadege.page.reload()
    nadege.looks()


def _use(nadege: Walker) -> None:
    nadege.open(f"Utiliser : {VAN}", "link")
    nadege.open("Noter ce qui est fait", "link")
    nadege.looks()
    nadege.write("Combien", "0,5")
    nadege.open("Utilisé : je confirme", "button")
    nadege.sees("C’est noté")
    nadege.looks()


def _ask_for_it_again(nadege: Walker, on: date) -> None:
    """Somebody else wants it the same morning: the refusal says who has it and when it is free."""
    _open_the_loan(nadege, "Prêt du fourgon à la mairie", OTHER, "mair")
    nadege.open("Ajouter un engagement", "link")
    nadege.select("Le geste", "Utiliser")
    _say_when(nadege, on, "09:00", "11:00")
    nadege.select("Une chose précise", VAN)
    nadege.open("Noter l’engagement", "button")
    nadege.sees(re.compile(f"« {VAN} » n’est pas libre : {BORROWER} l’utilise".replace(" ", r"\s")))
    nadege.looks()
    _say_when(nadege, on, "13:00", "15:00")
    nadege.open("Noter l’engagement", "button")
    nadege.sees("L’engagement est noté.")


def test_journey_12__a_van_is_lent_once_at_a_time(arrive: Arrive, pole: Pole) -> None:  # noqa: F811 - fixtures
    make_actions()
    nadege, on = arrive("nadege@exemple.fr"), today() + timedelta(days=7)
    note(nadege, "offre", "Notre fourgon ne roule pas le mardi", LENDER, "atel")
    nadege.open("Enregistrer l’offre", "button")
    nadege.looks()
    assert Intent.objects.get().author.name == LENDER
    _open_the_loan(nadege, "Prêt du fourgon à la cantine", BORROWER, "cant")
    _lend(nadege, on)
    _fill_and_sign(nadege, arrive, on)
    _use(nadege)
    _ask_for_it_again(nadege, on)
    van = Resource.objects.get()
    assert (van.name, van.owner.name, van.bookable) == (VAN, LENDER, True)
    assert EconomicEvent.objects.get().resource == van
    assert Commitment.objects.filter(resource=van).count() == 2
    assert Agreement.objects.get(title="Prêt du fourgon à la cantine").state == "active"
