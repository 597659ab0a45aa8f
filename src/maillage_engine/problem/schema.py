"""The one description of the attributes of an intent, read from ``schema.csv``.

Validation, the canonical files and the reference documentation all come from it.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

_TYPE = re.compile(r"(?P<kind>[a-z]+\d*)(?:\[(?P<width>\w+)\])?(?: (?P<format>\w+))?")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One line of ``schema.csv``.

    ``kind`` is ``text``, ``bool`` or a NumPy type name; ``width`` the number of columns (None: one value a row;
    0: as many as the encoder has); ``format`` how the canonical file writes it; ``status`` required, optional
    or computed.
    """

    name: str
    kind: str
    width: int | None
    format: str
    unit: str
    default: str
    description: str
    status: str

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """The NumPy type of the attribute's array; raise ``TypeError`` for a text."""
        return np.dtype(self.kind)

    @property
    def default_value(self) -> float | int:
        """The value of a row that says nothing."""
        return float(self.default) if self.kind.startswith("float") else int(self.default)


def _attribute(row: dict[str, str]) -> Attribute:
    found = _TYPE.fullmatch(row["type"])
    if found is None:
        raise ValueError(f"schema.csv: type {row['type']!r} of {row['attribute']!r} is not understood")
    width = found["width"]
    return Attribute(
        name=row["attribute"],
        kind=found["kind"],
        width=None if width is None else (int(width) if width.isdigit() else 0),
        format=found["format"] or found["kind"],
        unit=row["unit"],
        default=row["default"],
        description=row["description"],
        status=row["status"],
    )


@cache
def attributes() -> dict[str, Attribute]:
    """Every attribute of an intent by name, in the order of ``schema.csv``."""
    text = files("maillage_engine.problem").joinpath("schema.csv").read_text(encoding="utf-8")
    return {row["attribute"]: _attribute(row) for row in csv.DictReader(text.splitlines())}
