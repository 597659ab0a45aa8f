"""A table of facts is read with its faults, then recorded whole or not at all, once whatever the number of imports."""

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.ledger.enums import EventSource
from maillage.domain.ledger.models import EconomicEvent
from maillage.domain.ledger.operations import cancel_commitment
from maillage.importers.database import apply_batch
from maillage.importers.models import ImportBatch
from tests.factories import NOW, TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.ledger import make_actions, make_commitment, make_resource
from tests.factories.sirens import next_siren
from tests.importers.batches import checked, imported, receive

pytestmark = pytest.mark.django_db
HEADERS = ("Référence", "Date", "Geste", "De", "À", "Type", "Quantité", "Preuve", "Numéro de la preuve")
ROW = ("P-1", "20/11/2026", "livraison", "Cantine", "Les Jardins", "Compost", "84,5 kg", "pesée", "Bon 318")
OF_PROMISE = ("Référence", "Jour", "Engagement", "Quantité")


@pytest.fixture
def pole() -> Pole:
    make_actions()
    found = make_pole()
    for name in ("Cantine", "Les Jardins"):
        make_membership(found, make_organisation(name, siren=next_siren()))
    make_resource_type("compost", "Compost")
    return found


def test_table__becomes_facts(pole: Pole) -> None:
    report = imported(pole, "facts", HEADERS, ROW)
    event = EconomicEvent.objects.get()
    assert (report.created, report.faulty) == (1, 0)
    assert (str(event.quantity), event.unit, event.evidence_kind) == ("84.5000", "kg", "weighing")
    assert (event.evidence, event.source, event.key) == ("Bon 318", EventSource.FILE, "file:P-1")


def test_table__imported_again_records_nothing_more(pole: Pole) -> None:
    for _ in range(2):
        report = imported(pole, "facts", HEADERS, ROW, ("", *ROW[1:]))
    assert (report.created, report.unchanged) == (0, 2)
    assert EconomicEvent.objects.count() == 2


def test_twin_lines_without_a_reference__are_two_facts_once(pole: Pole) -> None:
    twin = ("", *ROW[1:])
    imported(pole, "facts", HEADERS, twin, twin)
    assert imported(pole, "facts", HEADERS, twin, twin).unchanged == 2
    assert EconomicEvent.objects.count() == 2


def test_reference__of_another_fact_is_a_fault(pole: Pole) -> None:
    imported(pole, "facts", HEADERS, ROW)
    _, report = checked(pole, "facts", HEADERS, (*ROW[:6], "90 kg", *ROW[7:]))
    assert "a déjà noté un autre fait" in report.faults[0].sentence


def test_line_of_a_promise__needs_nothing_else(pole: Pole) -> None:
    promise = make_commitment(pole=pole)
    imported(pole, "facts", OF_PROMISE, ("A", "20/11/2026", str(promise.pk), "3 t"))
    assert EconomicEvent.objects.get().commitment == promise


def test_structures__are_found_by_siren_too(pole: Pole) -> None:
    siren = Organisation.objects.get(name="Cantine").siren or ""
    assert imported(pole, "facts", HEADERS, (*ROW[:3], siren, *ROW[4:])).created == 1


@pytest.mark.parametrize(
    ("at", "cell", "sentence"),
    [
        (1, "25/12/2026", "dans l’avenir"),
        (1, "", "est vide"),
        (2, "téléporté", "n’est pas dans la liste"),
        (2, "", "dites le geste"),
        (3, "Inconnue", "n’est pas dans l’annuaire"),
        (3, "", "dites qui donne"),
        (4, "Cantine", "Il faut deux structures"),
        (5, "licorne", "n’est pas un type du catalogue"),
        (5, "", "dites le type"),
        (6, "84,5", "n’a pas d’unité"),
        (6, "12 t/an", "sans « par an »"),
        (6, "0 kg", "plus grande que zéro"),
        (6, "12 h", "n’est pas un type du catalogue compté dans cette unité"),
        (7, "parole", "n’est pas dans la liste"),
    ],
)
def test_fault__is_said_with_its_line(pole: Pole, at: int, cell: str, sentence: str) -> None:
    line = (*ROW[:at], cell, *ROW[at + 1 :])
    _, report = checked(pole, "facts", HEADERS, line)
    assert (report.created, report.faulty) == (0, 1)
    assert sentence in " ".join(fault.sentence for fault in report.faults)
    assert report.faults[0].line == 2


def test_two_structures_of_one_name__ask_for_a_siren(pole: Pole) -> None:
    make_membership(pole, make_organisation("Cantine"))
    _, report = checked(pole, "facts", HEADERS, ROW)
    assert "Écrivez son SIREN" in report.faults[0].sentence


def test_promise__of_another_pole_or_cancelled_is_a_fault(pole: Pole) -> None:
    others, cancelled = make_commitment(), cancel_commitment(commitment=make_commitment(pole=pole))
    for promise in (others, cancelled):
        _, report = checked(pole, "facts", OF_PROMISE, ("A", "20/11/2026", str(promise.pk), "3 t"))
        assert "n’existe pas dans ce pôle, ou il est annulé" in report.faults[0].sentence


def test_promise__and_structures_that_disagree_are_a_fault(pole: Pole) -> None:
    promise = make_commitment(pole=pole)
    headers = (*OF_PROMISE, "De")
    _, report = checked(pole, "facts", headers, ("A", "20/11/2026", str(promise.pk), "3 t", "Cantine"))
    assert "Gardez l’un ou l’autre" in report.faults[0].sentence


def test_unit__of_the_cell_and_of_the_column_that_disagree_are_a_fault(pole: Pole) -> None:
    _, report = checked(pole, "facts", (*HEADERS, "Unité"), (*ROW, "t"))
    assert "gardez une seule unité" in report.faults[0].sentence


def test_unit__comes_from_its_column(pole: Pole) -> None:
    imported(pole, "facts", (*HEADERS, "Unité"), (*ROW[:6], "84,5", *ROW[7:], "kg"))
    assert EconomicEvent.objects.get().unit == "kg"


def test_refused_line__records_nothing_of_the_file(pole: Pole) -> None:
    heap = make_resource()
    promise = make_commitment(pole=pole, provider=heap.owner, resource=heap)
    rows = [
        ("A", "20/11/2026", str(make_commitment(pole=pole).pk), "1 t"),
        ("B", "20/11/2026", str(promise.pk), "3 t"),
    ]
    batch, report = checked(pole, "facts", OF_PROMISE, *rows)
    assert report.created == 2
    with pytest.raises(UserMistake, match="Ligne 3 : Il n’y a rien dans"):
        apply_batch(batch=ImportBatch.objects.get(pk=batch.pk), by=None, on=TODAY, at=NOW)
    assert not EconomicEvent.objects.exists()


def test_file__is_received_as_any_other(pole: Pole) -> None:
    assert receive(pole, "faits", HEADERS, ROW).kind == "facts"
