"""What a chain is sought for: needs to serve, offers of the territory, recipes, and what things cost."""

import hashlib
import json
from dataclasses import asdict, dataclass

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.methods.cooperate.recipes import Recipe, check_recipes
from maillage_engine.problem.problem import Problem

LEAST_CLOSENESS = 700
"""In thousandths, through the tree alone: an offer plays a part when it is of the type asked or more specific."""
UNKNOWN_KM = 50.0
"""Kilometres counted for a place that is not known: the distance whose score is half."""


@dataclass(frozen=True, eq=False)
class ChainCosts:
    """``per_km``: by kilometre between two members that deal with each other, once a year's dealing.

    ``fixed`` (n,) once an offer is used, ``unit`` (n,) by unit of quantity taken from it; None: nothing. Without
    prices a chain costs its kilometres.
    """

    per_km: float = 1.0
    fixed: Floats | None = None
    unit: Floats | None = None

    def row(self, name: str, offers: int) -> Floats:
        """Return (n,) ``fixed`` or ``unit``; raise ``InvalidArgument`` on a number that is no cost."""
        values = getattr(self, name)
        array = np.zeros(offers) if values is None else np.asarray(values, dtype=np.float64)
        if array.shape != (offers,) or not np.all((array >= 0) & np.isfinite(array)):
            raise InvalidArgument(name, f"il faut un nombre de 0 ou plus pour chacune des {offers} offres.")
        return array


@dataclass(frozen=True, eq=False)
class ChainProblem:
    """``targets``: rows of the needs that a chain serves all together (several products).

    Raises ``InvalidProblem`` when a recipe does not hold together or a target is not a need.
    """

    problem: Problem
    recipes: tuple[Recipe, ...]
    targets: tuple[int, ...]
    costs: ChainCosts = ChainCosts()

    def __post_init__(self) -> None:
        object.__setattr__(self, "recipes", tuple(self.recipes))
        object.__setattr__(self, "targets", tuple(dict.fromkeys(self.targets)))
        check_recipes(self.recipes, self.problem.types, self.problem.authorisations)
        if not self.targets:
            raise InvalidProblem("targets", "dites au moins un besoin à servir.")
        for row in self.targets:
            if not 0 <= row < len(self.problem.needs):
                raise InvalidProblem("targets", f"il n’y a pas de besoin de ligne {row}.")
        if not 0 <= self.costs.per_km < np.inf:
            raise InvalidProblem("per_km", "il faut un nombre de 0 ou plus.")
        for name in ("fixed", "unit"):
            self.costs.row(name, len(self.problem.offers))

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        offers = len(self.problem.offers)
        plain = [
            self.problem.digest(),
            [asdict(recipe) for recipe in self.recipes],
            list(self.targets),
            self.costs.per_km,
            self.costs.row("fixed", offers).tolist(),
            self.costs.row("unit", offers).tolist(),
        ]
        text = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()
