"""Where the titles of columns are in the tables of real people."""

from pathlib import Path

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.schemas import NEEDS
from maillage.importers.tabular import open_table
from tests.importers.files import csv_file, xlsx


def test_table__title_lines_above_are_skipped_and_kept_aside(tmp_path: Path) -> None:
    text = "Besoins du pôle;;\nMis à jour le 12/11/2026;;\n;;\nNom;Commune;Quantité\nA;Bourges;3\n"
    table = open_table(csv_file(tmp_path, text))
    assert table.headers == ("Nom", "Commune", "Quantité")
    assert table.skipped_lines == ("Besoins du pôle", "Mis à jour le 12/11/2026")
    assert [(row.line_number, row.cells[0]) for row in table.rows()] == [(5, "A")]


def test_table__two_header_lines_merged_are_joined() -> None:
    rows = [
        ["Liste", None, None, None, None],
        ["Structure", None, "Besoin", None, None],
        ["Nom", "Commune", "Intitulé", "Quantité", "Unité"],
        ["AMAP", "Bourges", "épluchures", 12, "t/an"],
    ]
    table = open_table(xlsx(rows, merged=["A1:E1", "A2:B2", "C2:E2"]))
    assert table.headers == (
        "Structure / Nom",
        "Structure / Commune",
        "Besoin / Intitulé",
        "Besoin / Quantité",
        "Besoin / Unité",
    )
    assert [row.line_number for row in table.rows()] == [4]


def test_table__a_second_line_under_merged_titles_is_joined() -> None:
    rows = [
        ["Structure", "Contact", None, "Besoin"],
        [None, "Nom", "Téléphone", None],
        ["AMAP", "Camille", "02", "bois"],
    ]
    table = open_table(xlsx(rows, merged=["A1:A2", "B1:C1", "D1:D2"]))
    assert table.headers == ("Structure", "Contact / Nom", "Contact / Téléphone", "Besoin")
    assert len(list(table.rows())) == 1


def test_table__a_first_line_of_data_is_not_taken_for_a_second_header(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path, "Nom;Commune;\nAMAP;Bourges;une note\n"))
    assert [row.cells for row in table.rows()] == [("AMAP", "Bourges", "une note")]


def test_table__empty_lines_and_repeated_headers_are_skipped(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path, "Nom;Commune\nA;Bourges\n;\n\nNom;Commune\nB;Vierzon\n"))
    assert [(row.line_number, row.cells[0]) for row in table.rows()] == [(2, "A"), (6, "B")]


def test_table__same_titles_are_numbered_and_missing_ones_named(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path, "Nom;Nom;;Commune\nA;B;c;Bourges\n"))
    assert table.headers == ("Nom", "Nom (2)", "Colonne 3", "Commune")


def test_table__known_words_win_over_a_wide_line_of_explanations(tmp_path: Path) -> None:
    above = "Comment remplir;Une ligne par besoin;Merci à tous;Voir le guide\n"
    text = above + "Intitulé;Commune;Quantité;Unité\nA;Bourges;3;t\n"
    table = open_table(csv_file(tmp_path, text), vocabulary=NEEDS.vocabulary)
    assert table.headers == ("Intitulé", "Commune", "Quantité", "Unité")


def test_table__without_headers_the_sentence_says_to_write_them(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="titres de colonnes"):
        open_table(csv_file(tmp_path, "1;2;3\n4;5;6\n7;8;9\n"))


def test_table__headers_that_start_lower_in_the_sheet_keep_real_line_numbers() -> None:
    table = open_table(xlsx([[], [], [None, "Nom", "Commune"], [None, "A", "Bourges"]]))
    assert [row.line_number for row in table.rows()] == [4]
    assert table.headers == ("Colonne 1", "Nom", "Commune")
