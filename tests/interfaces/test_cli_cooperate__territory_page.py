"""``maillage cooperate besoins.csv offres.csv --rapport``: the page draws the chain and names the missing role."""

from pathlib import Path

import pytest

from tests.interfaces.cli_case import CommandLine

NEEDS = """identifiant;titre;type;quantité;latitude;longitude
b1;Du compost <b>pour</b> nos jardins;compost;5 t/an;47.08;2.40
"""
OFFERS = """identifiant;titre;type;quantité;latitude;longitude;autorisations
o1;Épluchures de la cantine;epluchures;12 t/an;47.12;2.41;
o2;Terrain au bord du canal;terrain-compostage;800 m2;47.07;2.45;
o3;Broyat d’élagage;broyat;30 t/an;47.15;2.35;
o4;Maître-composteur;maitre-composteur;100 h/an;47.08;2.41;
o5;Camion;collecte-biodechets;50 t/an;47.05;2.38;
"""


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys, communes=False)


def page(cli: CommandLine, needs: str, offers: str) -> str:
    report = cli.folder / "r.html"
    files = cli.file(needs, "b.csv"), cli.file(offers, "o.csv")
    ran = cli("cooperate", *files, "--rapport", report)
    assert ran.code == 0, ran.err
    return report.read_text(encoding="utf-8").replace("\u00a0", " ")


def test_territory_page__draws_the_chain_and_names_the_missing_role(cli: CommandLine) -> None:
    text = page(cli, NEEDS, OFFERS)
    assert "Il manque un transporteur de déchets déclaré" in text
    assert "Épluchures et parures de légumes, 10 t" in text
    assert 'class="d-k d-missing"' in text
    assert "aucun écart" in text
    assert "&lt;b&gt;pour" in text


def test_territory_page__maps_where_the_members_are(cli: CommandLine) -> None:
    text = page(cli, NEEDS, OFFERS)
    assert text.count("La meilleure réponse sur la carte") >= 1
    assert "Où la chaîne se fait" in text
    assert "Épluchures de la cantine" in text.split("La meilleure réponse sur la carte", 1)[1]


def test_territory_page__without_a_known_place_has_no_map(cli: CommandLine) -> None:
    assert "La meilleure réponse sur la carte" not in page(
        cli, "titre;type\nDu compost;compost\n", "titre;type\nDu compost;compost\n"
    )
