"""What reads in the room, one subject a file."""

from maillage.domain.places.queries.ground import territory_map
from maillage.domain.places.queries.naming import (
    AmbiguousMunicipality,
    UnknownMunicipality,
    municipality_named,
)
from maillage.domain.places.queries.positions import (
    NamedPoint,
    Position,
    position_of,
    positions_of,
    towns_of,
)
from maillage.domain.places.queries.search import (
    MunicipalityFound,
    Suggestion,
    search_municipalities,
    suggest_municipalities,
)

__all__ = [
    "AmbiguousMunicipality",
    "MunicipalityFound",
    "NamedPoint",
    "Position",
    "Suggestion",
    "UnknownMunicipality",
    "municipality_named",
    "position_of",
    "positions_of",
    "search_municipalities",
    "suggest_municipalities",
    "territory_map",
    "towns_of",
]
