"""What quantities measure, and the unit in which the engine counts each of them."""

DIMENSIONS: tuple[str, ...] = (
    "mass",
    "volume",
    "area",
    "energy",
    "time",
    "count",
    "money",
    "distance",
    "area_time",
    "use_time",
)
"""Names by index: the ``dimension`` of a side and of a type points here."""

BASE_UNITS: dict[str, str] = {
    "mass": "kg",
    "volume": "m³",
    "area": "m²",
    "energy": "kWh",
    "time": "h",
    "count": "",
    "money": "€",
    "distance": "km",
    "area_time": "m²·jour",
    "use_time": "j",
}
"""The unit of one, by name of dimension; quantities of a problem are in it."""


def dimension_index(name: str | None) -> int:
    """Return the index of a dimension, -1 for none; raise ``KeyError`` when the name is not one."""
    if not name:
        return -1
    try:
        return DIMENSIONS.index(name)
    except ValueError as error:
        raise KeyError(name) from error
