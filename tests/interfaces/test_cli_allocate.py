"""``maillage allocate``: pairs, needs and offers, or a published instance in; a proved sharing or a sentence out."""

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.interfaces.cli.allocating import sharing
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage_engine.methods.allocate.solve import allocate
from tests.interfaces.cli_case import NEEDS, OFFERS, CommandLine

ARCS = """Need;OFFER;Value;need_qty;offer_qty
Cantine A;Plateforme;2,5;12;15
Cantine B;Plateforme;2;10;15
Cantine B;Ferme;1;10;4
Cantine C;Ferme;1,5;6;4
"""


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def _written(cli: CommandLine) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    return content


def test_r15__arcs_are_shared_out_with_prices_reasons_and_what_would_unlock(cli: CommandLine) -> None:
    ran = cli("allocate", cli.file(ARCS, "arcs.csv"), "--sortie", cli.folder / "r.json")
    told = _written(cli)
    assert ran.code == ExitCode.OK
    assert (told["cost"], told["value"], told["bound"], told["gap"]) == (42.0, 42.0, 42.0, 0.0)
    assert (told["status"], told["objective_sense"], told["certificate"]["valid"]) == ("optimal", "max", True)
    duals = told["duals"]
    assert (
        12 * duals["needs"]["Cantine A"] + 15 * duals["offers"]["Plateforme"] + 4 * duals["offers"]["Ferme"]
        == 42
    )
    assert sum(one["quantity"] for one in told["flows"]) == 19
    assert {one["need"] for one in told["unmet"]} == {"Cantine B", "Cantine C"}
    assert "7 unités de « Plateforme » de plus serviraient 1 besoin de plus (7 unités)." in ran.out


def test_allocate__the_report_stands_alone(cli: CommandLine) -> None:
    ran = cli("allocate", cli.file(ARCS, "arcs.csv"), "--rapport", cli.folder / "r.html")
    page = (cli.folder / "r.html").read_text(encoding="utf-8")
    assert ran.code == ExitCode.OK
    assert "Ce qui débloquerait le plus" in page
    assert 'src="http' not in page


def test_allocate__the_report_of_two_files_bears_the_day_and_a_map(cli: CommandLine) -> None:
    files = [cli.file(NEEDS, "besoins.csv"), cli.file(OFFERS, "offres.csv")]
    words = ("--encodeur", "lexical", "--date", "23/11/2026")
    ran = cli("allocate", *files, *words, "--rapport", cli.folder / "r.html")
    page = (cli.folder / "r.html").read_text(encoding="utf-8")
    assert ran.code == ExitCode.OK, ran.err
    assert "23 novembre 2026" in page
    assert "Le partage sur la carte" in page
    assert "Échange retenu" in page.split("Le partage sur la carte", 1)[1]


def test_allocate__needs_and_offers_are_shared_out(cli: CommandLine) -> None:
    files = [cli.file(NEEDS, "besoins.csv"), cli.file(OFFERS, "offres.csv")]
    words = ("--encodeur", "lexical", "--date", "23/11/2026", "--equite", "commune")
    ran = cli("allocate", *files, *words, "--sortie", cli.folder / "r.json")
    told = _written(cli)
    assert ran.code == ExitCode.OK
    flows = {(one["need"], one["quantity"]) for one in told["flows"]}
    assert any(
        need.startswith("Compostage") and quantity == pytest.approx(12_000, rel=1e-5)
        for need, quantity in flows
    )
    assert told["certificate"]["valid"]
    assert told["way"] == "fair"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "Cantine D;Plateforme;1;-3;15",
            "ligne 6, colonne « need_qty » : « -3 » : il faut un nombre, 0 ou plus.",
        ),
        ("Cantine D;Plateforme;nan;3;15", "ligne 6, colonne « value » : « nan » : il faut un nombre."),
        ("Cantine D;Plateforme;x;3;15", "ligne 6, colonne « value » : « x » n’est pas un nombre"),
        ("Cantine D;Plateforme;1;3;16", "« Plateforme » a deux quantités, 16 ici et 15 ligne 2"),
        ("Cantine A;Plateforme;9;12;15", "cette paire est déjà ligne 2 avec une autre valeur"),
        ("Cantine D;;1;3;15", "ligne 6, colonne « offer » : cette case est vide"),
        ("Cantine D;Plateforme;1", "ligne 6 : 3 cellules au lieu de 5"),
    ],
)
def test_r16__a_faulty_line_is_told(cli: CommandLine, line: str, sentence: str) -> None:
    ran = cli("allocate", cli.file(f"{ARCS}{line}\n", "arcs.csv"), "--sortie", cli.folder / "r.json")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert sentence in ran.err
    assert not (cli.folder / "r.json").exists()


def test_allocate__zero_capacity_and_repeated_lines_are_said_and_accepted(cli: CommandLine) -> None:
    more = f"{ARCS}Cantine D;Vide;1;3;0\n" + "Cantine A;Plateforme;2,5;12;15\n" * 50
    ran = cli("allocate", cli.file(more, "arcs.csv"), "--sortie", cli.folder / "r.json")
    assert ran.code == ExitCode.OK
    assert _written(cli)["value"] == 42.0
    assert "Ligne 6 : « Vide » a une quantité nulle ; rien n’y va." in ran.err
    assert "50 ligne(s) répètent une paire déjà là : comptées une fois." in ran.err


def test_allocate__unit_conflicts_are_told(cli: CommandLine) -> None:
    arcs = "need,offer,value,need_qty,offer_qty,need_unit,offer_unit\na,b,1,2,3,t,h\n"
    ran = cli("allocate", cli.file(arcs, "arcs.csv"))
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "« t » et « h » ne se comparent pas" in ran.err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "cette colonne manque ; il faut need, offer, value, need_qty, offer_qty."),
        ("need,offer,value,need_qty\na,b,1,1\n", "colonne « offer_qty » : cette colonne manque"),
        ("need,offer,value,need_qty,offer_qty\n", "le fichier n’a aucune ligne sous ses titres."),
    ],
)
def test_allocate__what_is_not_a_table_of_arcs_is_told(cli: CommandLine, content: str, sentence: str) -> None:
    ran = cli("allocate", cli.file(content, "arcs.csv"))
    assert ran.code == ExitCode.FAULTY_INPUT
    assert sentence in ran.err


def test_allocate__equity_asks_for_communes(cli: CommandLine) -> None:
    ran = cli("allocate", cli.file(ARCS, "arcs.csv"), "--equite", "commune")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "donnez les besoins et les offres" in ran.err


def test_allocate__a_result_that_fails_its_certificate_is_never_shown(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(problem: Any, **_: Any) -> Any:
        result = allocate(problem)
        object.__setattr__(result, "value", result.value + 1)
        return result

    monkeypatch.setattr(sharing, "allocate", wrong)
    ran = cli("allocate", cli.file(ARCS, "arcs.csv"), "--sortie", cli.folder / "r.json")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "n’a pas passé sa vérification" in ran.err
    assert not (cli.folder / "r.json").exists()


def test_allocate__a_published_instance_of_sites_is_solved(cli: CommandLine) -> None:
    content = " 2 2\n 10 5\n 10 7\n 6\n 3 4\n 8\n 5 2\n"
    ran = cli(
        "allocate", cli.file(content, "cap.txt"), "--format", "orlib", "--sortie", cli.folder / "r.json"
    )
    told = _written(cli)
    assert ran.code == ExitCode.OK
    assert (told["status"], told["certificate"]["valid"]) == ("optimal", True)
    assert told["cost"] == 5 + 7 + 3 + 2
