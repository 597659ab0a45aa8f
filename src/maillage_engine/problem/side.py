"""One side of a problem: its needs or its offers, as frozen arrays validated at birth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from maillage_engine.arrays import (
    AnyArray,
    Bools,
    Bytes,
    Floats,
    Int16s,
    Int32s,
    Int64s,
    UInt64s,
    frozen,
)
from maillage_engine.errors import InvalidProblem
from maillage_engine.problem.calendar import week_hours, week_words
from maillage_engine.problem.dimensions import DIMENSIONS
from maillage_engine.problem.geography import limits_metres, positions
from maillage_engine.problem.schema import Attribute, attributes
from maillage_engine.text.vectors import MAX_LENGTH, squared_lengths

_ACCEPTED = {"b": "biu", "i": "biu", "u": "biu", "f": "biuf"}
_ATTRIBUTE_OF = {"ids": "id", "types": "type", "texts": "text", "vectors": "vector"}


@dataclass(frozen=True, eq=False)
class Side:
    """The needs, or the offers: n rows. Build it with ``Side.build``.

    ``ids``, ``texts``: n strings, ids unique and not empty. Arrays of shape (n,) unless said: ``types`` int32,
    ``vectors`` int16 (n, d), ``quantity`` and ``minimum`` float64 in the base unit of ``dimension`` (int8, index
    in ``DIMENSIONS``) over 12 months, ``latitude`` and ``longitude`` float64 degrees, ``approximate`` bool,
    ``reach_km`` float64, ``from_day``, ``until_day`` and ``confirmed_day`` int32 days since 1970-01-01, ``week``
    uint8 (n, 21), ``months`` uint8 (n, 12), ``party`` int32, ``holds`` and ``requires`` uint64 bit sets.
    Defaults, units and meanings are those of ``schema.csv``.
    """

    ids: tuple[str, ...]
    types: Int32s
    texts: tuple[str, ...]
    vectors: Int16s
    quantity: Floats
    minimum: Floats
    dimension: np.ndarray[Any, np.dtype[np.int8]]
    latitude: Floats
    longitude: Floats
    approximate: Bools
    reach_km: Floats
    from_day: Int32s
    until_day: Int32s
    week: Bytes
    months: Bytes
    confirmed_day: Int32s
    party: Int32s
    holds: UInt64s
    requires: UInt64s

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(self.ids))
        object.__setattr__(self, "texts", tuple(self.texts))
        _check_texts(self.ids, self.texts)
        for name in self.array_names():
            array = _checked_array(name, getattr(self, name), rows=len(self.ids))
            object.__setattr__(self, name, array)
        _check_values(self)

    @classmethod
    def build(cls, *, ids: Sequence[str], texts: Sequence[str], **given: object) -> "Side":
        """Return a side of n rows where each attribute that is not given takes its default of ``schema.csv``.

        Raises ``InvalidProblem`` naming the attribute and the row, and for a name that is not an attribute.
        """
        unknown = sorted(set(given) - set(cls.array_names()))
        if unknown:
            raise InvalidProblem(unknown[0], "cet attribut n’existe pas ; voyez schema.csv.")
        arrays: dict[str, Any] = {}
        for name in cls.array_names():
            value = given.get(name)
            arrays[name] = _default_array(name, len(ids)) if value is None else value
        return cls(ids=tuple(ids), texts=tuple(texts), **arrays)

    @classmethod
    def empty(cls, *, vector_width: int = 0) -> "Side":
        """Return a side without any row."""
        return cls.build(ids=(), texts=(), vectors=np.zeros((0, vector_width), dtype=np.int16))

    @classmethod
    def array_names(cls) -> tuple[str, ...]:
        """The names of the attributes that are arrays, in the order of the class."""
        return tuple(field.name for field in fields(cls) if field.name not in {"ids", "texts"})

    def __len__(self) -> int:
        return len(self.ids)

    def arrays(self) -> Mapping[str, AnyArray]:
        """Each array by its name."""
        return {name: getattr(self, name) for name in self.array_names()}

    @cached_property
    def located(self) -> Bools:
        """(n,) whether the place is known."""
        located: Bools = ~(np.isnan(self.latitude) | np.isnan(self.longitude))
        return located

    @cached_property
    def metres(self) -> Int64s:
        """(n, 3) whole metres from the centre of the Earth."""
        return positions(self.latitude, self.longitude)

    @cached_property
    def limit_m(self) -> Int32s:
        """(n,) accepted distance in whole metres."""
        return limits_metres(self.reach_km)

    @cached_property
    def week_words(self) -> UInt64s:
        """(n, 3) the week in words of 64 hours."""
        return week_words(self.week)

    @cached_property
    def week_hours(self) -> Bools:
        """(n, 168) whether each hour of the week suits."""
        return week_hours(self.week)

    @cached_property
    def wanted_time(self) -> Int64s:
        """(n,) hours of the week × weight of the year's months: what the calendar's share is counted on."""
        hours = self.week_hours.sum(axis=1, dtype=np.int64)
        wanted: Int64s = hours * self.months.sum(axis=1, dtype=np.int64)
        return wanted

    @cached_property
    def id_rank(self) -> Int32s:
        """(n,) the place of each row when ids are sorted: the last tie-break."""
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        rank = np.empty(len(self.ids), dtype=np.int32)
        rank[order] = np.arange(len(self.ids), dtype=np.int32)
        return rank


def attribute_of(name: str) -> Attribute:
    """Return the schema's line of a field of ``Side``."""
    return attributes()[_ATTRIBUTE_OF.get(name, name)]


def _default_array(name: str, rows: int) -> AnyArray:
    attribute = attribute_of(name)
    shape = (rows,) if attribute.width is None else (rows, attribute.width)
    return np.full(shape, attribute.default_value, dtype=attribute.dtype)


def _check_texts(ids: tuple[str, ...], texts: tuple[str, ...]) -> None:
    if len(texts) != len(ids):
        raise InvalidProblem("text", f"{len(texts)} textes pour {len(ids)} identifiants ; donnez-en autant.")
    seen: set[str] = set()
    for row, one in enumerate(ids):
        if not one:
            raise InvalidProblem("id", "l’identifiant est vide ; donnez-en un.", row=row)
        if one in seen:
            raise InvalidProblem(
                "id", f"« {one} » est déjà pris ; un identifiant ne sert qu’une fois.", row=row
            )
        seen.add(one)


def _checked_array(name: str, value: object, *, rows: int) -> AnyArray:
    attribute = attribute_of(name)
    array = np.asarray(value)
    if array.size and array.dtype.kind not in _ACCEPTED[attribute.dtype.kind]:
        wanted = attribute.dtype.name
        raise InvalidProblem(
            attribute.name, f"les valeurs sont du type {array.dtype.name}, il faut {wanted}."
        )
    expected = (rows,) if attribute.width is None else (rows, attribute.width or array.shape[-1])
    if array.shape != expected:
        raise InvalidProblem(
            attribute.name, f"la forme est {array.shape}, il faut {expected} ; une ligne par identifiant."
        )
    with np.errstate(over="ignore", invalid="ignore"):
        converted = array.astype(attribute.dtype)
    changed = (converted != array) & (array == array)
    _refuse(
        attribute.name,
        changed.any(axis=1) if changed.ndim > 1 else changed,
        f"la valeur ne tient pas dans {attribute.dtype.name}.",
    )
    return frozen(converted)


def _refuse(attribute: str, faulty: Bools, message: str) -> None:
    rows = np.flatnonzero(faulty)
    if len(rows):
        raise InvalidProblem(attribute, message, row=int(rows[0]))


def _check_values(side: Side) -> None:
    _refuse("type", side.types < -1, "le plus petit type est -1 (inconnu).")
    _refuse("vector", squared_lengths(side.vectors) > MAX_LENGTH**2, "vecteur trop long ; quantifiez-le.")
    _refuse("quantity", ~np.isnan(side.quantity) & ~_positive(side.quantity), "il faut plus de 0, ou NaN.")
    _refuse("minimum", ~(_positive(side.minimum) | (side.minimum == 0)), "il faut 0 ou plus.")
    _refuse(
        "dimension",
        (side.dimension < -1) | (side.dimension >= len(DIMENSIONS)),
        f"il faut -1 ou un indice de 0 à {len(DIMENSIONS) - 1}.",
    )
    _refuse("latitude", _outside(side.latitude, 90), "il faut un nombre entre -90 et 90, ou NaN.")
    _refuse("longitude", _outside(side.longitude, 180), "il faut un nombre entre -180 et 180, ou NaN.")
    _refuse("reach_km", (side.reach_km < 0) | np.isinf(side.reach_km), "il faut 0 ou plus, ou NaN.")
    _refuse("until_day", side.until_day < side.from_day, "la fin vient avant le début ; échangez-les.")
    _refuse("months", np.any(side.months > 100, axis=1), "il faut des poids entre 0 et 100.")
    _refuse("party", side.party < -1, "il faut -1 (inconnue) ou plus.")


def _positive(values: Floats) -> Bools:
    positive: Bools = (values > 0) & np.isfinite(values)
    return positive


def _outside(degrees: Floats, bound: int) -> Bools:
    outside: Bools = (np.abs(degrees) > bound) | np.isinf(degrees)
    return outside
