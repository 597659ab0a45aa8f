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


# Units whose French name is feminine, by the first word of their label.
FEMININE = frozenset({"tonne", "heure", "minute", "demi-journée", "unité", "place", "personne"})
HALF, DAY_AND_A_HALF = Decimal("0.5"), Decimal("1.5")
_DAYS, _HALF_DAYS = frozenset({"j", "j_usage"}), frozenset({"dj", "dj_usage"})


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

    @property
    def is_feminine(self) -> bool:
        """Whether what is counted in it takes the feminine: « 8 t promises », « 8 kg promis »."""
        return self.label.split()[0] in FEMININE


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
        return counted(self.value, self.unit)


def counted(value: Decimal, unit: Unit, *, digits: int = 2) -> str:
    """Write a number and its unit as people do: « 12,5 t », « 1 place », « une journée et demie », « 2,5 jours »."""
    if unit.code in _DAYS | _HALF_DAYS:
        return _days_said(value, unit, digits)
    has_symbol = unit.symbol and unit.symbol not in {unit.label, unit.plural}
    name = unit.symbol if has_symbol else plural(value, unit.label, unit.plural)
    return f"{number(value, digits=digits)}{NBSP}{name}"


def _days_said(value: Decimal, unit: Unit, digits: int) -> str:
    """Say days and half-days: the half alone and the day and a half in words, all else in figures.

    Half-days stay half-days: three mornings are not a day and a half.
    """
    if unit.code in _HALF_DAYS:
        if value == 1:
            return "une demi-journée"
        return f"{number(value, digits=digits)}{NBSP}{plural(value, 'demi-journée', 'demi-journées')}"
    if value == HALF:
        return "une demi-journée"
    if value == DAY_AND_A_HALF:
        return "une journée et demie"
    return f"{number(value, digits=digits)}{NBSP}{plural(value, 'jour', 'jours')}"
