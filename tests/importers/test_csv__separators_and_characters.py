"""CSV files as spreadsheets really write them."""

import codecs
from pathlib import Path

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.tabular import open_table
from tests.importers.files import csv_file


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv__separator_is_found(tmp_path: Path, separator: str) -> None:
    lines = [["Nom", "Commune", "Quantité"], ["Ci&el", "Bourges", "12"], ["AMAP", "Vierzon", "3"]]
    path = csv_file(tmp_path, "\n".join(separator.join(line) for line in lines))
    table = open_table(path)
    assert table.headers == ("Nom", "Commune", "Quantité")
    assert [row.cells for row in table.rows()] == [("Ci&el", "Bourges", "12"), ("AMAP", "Vierzon", "3")]


def test_csv__decimal_commas_do_not_fool_the_separator(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Nom;Tonnes;Prix\nA;1,5;2,25\nB;3,5;4,75\n")
    assert open_table(path).headers == ("Nom", "Tonnes", "Prix")


def test_csv__commas_in_sentences_do_not_fool_a_single_column(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Intitulé\nAide, soins, écoute\nCompost\nAtelier vélo, le mardi\n")
    assert open_table(path).headers == ("Intitulé",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv__accents_are_read_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = csv_file(tmp_path, "Intitulé;Commune\nÉpluchures d’été — 5 €;Châtillon\n", encoding=encoding)
    assert next(open_table(path).rows()).cells == ("Épluchures d’été — 5 €", "Châtillon")


def test_csv__utf_16_without_mark_is_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Nom;Commune\nCi&el;Montargis\n", encoding="utf-16-le")
    assert next(open_table(path).rows()).cells == ("Ci&el", "Montargis")


def test_csv__an_accent_after_a_megabyte_still_decides(tmp_path: Path) -> None:
    text = "Nom;Commune\n" + "Atelier;Bourges\n" * 80_000 + "Épicerie;Châteauroux\n"
    table = open_table(csv_file(tmp_path, text, encoding="cp1252"))
    assert [row.cells for row in table.rows()][-1] == ("Épicerie", "Châteauroux")
    assert any("Windows-1252" in note for note in table.notes)


def test_csv__one_bad_byte_among_good_accents_keeps_utf_8_and_says_so(tmp_path: Path) -> None:
    content = ("Intitulé;Commune\n" + "Été;Châtillon\n" * 20).encode() + b"Caf\xe9;Bourges\n"
    path = tmp_path / "t.csv"
    path.write_bytes(codecs.BOM_UTF8 + content)
    table = open_table(path)
    assert table.headers[0] == "Intitulé"
    assert any("illisibles" in note for note in table.notes)


def test_csv__new_lines_inside_quotes_stay_in_the_cell(tmp_path: Path) -> None:
    path = csv_file(tmp_path, 'Nom;Texte\r\nA;"un\r\ndeux;trois"\r\nB;x\r\n')
    rows = list(open_table(path).rows())
    assert [row.cells for row in rows] == [("A", "un\r\ndeux;trois"), ("B", "x")]
    assert [row.line_number for row in rows] == [2, 3]


def test_csv__nul_bytes_are_removed_and_told(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path, "Nom;Commune\nCi\0&el;Bourges\n"))
    assert next(table.rows()).cells == ("Ci&el", "Bourges")
    assert any("nuls" in note for note in table.notes)


def test_csv__the_separator_that_excel_declares_is_obeyed(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path, "sep=|\nNom|Commune\nA;B|Bourges\n"))
    assert next(table.rows()).cells == ("A;B", "Bourges")


def test_csv__emoji_and_right_to_left_text_survive(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Nom;Commune\n🥕 Les Jardins;Bourges\nجمعية السلام;Vierzon\n")
    assert [row.cells[0] for row in open_table(path).rows()] == ["🥕 Les Jardins", "جمعية السلام"]


def test_csv__an_open_quote_that_swallows_the_file_is_told(tmp_path: Path) -> None:
    path = csv_file(tmp_path, 'Nom;Texte\nA;"oubli\n' + "b;c\n" * 5_000_000)
    with pytest.raises(UserMistake, match="guillemet"):
        list(open_table(path).rows())


@pytest.mark.parametrize("content", [b"", b"\n\n;;\n", b"\x00" * 50])
def test_csv__an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vide.csv"
    path.write_bytes(content)
    with pytest.raises(UserMistake, match=r"vide|aucun texte|aucune ligne"):
        open_table(path)
