"""The ``cap`` files of OR-Library: capacitated warehouse location, in text.

J. E. Beasley, "OR-Library: distributing test problems by electronic mail", Journal of the Operational Research
Society 41 (1990), 1069–1072. First m and n; then for each site its capacity and its fixed cost; then for each
customer its demand and the m costs of serving all of it. In some copies the capacity is the word « capacity »: it
is then that of the instance's name (``orlib_capacities.csv``), or must be said.
"""

import csv
import math
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from maillage_engine.errors import InvalidFile
from maillage_engine.files.plain_text import text_of
from maillage_engine.methods.facility.problem import FacilityProblem

WORD = "capacity"
MOST_VALUES = 20_000_000


def read_orlib(
    path: Path,
    *,
    capacity: float | None = None,
    max_openings: int | None = None,
    single_source: bool = False,
) -> FacilityProblem:
    """Return the problem of a file; ``capacity`` replaces that of every site; ids count from 1.

    Raises ``InvalidFile`` naming the line, ``InvalidProblem`` when the numbers make no problem.
    """
    numbers = _Numbers(path, capacity)
    sites, customers = numbers.whole("le nombre de sites"), numbers.whole("le nombre de besoins")
    expected = 2 + 2 * sites + customers * (1 + sites)
    if expected > MOST_VALUES or numbers.count != expected:
        message = (
            f"{sites} sites et {customers} besoins font {expected} nombres ; le fichier en a {numbers.count}."
        )
        raise InvalidFile(str(path), message, line=1)
    head = np.array([numbers.next() for _ in range(2 * sites)]).reshape(sites, 2)
    body = np.array([numbers.next() for _ in range(customers * (1 + sites))]).reshape(customers, 1 + sites)
    return FacilityProblem.from_arrays(
        capacity=head[:, 0] if capacity is None else np.full(sites, capacity),
        fixed_cost=head[:, 1],
        demand=body[:, 0],
        serve_cost=body[:, 1:].T,
        max_openings=max_openings,
        single_source=single_source,
    )


@cache
def known_capacities() -> dict[str, float]:
    """The capacity of each instance whose file may say only the word."""
    text = files("maillage_engine.files").joinpath("orlib_capacities.csv").read_text(encoding="utf-8")
    return {row["instance"]: float(row["capacity"]) for row in csv.DictReader(text.splitlines())}


class _Numbers:
    """The words of a file one after the other, each with its line."""

    def __init__(self, path: Path, capacity: float | None) -> None:
        self._path, self._at = path, 0
        self._capacity = known_capacities().get(path.stem.lower()) if capacity is None else capacity
        lines = enumerate(text_of(path).splitlines(), start=1)
        self._words = [(word, number) for number, line in lines for word in line.split()]

    @property
    def count(self) -> int:
        return len(self._words)

    def next(self) -> float:
        word, line = self._word()
        if word.lower() == WORD:
            if self._capacity is None:
                message = "la capacité est le mot « capacity » ; écrivez son nombre à sa place."
                raise InvalidFile(str(self._path), message, line=line)
            return self._capacity
        try:
            value = float(word)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise InvalidFile(str(self._path), f"« {word[:40]} » n’est pas un nombre.", line=line)
        return value

    def whole(self, what: str) -> int:
        word, line = self._word()
        if not word.isdecimal() or len(word) > 7 or int(word) == 0:
            raise InvalidFile(str(self._path), f"{what} est attendu ici, pas « {word[:40]} ».", line=line)
        return int(word)

    def _word(self) -> tuple[str, int]:
        if self._at == len(self._words):
            raise InvalidFile(str(self._path), "le fichier s’arrête trop tôt.")
        self._at += 1
        return self._words[self._at - 1]
