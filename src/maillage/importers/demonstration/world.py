"""The world the demonstration is checked against: our catalogue, and the communes of France."""

from pathlib import Path

from maillage.domain.catalogue.files import read_catalogue
from maillage.importers.demonstration.read import World
from maillage.importers.demonstration.schema import CommuneRow
from maillage.importers.municipalities import read_division


def our_world(*, packages: Path | None = None) -> World:
    """Read the catalogue and the communes; ``packages`` is the folder of the npm packages."""
    division = read_division(folder=packages, positions=False)
    communes = tuple(CommuneRow(row.code, row.department, row.epci) for row in division.municipalities)
    return World(catalogue=read_catalogue(), communes=communes)
