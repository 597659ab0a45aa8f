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


def test_territory_page__draws_the_chain_and_names_the_missing_role(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    needs, offers, report = tmp_path / "b.csv", tmp_path / "o.csv", tmp_path / "r.html"
    needs.write_text(NEEDS, encoding="utf-8")
    offers.write_text(OFFERS, encoding="utf-8")
    ran = CommandLine(tmp_path, capsys, communes=False)("cooperate", needs, offers, "--rapport", report)
    assert ran.code == 0, ran.err
    text = report.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "Il manque un transporteur de déchets déclaré" in text
    assert "Épluchures et parures de légumes, 10 t" in text
    assert 'class="d-k d-missing"' in text
    assert "aucun écart" in text
    assert "&lt;b&gt;pour" in text
