"""The table of arcs: one line a pair that may deal, ``need,offer,value,need_qty,offer_qty``.

``value`` is the gain of one unit. ``transport`` (cost of one unit), ``need_unit`` and ``offer_unit`` may be there
too. The case of titles, French titles, ``;`` or tabulations, decimal commas, UTF-8 or Windows-1252 are all accepted;
what contradicts itself is not.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.errors import InvalidFile
from maillage_engine.files.plain_text import text_of
from maillage_engine.methods.allocate.problem import LARGEST, AllocationProblem

TITLES = {
    "need": ("need", "besoin"),
    "offer": ("offer", "offre"),
    "value": ("value", "valeur"),
    "need_qty": ("need_qty", "need_quantity", "quantite_besoin", "quantité_besoin"),
    "offer_qty": ("offer_qty", "offer_quantity", "quantite_offre", "quantité_offre"),
    "transport": ("transport",),
    "need_unit": ("need_unit", "unite_besoin", "unité_besoin"),
    "offer_unit": ("offer_unit", "unite_offre", "unité_offre"),
}
REQUIRED = ("need", "offer", "value", "need_qty", "offer_qty")
SEPARATORS = (";", "\t", ",")
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Arcs:
    """The problem, and in French what was met on the way that is not a fault."""

    problem: AllocationProblem
    remarks: tuple[str, ...]


def read_arcs(path: Path) -> Arcs:
    """Return the problem of a table of arcs; raise ``InvalidFile`` naming the file, the line and the column."""
    return _Reader(path).read()


def looks_like_arcs(path: Path) -> bool:
    """Whether the first line of a file has the five titles."""
    try:
        first = text_of(path).split("\n", 1)[0]
    except InvalidFile:
        return False
    found = {_title(cell) for cell in next(csv.reader([first], delimiter=_separator(first)), [])}
    return set(REQUIRED) <= found


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.remarks: list[str] = []
        self.lines: list[int] | None = None

    def read(self) -> Arcs:
        """Return everything."""
        columns = self._columns()
        needs, need = _numbered(columns["need"])
        offers, offer = _numbered(columns["offer"])
        self._no_empty_name(columns)
        value = self._numbers(columns["value"], "value", least=-LARGEST)
        transport = self._numbers(columns["transport"], "transport") if "transport" in columns else None
        wanted = self._quantities(columns["need_qty"], "need_qty", need, needs)
        there = self._quantities(columns["offer_qty"], "offer_qty", offer, offers)
        units = {
            f"{side}_unit": self._labels(columns[f"{side}_unit"], f"{side}_unit", at, names)
            for side, at, names in (("need", need, needs), ("offer", offer, offers))
            if f"{side}_unit" in columns
        }
        self._same_units(columns)
        kept = self._without_repeats(need, offer, len(offers), value)
        idle = int(np.count_nonzero(value[kept] <= 0))
        if idle:
            self.remarks.append(f"{idle} paire(s) de valeur 0 ou moins : elles ne servent jamais.")
        problem = AllocationProblem.from_arrays(
            need_ids=needs,
            offer_ids=offers,
            need_quantity=wanted,
            offer_quantity=there,
            edge_need=need[kept],
            edge_offer=offer[kept],
            value=value[kept],
            transport=None if transport is None else transport[kept],
            **units,
        )
        return Arcs(problem, tuple(self.remarks))

    def _columns(self) -> dict[str, Cells]:
        text = text_of(self.path)
        separator = _separator(text.split("\n", 1)[0])
        try:
            rows = list(csv.reader(text.splitlines(), delimiter=separator, strict=True))
        except csv.Error as error:
            raise InvalidFile(
                str(self.path), "des guillemets sont ouverts et pas refermés ; corrigez-les."
            ) from error
        heading = [_title(cell) for cell in rows[0]] if rows else []
        for name in REQUIRED:
            if name not in heading:
                raise InvalidFile(
                    str(self.path), "cette colonne manque ; il faut " + ", ".join(REQUIRED) + ".", column=name
                )
        for name in heading:
            if name and heading.count(name) > 1:
                raise InvalidFile(str(self.path), "la colonne est là deux fois ; gardez-en une.", column=name)
        filled = [row for row in rows[1:] if row]
        self.lines = None if len(filled) == len(rows) - 1 else [at for at, row in enumerate(rows[1:]) if row]
        width = len(heading)
        for at, row in enumerate(filled):
            if len(row) != width:
                raise self._fault(f"{len(row)} cellules au lieu de {width} ; vérifiez les guillemets.", at)
        if not filled:
            raise InvalidFile(str(self.path), "le fichier n’a aucune ligne sous ses titres.")
        return {name: cells for name, cells in zip(heading, zip(*filled, strict=True), strict=True) if name}

    def _fault(self, message: str, row: int, column: str | None = None) -> InvalidFile:
        line = row if self.lines is None else self.lines[row]
        return InvalidFile(str(self.path), message, line=line + 2, column=column)

    def _no_empty_name(self, columns: dict[str, Cells]) -> None:
        for name in ("need", "offer"):
            for at, cell in enumerate(columns[name]):
                if not cell.strip():
                    raise self._fault("cette case est vide ; donnez un nom.", at, name)

    def _numbers(self, cells: Cells, column: str, *, least: float = 0.0) -> Floats:
        try:
            values = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
        except ValueError:
            values = np.array([self._number(cell, at, column) for at, cell in enumerate(cells)])
        faulty = np.flatnonzero(~((values >= least) & (values <= LARGEST)))
        if len(faulty):
            at = int(faulty[0])
            words = "il faut un nombre" if least < 0 else "il faut un nombre, 0 ou plus"
            raise self._fault(f"« {cells[at].strip()} » : {words}.", at, column)
        return values

    def _number(self, cell: str, at: int, column: str) -> float:
        plain = cell.strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            return float(plain)
        except ValueError as error:
            raise self._fault(
                f"« {cell.strip()} » n’est pas un nombre ; écrivez par exemple 12,5.", at, column
            ) from error

    def _quantities(self, cells: Cells, column: str, node: Int64s, names: Sequence[str]) -> Floats:
        """One quantity a node: every line of a node must say the same."""
        values = self._numbers(cells, column)
        told = np.zeros(len(names))
        told[node[::-1]] = values[::-1]
        apart = np.flatnonzero(told[node] != values)
        if len(apart):
            at = int(apart[0])
            first = int(np.flatnonzero(node == node[at])[0])
            line = (first if self.lines is None else self.lines[first]) + 2
            raise self._fault(
                f"« {names[node[at]]} » a deux quantités, {cells[at].strip()} ici et {cells[first].strip()} ligne "
                f"{line} ; gardez la bonne.",
                at,
                column,
            )
        empty = np.flatnonzero(told == 0)
        if len(empty):
            at = int(np.flatnonzero(node == empty[0])[0])
            line = (at if self.lines is None else self.lines[at]) + 2
            more = f", et {len(empty) - 1} autre(s)" if len(empty) > 1 else ""
            self.remarks.append(
                f"Ligne {line} : « {names[empty[0]]} » a une quantité nulle{more} ; rien n’y va."
            )
        return told

    def _labels(self, cells: Cells, column: str, node: Int64s, names: Sequence[str]) -> tuple[str, ...]:
        told: dict[int, str] = {}
        for at, (cell, one) in enumerate(zip(cells, node.tolist(), strict=True)):
            if told.setdefault(one, cell.strip()) != cell.strip():
                raise self._fault(
                    f"« {names[one]} » a deux unités, « {told[one]} » et « {cell.strip()} ».", at, column
                )
        return tuple(told[one] for one in range(len(names)))

    def _same_units(self, columns: dict[str, Cells]) -> None:
        if "need_unit" not in columns or "offer_unit" not in columns:
            return
        pairs = zip(columns["need_unit"], columns["offer_unit"], strict=True)
        for at, (one, other) in enumerate(pairs):
            if one.strip() != other.strip():
                words = f"« {one.strip()} » et « {other.strip()} » ne se comparent pas ; convertissez l’un des deux."
                raise self._fault(words, at, "need_unit")

    def _without_repeats(self, need: Int64s, offer: Int64s, offers: int, value: Floats) -> Int64s:
        keys = need * offers + offer
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        if len(first) == len(keys):
            return np.arange(len(keys))
        apart = np.flatnonzero(value != value[first[which]])
        if len(apart):
            at = int(apart[0])
            before = int(first[which[at]])
            line = (before if self.lines is None else self.lines[before]) + 2
            raise self._fault(
                f"cette paire est déjà ligne {line} avec une autre valeur ; gardez-en une.", at, "value"
            )
        self.remarks.append(
            f"{len(keys) - len(first)} ligne(s) répètent une paire déjà là : comptées une fois."
        )
        return np.sort(first)


def _numbered(cells: Cells) -> tuple[tuple[str, ...], Int64s]:
    names = [cell.strip() for cell in cells]
    number = {name: at for at, name in enumerate(dict.fromkeys(names))}
    return tuple(number), np.fromiter(map(number.__getitem__, names), dtype=np.int64, count=len(names))


def _title(cell: str) -> str:
    plain = cell.strip().casefold().replace(" ", "_").replace("-", "_")
    return next((name for name, known in TITLES.items() if plain in known), "")


def _separator(heading: str) -> str:
    return max(SEPARATORS, key=heading.count)
