"""Journey 11: a round is planned for what two kitchens throw away, then each bin is weighed by scanning its label."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.safestring import SafeString
from playwright.sync_api import expect

from maillage.domain.actors.models import Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.models import Commitment, EconomicEvent
from maillage.interfaces.web.door import today
from maillage.interfaces.web.ledger.views import labels
from maillage.interfaces.web.ledger.views.labels import drawn_code
from tests.browser.signing import note
from tests.browser.walking import Arrive, Walker, arrive, pole  # noqa: F401 - fixtures
from tests.browser.worker import run_waiting_jobs
from tests.factories.ledger import make_commitment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CANTEEN, CARRIER, TOWN = "Cantine des Tilleuls", "Atelier du Réemploi", "Mairie de Bourges-d’Essai"
BIN = "Bac n° 3, cour de la cantine"


@pytest.fixture
def contract(pole: Pole) -> Commitment:  # noqa: F811 - a fixture
    """What was signed before the rounds begin: the canteen hands over its peelings this month."""
    members = {
        one.organisation.name: one.organisation for one in pole.memberships.select_related("organisation")
    }
    made = make_commitment(
        pole=pole,
        provider=members[CANTEEN],
        receiver=members[CARRIER],
        quantity=Decimal(400),
        unit="kg",
        due_on=today() + timedelta(days=7),
        resource_type=ResourceType.objects.get(code="epluchures"),
    )
    return Commitment.objects.get(pk=made.pk)


def _plan(nadege: Walker) -> None:
    """Two stops noted as one hears them, then the days of the van."""
    for said, by, letters in (
        ("Épluchures de légumes de la cantine, 12 t par an", CANTEEN, "cant"),
        ("Épluchures de légumes du restaurant communal, 6 t par an", TOWN, "mair"),
    ):
        note(nadege, "offre", said, by, letters)
        nadege.open("Enregistrer l’offre", "button")
        nadege.sees("L’offre est enregistrée")
    nadege.go("Rapprochements")
    nadege.open("Tournées", "link")
    nadege.looks()
    nadege.write("D’où part-on", "Vierzon")
    nadege.write("Coût d’un kilomètre", "1")
    nadege.write("Coût d’une heure", "20")
    nadege.tick("Épluchures de légumes de la cantine")
    nadege.tick("Épluchures de légumes du restaurant")
    nadege.open("Préparer les tournées", "button")
    run_waiting_jobs()
    nadege.open("Voir le résultat", "link")
    nadege.sees("Le plan")
    nadege.looks()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the site draws: what a phone reads in front of the bin."""
    addresses: list[str] = []

    def draw(address: str, title: str) -> SafeString:
        addresses.append(address)
        return drawn_code(address, title)

    monkeypatch.setattr(labels, "drawn_code", draw)
    return addresses


def _label(nadege: Walker) -> None:
    """Stick a label on the bin."""
    nadege.go("Engagements et faits")
    nadege.looks()
    nadege.open("Épluchures et parures de légumes", "link")
    nadege.open("Faire une étiquette à scanner", "link")
    nadege.looks()
    nadege.write("Où va cette étiquette", BIN)
    nadege.write("Quantité habituelle", "80")
    nadege.open("Faire l’étiquette", "button")
    nadege.sees("Scannez, dites combien")
    nadege.looks()
    expect(nadege.page.get_by_role("img", name=BIN)).to_be_visible()


def _weigh(awa: Walker, address: str) -> None:
    """On the round, without an account: the usual weight is proposed, the name is asked once."""
    awa.visit(address)
    awa.looks()
    awa.go_to("Combien", "textbox")
    assert awa.page.locator(":focus").input_value() == "80"
    awa.write("Votre nom", "Awa, tournée du mardi")
    awa.open("Livré : je confirme", "button")
    awa.sees("C’est noté")
    awa.write("Combien", "84,5")
    awa.open("Livré : je confirme", "button")
    awa.sees("Merci")
    awa.looks()


def _check(nadege: Walker) -> None:
    nadege.go("Engagements et faits")
    nadege.open("Tous les faits", "link")
    nadege.open("À vérifier", "link")
    nadege.looks()
    for amount in ("84,5", "80"):
        nadege.open(f"C’est juste : {amount} kg", "button")
        nadege.sees("Vérifié. Merci.")


def test_journey_11__from_a_planned_round_to_checked_weighings(
    arrive: Arrive,  # noqa: F811 - a fixture
    contract: Commitment,
    drawn: list[str],
) -> None:
    nadege = arrive("nadege@exemple.fr")
    _plan(nadege)
    _label(nadege)
    _weigh(arrive(on_a_phone=True), drawn[-1])
    _check(nadege)
    assert set(EconomicEvent.objects.values_list("told_by", flat=True)) == {"Awa, tournée du mardi"}
    nadege.go("Engagements et faits")
    nadege.open("Épluchures et parures de légumes", "link")
    nadege.sees("164,5 kg sur 400 kg, restent 235,5 kg")
    nadege.looks()
