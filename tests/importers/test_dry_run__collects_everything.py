"""A dry run reads the whole file, keeps the good lines and says what is wrong with the others."""

from decimal import Decimal
from pathlib import Path

import pytest

from maillage.core.errors import UserMistake
from maillage.core.periods import Period
from maillage.importers.dry_run import DryRun, dry_run
from maillage.importers.mapping import propose
from maillage.importers.rows import Fault
from maillage.importers.schemas import SCHEMAS
from maillage.importers.tabular import open_table
from tests.importers.files import csv_file
from tests.importers.places import gazetteer


def _run(folder: Path, kind: str, text: str, *, places: bool = False) -> DryRun:
    table = open_table(csv_file(folder, text), vocabulary=SCHEMAS[kind].vocabulary)
    mapping = propose(table.headers, SCHEMAS[kind], table.sample())
    return dry_run(table, mapping, gazetteer=gazetteer(folder / "npm") if places else None)


def test_dry_run__a_need_in_the_words_of_people(tmp_path: Path) -> None:
    run = _run(
        tmp_path,
        "needs",
        "Besoin;Commune;Qté;Dispo à partir du;Jours;Mois\nComposter nos épluchures;Bourges;12 t/an;janvier "
        "2027;mardi matin;sept-juin\n",
        places=True,
    )
    values = run.rows[0].values
    assert (values["quantity"], values["unit"], values["period"]) == (Decimal(12), "t", Period.YEAR)
    assert (values["municipality_code"], values["latitude"]) == ("18033", 47.08333)
    assert values["months"][6:8] == (0, 0)
    assert [fault.blocking for fault in run.faults] == [False]


def test_dry_run__every_fault_has_its_line_its_column_and_a_sentence(tmp_path: Path) -> None:
    run = _run(
        tmp_path,
        "needs",
        "Intitulé;SIRET;Jusqu’au;Quantité\nBois;20003452800041;31/02/2027;5 "
        "bacs\n;20003452800014;;\nBroyat;20003452800014;30/06/2027;3 t\n",
    )
    found = [(fault.line, fault.column) for fault in run.blocking]
    assert found == [(2, "SIRET"), (2, "Jusqu’au"), (2, "Quantité"), (3, "Intitulé")]
    assert (run.lines_read, len(run.rows), run.faulty_lines) == (3, 1, 2)


def test_dry_run__ten_megabytes_in_a_cell_fault_that_cell_only(tmp_path: Path) -> None:
    run = _run(tmp_path, "needs", "Intitulé;Description\nBois;" + "é" * 10_000_000 + "\nBroyat;court\n")
    assert [(fault.line, fault.column) for fault in run.faults] == [(2, "Description")]
    assert "10\u00a0000\u00a0000 signes" in run.faults[0].sentence
    assert len(run.faults[0].cell) <= 60
    assert [row.get("title") for row in run.rows] == ["Broyat"]


def test_dry_run__quantity_in_three_columns(tmp_path: Path) -> None:
    run = _run(tmp_path, "offers", "Offre;Quantité;Unité;Période\nCompost;1 200,5;kg;semaine\n")
    values = run.rows[0].values
    assert (values["quantity"], values["unit"], values["period"]) == (Decimal("1200.5"), "kg", Period.WEEK)


def test_dry_run__unit_and_period_said_by_the_header(tmp_path: Path) -> None:
    run = _run(tmp_path, "flows", "Sens;Matière;Quantité annuelle (t)\nsortant;bois;12\n")
    values = run.rows[0].values
    assert (values["unit"], values["period"], values["kind"]) == ("t", Period.YEAR, "offer")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A;12 t;kg;;;", "gardez une seule unité"),
        ("A;12 t/an;;mois;;", "dite de deux façons"),
        ("A;12 t;;;30/06/2027;01/01/2027", "avant le début"),
    ],
)
def test_dry_run__contradictions_are_faults(tmp_path: Path, line: str, sentence: str) -> None:
    run = _run(tmp_path, "offers", f"Offre;Quantité;Unité;Période;À partir du;Jusqu’au\n{line}\n")
    assert [sentence in fault.sentence for fault in run.blocking] == [True]


def test_dry_run__a_minimum_above_the_quantity_is_a_fault_even_in_another_unit(tmp_path: Path) -> None:
    run = _run(
        tmp_path, "offers", "Offre;Quantité;Quantité minimale\nA;1 t;500 kg\nB;1 t;2 000 kg\nC;1 t;3 h\n"
    )
    assert run.rows[0].get("minimum") == Decimal("0.5")
    assert [fault.line for fault in run.blocking] == [3, 4]


def test_dry_run__the_star_of_a_waste_code_and_the_box_agree(tmp_path: Path) -> None:
    run = _run(
        tmp_path,
        "flows",
        "Sens;Nature;Code déchet;Dangereux\nsortant;néons;200121*;non\nsortant;bois;150103;\n",
    )
    assert [fault.line for fault in run.blocking] == [2]
    assert run.rows[0].get("hazardous") is False


def test_dry_run__homonyms_are_told_on_their_line(tmp_path: Path) -> None:
    run = _run(tmp_path, "needs", "Intitulé;Commune\nBois;Amilly\nBois;Amilly (45)\n", places=True)
    assert "Amilly (28), Amilly (45)" in run.blocking[0].sentence
    assert run.rows[0].get("municipality_code") == "45004"


def test_dry_run__a_point_far_from_its_commune_gives_way_with_a_remark(tmp_path: Path) -> None:
    run = _run(
        tmp_path, "needs", "Intitulé;Commune;Latitude;Longitude\nBois;Bourges;2,4;47,08\n", places=True
    )
    assert run.rows[0].get("latitude") == 47.08333
    assert "échangées" in run.remarks[0].sentence


def test_dry_run__the_same_reference_twice_is_a_fault(tmp_path: Path) -> None:
    run = _run(tmp_path, "needs", "Réf;Intitulé\nB1;Bois\nB2;Eau\nB1;Broyat\n")
    assert "ligne 2" in run.blocking[0].sentence


def test_dry_run__siren_and_siret_of_two_structures_are_a_fault(tmp_path: Path) -> None:
    run = _run(tmp_path, "organisations", "Nom;SIRET;SIREN\nA;20003452800014;356000000\nB;35600000009075;\n")
    assert [fault.line for fault in run.blocking] == [2]
    assert run.rows[0].get("siren") == "356000000"


def test_dry_run__null_is_empty_and_a_broken_formula_is_a_fault(tmp_path: Path) -> None:
    run = _run(tmp_path, "needs", "Intitulé;Commune;Quantité\nBois;NULL;#REF!\n")
    assert [(fault.column, "calcul" in fault.sentence) for fault in run.faults] == [("Quantité", True)]


def test_dry_run__unmapped_cells_are_kept_beside_the_line(tmp_path: Path) -> None:
    run = _run(tmp_path, "needs", "Intitulé;Couleur du dossier\nCi&el 🥕;bleu\n")
    assert run.rows[0].others == {"Couleur du dossier": "bleu"}
    assert run.rows[0].get("title") == "Ci&el 🥕"


def test_dry_run__without_a_required_column_it_says_which(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="Intitulé"):
        _run(tmp_path, "needs", "Commune;Quantité\nBourges;3 t\n")


def test_dry_run__an_untitled_offer_takes_the_start_of_its_words(tmp_path: Path) -> None:
    run = _run(tmp_path, "offers", "Description;Commune\nNous lavons le linge. Et plus encore.;Bourges\n")
    assert run.rows[0].get("title") == "Nous lavons le linge."
    assert not run.remarks[0].blocking


def test_dry_run__a_step_of_ours_plugs_in(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path, "Intitulé\nBois\nEau\n"))
    run = dry_run(
        table,
        propose(table.headers, SCHEMAS["needs"]),
        steps=[
            lambda row: (
                row,
                [Fault(row.line, "Type", "", "Type inconnu.")] if row.get("title") == "Eau" else [],
            )
        ],
    )
    assert [row.get("title") for row in run.rows] == ["Bois"]


def test_row__identity_is_the_reference_else_the_same_for_the_same_words(tmp_path: Path) -> None:
    first = _run(tmp_path, "needs", "Intitulé;Structure\nBois de chauffe;AMAP\n").rows[0]
    again = _run(tmp_path, "needs", "Structure;Intitulé\namap;Bois de Chauffe\n").rows[0]
    assert first.identity == again.identity
    assert _run(tmp_path, "needs", "Réf;Intitulé\nB1;Bois\n").rows[0].identity == "B1"
