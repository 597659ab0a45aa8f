"""Reads the recipes' files, checks them, and says every fault at once with its line; works without Django.

A recipe says what it takes and what it gives, in types of the catalogue; each quantity has a source, or says what is
to be specified. ``schema.json`` holds the form, this file the cross checks.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from maillage.core.periods import Period
from maillage.core.quantities import DIMENSION_LABELS, Dimension, units
from maillage.domain.catalogue.files import CatalogueFiles, read_catalogue
from maillage.domain.catalogue.recipe_faults import RecipeFault, RecipesFault, form_sentence
from maillage.domain.catalogue.recipe_lines import Lines, Unreadable, read_lines

_DATA = Path(__file__).with_name("data") / "recipes"


@dataclass(frozen=True, slots=True)
class RecipeRole:
    """A part to play; ``label`` reads after « il manque ». ``place``: it says where the recipe is carried out."""

    code: str
    label: str
    requires: tuple[str, ...]
    place: bool


@dataclass(frozen=True, slots=True)
class RecipeFlow:
    """One thing taken or given. Exactly one of ``source`` and ``to_specify`` is written.

    ``quantity`` None: it is not known yet, somebody or something is needed all the same. ``once``: the quantity is
    the same whatever the size of the recipe. ``residue``: something to get rid of.
    """

    type_code: str
    role: str
    quantity: float | None
    unit: str
    period: Period
    once: bool
    option: str
    residue: bool
    source: str
    to_specify: str

    @property
    def sure(self) -> bool:
        """Whether the quantity has a source."""
        return bool(self.source)


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """One recipe, as written; ``largest`` is None without a limit. ``file`` and ``line`` say where."""

    code: str
    label: str
    theme: str
    counted_in: str
    choice: str
    largest: float | None
    largest_note: str
    roles: tuple[RecipeRole, ...]
    takes: tuple[RecipeFlow, ...]
    gives: tuple[RecipeFlow, ...]
    conditions: tuple[str, ...]
    file: str
    line: int

    def role(self, code: str) -> RecipeRole | None:
        """Return a role by its code."""
        return next((role for role in self.roles if role.code == code), None)


@dataclass(frozen=True, eq=False)
class Recipes:
    """Every recipe, in the order of the files."""

    recipes: tuple[RecipeRow, ...]

    def by_code(self, code: str) -> RecipeRow:
        """Return a recipe; raise ``KeyError`` when there is none."""
        for row in self.recipes:
            if row.code == code:
                return row
        raise KeyError(code)


def read_recipes(folder: Path | None = None, catalogue: CatalogueFiles | None = None) -> Recipes:
    """Read and check the recipes of ``folder``, or ours (kept in memory); raise ``RecipesFault``."""
    if folder is None and catalogue is None:
        return _ours()
    return _read(folder or _DATA, catalogue or read_catalogue())


@cache
def _ours() -> Recipes:
    return _read(_DATA, read_catalogue())


def _read(folder: Path, catalogue: CatalogueFiles) -> Recipes:
    faults: list[RecipeFault] = []
    rows: list[RecipeRow] = []
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        faults.append(RecipeFault(folder.name, None, "", "Ce dossier n’a aucun fichier de recettes (.yaml)."))
    for path in paths:
        rows.extend(_file(path, catalogue, faults))
    faults.extend(_repeated(rows))
    if faults:
        raise RecipesFault(faults)
    return Recipes(tuple(rows))


def _file(path: Path, catalogue: CatalogueFiles, faults: list[RecipeFault]) -> Iterator[RecipeRow]:
    try:
        content, lines = read_lines(path)
    except Unreadable as error:
        faults.append(RecipeFault(path.name, error.line, "", error.sentence))
        return
    for broken in _validator("file").iter_errors(content):
        place = list(broken.absolute_path)
        faults.append(
            RecipeFault(path.name, lines.at(place), _named(content, place), form_sentence(broken, place))
        )
    entries = content.get("recipes") if isinstance(content, dict) else None
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        if _validator("recipe").is_valid(entry):
            row = _row(entry, str(content.get("theme", "")), path.name, lines.at(["recipes", at]) or 0)
            yield row
            faults.extend(_check(row, catalogue, lines, at))


@cache
def _validator(form: str) -> Draft202012Validator:
    schema = json.loads((_DATA / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{form}", "$defs": schema["$defs"]})


def _named(content: Any, place: list[Any]) -> str:
    if len(place) < 2 or not isinstance(content["recipes"][place[1]], dict):
        return ""
    return str(content["recipes"][place[1]].get("code", f"recette n° {place[1] + 1}"))


def _row(entry: dict[str, Any], theme: str, file: str, line: int) -> RecipeRow:
    largest = entry.get("largest", {})
    return RecipeRow(
        code=entry["code"],
        label=entry["label"],
        theme=theme,
        counted_in=entry["counted_in"],
        choice=entry.get("choice", ""),
        largest=float(largest["quantity"]) if largest else None,
        largest_note=largest.get("source", largest.get("to_specify", "")),
        roles=tuple(
            RecipeRole(
                one["code"], one["label"], tuple(one.get("requires", ())), bool(one.get("place", False))
            )
            for one in entry["roles"]
        ),
        takes=tuple(_flow(one) for one in entry["takes"]),
        gives=tuple(_flow(one) for one in entry["gives"]),
        conditions=tuple(entry.get("conditions", ())),
        file=file,
        line=line,
    )


def _flow(entry: dict[str, Any]) -> RecipeFlow:
    quantity = entry.get("quantity")
    return RecipeFlow(
        type_code=entry["type"],
        role=entry.get("role", ""),
        quantity=None if quantity is None else float(quantity),
        unit=entry.get("unit", ""),
        period=Period(entry.get("period", Period.YEAR)),
        once=entry.get("counts") == "once",
        option=entry.get("option", ""),
        residue=bool(entry.get("residue", False)),
        source=entry.get("source", ""),
        to_specify=entry.get("to_specify", ""),
    )


# --- cross checks ----------------------------------------------------------------------------------------


def _repeated(rows: Iterable[RecipeRow]) -> Iterator[RecipeFault]:
    first: dict[str, RecipeRow] = {}
    for row in rows:
        other = first.setdefault(row.code, row)
        if other is not row:
            where = f"{other.file}, ligne {other.line}"
            yield RecipeFault(row.file, row.line, row.code, f"Ce code est déjà pris ({where}).")


def _check(row: RecipeRow, catalogue: CatalogueFiles, lines: Lines, at: int) -> Iterator[RecipeFault]:
    def fault(place: list[Any], sentence: str) -> RecipeFault:
        return RecipeFault(row.file, lines.at(["recipes", at, *place]), row.code, sentence)

    authorisations = {one.code for one in catalogue.authorisations}
    codes = [role.code for role in row.roles]
    for number, role in enumerate(row.roles):
        if codes.index(role.code) != number:
            yield fault(["roles", number], f"Le rôle « {role.code} » est écrit deux fois.")
        for code in role.requires:
            if code not in authorisations:
                yield fault(["roles", number], f"L’autorisation « {code} » n’est pas dans le catalogue.")
        if not any(flow.role == role.code for flow in row.takes):
            yield fault(["roles", number], f"Le rôle « {role.code} » n’apporte rien dans « takes ».")
    if sum(role.place for role in row.roles) > 1:
        yield fault(["roles"], "Deux rôles disent le lieu ; gardez « place » sur un seul.")
    for side, flows in (("takes", row.takes), ("gives", row.gives)):
        for number, flow in enumerate(flows):
            for sentence in _flow_faults(row, flow, catalogue, taken=side == "takes"):
                yield fault([side, number], sentence)


def _flow_faults(
    row: RecipeRow, flow: RecipeFlow, catalogue: CatalogueFiles, *, taken: bool
) -> Iterator[str]:
    found = catalogue.by_code.get(flow.type_code)
    if found is None:
        yield f"Le type « {flow.type_code} » n’est pas dans le catalogue."
    if taken and row.role(flow.role) is None:
        yield f"Le rôle « {flow.role} » n’est pas dans « roles »."
    if not flow.unit:
        return
    unit = units().get(flow.unit)
    if unit is None:
        yield f"L’unité « {flow.unit} » n’existe pas dans core/units.csv."
    elif found is not None and unit.dimension != found.dimension:
        yield (
            f"L’unité « {flow.unit} » mesure {DIMENSION_LABELS[unit.dimension]}, et « {flow.type_code} » se compte "
            f"en {DIMENSION_LABELS[Dimension(found.dimension)]}."
        )
