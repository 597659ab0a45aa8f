"""From the pole's problem to what there is to share: every pair that may deal, in quantities, by month if asked."""

import numpy as np

from maillage.core.periods import MONTHS
from maillage.domain.matching.bridge import KeptProblem
from maillage.domain.matching.studies.share_rows import Labels, SharingAsked
from maillage_engine import Side, search
from maillage_engine.arrays import Floats
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.search import NOBODY
from maillage_engine.problem.dimensions import BASE_UNITS, DIMENSIONS

UNKNOWN_KM = 50.0
"""Kilometres counted for a place that is not known: the distance whose score is half."""


def sharing_problem(problem: KeptProblem, labels: Labels, asked: SharingAsked) -> AllocationProblem:
    """Return what there is to share.

    A need wholly served is worth 1 and 1 more for each structure that backs it, whatever its unit; a unit carried
    costs its kilometres, as a share of the need. Both sides' minima are lots.
    """
    found = search(problem, k=max(len(problem.offers), 1))
    needs, ranks = np.nonzero(found.indices != NOBODY)
    offers = found.indices[needs, ranks]
    wanted = problem.needs.quantity[needs]
    distance = found.distance_m[needs, ranks]
    kilometres = np.where(distance >= 0, distance / 1000.0, UNKNOWN_KM)
    return AllocationProblem.from_arrays(
        need_ids=problem.needs.ids,
        offer_ids=problem.offers.ids,
        need_quantity=_by_slot(problem.needs, months=asked.months),
        offer_quantity=_by_slot(problem.offers, months=asked.months),
        edge_need=needs,
        edge_offer=offers,
        value=1.0 / wanted,
        transport=kilometres / wanted,
        priority=[1.0 + labels.backers.get(key, 0) for key in problem.needs.ids],
        need_lot=_lots(problem.needs, months=asked.months),
        offer_lot=_lots(problem.offers, months=asked.months),
        slots=MONTHS if asked.months else ("",),
        need_commune=_communes(problem, labels, asked),
        need_family=_types(problem, problem.needs),
        need_unit=_units(problem.needs),
        offer_commune=[labels.place.get(key, "") for key in problem.offers.ids],
        offer_family=_types(problem, problem.offers),
        offer_unit=_units(problem.offers),
    )


def _communes(problem: KeptProblem, labels: Labels, asked: SharingAsked) -> list[str]:
    """The commune of each need; when communes are to be served alike, one group a unit."""
    names = [labels.place.get(key, "") for key in problem.needs.ids]
    if asked.fairness != "municipality":
        return names
    return [f"{name} ({unit or '–'})" for name, unit in zip(names, _units(problem.needs), strict=True)]


def _by_slot(side: Side, *, months: bool) -> Floats:
    """(n, 12) the year's quantity by month, as the seasonality says; (n,) the year's quantity without months."""
    if not months:
        return side.quantity
    weights = side.months.astype(np.float64)
    spread: Floats = side.quantity[:, None] * weights / weights.sum(axis=1, keepdims=True)
    return spread


def _lots(side: Side, *, months: bool) -> Floats:
    """A minimum is asked of the year; with months, of an equal part of it."""
    return side.minimum / 12.0 if months else side.minimum


def _types(problem: KeptProblem, side: Side) -> list[str]:
    return [problem.types.types[at].label if at >= 0 else "" for at in side.types.tolist()]


def _units(side: Side) -> list[str]:
    return [BASE_UNITS[DIMENSIONS[at]] if at >= 0 else "" for at in side.dimension.tolist()]
