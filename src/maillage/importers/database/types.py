"""The type of resource that a line speaks of: said by its name, its code or a synonym, else proposed."""

from collections import defaultdict

from maillage.core.french import NBSP, fold
from maillage.core.quantities import units
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.models import ResourceType, Synonym
from maillage.domain.catalogue.words import propose_types
from maillage.importers.rows import Fault, TypedRow

_PROPOSALS = 5


class TypeWords:
    """The catalogue of this instance, by every word that says a type."""

    def __init__(self) -> None:
        self._types = {row.code: row for row in ResourceType.objects.filter(retired=False).order_by("path")}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._by_waste: dict[str, list[str]] = defaultdict(list)
        for row in self._types.values():
            for word in {fold(row.label), fold(row.code)}:  # once, when a code is its own label
                self._by_word[word].append(row.code)
            if row.waste_code:
                self._by_waste[row.waste_code].append(row.code)
        for code, text in Synonym.objects.order_by("resource_type_id", "text").values_list(
            "resource_type_id", "text"
        ):
            if code in self._types and code not in self._by_word[fold(text)]:
                self._by_word[fold(text)].append(code)

    def said(self, row: TypedRow) -> ResourceType | None:
        """Return the type that the cell names, with a unit that fits; None when it names none or several."""
        return self._only(self._by_word.get(fold(row.text("type")), []), row.text("unit"))

    def understood(self, row: TypedRow) -> tuple[ResourceType | None, Fault | None]:
        """Return the type of a line, and the remark that says how it was understood when it was not said."""
        found = self.said(row) if row.get("type") else None
        if found is not None:
            return found, None
        found = self._proposed(row)
        cell = row.text("type")[:60]
        if found is not None:
            because = f"«{NBSP}{cell}{NBSP}» n’est pas au catalogue. " if cell else ""
            sentence = f"{because}Type proposé d’après les mots : «{NBSP}{found.label}{NBSP}». À vérifier."
        elif cell:
            sentence = f"«{NBSP}{cell}{NBSP}» n’est pas au catalogue : le type reste à choisir."
        else:
            sentence = "Le type n’est pas dit et les mots n’en désignent aucun : il reste à choisir."
        return found, Fault(row.line, "Type", cell, sentence, blocking=False)

    def _proposed(self, row: TypedRow) -> ResourceType | None:
        unit = row.text("unit")
        for text in (row.text("type"), row.text("title")):
            exact = self._only(self._by_word.get(fold(text), []), unit)
            if exact is not None:
                return exact
        for text in (row.text("type"), row.text("title"), row.text("words")):
            for proposal in propose_types(text, read_catalogue(), limit=_PROPOSALS) if text else ():
                found = self._types.get(proposal.code)
                if found is not None and _fits(found, unit):
                    return found
        return self._only(self._by_waste.get(row.text("waste_code"), []), unit)

    def _only(self, codes: list[str], unit: str) -> ResourceType | None:
        """Return the one type of these that the unit measures."""
        fitting = [self._types[code] for code in codes if _fits(self._types[code], unit)]
        return fitting[0] if len(fitting) == 1 else None


def _fits(found: ResourceType, unit: str) -> bool:
    return not unit or units()[unit].dimension == found.dimension
