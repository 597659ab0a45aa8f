"""Reads the catalogue's files, checks them, and says every fault at once; works without Django.

A branch file holds types, a ``links-*.yaml`` file says what an offer can answer besides its own type, and
``authorisations.yaml`` names what the law asks. ``schema.json`` holds the form, this file the cross checks.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from maillage.core.french import fold
from maillage.core.quantities import DIMENSION_LABELS, Dimension, units
from maillage.domain.catalogue.faults import CatalogueFault, Fault, form_fault

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader  # type: ignore[assignment]  # same interface, another class

DEEPEST = 4
_DATA = Path(__file__).with_name("data")
_AUTHORISATIONS = "authorisations.yaml"


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One type of resource, as written in its branch file."""

    code: str
    kind: str
    label: str
    definition: str
    parent: str | None
    dimension: str
    unit: str
    waste_code: str | None
    requires: tuple[str, ...]
    synonyms: tuple[str, ...]
    file: str

    @property
    def hazardous(self) -> bool:
        """Whether the European list marks this waste with a star; never written by hand."""
        return self.waste_code is not None and self.waste_code.endswith("*")


@dataclass(frozen=True, slots=True)
class LinkRow:
    """An offer of one type can answer a need of another type, under a condition."""

    offer: str
    need: str
    relation: str
    through: str | None
    condition: str
    closeness: float
    file: str

    @property
    def code(self) -> str:
        """How a fault names this link."""
        return f"{self.offer} → {self.need}"


@dataclass(frozen=True, slots=True)
class AuthorisationRow:
    """What the law asks of a provider or a receiver, with its source."""

    code: str
    label: str
    source: str


@dataclass(frozen=True, eq=False)
class CatalogueFiles:
    """The whole catalogue, checked: types in the order of the files, links, authorisations.

    Compared by identity, so that what is computed from it can be kept in memory under it.
    """

    version: str
    types: tuple[TypeRow, ...]
    links: tuple[LinkRow, ...]
    authorisations: tuple[AuthorisationRow, ...]

    @cached_property
    def by_code(self) -> Mapping[str, TypeRow]:
        """Every type by its code."""
        return {row.code: row for row in self.types}

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the more general types of ``code``, nearest first."""
        found: list[str] = []
        parent = self.by_code[code].parent
        while parent is not None:
            found.append(parent)
            parent = self.by_code[parent].parent
        return tuple(found)


def read_catalogue(folder: Path | None = None) -> CatalogueFiles:
    """Read and check the catalogue of ``folder``, or ours (kept in memory); raise ``CatalogueFault``."""
    return _ours() if folder is None else _read(folder)


@cache
def _ours() -> CatalogueFiles:
    return _read(_DATA)


def _read(folder: Path) -> CatalogueFiles:
    faults: list[Fault] = []
    documents = {path.name: _document(path, faults) for path in sorted(folder.glob("*.yaml"))}
    types, links, authorisations = _rows(documents)
    catalogue = CatalogueFiles(_version(folder, faults), types, links, authorisations)
    for check in _CHECKS:
        faults.extend(check(catalogue))
    if faults:
        raise CatalogueFault(faults)
    return catalogue


def _version(folder: Path, faults: list[Fault]) -> str:
    path = folder / "VERSION"
    version = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    if not version:
        faults.append(Fault("VERSION", "", "Le fichier manque ou est vide. Écrivez-y par exemple 2026.11."))
    return version


# --- from text to rows -----------------------------------------------------------------------------------


class _Loader(SafeLoader):
    """A safe loader that refuses a key written twice, which YAML would silently overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"« {key.value} » est écrit deux fois", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _document(path: Path, faults: list[Fault]) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader of ours
    except yaml.YAMLError as error:
        faults.append(Fault(path.name, "", _unreadable(error)))
        return {}
    except UnicodeDecodeError:
        faults.append(Fault(path.name, "", "Le fichier n’est pas en UTF-8. Enregistrez-le en UTF-8."))
        return {}
    form = _form_of(path.name)
    errors = list(_validator(form).iter_errors(content))
    faults.extend(sorted((form_fault(path.name, content, error) for error in errors), key=str))
    if errors:
        return _sound_part(content, form)
    if form == "types_file" and content["branch"] != path.stem:
        faults.append(Fault(path.name, "", f"La branche doit s’appeler comme le fichier : « {path.stem} »."))
    sound: dict[str, Any] = content
    return sound


def _unreadable(error: yaml.YAMLError) -> str:
    where, reason = "", str(error)
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        where, reason = f" à la ligne {error.problem_mark.line + 1}", str(error.problem)
    return f"Le fichier ne se lit pas{where} ({reason}). Vérifiez les retraits et les guillemets."


_LISTS = {"types_file": "types", "links_file": "links", "authorisations_file": "authorisations"}


def _form_of(name: str) -> str:
    if name == _AUTHORISATIONS:
        return "authorisations_file"
    return "links_file" if name.startswith("links-") else "types_file"


@cache
def _validator(form: str) -> Draft202012Validator:
    schema = json.loads((_DATA / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{form}", "$defs": schema["$defs"]})


def _sound_part(content: Any, form: str) -> dict[str, Any]:
    """Keep the lines whose form is right, so that the cross checks still speak about them."""
    name = _LISTS[form]
    lines = content.get(name) if isinstance(content, dict) else None
    if not isinstance(lines, list):
        return {}
    return {name: [line for line in lines if _validator(name.removesuffix("s")).is_valid(line)]}


def _rows(
    documents: Mapping[str, dict[str, Any]],
) -> tuple[tuple[TypeRow, ...], tuple[LinkRow, ...], tuple[AuthorisationRow, ...]]:
    types = tuple(
        TypeRow(
            **{
                "waste_code": None,
                **entry,
                "requires": tuple(entry.get("requires", ())),
                "synonyms": tuple(entry["synonyms"]),
                "file": name,
            }
        )
        for name, document in documents.items()
        for entry in document.get("types", ())
    )
    links = tuple(
        LinkRow(**{"through": None, **entry, "closeness": float(entry["closeness"])}, file=name)
        for name, document in documents.items()
        for entry in document.get("links", ())
    )
    authorisations = tuple(
        AuthorisationRow(**entry)
        for document in documents.values()
        for entry in document.get("authorisations", ())
    )
    return types, links, authorisations


# --- cross checks ----------------------------------------------------------------------------------------


def _repeated(rows: Iterable[TypeRow], key: Callable[[TypeRow], str], what: str) -> Iterator[Fault]:
    first: dict[str, TypeRow] = {}
    for row in rows:
        other = first.setdefault(key(row), row)
        if other is not row:
            yield Fault(row.file, row.code, f"{what} est déjà pris par « {other.code} » ({other.file}).")


def _check_unique(catalogue: CatalogueFiles) -> Iterator[Fault]:
    yield from _repeated(catalogue.types, lambda row: row.code, "Ce code")
    yield from _repeated(catalogue.types, lambda row: fold(row.label), "Ce libellé")
    for row in catalogue.types:
        folded = [fold(word) for word in (row.label, *row.synonyms)]
        for word in sorted({word for word in folded if folded.count(word) > 1}):
            yield Fault(row.file, row.code, f"Le synonyme « {word} » répète le libellé ou un autre synonyme.")
        if "" in folded:
            yield Fault(row.file, row.code, "Un synonyme ne contient ni lettre ni chiffre.")


def _check_parents(catalogue: CatalogueFiles) -> Iterator[Fault]:
    for row in catalogue.types:
        parent = catalogue.by_code.get(row.parent or "")
        if row.parent is not None and parent is None:
            yield Fault(row.file, row.code, f"Son parent « {row.parent} » n’existe pas.")
        elif parent is not None and parent.kind != row.kind:
            sentence = f"Son parent « {row.parent} » est d’une autre nature ({parent.kind}, pas {row.kind})."
            yield Fault(row.file, row.code, sentence)


def _check_depth(catalogue: CatalogueFiles) -> Iterator[Fault]:
    for row in catalogue.types:
        path, current = [row.code], row.parent
        while current is not None and current in catalogue.by_code and current not in path:
            path.append(current)
            current = catalogue.by_code[current].parent
        if current in path:
            loop = " > ".join([*path, str(current)])
            yield Fault(row.file, row.code, f"Ses parents tournent en rond : {loop}.")
        elif len(path) > DEEPEST:
            sentence = f"Il est au niveau {len(path)} ; l’arbre n’a que {DEEPEST} niveaux."
            yield Fault(row.file, row.code, sentence)


def _check_units(catalogue: CatalogueFiles) -> Iterator[Fault]:
    for row in catalogue.types:
        unit = units().get(row.unit)
        if unit is None:
            yield Fault(row.file, row.code, f"L’unité « {row.unit} » n’existe pas dans core/units.csv.")
        elif unit.dimension != row.dimension:
            yield Fault(
                row.file,
                row.code,
                f"L’unité « {row.unit} » mesure {DIMENSION_LABELS[unit.dimension]}, "
                f"pas {DIMENSION_LABELS[Dimension(row.dimension)]}.",
            )


def _check_authorisations(catalogue: CatalogueFiles) -> Iterator[Fault]:
    known: set[str] = set()
    for authorisation in catalogue.authorisations:
        if authorisation.code in known:
            yield Fault(_AUTHORISATIONS, authorisation.code, "Ce code est écrit deux fois.")
        known.add(authorisation.code)
    for row in catalogue.types:
        for code in row.requires:
            if code not in known:
                yield Fault(
                    row.file, row.code, f"L’autorisation « {code} » n’est pas dans {_AUTHORISATIONS}."
                )


def _check_links(catalogue: CatalogueFiles) -> Iterator[Fault]:
    first: dict[tuple[str, str], LinkRow] = {}
    for link in catalogue.links:
        for code in (link.offer, link.need, *([link.through] if link.through else [])):
            if code not in catalogue.by_code:
                yield Fault(link.file, link.code, f"Le type « {code} » n’existe pas.")
        if link.offer == link.need:
            yield Fault(link.file, link.code, "Un lien relie deux types différents.")
        through = catalogue.by_code.get(link.through or "")
        if through is not None and through.kind != "service":
            yield Fault(link.file, link.code, f"« {link.through} » n’est pas un service ({through.kind}).")
        other = first.setdefault((link.offer, link.need), link)
        if other is not link:
            yield Fault(link.file, link.code, f"Ce lien existe déjà dans {other.file}.")


_CHECKS = (_check_unique, _check_parents, _check_depth, _check_units, _check_authorisations, _check_links)
