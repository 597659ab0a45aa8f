"""``maillage network`` measures dated links, and refuses with a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.interfaces.cli.exit_codes import ExitCode
from tests.interfaces.cli_case import CommandLine, Ran

LINKS = """de;vers;date;fin;projet;nature
Pôle du Berry;Jardins du Val;01/02/2024;;Biodéchets;convention
pôle du berry;Cantine A;15/03/2024;;Biodéchets;convention
Jardins du Val;Cantine A;05/04/2024;;Biodéchets;accord
Pôle du Berry;Atelier B;janvier 2025;;;adhésion
Atelier B;Recyclerie C;2025;31/12/2025;;événement
Recyclerie C;Garage D;12/05/2025;;Mobilité;accord
Garage D;Mairie E;12/05/2025;;Mobilité;accord
"""


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def _network(cli: CommandLine, *words: str | Path, links: str = LINKS) -> Ran:
    return cli("network", cli.file(links, "liens.csv"), "--date", "24/11/2026", *words)


def _json(cli: CommandLine, *words: str | Path) -> dict[str, Any]:
    ran = _network(cli, "--sortie", cli.folder / "r.json", *words)
    assert ran.code == ExitCode.OK, ran.err
    found: dict[str, Any] = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    return found


def test_network__answers_in_a_few_sentences(cli: CommandLine) -> None:
    ran = _network(cli, "--animateur", "pole du berry")
    assert ran.code == ExitCode.OK
    assert "7 acteurs, 6 liens aujourd’hui" in ran.out
    assert "L’animateur joint 3 acteurs" in ran.out


def test_n6__each_measure_is_written_with_its_source(cli: CommandLine) -> None:
    found = _json(cli)
    assert found["certificate"]["valid"]
    assert {"cost", "bound", "gap", "seconds", "status"} <= set(found)
    assert all(one["definition"] and one["source"] for one in found["measures"].values())


def test_network__spellings_of_one_actor_are_one(cli: CommandLine) -> None:
    groups = _json(cli)["measures"]["components"]["value"]["groups"]
    assert sorted(map(len, groups)) == [3, 4]


def test_network__the_past_can_be_looked_at(cli: CommandLine) -> None:
    ran = cli("network", cli.file(LINKS, "liens.csv"), "--date", "30/06/2025")
    assert "7 liens aujourd’hui" in ran.out


def test_network__projects_that_last_are_told(cli: CommandLine) -> None:
    lasting = _json(cli)["measures"]["lasting_projects"]["value"]
    assert [(one["project"], len(one["actors"])) for one in lasting] == [("Biodéchets", 3), ("Mobilité", 3)]


def test_network__writes_a_page_that_needs_no_network(cli: CommandLine) -> None:
    page = cli.folder / "r.html"
    assert _network(cli, "--animateur", "Pôle du Berry", "--rapport", page).code == ExitCode.OK
    text = page.read_text(encoding="utf-8")
    assert "Freeman" in text
    assert "http://" not in text.replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ("", "est vide"),
        ("de;vers;date\n", "aucun lien"),
        ("de;quand\nA;2025\n", "n’a pas de colonne « Vers »"),
        (LINKS.replace("05/04/2024", "le printemps"), "n’est pas une date"),
        (LINKS.replace("31/12/2025", "31/12/2020"), "finit avant de commencer"),
        ("de;vers;date\nA;A;2025\n", "aucun lien entre deux acteurs"),
        ("de;vers;date\nA;;2025\n", "« Vers » est vide"),
    ],
)
def test_network__a_faulty_file_is_refused_with_a_sentence(cli: CommandLine, links: str, words: str) -> None:
    ran = _network(cli, links=links)
    assert ran.code == ExitCode.FAULTY_INPUT
    assert words in ran.err


def test_network__a_facilitator_nobody_knows_is_refused(cli: CommandLine) -> None:
    assert "n’est dans aucun lien" in _network(cli, "--animateur", "Inconnu").err


def test_network__a_link_with_oneself_is_told_and_left(cli: CommandLine) -> None:
    ran = _network(cli, links=LINKS + "Garage D;garage d;2025;;;\n")
    assert ran.code == ExitCode.OK
    assert "1 lien d’un acteur avec lui-même" in ran.err
