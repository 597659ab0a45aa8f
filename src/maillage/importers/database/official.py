"""Communes, EPCI, départements, régions and outlines, from the official files to the places room."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from maillage.domain.places.models import Municipality, PositionSource, Postcode
from maillage.domain.places.operations import (
    GeographyReport,
    OutlineReport,
    load_geography,
    store_outlines,
)
from maillage.importers.municipalities import MunicipalityRow, read_division, read_insee_csv
from maillage.importers.outlines import read_outlines


def import_division(*, folder: Path | None = None) -> GeographyReport:
    """Load the whole division of the npm packages; a second time changes nothing."""
    division = read_division(folder=folder)
    return load_geography(
        regions=division.regions,
        departments=division.departments,
        bodies=division.intermunicipal_bodies,
        municipalities=division.municipalities,
        source=PositionSource.PACKAGE,
    )


def import_insee_municipalities(*, path: Path) -> GeographyReport:
    """Load the list of communes of INSEE's « code officiel géographique » (``v_commune_AAAA.csv``).

    That file says neither EPCI, nor population, nor postcode, nor point: what is known of them stays. A commune of a
    département that was never loaded is refused with a sentence.
    """
    known = Municipality.objects.in_bulk()
    postcodes: dict[str, list[str]] = defaultdict(list)
    for code, postcode in Postcode.objects.order_by("code").values_list("municipality_id", "code"):
        postcodes[code].append(postcode)
    rows = [_completed(row, known.get(row.code), postcodes[row.code]) for row in read_insee_csv(path)]
    return load_geography(
        regions=(), departments=(), bodies=(), municipalities=rows, source=PositionSource.IMPORT
    )


def _completed(row: MunicipalityRow, known: Municipality | None, postcodes: list[str]) -> MunicipalityRow:
    if known is None:
        return row
    return replace(
        row,
        epci=known.intermunicipal_body_id,
        population=known.population,
        postcodes=tuple(postcodes),
    )


def import_outlines(*, source: Path | BinaryIO, vintage: str, origin: str) -> OutlineReport:
    """Store the official outlines of a GeoJSON; the middle of each becomes the point of its commune.

    ``vintage`` and ``origin`` are shown beside the map: « 2026 », « IGN Admin Express ».
    """
    rows = read_outlines(source)
    return store_outlines(outlines={row.code: row.polygons for row in rows}, vintage=vintage, source=origin)
