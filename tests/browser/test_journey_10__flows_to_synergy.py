"""Journey 10: two flows are noted, one without its name, matched, proposed, accepted by letter, agreed."""

import pytest

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message
from maillage.domain.synergies.models import Synergy
from tests.browser.signing import button_in_letter, note, sign_from_letter
from tests.browser.walking import Arrive, Walker, arrive, pole, representative  # noqa: F401 - fixtures
from tests.browser.worker import run_waiting_jobs
from tests.factories.ledger import make_actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GIVER, TAKER = "Cantine des Tilleuls", "Atelier du Réemploi"
ANA, BOB = "ana@exemple.fr", "bob@exemple.fr"


def _inventory(nadege: Walker) -> None:
    """Two flows; the one who gives does not want its name read."""
    note(nadege, "besoin", "Il nous faut 40 palettes en bois par mois", TAKER, "atel", "Palettes")
    nadege.looks()
    nadege.open("Enregistrer le besoin", "button")
    note(nadege, "offre", "Nous jetons 60 palettes en bois par mois", GIVER, "cant", "Palettes")
    nadege.unfold("Ajouter un détail")
    nadege.go_to("", "radio")
    while not nadege.focused().answers("Les membres", "radio"):
        nadege.go_to("", "radio")
    nadege.choose_radio("Les membres, sans le nom")
    nadege.open("Enregistrer l’offre", "button")
    nadege.looks()
    assert Intent.objects.get(kind="offer").visibility == "anonymous"
    assert {one.quantity for one in Intent.objects.all()} == {40, 60}


def _match(nadege: Walker) -> None:
    nadege.go("Rapprochements")
    nadege.open("Lancer le calcul", "button")
    run_waiting_jobs()
    nadege.open("Voir le résultat", "link")
    nadege.sees("tout le besoin")
    nadege.looks()
    nadege.open("Garder cette piste", "button")
    nadege.open("Suivre cette piste", "button")


def _propose(nadege: Walker, arrive: Arrive) -> None:  # noqa: F811 - the fixture's type
    nadege.looks()
    nadege.open("Proposer aux structures", "button")
    nadege.sees("chaque structure reçoit un courriel")
    assert GIVER not in str(Message.objects.get(to=BOB).letter)
    for email in (ANA, BOB):
        guest = arrive()
        guest.visit(button_in_letter(email, "Oui"))
        guest.looks()
        guest.open("Oui, cela nous intéresse", "button")
        guest.sees("Votre oui est noté")
        guest.looks()
    assert GIVER in str(Message.objects.filter(to=BOB).latest("pk").letter)


def _agree(nadege: Walker, arrive: Arrive) -> None:  # noqa: F811 - the fixture's type
    nadege.go("Synergies")
    nadege.looks()
    nadege.open(Synergy.objects.get().title, "link")
    nadege.open("Ouvrir l’accord", "button")
    nadege.open("Ajouter un engagement", "link")
    nadege.looks()
    nadege.open("Noter l’engagement", "button")
    nadege.open("Remplir les modalités", "link")
    nadege.looks()
    nadege.write("Pourquoi cet accord", "Des palettes servent deux fois.")
    nadege.open("Enregistrer", "button")
    nadege.open("Envoyer à la signature", "button")
    nadege.sees("Un lien pour lire et signer part à")
    nadege.looks()
    for email in (ANA, BOB):
        sign_from_letter(arrive, email, "Camille Exemple", "gérante", "Des palettes servent deux fois.")


@pytest.mark.usefixtures("pole")
def test_journey_10__from_two_flows_to_a_signed_agreement(arrive: Arrive, pole: Pole) -> None:  # noqa: F811 - fixtures
    make_actions()
    representative(pole, GIVER, ANA)
    representative(pole, TAKER, BOB)
    nadege = arrive("nadege@exemple.fr")
    _inventory(nadege)
    _match(nadege)
    _propose(nadege, arrive)
    _agree(nadege, arrive)
    synergy, agreement = Synergy.objects.get(), Agreement.objects.get()
    assert (agreement.state, synergy.state, synergy.agreement) == ("active", "running", agreement)
    nadege.page.reload()
    nadege.sees("60 unités")
    nadege.looks()
