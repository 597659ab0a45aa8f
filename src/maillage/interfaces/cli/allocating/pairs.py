"""From the files of ``maillage match`` to a sharing: the best pairs of each need, and their quantities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.core.french import typography
from maillage.interfaces.cli.certified import NotCertified
from maillage.interfaces.cli.matching.line import Line
from maillage_engine import Problem, Side, search
from maillage_engine.certify import certify
from maillage_engine.explain import nearest_refused, sentence_fr
from maillage_engine.explain.french_numbers import MONTHS
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.problem.dimensions import BASE_UNITS, DIMENSIONS

ANSWER = "réponse"
"""The unit of a need or an offer that says no quantity: it asks for one answer, or gives one."""
FAR_KM = 1_000.0
"""Transport of a pair whose distance is not known: anything known is nearer."""
MOST_EXPLAINED = 200


@dataclass(frozen=True, eq=False)
class Paired:
    """The sharing problem, the row of each need and offer in the matching, and what was left out, in French."""

    problem: AllocationProblem
    remarks: tuple[str, ...]


def paired(matching: Problem, needs: Sequence[Line], offers: Sequence[Line], *, k: int) -> Paired:
    """Return the sharing of the ``k`` best offers of each need: quantities served, then kilometres.

    A pair whose quantities do not compare (one is known, not the other) is left out, and said.
    """
    found = search(matching, k=k)
    if not certify(matching, found).valid:
        raise NotCertified("La recherche n’a pas passé sa vérification ; rien n’est montré.")
    need = np.repeat(np.arange(len(needs)), k)
    offer, metres = found.indices.ravel().astype(np.int64), found.distance_m.ravel()
    kept = offer >= 0
    need, offer, metres = need[kept], offer[kept], metres[kept]
    known_need, known_offer = ~np.isnan(matching.needs.quantity), ~np.isnan(matching.offers.quantity)
    comparable = known_need[need] == known_offer[offer]
    units = [
        _units(side, known) for side, known in ((matching.needs, known_need), (matching.offers, known_offer))
    ]
    comparable &= np.array(units[0])[need] == np.array(units[1])[offer] if len(need) else comparable
    out = int(np.count_nonzero(~comparable))
    need, offer, metres = need[comparable], offer[comparable], metres[comparable]
    slots, weights = _calendar(matching)
    problem = AllocationProblem.from_arrays(
        need_ids=[line.title or line.key for line in needs]
        if _unlike(needs)
        else [line.key for line in needs],
        offer_ids=[line.title or line.key for line in offers]
        if _unlike(offers)
        else [line.key for line in offers],
        need_quantity=np.where(known_need, np.nan_to_num(matching.needs.quantity), 1.0)[:, None] * weights[0],
        offer_quantity=np.where(known_offer, np.nan_to_num(matching.offers.quantity), 1.0)[:, None]
        * weights[1],
        edge_need=need.astype(np.int32),
        edge_offer=offer.astype(np.int32),
        transport=np.where(metres >= 0, metres / 1000, FAR_KM),
        need_lot=matching.needs.minimum / len(slots),
        offer_lot=matching.offers.minimum / len(slots),
        slots=slots,
        need_commune=[line.municipality for line in needs],
        offer_commune=[line.municipality for line in offers],
        need_family=[_family(matching, int(one)) for one in matching.needs.types],
        offer_family=[_family(matching, int(one)) for one in matching.offers.types],
        need_unit=units[0],
        offer_unit=units[1],
    )
    remarks = (
        (f"{out} paire(s) écartée(s) : leurs quantités ne se comparent pas ; à préciser.",) if out else ()
    )
    return Paired(problem, remarks)


def why_nobody(matching: Problem, rows: Sequence[int]) -> dict[int, str]:
    """Return for each need that nobody can serve what the rules say of the offer that comes nearest."""
    said = {}
    for row in rows[:MOST_EXPLAINED]:
        near = nearest_refused(matching, row, n=1) if len(matching.offers) else []
        if near and near[0].refusals:
            said[row] = typography(sentence_fr(near[0].refusals[0]))
    return said


def _unlike(lines: Sequence[Line]) -> bool:
    titles = [line.title or line.key for line in lines]
    return len(set(titles)) == len(titles)


def _units(side: Side, known: npt.NDArray[np.bool_]) -> list[str]:
    dimensions = side.dimension.tolist()
    return [
        BASE_UNITS[DIMENSIONS[dimension]] if yes and dimension >= 0 else ("" if yes else ANSWER)
        for dimension, yes in zip(dimensions, known.tolist(), strict=True)
    ]


def _family(matching: Problem, type_row: int) -> str:
    return matching.types.types[type_row].label if type_row >= 0 else ""


def _calendar(matching: Problem) -> tuple[tuple[str, ...], tuple[npt.NDArray[np.float64], ...]]:
    """One slot when every row is the same all year long, else twelve months."""
    months = [side.months.astype(np.float64) for side in (matching.needs, matching.offers)]
    if all((one == one[:, :1]).all() for one in months):
        return ("",), tuple(np.ones((len(one), 1)) for one in months)
    totals = [np.maximum(one.sum(axis=1, keepdims=True), 1.0) for one in months]
    return MONTHS, tuple(one / total for one, total in zip(months, totals, strict=True))
