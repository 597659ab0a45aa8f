"""Quantities, their units and their dimensions; conversion, never by silent guess.

The units are rows of ``units.csv``: a factor to the base unit of the dimension, its source, and the spellings
people use. Two units of different dimensions never convert: the error names both.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, fold, number, plural


class Dimension(StrEnum):
    """What a quantity measures; two quantities compare only inside one dimension."""

    MASS = "mass"
    VOLUME = "volume"
    AREA = "area"
    ENERGY = "energy"
    TIME = "time"
    COUNT = "count"
    MONEY = "money"
    DISTANCE = "distance"
    AREA_TIME = "area_time"
    USE_TIME = "use_time"


DIMENSION_LABELS: dict[Dimension, str] = {
    Dimension.MASS: "une masse",
    Dimension.VOLUME: "un volume",
    Dimension.AREA: "une surface",
    Dimension.ENERGY: "une énergie",
    Dimension.TIME: "du temps de travail",
    Dimension.COUNT: "un nombre",
    Dimension.MONEY: "une somme d’argent",
    Dimension.DISTANCE: "une distance",
    Dimension.AREA_TIME: "une surface sur une durée",
    Dimension.USE_TIME: "une durée d’utilisation",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of ``units.csv``; ``factor`` multiplies a value into the base unit of ``dimension``."""

    code: str
    label: str
    plural: str
    symbol: str
    dimension: Dimension
    factor: Decimal
    source: str
    aliases: tuple[str, ...]


class UnknownUnit(UserMistake):
    """The text names no unit of ``units.csv``."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"L’unité « {text} » n’est pas connue. Écrivez par exemple kg, t, m², h, places ou €.",
            field="unit",
        )


class IncompatibleUnits(UserMistake):
    """Two units measure different things."""

    def __init__(self, one: Unit, other: Unit) -> None:
        super().__init__(
            f"« {one.label} » mesure {DIMENSION_LABELS[one.dimension]}, « {other.label} » mesure "
            f"{DIMENSION_LABELS[other.dimension]} : l’un ne se convertit pas en l’autre.",
            field="unit",
        )


@cache
def units() -> dict[str, Unit]:
    """Every unit, by code, in the order of the file."""
    text = files("maillage.core").joinpath("units.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Unit(
            code=row["code"],
            label=row["label"].replace("'", "’"),
            plural=row["plural"].replace("'", "’"),
            symbol=row["symbol"],
            dimension=Dimension(row["dimension"]),
            factor=Decimal(row["factor"]),
            source=row["source"],
            aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        )
        for row in csv.DictReader(text.splitlines())
    }


def _unit_key(text: str) -> str:
    plain = text.strip().replace("²", "2").replace("³", "3").replace("€", " euro ").replace("·", " ")
    return fold(plain)


@cache
def _by_spelling() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for unit in units().values():
        for spelling in (unit.code, unit.label, unit.plural, unit.symbol, *unit.aliases):
            found.setdefault(_unit_key(spelling), unit)
    found.pop("", None)
    return found


def unit_named(text: str) -> Unit:
    """Return the unit that ``text`` names by code, label, symbol or alias; raise ``UnknownUnit`` otherwise."""
    unit = units().get(text) or _by_spelling().get(_unit_key(text))
    if unit is None:
        raise UnknownUnit(text)
    return unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a unit; converts inside its dimension only."""

    value: Decimal
    unit: Unit

    @classmethod
    def of(cls, value: Decimal | int | str, unit: str) -> "Quantity":
        """Build from a number and any spelling of a unit; raise ``UserMistake`` when either is not understood."""
        try:
            exact = Decimal(value)
        except InvalidOperation as error:
            raise UserMistake(f"« {value} » n’est pas un nombre.", field="quantity") from error
        return cls(exact, unit_named(unit))

    def to(self, unit: Unit) -> "Quantity":
        """Return the same quantity in another unit of the same dimension; raise ``IncompatibleUnits`` otherwise."""
        if unit.dimension is not self.unit.dimension:
            raise IncompatibleUnits(self.unit, unit)
        return Quantity(self.value * self.unit.factor / unit.factor, unit)

    @property
    def in_base(self) -> Decimal:
        """The value in the base unit of the dimension."""
        return self.value * self.unit.factor

    def __str__(self) -> str:
        name = self.unit.symbol or plural(self.value, self.unit.label, self.unit.plural)
        if name in {self.unit.plural} and self.unit.symbol:
            name = plural(self.value, self.unit.label, self.unit.plural)
        return f"{number(self.value)}{NBSP}{name}"
