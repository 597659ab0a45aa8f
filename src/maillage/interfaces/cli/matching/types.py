"""The type of a line: what its cell says, by code, name or synonym; else what its words propose."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.core.french import fold
from maillage.domain.catalogue.files import CatalogueFiles
from maillage.domain.catalogue.words import propose_types
from maillage.interfaces.cli.matching.line import Line
from maillage_engine import Link, ResourceType, TypeTable
from maillage_engine.problem.problem import HAZARD_CODE

SURE = 0.7
"""A type proposed with less is left unknown: the words alone then decide, and nothing is refused for its type.

Chosen by measure, on twenty needs and 237 offers: the right offer is among the first ten for 80 % of the needs with
0.7, 65 % with 0.6 (types wrongly guessed refuse good answers), 70 % without any proposed type.
"""


@dataclass(frozen=True, slots=True)
class FoundType:
    """``said`` when the cell gave it; else ``because`` quotes the words that proposed it."""

    code: str | None
    said: bool = False
    because: str = ""


class TypeReader:
    """Reads types and authorisations with one catalogue."""

    def __init__(self, catalogue: CatalogueFiles) -> None:
        self._catalogue = catalogue
        self._named: dict[str, str] = {}
        for row in catalogue.types:
            for name in (row.code, row.label):
                self._named.setdefault(fold(name), row.code)
        for row in catalogue.types:
            for name in row.synonyms:
                self._named.setdefault(fold(name), row.code)
        self._authorisations = {
            fold(name): row.code for row in catalogue.authorisations for name in (row.code, row.label)
        }

    def read(self, cell: str, *, title: str, words: str) -> FoundType:
        """Return the type of a line; an unknown cell is read as words."""
        if cell and fold(cell) in self._named:
            return FoundType(self._named[fold(cell)], said=True)
        for text in (cell, title, words):
            proposals = propose_types(text, self._catalogue, limit=1) if text else []
            if proposals and proposals[0].score >= SURE:
                return FoundType(proposals[0].code, because=proposals[0].because)
        return FoundType(None)

    def authorisations(self, words: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return the codes of the authorisations that are known, and the words that are not."""
        said = [one for one in words if one.strip()]
        known = [self._authorisations[fold(one)] for one in said if fold(one) in self._authorisations]
        return known, [one for one in said if fold(one) not in self._authorisations]


def demanded(catalogue: CatalogueFiles, need: Line, offer: Line) -> list[str]:
    """Return the names of the authorisations that the law or the need asks of whoever provides this offer."""
    codes = set(need.requires)
    for code in (need.type_code, offer.type_code):
        if code is not None:
            row = catalogue.by_code[code]
            codes.update(row.requires)
            codes.update({HAZARD_CODE} if row.hazardous else ())
    return [row.label for row in catalogue.authorisations if row.code in codes]


def type_table(catalogue: CatalogueFiles, *, authorisations_said: bool = True) -> TypeTable:
    """Return the catalogue as the engine's table of types.

    When the offers say nothing of their authorisations, none is demanded: what is unknown is to be checked, not
    refused (``demanded`` says what to check).
    """
    return TypeTable(
        types=tuple(
            ResourceType(
                code=row.code,
                label=row.label,
                kind=row.kind,
                parent=row.parent,
                dimension=row.dimension,
                hazardous=row.hazardous and authorisations_said,
                requires=row.requires if authorisations_said else (),
            )
            for row in catalogue.types
        ),
        links=tuple(
            Link(
                offer=row.offer,
                need=row.need,
                closeness=row.closeness,
                relation=row.relation,
                condition=row.condition,
            )
            for row in catalogue.links
        ),
    )
