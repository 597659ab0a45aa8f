"""Each mistake ends in a French sentence, an exit code, and nothing written."""

import sqlite3
from pathlib import Path

import pytest

from maillage.interfaces.cli.exit_codes import ExitCode
from tests.interfaces.cli_case import CommandLine


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


@pytest.mark.parametrize(
    ("needs", "sentence"),
    [
        ("", "Le fichier « besoins.csv » est vide."),
        ("Intitulé;Commune\n", "n’a aucune ligne sous ses titres de colonnes."),
        ("a;b\n1;2\n", "Aucune colonne ne semble dire ce que chaque besoin est."),
        ("%PDF-1.7 tout un document", "est un document PDF, pas un tableau."),
    ],
)
def test_match__says_what_is_wrong_with_a_file(cli: CommandLine, needs: str, sentence: str) -> None:
    ran = cli.match("--sortie", cli.folder / "r.csv", needs=needs)
    assert ran.code == ExitCode.FAULTY_INPUT
    assert sentence in ran.err
    assert not (cli.folder / "r.csv").exists()


def test_match__says_that_a_file_is_not_there(cli: CommandLine) -> None:
    ran = cli("match", cli.folder / "absent.csv", cli.folder / "absent.ods")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "Le fichier « absent.csv » n’existe pas. Vérifiez son nom et son dossier." in ran.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--sortie", "r.pdf"), "--sortie r.pdf : choisissez un nom en .csv, .xlsx, .json, .geojson."),
        (("--rapport", "r.doc"), "--rapport r.doc : choisissez un nom en .html, .htm."),
        (("--sortie", "nulle/part/r.csv"), "n’existe pas. Créez-le d’abord."),
        (("--territoire", "Narnia"), "« Narnia » n’est ni un département"),
        (("--territoire", "Cher,Montargis"), "« Montargis » n’est pas du même genre que « Cher (18) »"),
        (("--territoire", "Amilly"), "Plusieurs communes s’appellent « Amilly »"),
        (("--territoire", "Corse-du-Sud"), "n’a aucune ligne dans Corse-du-Sud (2A)"),
        (("--colonnes", "besoin"), "« besoin » ne dit pas quelle colonne va où."),
        (("--colonnes", "besoin=zut"), "Aucune colonne ne s’appelle « zut »."),
        (("--colonnes", "zut=Intitulé"), "« zut » n’est pas un champ connu."),
        (("--colonnes", "ici:besoin=Intitulé"), "devant les deux points, écrivez besoins ou offres."),
        (("--date", "demain"), "« demain »"),
    ],
)
def test_match__says_what_is_wrong_with_an_option(
    cli: CommandLine, words: tuple[str, str], sentence: str
) -> None:
    ran = cli.match(*words)
    assert ran.code == ExitCode.FAULTY_INPUT
    assert sentence in ran.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--k", "0"), "écrivez un nombre de 1 à 100."),
        (("--k", "dix"), "« dix » n’est pas un nombre."),
        (("--distance", "-3"), "écrivez un nombre de 0 à 2000."),
        (("--encodeur", "gpt"), "« gpt » n’est aucun de"),
        (("--sorti",), "L’option --sorti n’existe pas. Vouliez-vous dire"),
        (("--sortie",), "L’option --sortie attend une valeur."),
        (("encore.csv",), "Un mot de trop : encore.csv"),
    ],
)
def test_match__says_in_french_what_is_badly_typed(
    cli: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    ran = cli("match", "besoins.csv", "offres.csv", *words)
    assert ran.code == ExitCode.USAGE
    assert sentence in ran.err


def test_match__asks_for_the_file_that_is_not_named(cli: CommandLine) -> None:
    ran = cli("match", "besoins.csv")
    assert ran.code == ExitCode.USAGE
    assert "Il manque 'OFFRES'." in ran.err


def test_match__begins_the_vectors_again_when_their_file_is_damaged(cli: CommandLine) -> None:
    folder = cli.folder / "home" / "vectors"
    folder.mkdir(parents=True)
    (folder / "vectors.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.warns(UserWarning, match="abîmé"):
        assert cli.match().code == ExitCode.OK
    assert (
        sqlite3.connect(folder / "vectors.sqlite3").execute("select count(*) from text_vector").fetchone()[0]
        > 0
    )
