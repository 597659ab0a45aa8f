"""``maillage cooperate``: a published file in, JSON, a page and sentences out."""

import json
from pathlib import Path

import pytest

from maillage_engine.files.pns import write_pns
from tests.engine.networks import network, seven_units, unit
from tests.interfaces.cli_case import CommandLine


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys, communes=False)


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "probleme.in"
    write_pns(seven_units(), path, name="Sept unités")
    return path


def test_cooperate__writes_the_structures_cheapest_first(
    cli: CommandLine, problem: Path, tmp_path: Path
) -> None:
    """With the keys that others read, and its certificate."""
    ran = cli("cooperate", problem, "--k", "20", "--sortie", tmp_path / "r.json")
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert ran.code == 0
    assert {"cost", "bound", "gap", "seconds", "status", "certificate"} <= told.keys()
    assert [round(one["cost"], 4) for one in told["structures"]] == [1232.75, 1312.75, 1315, 1999, 2129]
    assert [one["rank"] for one in told["structures"]] == [1, 2, 3, 4, 5]
    assert (told["status"], told["certificate"]["valid"], told["gap"]) == ("optimal", True, pytest.approx(0))
    best = told["structures"][0]
    assert best["units"][0] == {"name": "O1", "size": pytest.approx(250), "cost": pytest.approx(112.5)}
    flows = {one["name"]: (one["flow"], one["cost"]) for one in best["materials"]}
    assert flows["E"] == (pytest.approx(-250), pytest.approx(300))
    assert sum(one["cost"] for one in (*best["units"], *best["materials"])) == pytest.approx(best["cost"])
    assert told["solution_structures"] == 19
    assert told["maximal_structure"]["units"] == ["O1", "O2", "O3", "O4", "O5", "O6", "O7"]


def test_cooperate__says_it_in_french(cli: CommandLine, problem: Path) -> None:
    """The cost, the units, what is proved."""
    ran = cli("cooperate", problem, "--k", "20")
    assert "1. 1 232,75 EUR/y : O1 × 250" in ran.out
    assert "O4 (à l’arrêt)" in ran.out
    assert "Il n’y a que 5 solutions." in ran.out
    assert "Prouvé" in ran.out


def test_cooperate__draws_one_page(cli: CommandLine, problem: Path, tmp_path: Path) -> None:
    """The chain, the ranking, the certificate, and nothing from elsewhere."""
    assert cli("cooperate", problem, "--rapport", tmp_path / "r.html", "--date", "24/11/2026").code == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "La meilleure chaîne" in page
    assert "<svg" in page
    assert "axiomes S1 à S5" in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_cooperate__no_solution_is_an_answer(cli: CommandLine, tmp_path: Path) -> None:
    """Which product, and why; on the page too."""
    path, table = tmp_path / "p.in", tmp_path / "r.json"
    write_pns(network(unit("O", "R + Z => P"), R=("raw", {}), P=("product", {"lower": 1.0})), path)
    ran = cli("cooperate", path, "--sortie", table, "--rapport", tmp_path / "r.html")
    told = json.loads(table.read_text(encoding="utf-8"))
    assert (ran.code, told["status"], told["structures"], told["cost"]) == (0, "infeasible", [], None)
    assert "il manque « Z »" in ran.out
    assert "Z" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_cooperate__mistakes_are_sentences(cli: CommandLine, problem: Path, tmp_path: Path) -> None:
    """A bad file, a bad name, a bad number; nothing is written."""
    bad = cli.file("n’importe quoi", "x.in")
    for words in (
        ("cooperate", bad),
        ("cooperate", tmp_path / "absent.in"),
        ("cooperate", problem, "--sortie", tmp_path / "r.txt"),
        ("cooperate", problem, "--temps", "0"),
    ):
        ran = cli(*words, *(() if "--sortie" in words else ("--sortie", tmp_path / "r.json")))
        assert ran.code == 3
        assert ran.err
    assert not (tmp_path / "r.json").exists()
    assert cli("cooperate", problem, "--k", "0").code == 2
