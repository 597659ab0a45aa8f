"""What writes in the room, one subject a file."""

from maillage.domain.places.operations.geography import (
    BodyRow,
    DepartmentRow,
    GeographyReport,
    MunicipalityRow,
    RegionRow,
    load_geography,
)
from maillage.domain.places.operations.outlines import OutlineReport, store_outlines
from maillage.domain.places.operations.positions import set_positions
from maillage.domain.places.operations.territories import create_territory, update_territory

__all__ = [
    "BodyRow",
    "DepartmentRow",
    "GeographyReport",
    "MunicipalityRow",
    "OutlineReport",
    "RegionRow",
    "create_territory",
    "load_geography",
    "set_positions",
    "store_outlines",
    "update_territory",
]
