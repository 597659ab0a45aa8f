"""Tables of needs, offers and flows enter a pole, with the structures they bring."""

from decimal import Decimal

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import withdraw
from maillage.importers.database import apply_batch
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_site
from tests.factories.catalogue import make_authorisation, make_resource_type
from tests.factories.exchanges import make_need
from tests.factories.synergies import make_synergy
from tests.importers.batches import checked, imported, make_pole_here

pytestmark = pytest.mark.django_db
HEADERS = ("Réf", "Besoin", "Type", "Structure", "Commune", "Quantité", "Prix", "Dit par", "Dit le")
ROW = (
    "B1",
    "Composter",
    "épluchures",
    "Cantine d’Essai",
    "Bourges",
    "12 t/an",
    "0",
    "la cheffe",
    "12/11/2026",
)


@pytest.fixture(autouse=True)
def peelings() -> None:
    make_resource_type(
        "biodechets-cuisine", "Biodéchets de cuisine", synonyms=["épluchures"], waste_code="20 01 08"
    )


def test_needs__enter_with_their_type_quantity_evidence_and_a_new_structure() -> None:
    pole = make_pole_here()
    report = imported(pole, "needs", HEADERS, ROW)
    need = Intent.objects.get()
    assert report.newcomers == ("Cantine d’Essai",)
    assert (need.author.name, need.site, need.municipality_id) == (
        "Cantine d’Essai",
        need.author.sites.get(),
        "18033",
    )
    assert (need.resource_type_id, need.quantity, need.unit, need.period) == (
        "biodechets-cuisine",
        Decimal(12),
        "t",
        "year",
    )
    assert (need.price_kind, need.price) == ("free", None)
    assert (need.evidence.get().said_by, need.evidence.get().channel) == ("la cheffe", "file")


def test_needs__imported_again_change_nothing_and_make_no_structure() -> None:
    pole = make_pole_here()
    rows = [ROW, ("", "Une salle", "", "Cantine d’Essai", "Amilly (45)", "", "50", "", "")]
    imported(pole, "needs", HEADERS, *rows)
    again = imported(pole, "needs", HEADERS, *rows)
    assert (again.created, again.updated, again.unchanged, again.newcomers) == (0, 0, 2, ())
    assert Organisation.objects.count() == 1


def test_needs__a_corrected_line_updates_what_was_imported() -> None:
    pole = make_pole_here()
    imported(pole, "needs", HEADERS, ROW)
    report = imported(pole, "needs", HEADERS, (*ROW[:5], "14 t/an", *ROW[6:]))
    assert [one[0] for one in report.changed[0].changes] == ["Quantité"]
    assert Intent.objects.get().quantity == Decimal(14)


def test_offers__corrected_below_what_is_promised_stop_the_import_with_the_line_and_the_quantity() -> None:
    pole = make_pole_here()
    headers = ("Réf", "Offre", *HEADERS[2:])
    imported(pole, "offers", headers, ROW)
    offer = Intent.objects.get()
    make_synergy(make_need(pole=pole), offer, state="talks", quantity=8, title="Le verger")
    batch, _ = checked(pole, "offers", headers, (*ROW[:5], "5 t/an", *ROW[6:]))
    with pytest.raises(UserMistake) as refused:
        apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    said = refused.value.message.replace("\u00a0", " ")
    assert said.startswith("Ligne 2 : 8 t en sont déjà promises. Gardez au moins 8 t")
    assert "« Le verger »" in said
    assert Intent.objects.get(pk=offer.pk).quantity == Decimal(12)


def test_needs__of_an_organisation_of_the_directory_are_at_its_site() -> None:
    pole = make_pole_here()
    cook = make_organisation("Cantine d’Essai")
    site = make_site(cook, municipality=pole.territory.municipalities.get(code="18033"))
    imported(pole, "needs", HEADERS, (*ROW[:4], "", *ROW[5:]))
    assert (Intent.objects.get().author, Intent.objects.get().site) == (cook, site)


def test_needs__without_structure_are_faults_that_say_what_to_do() -> None:
    _, report = checked(make_pole_here(), "needs", HEADERS, (*ROW[:3], "", *ROW[4:]))
    assert (report.created, report.faulty) == (0, 1)
    assert "Ajoutez une colonne Structure" in report.faults[0].sentence


def test_needs__of_two_organisations_of_one_name_ask_which() -> None:
    pole = make_pole_here()
    for code in ("18033", "45004"):
        make_site(
            make_organisation("Cantine d’Essai"), municipality=pole.territory.municipalities.get(code=code)
        )
    _, report = checked(pole, "needs", HEADERS, ("B2", *ROW[1:4], "", *ROW[5:]), ROW)
    assert (report.created, report.faulty) == (1, 1)
    assert "(Amilly (45), Bourges)" in next(one.sentence for one in report.faults if one.blocking)


def test_needs__a_quantity_without_unit_takes_the_usual_one_and_says_so() -> None:
    pole = make_pole_here()
    report = imported(pole, "needs", HEADERS, (*ROW[:5], "3", *ROW[6:]))
    assert Intent.objects.get().unit == "t"
    assert any("l’unité habituelle" in one.sentence for one in report.faults)


def test_needs__a_quantity_without_unit_nor_type_is_a_fault() -> None:
    _, report = checked(
        make_pole_here(), "needs", HEADERS, ("", "Zut", "", "Cantine", "Bourges", "3", "", "", "")
    )
    assert report.faulty == 1
    assert any(one.blocking and one.column == "Unité" for one in report.faults)


def test_needs__an_unknown_type_is_a_remark_and_stays_to_be_chosen() -> None:
    _, report = checked(
        make_pole_here(), "needs", HEADERS, (*ROW[:1], "Zut", "zorglub", *ROW[3:5], "", *ROW[6:])
    )
    assert report.created == 1
    assert any("«\xa0zorglub\xa0» n’est pas au catalogue" in one.sentence for one in report.faults)


def test_needs__withdrawn_in_the_pole_stay_withdrawn() -> None:
    pole = make_pole_here()
    imported(pole, "needs", HEADERS, ROW)
    withdraw(intent=Intent.objects.get(), by=None, at=NOW)
    report = imported(pole, "needs", HEADERS, (*ROW[:5], "14 t/an", *ROW[6:]))
    assert (report.updated, report.unchanged, Intent.objects.get().state) == (0, 1, "withdrawn")


def test_offers__hold_known_authorisations_and_keep_the_others_in_words() -> None:
    pole = make_pole_here()
    held = make_authorisation("collecte", "Collecte de déchets")
    headers = ("Offre", "Structure", "Commune", "Autorisations")
    imported(
        pole, "offers", headers, ("Ramasser", "Camion d’Essai", "Bourges", "collecte de déchets, permis C")
    )
    offer = Intent.objects.get()
    assert (offer.kind, list(offer.holds.all()), offer.conditions) == (
        "offer",
        [held],
        "Autorisations détenues : permis C.",
    )


def test_flows__become_needs_and_offers_and_lose_nothing() -> None:
    pole = make_pole_here()
    headers = (
        "Sens",
        "Nature",
        "Structure",
        "Commune",
        "Quantité",
        "État",
        "Exutoire",
        "Code déchet",
        "Coût",
    )
    report = imported(
        pole,
        "flows",
        headers,
        ("sortant", "Restes", "Usine d’Essai", "Bourges", "3 t/an", "solide", "déchèterie", "200108", "80"),
        ("entrant", "Broyat", "Usine d’Essai", "Bourges", "1 t/an", "", "", "", ""),
    )
    offer = Intent.objects.get(kind="offer")
    assert (report.created, Intent.objects.filter(kind="need").count()) == (2, 1)
    assert offer.resource_type_id == "biodechets-cuisine"
    assert offer.words == "État physique : solide. Exutoire actuel : déchèterie. Code déchet : 20 01 08."
    assert (offer.price_kind, offer.conditions) == ("unsaid", "Coût actuel : 80\xa0€ par unité.")
    again = imported(
        pole,
        "flows",
        headers,
        ("sortant", "Restes", "Usine d’Essai", "Bourges", "3 t/an", "solide", "déchèterie", "200108", "80"),
    )
    assert again.unchanged == 1
