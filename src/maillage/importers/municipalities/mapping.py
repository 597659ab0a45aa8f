"""From the packages' files, or INSEE's, to rows."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from maillage.core.errors import UserMistake
from maillage.importers.municipalities import fetch
from maillage.importers.municipalities.positions import COUNTRIES, locate
from maillage.importers.municipalities.schema import (
    INSEE_COLUMNS,
    DepartmentRow,
    Division,
    IntermunicipalBodyRow,
    MunicipalityRow,
    RegionRow,
)


def read_division(*, folder: Path | None = None, positions: bool = True) -> Division:
    """Read the present communes (overseas collectivities included), EPCI, départements and régions."""
    communes = fetch.division_file("communes", folder=folder)
    bodies = tuple(
        IntermunicipalBodyRow(
            siren=row["code"],
            name=row["nom"],
            kind=row["type"],
            members=tuple(member["code"] for member in row["membres"]),
        )
        for row in fetch.division_file("epci", folder=folder)
    )
    body_of = {code: body.siren for body in bodies for code in body.members}
    joined = _joined(communes)
    rows = tuple(
        MunicipalityRow(
            code=row["code"],
            name=row["nom"],
            department=row["departement"],
            region=row["region"],
            epci=body_of.get(row["code"]),
            population=row.get("population"),
            postcodes=tuple(row.get("codesPostaux", ())),
            siren=row.get("siren"),
            former_codes=(*row.get("anciensCodes", ()), *(code for code, _ in joined[row["code"]])),
            former_names=tuple(name for _, name in joined[row["code"]] if name != row["nom"]),
        )
        for row in communes
        if row["type"] == "commune-actuelle"
    )
    if positions:
        rows = _located(rows, folder)
    return Division(_regions(rows, folder), _departments(rows, folder), bodies, rows)


def _joined(communes: list[dict[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """Code and name of what each present commune contains: delegated and associated communes,
    arrondissements.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in communes:
        holder = row.get("chefLieu") or row.get("commune")
        if row["type"] != "commune-actuelle" and holder:
            found[holder].append((row["code"], row["nom"]))
    return found


def _located(rows: tuple[MunicipalityRow, ...], folder: Path | None) -> tuple[MunicipalityRow, ...]:
    known = {row.code for row in rows}
    successors = {former: row.code for row in rows for former in row.former_codes if former not in known}
    points = locate(rows, fetch.city_lines(COUNTRIES, folder=folder), successors)
    return tuple(
        replace(row, latitude=points[row.code][0], longitude=points[row.code][1])
        if row.code in points
        else row
        for row in rows
    )


# Overseas collectivities are neither départements nor régions: the package does not name them, INSEE's code does.
_COLLECTIVITIES = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "984": "Terres australes et antarctiques françaises",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
    "989": "Île de Clipperton",
}


def _departments(rows: tuple[MunicipalityRow, ...], folder: Path | None) -> tuple[DepartmentRow, ...]:
    named = [
        DepartmentRow(row["code"], row["nom"], row["region"])
        for row in fetch.division_file("departements", folder=folder)
    ]
    known = {row.code for row in named}
    others = sorted({row.department for row in rows} - known)
    return (*named, *(DepartmentRow(code, _COLLECTIVITIES[code], code) for code in others))


def _regions(rows: tuple[MunicipalityRow, ...], folder: Path | None) -> tuple[RegionRow, ...]:
    named = [RegionRow(row["code"], row["nom"]) for row in fetch.division_file("regions", folder=folder)]
    others = sorted({row.region for row in rows} - {row.code for row in named})
    return (*named, *(RegionRow(code, _COLLECTIVITIES[code]) for code in others))


def read_insee_csv(path: Path) -> Iterator[MunicipalityRow]:
    """Yield the communes of INSEE's « code officiel géographique » (``v_commune_AAAA.csv``), delegated ones
    left out.

    Raises ``UserMistake`` when the file is not that one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserMistake(
            f"Le fichier « {path.name} » ne se lit pas. Téléchargez-le de nouveau à l’INSEE."
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text[:400] else ",")
    lacking = [name for name in INSEE_COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise UserMistake(
            f"« {path.name} » n’est pas la liste des communes de l’INSEE : il manque {', '.join(lacking)}."
        )
    for row in reader:
        if row["TYPECOM"] == "COM":
            yield MunicipalityRow(
                code=row["COM"],
                name=row["LIBELLE"].replace("’", "'"),
                department=row["DEP"],
                region=row["REG"],
            )
