"""The templates of agreements, read from ``data/*.yaml`` and checked; works without Django.

``schema.json`` holds the form; this file the cross checks: every ``{word}`` of a clause is a field or one of the
words known everywhere, every rule names fields and a source that exist.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from maillage.core.errors import UserMistake

_DATA = Path(__file__).with_name("data")
PLACE = re.compile(r"\{(\w+)\}")
# Fields of every agreement, whose codes no template takes.
RESERVED = frozenset({"title", "giver", "starts_on", "ends_on", "conditions"})
# What a clause may name in every template, besides its own fields.
KNOWN_EVERYWHERE = frozenset({"giver", "receiver", "parties", "starts_on", "ends_on", "title", "pole"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    code: str
    label: str
    kind: str
    help: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A titled paragraph; with ``when``, only if that field is filled."""

    title: str
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the law asks of this kind of agreement: ``no_money``, or a price at cost."""

    kind: str
    sentence: str
    source: str
    price: str = ""
    costs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """Another paper of the same agreement, signed by hand."""

    code: str
    label: str
    document: str
    clauses: tuple[Clause, ...]
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text of law or of method, and the day we checked it; ``known`` means: read it again before you lean on it."""

    code: str
    text: str
    checked_on: date
    checked_how: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of agreement."""

    code: str
    rank: int
    label: str
    summary: str
    document: str
    least_parties: int
    most_parties: int | None
    giver: str
    receiver: str
    gestures: tuple[str, ...]
    needs_promise: bool
    needs_end: bool
    fields: tuple[Field, ...]
    clauses: tuple[Clause, ...]
    rules: tuple[Rule, ...]
    extra_documents: tuple[Extra, ...]
    sources: tuple[Source, ...]

    @property
    def has_roles(self) -> bool:
        """Whether one party gives and the others receive."""
        return bool(self.giver)

    @property
    def forbids_money(self) -> Rule | None:
        """The rule that makes it free, if there is one."""
        return next((rule for rule in self.rules if rule.kind == "no_money"), None)

    @property
    def at_cost(self) -> Rule | None:
        """The rule that caps the price at what it costs, if there is one."""
        return next((rule for rule in self.rules if rule.kind == "at_cost"), None)


class TemplateFault(UserMistake):
    """The files hold at least one fault; the text lists them all."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "Les modèles d’accord sont à corriger :\n" + "\n".join(f"- {fault}" for fault in faults)
        )


def read_templates(folder: Path | None = None) -> Mapping[str, Template]:
    """Read and check the templates of ``folder``, or ours (kept in memory), by code, in the order to show."""
    return _ours() if folder is None else _read(folder)


def template_named(code: str) -> Template:
    """Return a template; refuse a code that is none."""
    found = _ours().get(code)
    if found is None:
        raise UserMistake(f"Le modèle d’accord « {code} » n’existe pas.", field="template")
    return found


@cache
def _ours() -> Mapping[str, Template]:
    return _read(_DATA)


def _read(folder: Path) -> Mapping[str, Template]:
    validator = Draft202012Validator(json.loads((_DATA / "schema.json").read_text(encoding="utf-8")))
    faults: list[str] = []
    found: list[Template] = []
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        errors = [
            f"{path.name}, {'/'.join(str(part) for part in error.absolute_path) or 'fichier'} : {error.message}"
            for error in validator.iter_errors(content)
        ]
        if not errors:
            made = _template(content)
            errors = [f"{path.name} : {sentence}" for sentence in _cross_faults(made, path.stem)]
            found.append(made)
        faults += errors
    ranks = [one.rank for one in found]
    if len(set(ranks)) < len(ranks):
        faults.append("Deux modèles portent le même rang.")
    if faults:
        raise TemplateFault(faults)
    return {one.code: one for one in sorted(found, key=lambda one: one.rank)}


def _template(content: Mapping[str, Any]) -> Template:
    return Template(
        code=content["code"],
        rank=content["rank"],
        label=content["label"],
        summary=content["summary"],
        document=content["document"],
        least_parties=content["parties"]["least"],
        most_parties=content["parties"].get("most"),
        giver=content["giver"] or "",
        receiver=content["receiver"] or "",
        gestures=tuple(content["gestures"]),
        needs_promise=content.get("needs_promise", True),
        needs_end=content.get("needs_end", False),
        fields=tuple(Field(**one) for one in content["fields"]),
        clauses=_clauses(content),
        rules=tuple(
            Rule(**{**one, "costs": tuple(one.get("costs", ()))}) for one in content.get("rules", ())
        ),
        extra_documents=tuple(
            Extra(
                code=one["code"],
                label=one["label"],
                document=one["document"],
                clauses=_clauses(one),
                signers=tuple(one["signers"]),
            )
            for one in content.get("extra_documents", ())
        ),
        sources=tuple(
            Source(**{**one, "checked_on": date.fromisoformat(one["checked_on"])})
            for one in content["sources"]
        ),
    )


def _clauses(content: Mapping[str, Any]) -> tuple[Clause, ...]:
    return tuple(
        Clause(title=one["title"], text=" ".join(one["text"].split()), when=one.get("when", ""))
        for one in content["clauses"]
    )


def _cross_faults(one: Template, stem: str) -> Iterator[str]:
    if one.code != stem:
        yield f"Le fichier s’appelle « {stem} », le code « {one.code} »."
    fields = {field.code: field for field in one.fields}
    if len(fields) < len(one.fields):
        yield "Deux champs portent le même code."
    for code in RESERVED & fields.keys():
        yield f"Le code « {code} » est pris : tous les accords ont ce champ."
    if bool(one.giver) != bool(one.receiver):
        yield "« giver » et « receiver » vont ensemble."
    for clause in [*one.clauses, *(c for extra in one.extra_documents for c in extra.clauses)]:
        for word in PLACE.findall(clause.text):
            if word not in fields and word not in KNOWN_EVERYWHERE:
                yield f"« {clause.title} » nomme {{{word}}}, qui n’est pas un champ."
            if word in {"giver", "receiver"} and not one.has_roles:
                yield f"« {clause.title} » nomme {{{word}}}, mais personne ne donne dans ce modèle."
        if clause.when and clause.when not in fields:
            yield f"« {clause.title} » attend « {clause.when} », qui n’est pas un champ."
    sources = {source.code for source in one.sources}
    for rule in one.rules:
        if rule.source not in sources:
            yield f"La règle « {rule.kind} » nomme la source « {rule.source} », qui n’existe pas."
        for code in (*rule.costs, *([rule.price] if rule.price else [])):
            if code not in fields or fields[code].kind != "money":
                yield f"La règle « {rule.kind} » nomme « {code} », qui n’est pas un champ en euros."
