"""From a table of links to a network: who, with whom, since when, until when, in which project."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from maillage.core.errors import UserMistake
from maillage.core.french import fold, number, plural
from maillage.importers.cells.reading import shown
from maillage.importers.mapping import propose
from maillage.importers.rows import Fault
from maillage.importers.schemas.column import Column, Kind, Schema
from maillage.importers.tabular import Row, open_table
from maillage.importers.values import is_nothing, read_value
from maillage.interfaces.cli.touring.rows import told
from maillage_engine.methods.network import STILL, NetworkProblem

EPOCH = date(1970, 1, 1)
LINKS = Schema(
    "links",
    "Liens",
    (
        Column(
            "one",
            "De",
            Kind.TEXT,
            "Un acteur.",
            aliases=("acteur 1", "acteur", "structure", "source", "porteur"),
        ),
        Column(
            "other",
            "Vers",
            Kind.TEXT,
            "L’autre.",
            aliases=("acteur 2", "avec", "partenaire", "cible", "à", "a"),
        ),
        Column(
            "first",
            "Date",
            Kind.START_DATE,
            "Début.",
            aliases=("début", "depuis", "date de début", "signé le", "le"),
        ),
        Column(
            "last", "Fin", Kind.END_DATE, "Dernier jour.", aliases=("date de fin", "jusqu’au", "échéance")
        ),
        Column("project", "Projet", Kind.TEXT, "Le projet.", aliases=("action", "opération", "convention")),
        Column(
            "nature", "Nature", Kind.TEXT, "Accord, événement…", aliases=("type", "genre", "type de lien")
        ),
        Column("needs", "Besoins", Kind.LIST, "De l’acteur « De ».", aliases=("besoin", "cherche")),
        Column("offers", "Offres", Kind.LIST, "De l’acteur « De ».", aliases=("offre", "propose")),
    ),
    key=(),
)

Link = tuple[str, str, int, int, str]


@dataclass
class ReadLinks:
    """``links`` as ``NetworkProblem.from_links`` takes them; ``spelt``: the first spelling of each actor."""

    links: list[Link] = field(default_factory=list)
    natures: dict[str, int] = field(default_factory=dict)
    needs: dict[str, frozenset[str]] = field(default_factory=dict)
    offers: dict[str, frozenset[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    spelt: dict[str, str] = field(default_factory=dict)

    def actor(self, words: str) -> str:
        """Return the actor's name; accents, capitals and hyphens do not make another one."""
        return self.spelt.setdefault(fold(words) or words, " ".join(words.split()))

    def problem(self, *, today: date, facilitator: str | None) -> NetworkProblem:
        """Return the network of the file; raise ``UserMistake`` when the facilitator is not in it."""
        named = None
        if facilitator is not None:
            named = self.spelt.get(fold(facilitator))
            if named is None:
                raise UserMistake(f"--animateur : « {facilitator} » n’est dans aucun lien du fichier.")
        return NetworkProblem.from_links(
            self.links, today=(today - EPOCH).days, facilitator=named, needs=self.needs, offers=self.offers
        )


def read_links(path: Path) -> ReadLinks:
    """Read every line; a link of an actor with itself is left out and told. Raises ``UserMistake``."""
    table = open_table(path, vocabulary=LINKS.vocabulary)
    mapping = propose(table.headers, LINKS, table.sample(100))
    fields = mapping.fields
    for name in ("one", "other", "first"):
        if name not in fields:
            headers = ", ".join(f"« {header} »" for header in table.headers)
            raise UserMistake(
                f"« {path.name} » n’a pas de colonne « {LINKS.column(name).label} ». Colonnes lues : {headers}."
            )
    found, faults, alone = ReadLinks(), list[Fault](), 0
    for row in table.rows():
        values, wrong = _values(row, fields, table.headers)
        faults.extend(wrong)
        if wrong:
            continue
        alone += _keep(found, row, values, faults)
    if faults:
        raise UserMistake(told(path.name, faults))
    if alone:
        links, left = plural(alone, "lien", "liens"), plural(alone, "laissé", "laissés")
        found.notes.append(f"{number(alone)} {links} d’un acteur avec lui-même : {left} de côté.")
    if not found.links:
        raise UserMistake(f"Le fichier « {path.name} » n’a aucun lien entre deux acteurs.")
    return found


def _values(
    row: Row, fields: dict[str, int], headers: tuple[str, ...]
) -> tuple[dict[str, object], list[Fault]]:
    values: dict[str, object] = {}
    faults = []
    for name, index in fields.items():
        cell = row.cells[index]
        if is_nothing(cell):
            continue
        try:
            values[name] = read_value(cell, LINKS.column(name)).value
        except UserMistake as mistake:
            faults.append(Fault(row.line_number, headers[index], shown(cell), mistake.message))
    for name in ("one", "other", "first"):
        if values.get(name) is None and not faults:
            label = LINKS.column(name).label
            faults.append(Fault(row.line_number, label, "", f"« {label} » est vide : remplissez cette case."))
    return values, faults


def _keep(found: ReadLinks, row: Row, values: dict[str, object], faults: list[Fault]) -> int:
    """Add the link; return 1 when it is of an actor with itself."""
    one, other = found.actor(str(values["one"])), found.actor(str(values["other"]))
    for name, side in (("needs", found.needs), ("offers", found.offers)):
        words = values.get(name)
        if isinstance(words, list | tuple):
            side[one] = side.get(one, frozenset()) | frozenset(fold(str(word)) for word in words)
    if one == other:
        return 1
    first, last = values["first"], values.get("last")
    if not isinstance(first, date):
        faults.append(Fault(row.line_number, "Date", "", "La date de début n’est pas dite."))
        return 0
    if isinstance(last, date) and last < first:
        faults.append(Fault(row.line_number, "Fin", f"{last:%d/%m/%Y}", "Le lien finit avant de commencer."))
        return 0
    until = (last - EPOCH).days if isinstance(last, date) else STILL
    found.links.append((one, other, (first - EPOCH).days, until, str(values.get("project", ""))))
    nature = str(values.get("nature", "non dite"))
    found.natures[nature] = found.natures.get(nature, 0) + 1
    return 0
