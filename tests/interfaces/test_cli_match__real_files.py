"""Files that look like no template: columns are guessed, shown, corrected; faults are told and stop nothing."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from maillage.interfaces.cli.exit_codes import ExitCode
from tests.interfaces.cli_case import NEEDS, CommandLine

PROJECTS = (
    "nom_region;code_commune;nom_commune;numero_demarche;nom_demarche;nom_du_projet;montant_engage\n"
    "Centre;1049;LA BOISSE;7;Soutien au tri à la source des biodéchets;Tri des biodéchets de la cantine;30 614,05 €\n"
    "Centre;18033;BOURGES;8;Rénovation des bâtiments publics locaux;Nettoyage de locaux communaux;8 000,00 €\n"
).encode("cp1252")
INCLUSION = (
    "pk,kind,naf,city,post_code,lon,lat,description\n"
    '3,ACI,8899B,Bourges,18000,2.39,47.08,"Notre chantier fait le nettoyage de locaux.\nEt le tri."\n'
    "4,EI,81.30Z,Vierzon,18100,,,\n"
    "5,ACI,8899B,Vierzon,18100,,,\n"
    "6,AI,8899B,Bourges,18000,,,\n"
)


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def _titles(path: Path, column: str) -> set[str]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {row[column] for row in csv.DictReader(lines, delimiter=";")}


def test_match__proposes_columns_from_titles_and_cells_and_shows_them(cli: CommandLine) -> None:
    ran = cli.match(needs=cli.file(PROJECTS, "p.csv"), offers=cli.file(INCLUSION, "siae.csv"))
    assert ran.code == ExitCode.OK
    assert "nom_du_projet Intitulé sûr" in ran.err
    assert "code_commune Code INSEE de la commune sûr" in ran.err
    assert "nom_demarche Description à vérifier" in ran.err
    assert "Le fichier est en Windows-1252" in ran.err


def test_match__finds_the_commune_whose_code_lost_its_zero(cli: CommandLine) -> None:
    cli.match(
        "--sortie",
        cli.folder / "r.csv",
        needs=cli.file(PROJECTS, "p.csv"),
        offers=cli.file(INCLUSION, "s.csv"),
    )
    assert "La Boisse" in _titles(cli.folder / "r.csv", "Commune du besoin")


def test_match__describes_an_offer_without_words_by_its_activity(cli: CommandLine) -> None:
    needs = "Besoin;Commune\nEntretien d’espaces verts;Vierzon\nMise à disposition de personnel en insertion;Bourges\n"
    ran = cli.match("--sortie", cli.folder / "r.csv", needs=needs, offers=cli.file(INCLUSION, "s.csv"))
    offers = _titles(cli.folder / "r.csv", "Offre")
    assert "Entretien d’espaces verts, aménagement paysager (entreprise d’insertion)" in offers
    assert "Mise à disposition de personnel en insertion (association intermédiaire)" in offers
    assert "Lignes décrites par le seul code de leur activité : 2" in ran.err


def test_match__leaves_aside_and_counts_a_line_that_says_nothing(cli: CommandLine) -> None:
    ran = cli.match(offers=cli.file(INCLUSION, "s.csv"))
    assert "1 sans mots laissées de côté" in ran.out
    assert "Lignes laissées de côté : 1." in ran.err
    assert "(lignes 4)" in ran.err


def test_match__follows_the_columns_that_the_person_gives(cli: CommandLine) -> None:
    needs = "a;b;c\n1;Bourges;Nettoyage de locaux du mardi matin\n"
    ran = cli.match("--colonnes", "besoin=c,besoins:commune=b", "--sortie", cli.folder / "r.csv", needs=needs)
    assert ran.code == ExitCode.OK
    assert _titles(cli.folder / "r.csv", "Commune du besoin") == {"Bourges"}


def test_match__remembers_the_columns_in_a_file(cli: CommandLine) -> None:
    kept = cli.folder / "colonnes.json"
    needs = cli.file("a;b\nNettoyage de locaux;Bourges\n", "n.csv")
    cli.match("--colonnes", "besoin=a,besoins:commune=b", "--correspondance", kept, needs=needs)
    stored = json.loads(kept.read_text(encoding="utf-8"))
    ran = cli.match("--correspondance", kept, "--sortie", cli.folder / "r.csv", needs=needs)
    assert [column[:2] for column in stored["needs"]["columns"]] == [["a", "title"], ["b", "municipality"]]
    assert ran.code == ExitCode.OK
    assert _titles(cli.folder / "r.csv", "Commune du besoin") == {"Bourges"}


def test_match__tells_each_faulty_cell_and_goes_on(cli: CommandLine) -> None:
    needs = NEEDS.replace("12 t/an", "beaucoup").replace("Vierzon", "Atlantide")
    ran = cli.match("--defauts", cli.folder / "d.csv", needs=needs)
    assert ran.code == ExitCode.OK
    assert "ligne 2, colonne Quantité : « beaucoup » ne commence pas par un nombre." in ran.err
    assert "3 besoins (3 lignes lues dans besoins.csv, 2 cases à corriger)." in ran.out
    assert _titles(cli.folder / "d.csv", "Ligne") >= {"2", "4"}


def test_match__stops_at_a_faulty_cell_when_asked_to_be_strict(cli: CommandLine) -> None:
    ran = cli.match("--strict", "--sortie", cli.folder / "r.csv", needs=NEEDS.replace("12 t/an", "beaucoup"))
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "Arrêté par --strict" in ran.err
    assert not (cli.folder / "r.csv").exists()


def test_match__keeps_a_title_longer_than_a_title(cli: CommandLine) -> None:
    long = "Nettoyage de locaux " + "très sales " * 30
    cli.match("--sortie", cli.folder / "r.csv", needs=f"Intitulé;Commune\n{long};Bourges\n")
    title = next(iter(_titles(cli.folder / "r.csv", "Besoin")))
    assert title.startswith("Nettoyage de locaux très sales")
    assert len(title) <= 160


@pytest.mark.parametrize("words", ["Ci&el", "Café 🌱 & vélo", "مرحبا نظافة", "L’été, « tout » ; rien"])
def test_match__keeps_any_writing_as_it_is(cli: CommandLine, words: str) -> None:
    quoted = words.replace('"', '""')
    needs = f'Intitulé;Structure\nNettoyage de locaux {words[0]};"{quoted}"\n'
    cli.match("--sortie", cli.folder / "r.json", "--rapport", cli.folder / "r.html", needs=needs)
    rows = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    assert rows[0]["Structure du besoin"] == words


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_match__neutralises_formulas_on_the_way_out(cli: CommandLine, ending: str) -> None:
    needs = "Référence;Intitulé\n=cmd|' /C calc'!A0;=1+1 nettoyage de locaux\n"
    cli.match("--sortie", cli.folder / f"r.{ending}", needs=needs)
    if ending == "csv":
        assert _titles(cli.folder / "r.csv", "Besoin n°") == {"'=cmd|' /C calc'!A0"}
        return
    sheet = openpyxl.load_workbook(cli.folder / "r.xlsx").active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "'=cmd|' /C calc'!A0"
