"""Registers of enterprises as a list of structures: one line an organisation, ready for the importer of lists."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from maillage.core.identifiers import NafVersion
from maillage.importers.export import write_csv
from maillage.importers.recherche_entreprises import EnterpriseRow, read_results
from maillage.importers.rows import Fault
from maillage.importers.sirene import (
    EstablishmentRow,
    Filter,
    LegalUnitRow,
    read_establishments,
    read_legal_units,
)

HEADERS = (
    *("Nom", "SIREN", "SIRET", "Numéro RNA", "Famille", "Type d’insertion", "Code NAF", "Effectif"),
    *("Adresse", "Code postal", "Code INSEE de la commune", "Latitude", "Longitude"),
)
# INSEE, « tranche d'effectif salarié »: the code, and the smallest number of employees that it stands for.
SMALLEST_STAFF = {
    "00": 0,
    "01": 1,
    "02": 3,
    "03": 6,
    "11": 10,
    "12": 20,
    "21": 50,
    "22": 100,
    "31": 200,
    "32": 250,
    "41": 500,
    "42": 1_000,
    "51": 2_000,
    "52": 5_000,
    "53": 10_000,
}


def write_sirene(
    path: Path, *, units: Path, establishments: Path, codes: frozenset[str], only_social: bool
) -> int:
    """Write the organisations that have an establishment in these communes; return how many.

    The establishments of the territory are read first, then their legal units: memory holds the territory only.
    """
    sites: dict[str, EstablishmentRow] = {}
    for site in read_establishments(establishments, Filter(municipalities=codes)):
        known = sites.get(site.siren)
        if known is None or (not site.is_head, site.siret) < (not known.is_head, known.siret):
            sites[site.siren] = site
    keep = Filter(sirens=frozenset(sites), only_social_economy=only_social)
    return _write(path, (_of_unit(unit, sites[unit.siren]) for unit in read_legal_units(units, keep)))


def write_results(
    path: Path, *, source: Path, codes: frozenset[str] | None, only_social: bool
) -> tuple[int, list[Fault]]:
    """Write the enterprises of a saved search; return how many, and what is wrong in the file."""
    rows, faults = read_results(source, municipalities=codes, only_social_economy=only_social)
    return _write(path, (_of_result(row) for row in rows)), faults


def _write(path: Path, lines: Iterable[list[Any]]) -> int:
    count = 0

    def counted() -> Iterator[list[Any]]:
        nonlocal count
        for line in lines:
            count += 1
            yield line

    with path.open("wb") as file:
        write_csv(file, HEADERS, counted())
    return count


def _of_unit(unit: LegalUnitRow, site: EstablishmentRow) -> list[Any]:
    return [
        *(unit.name or site.name, unit.siren, site.siret, unit.rna),
        *(_family(unit.social_economy, unit.legal_category), ""),
        *(_naf(unit.naf, unit.naf_version), _staff(unit.staff_band)),
        *(site.address, site.postcode, site.municipality_code, None, None),
    ]


def _of_result(row: EnterpriseRow) -> list[Any]:
    head = row.head
    place = (
        ("", "", "", None, None)
        if head is None
        else (head.address, head.postcode, head.municipality_code, head.latitude, head.longitude)
    )
    family = "collectivité" if row.is_local_authority else _family(row.is_social_economy, row.legal_category)
    return [
        *(row.name, row.siren, head.siret if head else "", row.rna),
        *(family, next(iter(row.inclusion_types), "")),
        *(_naf(row.naf, row.naf_version), _staff(row.staff_band)),
        *place,
    ]


def _family(social: bool | None, legal_category: str) -> str:
    """Say the family from the flag, else from INSEE's legal category: 7 is public law, 92 an association."""
    if social or legal_category.startswith("92"):
        return "ESS"
    return "collectivité" if legal_category.startswith("7") else "entreprise"


def _naf(code: str, version: str) -> str:
    return code if version == NafVersion.REV2 else ""


def _staff(band: str) -> str:
    return str(SMALLEST_STAFF[band]) if band in SMALLEST_STAFF else ""
