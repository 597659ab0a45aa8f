"""What if an offer were added, removed, moved, resized; and two sharings side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult

LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Link:
    """A need (row) that an offer may serve: ``value`` a unit, ``transport`` a unit."""

    need: int
    value: float = 1.0
    transport: float = 0.0


@dataclass(frozen=True, slots=True)
class NeedChange:
    """What a need, by its id, receives in one sharing and in the other."""

    need: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sharings: ``value``, ``transport``, ``quantity`` given and ``filled`` needs, each (before, after); then the
    needs that receive more, and less, the largest changes first."""

    value: tuple[float, float]
    transport: tuple[float, float]
    quantity: tuple[float, float]
    filled: tuple[int, int]
    gaining: tuple[NeedChange, ...]
    losing: tuple[NeedChange, ...]


def resized(problem: AllocationProblem, offer: int, quantity: npt.ArrayLike) -> AllocationProblem:
    """Return the problem where an offer (row) has another ``quantity``: one number, or one a slot."""
    _check(problem, offer)
    there = np.array(problem.offer_quantity)
    there[offer] = quantity
    return replace(problem, offer_quantity=there)


def removed(problem: AllocationProblem, offer: int) -> AllocationProblem:
    """Return the problem where an offer (row) has nothing and deals with nobody; rows keep their numbers."""
    _check(problem, offer)
    return _relinked(resized(problem, offer, 0.0), offer, ())


def moved(
    problem: AllocationProblem, offer: int, links: Sequence[Link], *, commune: str | None = None
) -> AllocationProblem:
    """Return the problem where an offer (row) is elsewhere: it deals with ``links``, and is in ``commune``."""
    _check(problem, offer)
    communes = list(problem.offer_commune)
    if commune is not None:
        communes[offer] = commune
    return _relinked(replace(problem, offer_commune=tuple(communes)), offer, links)


def added(
    problem: AllocationProblem,
    name: str,
    quantity: npt.ArrayLike,
    links: Sequence[Link],
    *,
    commune: str = "",
    family: str = "",
    unit: str = "",
    lot: float = 0.0,
    indivisible: bool = False,
) -> AllocationProblem:
    """Return the problem with one offer more, in the last row."""
    row = np.empty((1, len(problem.slots)))
    row[0] = quantity
    larger = replace(
        problem,
        offer_ids=(*problem.offer_ids, name),
        offer_quantity=np.concatenate([problem.offer_quantity, row]),
        offer_lot=np.append(problem.offer_lot, lot),
        indivisible=np.append(problem.indivisible, indivisible),
        offer_commune=(*problem.offer_commune, commune),
        offer_family=(*problem.offer_family, family),
        offer_unit=(*problem.offer_unit, unit),
    )
    return _relinked(larger, problem.offers, links)


def compare(
    before: tuple[AllocationProblem, AllocationResult], after: tuple[AllocationProblem, AllocationResult]
) -> Comparison:
    """Return two sharings side by side; needs are told apart by their ids."""
    received = [
        dict(zip(problem.need_ids, result.served(problem).sum(axis=1).tolist(), strict=True))
        for problem, result in (before, after)
    ]
    changes = [
        NeedChange(need, received[0].get(need, 0.0), received[1].get(need, 0.0))
        for need in dict.fromkeys([*received[0], *received[1]])
    ]
    told = [one for one in changes if abs(one.after - one.before) > LEAST * max(1.0, one.before)]
    told.sort(key=lambda one: (-abs(one.after - one.before), one.need))
    results = (before[1], after[1])
    return Comparison(
        value=(results[0].value, results[1].value),
        transport=(results[0].transport, results[1].transport),
        quantity=(float(results[0].quantity.sum()), float(results[1].quantity.sum())),
        filled=(_filled(*before), _filled(*after)),
        gaining=tuple(one for one in told if one.after > one.before),
        losing=tuple(one for one in told if one.after < one.before),
    )


def _filled(problem: AllocationProblem, result: AllocationResult) -> int:
    missing = problem.need_quantity - result.served(problem)
    full = (missing <= LEAST * np.maximum(1.0, problem.need_quantity)).all(axis=1)
    return int(np.count_nonzero(full & (problem.need_quantity > 0).any(axis=1)))


def _relinked(problem: AllocationProblem, offer: int, links: Sequence[Link]) -> AllocationProblem:
    kept = problem.edge_offer != offer
    return replace(
        problem,
        edge_need=np.concatenate(
            [problem.edge_need[kept], np.array([one.need for one in links], dtype=np.int32)]
        ),
        edge_offer=np.concatenate([problem.edge_offer[kept], np.full(len(links), offer, dtype=np.int32)]),
        value=np.concatenate([problem.value[kept], np.array([one.value for one in links], dtype=np.float64)]),
        transport=np.concatenate(
            [problem.transport[kept], np.array([one.transport for one in links], dtype=np.float64)]
        ),
    )


def _check(problem: AllocationProblem, offer: int) -> None:
    if not 0 <= offer < problem.offers:
        raise InvalidArgument("offer", "cette offre n’existe pas.")
