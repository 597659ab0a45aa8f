"""Communes, EPCI, départements and régions of France."""

from maillage.importers.municipalities.gazetteer import Gazetteer, Position, default_gazetteer
from maillage.importers.municipalities.mapping import read_division, read_insee_csv
from maillage.importers.municipalities.schema import (
    DepartmentRow,
    Division,
    IntermunicipalBodyRow,
    MunicipalityRow,
    RegionRow,
)

__all__ = [
    "DepartmentRow",
    "Division",
    "Gazetteer",
    "IntermunicipalBodyRow",
    "MunicipalityRow",
    "Position",
    "RegionRow",
    "default_gazetteer",
    "read_division",
    "read_insee_csv",
]
