"""``maillage evaluate`` and ``maillage train``: the shapes of files that are understood, and what is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.interfaces.cli.evaluating.labels import answers_of, without_headings
from maillage.interfaces.cli.evaluating.measures import measure
from maillage.interfaces.cli.exit_codes import ExitCode
from tests.interfaces.cli_case import CommandLine

LEARN = """nom,code
restes de cantine,01 01
épluchures de légumes,01 01
tonte de pelouse,"01 01, 01 02"
branches et feuilles,01 02
camionnette de livraison,02 01
fourgon utilitaire,02 01
"""
TEST = "nom,code\nrestes et épluchures,01 01\nfourgon de livraison,02 01*\nsalle de réunion,03 01\n"
NAMES = "code,libelle\n01,Déchets\n01 01,Biodéchets\n01 02,Déchets verts\n02 01,Véhicules\n03 01,Salles de réunion\n"
PAIRS = (
    "besoin,offre\nréparer un vélo,atelier de réparation de vélos\nlouer une salle,salle communale à louer\n"
)


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys, communes=False)


def name(
    cli: CommandLine, *words: str, learn: str = LEARN, test: str = TEST, ending: str = "csv"
) -> dict[str, Any]:
    files = ("--apprentissage", cli.file(learn, f"a.{ending}"), "--test", cli.file(test, f"b.{ending}"))
    ran = cli("evaluate", *files, *words, "--encodeur", "lexical", "--sortie", cli.folder / "r.json")
    assert ran.code == ExitCode.OK, ran.err
    found: dict[str, Any] = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    return found


def untitled(text: str) -> str:
    lines = [line.replace(",", "\t", 1).replace('"', "") for line in text.splitlines()[1:]]
    return "\n".join(lines) + "\n"


def search(cli: CommandLine, needs: Path, offers: Path, truth: Path, *words: str) -> dict[str, Any]:
    files = ("--requetes", needs, "--documents", offers, "--verite", truth)
    ran = cli(
        "evaluate", *files, *words, "--encodeur", "lexical", "--sans-types", "--sortie", cli.folder / "r.json"
    )
    assert ran.code == ExitCode.OK, ran.err
    found: dict[str, Any] = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    return found


def test_evaluate__names_texts_and_finds_a_label_never_taught(cli: CommandLine) -> None:
    names = cli.file(NAMES, "noms.csv")
    found = name(cli, "--texte", "nom", "--etiquette", "code", "--libelles", str(names))
    assert found["measures"]["hit@1"] == 1
    assert found["labels"] == 4
    assert found["certificate"]["valid"]
    assert {"cost", "bound", "gap", "seconds", "status"} <= set(found)


def test_evaluate__takes_columns_by_number_in_a_file_without_titles(cli: CommandLine) -> None:
    learn, test = (untitled(LEARN), untitled(TEST))
    found = name(cli, "--texte", "1", "--etiquette", "2", learn=learn, test=test, ending="tsv")
    assert found["measures"]["n"] == 3
    assert found["measures"]["hit@1"] == pytest.approx(2 / 3)


def test_evaluate__missing_column_is_told_with_the_titles(cli: CommandLine) -> None:
    files = ("--apprentissage", cli.file(LEARN, "a.csv"), "--test", cli.file(TEST, "b.csv"))
    ran = cli("evaluate", *files, "--texte", "appellation", "--etiquette", "code")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "« nom »" in ran.err


def test_evaluate__takes_the_same_file_of_pairs_three_times(cli: CommandLine) -> None:
    pairs = cli.file(PAIRS, "paires.csv")
    found = search(cli, pairs, pairs, pairs)
    assert found["measures"]["hit@1"] == 1
    assert found["measures"]["n"] == 2
    assert found["certificate"]["valid"]
    assert "brute_force" in {one["name"] for one in found["certificate"]["checks"]}


@pytest.mark.parametrize(
    "truth",
    [
        "besoin,offre\nb1,o2\nb2,o1\n",
        "b1;o2\nb2;o1\n",
        "besoin;offre\nréparer un vélo;atelier de réparation de vélos\nlouer une salle;salle communale à louer\n",
        "requete\tdocument\tpertinence\nb1\to2\t1\nb1\to1\t0\nb2\to1\t1\n",
        "1,2\n2,1\n",
    ],
)
def test_evaluate__understands_pairs_by_id_text_or_number(cli: CommandLine, truth: str) -> None:
    needs = cli.file("id;besoin\nb1;réparer un vélo\nb2;louer une salle\n", "besoins.csv")
    offers = cli.file(
        "id;offre\no1;salle communale à louer\no2;atelier de réparation de vélos\n", "offres.csv"
    )
    assert search(cli, needs, offers, cli.file(truth, "paires.csv"))["measures"]["hit@1"] == 1


def test_evaluate__documents_may_be_one_a_line(cli: CommandLine) -> None:
    needs = cli.file("réparer un vélo\nlouer une salle\n", "besoins.txt")
    offers = cli.file("salle communale à louer\natelier de réparation de vélos\n", "offres.txt")
    found = search(cli, needs, offers, cli.file("1,2\n2,1\n", "paires.csv"))
    assert found["answers"][0]["documents"][0] == "2"


def test_evaluate__pair_that_is_nowhere_is_told(cli: CommandLine) -> None:
    pairs = cli.file(PAIRS, "paires.csv")
    truth = cli.file(PAIRS + "rien,nulle part\n", "vrai.csv")
    ran = cli("evaluate", "--requetes", pairs, "--documents", pairs, "--verite", truth)
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "ligne 4" in ran.err


def test_evaluate__half_of_the_options_is_told(cli: CommandLine) -> None:
    ran = cli("evaluate", "--apprentissage", cli.file(LEARN, "a.csv"))
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "--verite" in ran.err


def test_labels__several_answers_only_when_they_look_like_codes() -> None:
    assert answers_of("A1101 ; B12", ()) == ("A1101", "B12")
    assert answers_of("Bois, forêts", ()) == ("Bois, forêts",)
    assert answers_of("Bois, forêts", {"Bois", "forêts"}) == ("Bois", "forêts")
    assert set(without_headings({"01": "", "01 02": "", "01 02 03": "", "02": ""}, {"01 02"})) == {
        "01 02",
        "01 02 03",
        "02",
    }


def test_measures__wrong_answer_that_scores_the_same_counts_as_before() -> None:
    import numpy as np  # noqa: PLC0415 - only this test counts by hand

    scores = np.array([[0.5, 0.5, 0.1], [0.9, 0.2, 0.8]], dtype=np.float32)
    found = measure(scores, [[0], [0, 2]], [0, 1])
    assert found.hits[1] == 0.5
    assert found.reciprocal == pytest.approx((1 / 2 + 1) / 2)
    assert found.recall_10 == pytest.approx((1 + 2 / 3) / 2)
