"""``maillage explain`` says why, why not, with numbers, and what would change it."""

from pathlib import Path

import pytest

from maillage.interfaces.cli.exit_codes import ExitCode
from tests.interfaces.cli_case import NEEDS, OFFERS, CommandLine, Ran


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def _explain(cli: CommandLine, need: str, offer: str, *, needs: str = NEEDS) -> Ran:
    files = cli.file(needs, "b.csv"), cli.file(OFFERS, "o.csv")
    return cli("explain", *files, "--besoin", need, "--offre", offer, "--encodeur", "lexical")


def test_explain__says_why_an_offer_suits(cli: CommandLine) -> None:
    ran = _explain(cli, "B-1", "O-1")
    assert ran.code == ExitCode.OK
    assert "Convient :" in ran.out
    assert "✓ couvre tout le besoin (12 t)" in ran.out
    assert "Total :" in ran.out


def test_explain__says_why_not_and_what_would_change_it(cli: CommandLine) -> None:
    ran = _explain(cli, "B-3", "O-3", needs=NEEDS.replace("Vierzon;;", "Vierzon;;5"))
    assert "Ne convient pas." in ran.out
    assert "Trop loin : 30 km, le besoin dit 5 au plus" in ran.out
    assert "→ Il faudrait accepter 30 km." in ran.out


def test_explain__takes_a_number_of_line(cli: CommandLine) -> None:
    assert "n° B-2, ligne 3" in _explain(cli, "ligne 3", "3").out


def test_explain__says_that_nothing_bears_that_name(cli: CommandLine) -> None:
    ran = _explain(cli, "B-9", "O-1")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "« B-9 » n’est ni une référence ni une ligne de « b.csv »." in ran.err


def test_explain__replays_a_recorded_problem(cli: CommandLine) -> None:
    cli.match("--enregistrer", cli.folder / "p.json.gz")
    ran = cli("explain", "--run", cli.folder / "p.json.gz", "--besoin", "B-1", "--offre", "O-1")
    assert ran.code == ExitCode.OK
    assert "✓ couvre tout le besoin (12 t)" in ran.out


def test_explain__refuses_a_record_that_is_none(cli: CommandLine) -> None:
    path = cli.file("rien", "p.json.gz")
    ran = cli("explain", "--run", path, "--besoin", "B-1", "--offre", "O-1")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "ce n’est pas un problème enregistré" in ran.err


def test_explain__says_when_the_record_does_not_know_a_line(cli: CommandLine) -> None:
    cli.match("--enregistrer", cli.folder / "p.json")
    ran = cli("explain", "--run", cli.folder / "p.json", "--besoin", "B-1", "--offre", "O-9")
    assert "« O-9 » ne désigne rien dans « p.json »" in ran.err


def test_explain__asks_for_files_or_a_record(cli: CommandLine) -> None:
    ran = cli("explain", "--besoin", "B-1", "--offre", "O-1")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "Donnez le fichier des besoins et celui des offres" in ran.err
