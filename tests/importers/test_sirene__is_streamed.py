"""SIRENE stock files, CSV and Parquet."""

import csv
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from maillage.core.errors import UserMistake
from maillage.importers.sirene import Filter, read_establishments, read_legal_units

UNITS = [
    {
        "siren": "200034528",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": "CI&EL",
        "economieSocialeSolidaireUniteLegale": "O",
        "activitePrincipaleUniteLegale": "94.99Z",
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "categorieJuridiqueUniteLegale": "9220",
        "trancheEffectifsUniteLegale": "11",
        "statutDiffusionUniteLegale": "O",
    },
    {
        "siren": "356000000",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": "LA POSTE",
        "economieSocialeSolidaireUniteLegale": "N",
        "activitePrincipaleUniteLegale": "53.10Z",
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "statutDiffusionUniteLegale": "O",
    },
    {
        "siren": "005520135",
        "etatAdministratifUniteLegale": "C",
        "economieSocialeSolidaireUniteLegale": "O",
        "statutDiffusionUniteLegale": "O",
    },
    {
        "siren": "732829320",
        "etatAdministratifUniteLegale": "A",
        "economieSocialeSolidaireUniteLegale": "O",
        "statutDiffusionUniteLegale": "P",
    },
]
SITES = [
    {
        "siren": "200034528",
        "siret": "20003452800014",
        "etatAdministratifEtablissement": "A",
        "codeCommuneEtablissement": "45208",
        "activitePrincipaleEtablissement": "91.3E",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev1",
        "etablissementSiege": "true",
        "numeroVoieEtablissement": "3",
        "typeVoieEtablissement": "RUE",
        "libelleVoieEtablissement": "DES ECOLES",
    },
    {
        "siren": "356000000",
        "siret": "35600000000048",
        "etatAdministratifEtablissement": "A",
        "codeCommuneEtablissement": "18033",
    },
    {
        "siren": "356000000",
        "siret": "35600000009075",
        "etatAdministratifEtablissement": "F",
        "codeCommuneEtablissement": "18033",
    },
]


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    headers = list(rows[0])
    if path.suffix == ".parquet":
        table = pyarrow.Table.from_pylist([{name: row.get(name) for name in headers} for row in rows])
        pyarrow.parquet.write_table(table, path)
        return path
    target = path.with_suffix(".csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers, restval="")
        writer.writeheader()
        writer.writerows(rows)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(target, target.name)
    return path


@pytest.mark.parametrize("ending", ["csv", "parquet", "zip"])
def test_sirene__only_the_active_and_diffusible_social_economy_is_kept(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"StockUniteLegale.{ending}", UNITS)
    (unit,) = read_legal_units(path, Filter(only_social_economy=True))
    assert (unit.siren, unit.name, unit.naf, unit.naf_version) == ("200034528", "CI&EL", "94.99Z", "NAFRev2")
    assert (unit.social_economy, unit.staff_band, unit.legal_category) == (True, "11", "9220")


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_sirene__establishments_of_a_territory(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"StockEtablissement.{ending}", SITES)
    (site,) = read_establishments(path, Filter(municipalities=frozenset({"45208"})))
    assert (site.siret, site.naf, site.naf_version) == ("20003452800014", "91.3E", "NAFRev1")
    assert (site.address, site.is_head) == ("3 RUE DES ECOLES", True)
    assert [one.siret for one in read_establishments(path, Filter(sirens=frozenset({"356000000"})))] == [
        "35600000000048"
    ]


def test_sirene__lines_flow_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = _write(tmp_path / "StockUniteLegale.csv", UNITS)
    with path.open("a", encoding="utf-8") as file:
        file.write("trop,court\n")
    rows = read_legal_units(path, Filter(sirens=frozenset({"200034528"})))
    assert next(rows).siren == "200034528"
    with pytest.raises(UserMistake, match="ligne 6"):
        next(rows)


def test_sirene__another_file_says_which_columns_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "autre.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserMistake, match="siren"):
        list(read_legal_units(path))


def test_sirene__a_missing_or_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="n’existe pas"):
        list(read_legal_units(tmp_path / "rien.csv"))
    path = tmp_path / "casse.parquet"
    path.write_bytes(b"PAR1" + b"x" * 50)
    with pytest.raises(UserMistake, match="abîmé"):
        list(read_legal_units(path))
