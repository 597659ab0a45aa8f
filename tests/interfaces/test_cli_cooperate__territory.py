"""``maillage cooperate besoins.csv offres.csv``: who together, which chain, which role is missing."""

import json
from pathlib import Path

import pytest

from tests.interfaces.cli_case import CommandLine

NEEDS = """identifiant;titre;type;quantité;latitude;longitude
b1;Du compost pour nos jardins;compost;5 t/an;47.08;2.40
"""
OFFERS = """identifiant;titre;type;quantité;latitude;longitude;autorisations
o1;Épluchures de la cantine;epluchures;12 t/an;47.12;2.41;
o2;Terrain au bord du canal;terrain-compostage;800 m2;47.07;2.45;
o3;Broyat d’élagage;broyat;30 t/an;47.15;2.35;
o4;Maître-composteur;maitre-composteur;100 h/an;47.08;2.41;
o5;Camion;collecte-biodechets;50 t/an;47.05;2.38;{held}
"""


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys, communes=False)


def files(folder: Path, *, held: str) -> tuple[Path, Path]:
    needs, offers = folder / "besoins.csv", folder / "offres.csv"
    needs.write_text(NEEDS, encoding="utf-8")
    offers.write_text(OFFERS.format(held=held), encoding="utf-8")
    return needs, offers


def test_cooperate_territory__tells_who_does_what(cli: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "r.json"
    ran = cli("cooperate", *files(tmp_path, held="transport-dechets"), "--besoin", "b1", "--sortie", table)
    assert ran.code == 0, ran.err
    assert "Composter des épluchures sur une plateforme, chez Terrain au bord du canal" in ran.out
    (answer,) = json.loads(table.read_text(encoding="utf-8"))["needs"]
    for part in (answer["bundles"], answer["chains"]):
        assert {"cost", "bound", "gap", "seconds", "status", "certificate"} <= part.keys()
    chain = answer["chains"]["solutions"][0]
    assert chain["missing"] == []
    assert {flow["offer"] for flow in chain["flows"] if flow["offer"]} == {"o1", "o2", "o3", "o4", "o5"}


def test_cooperate_territory__names_the_missing_role(cli: CommandLine, tmp_path: Path) -> None:
    ran = cli("cooperate", *files(tmp_path, held=""))
    assert "Il manque un transporteur de déchets déclaré." in ran.out


def test_cooperate_territory__refuses_an_unknown_need_and_an_unknown_folder(
    cli: CommandLine, tmp_path: Path
) -> None:
    both = files(tmp_path, held="")
    assert "aucune ligne ne porte cet identifiant" in cli("cooperate", *both, "--besoin", "b9").err
    assert "n’existe pas" in cli("cooperate", *both, "--recettes", tmp_path / "rien").err


def test_cooperate_territory__a_cell_that_cannot_be_read_is_said(cli: CommandLine) -> None:
    needs = cli.file("titre;type;quantité\nDu compost;compost;-3\n", "b.csv")
    ran = cli("cooperate", needs, cli.file("titre;type\nCompost mûr;compost\n", "o.csv"))
    assert ran.code == 0, ran.err
    assert "1 case(s) à corriger" in ran.err


def test_cooperate_territory__a_file_that_says_nothing_is_refused(cli: CommandLine) -> None:
    needs = cli.file("titre;type\nDu compost;compost\n", "b.csv")
    ran = cli("cooperate", needs, cli.file("titre;type\n;\n", "o.csv"))
    assert (ran.code, ran.out) == (3, "")
    assert "o.csv" in ran.err
