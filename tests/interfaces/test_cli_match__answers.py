"""``maillage match`` finds, explains and writes, on small files of every kind."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from maillage.interfaces.cli.exit_codes import ExitCode
from tests.importers.files import ods, xlsx
from tests.interfaces.cli_case import NEEDS, OFFERS, CommandLine


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def test_match__sums_up_in_at_most_ten_lines_of_french(cli: CommandLine) -> None:
    ran = cli.match()
    assert ran.code == ExitCode.OK
    assert "3 besoins (3 lignes lues dans besoins.csv)." in ran.out
    assert "3 besoins ont au moins une réponse ; 0 n’en ont aucune." in ran.out
    assert "Résultat vérifié" in ran.out


def test_match__pairs_each_need_with_its_offer(cli: CommandLine) -> None:
    cli.match("--sortie", cli.folder / "r.csv")
    best = {row["Besoin n°"]: row["Offre n°"] for row in _rows(cli.folder / "r.csv") if row["Rang"] == "1"}
    assert best == {"B-1": "O-1", "B-2": "O-2", "B-3": "O-3"}


def test_match__says_reasons_distance_and_criteria_on_each_line(cli: CommandLine) -> None:
    cli.match("--sortie", cli.folder / "r.csv")
    row = next(row for row in _rows(cli.folder / "r.csv") if row["Besoin n°"] == "B-1" and row["Rang"] == "1")
    assert "couvre tout le besoin" in row["Pour"]
    assert row["Distance (km)"].startswith("29,")
    assert row["Accord"] in {"Très bon accord", "Bon accord", "À discuter"}
    assert 0 <= int(row["Sens (0 à 1000)"]) <= 1000


def test_match__says_why_a_need_found_nothing(cli: CommandLine) -> None:
    far = "Intitulé;Commune;Distance maximale (km)\nNettoyage de locaux;Ajaccio (2A);5\n"
    offers = "Intitulé;Latitude;Longitude;Distance maximale (km)\nNettoyage de locaux;47,08;2,39;10\n"
    located = far.replace("Commune", "Latitude;Longitude").replace("Ajaccio (2A)", "41,92;8,73")
    cli.match("--sortie", cli.folder / "r.csv", needs=located, offers=offers)
    row = _rows(cli.folder / "r.csv")[0]
    assert row["Rang"] == ""
    assert row["Rien trouvé, parce que"].startswith("Trop loin")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_match__reads_workbooks_as_well(cli: CommandLine, ending: str) -> None:
    rows = [line.split(";") for line in NEEDS.splitlines()]
    book = cli.file((xlsx(rows) if ending == "xlsx" else ods(rows)).getvalue(), f"besoins.{ending}")
    assert "3 besoins (3 lignes lues" in cli.match(needs=book).out


def test_match__writes_a_workbook_and_points(cli: CommandLine) -> None:
    cli.match("--sortie", cli.folder / "r.xlsx")
    cli.match("--sortie", cli.folder / "r.geojson")
    sheet = openpyxl.load_workbook(cli.folder / "r.xlsx").active
    points = json.loads((cli.folder / "r.geojson").read_text(encoding="utf-8"))["features"]
    assert sheet is not None
    assert sheet["A1"].value == "Besoin n°"
    assert points[0]["geometry"]["type"] == "Point"


def test_match__gives_the_same_file_twice(cli: CommandLine) -> None:
    for name in ("one.json", "two.json"):
        cli.match("--sortie", cli.folder / name)
    assert (cli.folder / "one.json").read_bytes() == (cli.folder / "two.json").read_bytes()


def test_match__keeps_to_the_territory(cli: CommandLine) -> None:
    ran = cli.match("--territoire", "Cher")
    assert "2 besoins (3 lignes lues dans besoins.csv, 1 hors du territoire)." in ran.out
    assert "2 offres (3 lignes lues dans offres.csv, 1 hors du territoire)." in ran.out


@pytest.mark.parametrize(
    "words", ["18", "cher", "Bourges,Vierzon", "18033,18279", "CA Bourges Plus", "241800507"]
)
def test_match__understands_a_territory_by_names_or_codes(cli: CommandLine, words: str) -> None:
    assert cli.match("--territoire", words).code == ExitCode.OK


def test_match__takes_the_distance_for_lines_that_say_none(cli: CommandLine) -> None:
    cli.match("--distance", "5", "--sortie", cli.folder / "r.csv")
    rows = {row["Besoin n°"]: row for row in _rows(cli.folder / "r.csv")}
    assert rows["B-3"]["Rien trouvé, parce que"].startswith("Trop loin")


def test_match__answers_never_come_from_the_same_structure(cli: CommandLine) -> None:
    offers = OFFERS.replace("Net & Clair", "CI&EL")
    cli.match("--sortie", cli.folder / "r.csv", offers=offers)
    pairs = {(row["Besoin n°"], row["Offre n°"]) for row in _rows(cli.folder / "r.csv") if row["Rang"]}
    assert ("B-3", "O-3") not in pairs


def test_match__reads_needs_without_the_communes_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = CommandLine(tmp_path, capsys, communes=False).match()
    assert ran.code == ExitCode.OK
    assert "seules les lignes qui ont des coordonnées sont placées" in ran.err
