"""The types of the catalogue as the engine sees them: a tree, what each demands, and what answers what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from maillage_engine.arrays import UInt16s, UInt64s
from maillage_engine.errors import InvalidProblem
from maillage_engine.problem.compatibility import closeness_matrix
from maillage_engine.problem.dimensions import DIMENSIONS

UNKNOWN_TYPE = -1


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One line of the catalogue. ``parent`` is the code of a more general type; ``dimension`` a dimension's name.

    ``requires`` are codes of authorisations that whoever provides it must hold; a ``hazardous`` type demands
    ``dechets-dangereux`` besides.
    """

    code: str
    label: str = ""
    kind: str = ""
    parent: str | None = None
    dimension: str | None = None
    hazardous: bool = False
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An offer of type ``offer`` can answer a need of type ``need``, if ``condition`` holds.

    ``closeness`` is above 0 and at most 1; it is kept in thousandths.
    """

    offer: str
    need: str
    closeness: float
    relation: str = ""
    condition: str = ""

    @property
    def per_mille(self) -> int:
        """The closeness in thousandths."""
        return round(self.closeness * 1000)


@dataclass(frozen=True)
class TypeTable:
    """Every type that a problem speaks of, in an order that makes the index of each, and the links.

    Raises ``InvalidProblem`` on a code used twice, an unknown parent or end of a link, a cycle of parents, a
    closeness out of range, or an unknown dimension.
    """

    types: tuple[ResourceType, ...] = ()
    links: tuple[Link, ...] = ()
    index: Mapping[str, int] = field(init=False, repr=False, compare=False)
    parents: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", tuple(self.types))
        object.__setattr__(self, "links", tuple(self.links))
        index = {one.code: row for row, one in enumerate(self.types)}
        _check_types(self.types, index)
        _check_links(self.links, index)
        object.__setattr__(self, "index", index)
        parents = tuple(-1 if one.parent is None else index[one.parent] for one in self.types)
        object.__setattr__(self, "parents", parents)
        _check_no_cycle(self.types, parents)

    def __len__(self) -> int:
        return len(self.types)

    @cached_property
    def closeness(self) -> UInt16s:
        """(T + 1, T + 1) thousandths, [offer's type, need's type]; 0 where an offer cannot answer the need.

        The last row and column stand for the unknown type, so that index -1 falls on them.
        """
        links = [
            (self.index[one.offer], self.index[one.need], one.per_mille, one.relation) for one in self.links
        ]
        return closeness_matrix(self.parents, links)

    def required_bits(self, authorisations: Sequence[str]) -> UInt64s:
        """(T + 1,) the authorisations that each type demands, as bits over ``authorisations``; the last is 0."""
        bits = np.zeros(len(self.types) + 1, dtype=np.uint64)
        for row, one in enumerate(self.types):
            bits[row] = authorisation_bits(one.requires, authorisations)
        return bits


def authorisation_bits(codes: Sequence[str], authorisations: Sequence[str]) -> int:
    """Return the set of ``codes`` as bits over ``authorisations``; raise ``InvalidProblem`` on an unknown code."""
    bits = 0
    for code in codes:
        if code not in authorisations:
            raise InvalidProblem(
                "requires", f"l’autorisation « {code} » n’est pas dans la liste du problème ; ajoutez-la."
            )
        bits |= 1 << authorisations.index(code)
    return bits


def _check_types(types: tuple[ResourceType, ...], index: Mapping[str, int]) -> None:
    if len(index) != len(types):
        twice = next(one.code for row, one in enumerate(types) if index[one.code] != row)
        raise InvalidProblem("type", f"le code « {twice} » sert deux fois ; un type a un seul code.")
    for row, one in enumerate(types):
        if one.parent is not None and one.parent not in index:
            raise InvalidProblem(
                "type", f"le parent « {one.parent} » de « {one.code} » n’existe pas.", row=row
            )
        if one.dimension and one.dimension not in DIMENSIONS:
            raise InvalidProblem("type", f"la dimension « {one.dimension} » n’existe pas.", row=row)


def _check_links(links: tuple[Link, ...], index: Mapping[str, int]) -> None:
    for row, one in enumerate(links):
        for code in (one.offer, one.need):
            if code not in index:
                raise InvalidProblem("links", f"le type « {code} » n’existe pas.", row=row)
        if not 1 <= one.per_mille <= 1000:
            raise InvalidProblem("links", "la proximité doit être entre 0,001 et 1.", row=row)


def _check_no_cycle(types: tuple[ResourceType, ...], parents: tuple[int, ...]) -> None:
    for start in range(len(parents)):
        at, steps = start, 0
        while at != -1:
            at, steps = parents[at], steps + 1
            if steps > len(parents):
                raise InvalidProblem("type", f"« {types[start].code} » est son propre parent.", row=start)
