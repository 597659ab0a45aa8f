"""What would unlock most: what one unit more of a resource is worth, exactly, and what a well chosen amount serves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.certify.allocate import certify_allocation
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.residual import Residual
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.stop import NO_LIMIT, Stop

WORTH_IT = 0.5
"""An amount grows as long as each unit brings this share of what the first one brings."""
MOST_STEPS = 200
SAME = 1e-6
SERVED = 1e-9


@dataclass(frozen=True, slots=True)
class Unlock:
    """``amount`` more of ``offer`` (row) in ``slot`` would bring ``gain``, serve ``quantity`` more, and fill
    ``filled`` more needs to the last unit. ``first``: what the first unit brings. ``family`` and ``commune``: of the
    offer; it is the best of its family in its commune. ``verified``: the sharing was solved again with it, from the
    one that is known, and its own certificate holds."""

    offer: int
    slot: int
    family: str
    commune: str
    amount: float
    gain: float
    quantity: float
    filled: int
    first: float
    verified: bool


def value_of_more(
    problem: AllocationProblem,
    result: AllocationResult,
    offers: Sequence[int] | Int64s | None = None,
    *,
    slot: int = 0,
    amount: float = 1.0,
    residual: Residual | None = None,
) -> Floats:
    """Return what ``amount`` more of each offer of ``offers`` (None: all) in ``slot`` would bring, exactly.

    Prices are only a bound of it, where several sharings are best. Raises ``InvalidArgument`` when ``result`` is not
    a proved flow or ``amount`` is not above 0.
    """
    if not amount > 0:
        raise InvalidArgument("amount", "il faut une quantité au-dessus de 0.")
    net = residual or Residual.of(problem, result)
    rows = np.arange(problem.offers) if offers is None else np.asarray(offers, dtype=np.int64)
    gains = np.zeros(len(rows))
    asked = net.units(amount)
    nodes = net.needs + rows * len(problem.slots) + slot
    priced = np.flatnonzero(net.price[nodes])
    of = nodes[priced].tolist()
    for at, node, step in zip(priced.tolist(), of, net.first_steps(of), strict=True):
        if step.amount >= asked or step.gain <= 0:
            gains[at] = net.worth(float(step.gain) * asked)
            continue
        steps = net.copy().change(node, asked, more=True)
        gains[at] = net.worth(float(sum(one.amount * one.gain for one in steps)))
    return gains


def unlocks(
    problem: AllocationProblem,
    result: AllocationResult,
    *,
    most: int = 5,
    stop: Stop = NO_LIMIT,
) -> tuple[Unlock, ...]:
    """Return the ``most`` best ways to unlock, one a family and commune, best first unit first, each verified.

    The amount goes on while each unit brings half of what the first one brings. Those whose certificate does not
    hold are left out (none should be). Raises ``InvalidArgument`` when ``result`` is not a proved flow.
    """
    if most < 1:
        raise InvalidArgument("most", "demandez au moins une réponse.")
    net = Residual.of(problem, result)
    watch = stop.watch()
    slots = len(problem.slots)
    best: dict[tuple[str, str, int], tuple[int, int, int]] = {}
    prices = net.price[net.needs :]
    # a price is the most that a unit can bring: once it is under the best ones, the rest cannot enter
    dearest = np.argsort(-prices, kind="stable").tolist()
    for at, step in zip(dearest, net.first_steps(net.needs + at for at in dearest), strict=True):
        if prices[at] <= 0 or watch.over(iterations=1):
            break
        if (
            len(best) >= most
            and prices[at] <= sorted((-one[0] for one in best.values()), reverse=True)[most - 1]
        ):
            break
        offer, slot = divmod(at, slots)
        family, commune = problem.offer_family[offer], problem.offer_commune[offer]
        name = (family, commune, -1) if family or commune else ("", "", offer)
        if step.gain > 0 and (name not in best or -step.gain < best[name][0]):
            best[name] = (-step.gain, offer, slot)
    chosen = sorted(best.values())[:most]
    found = [_grown(problem, result, net, offer, slot) for _, offer, slot in chosen]
    return tuple(one for one in found if one.verified)


def _grown(
    problem: AllocationProblem, result: AllocationResult, net: Residual, offer: int, slot: int
) -> Unlock:
    """Return one way, its amount as large as it stays worth it."""
    node = net.needs + offer * len(problem.slots) + slot
    changed = net.copy()
    first = changed.first_step(node, more=True).gain
    least = max(1, int(first * WORTH_IT))
    moved, gain = 0, 0.0
    for _ in range(MOST_STEPS):
        step = changed.first_step(node, more=True)
        if step.gain < least:
            break
        for one in changed.change(node, step.amount, more=True):
            moved += one.amount
            gain += float(one.amount) * one.gain
    before, after = net.slack[: net.needs], changed.slack[: net.needs]
    amount = moved / net.net.quantity_scale
    quantity = np.array(problem.offer_quantity)
    quantity[offer, slot] += amount
    larger = replace(problem, offer_quantity=quantity)
    again = changed.result(larger, seed=result.seed)
    worth = again.value - result.value
    same = abs(worth - net.worth(gain)) <= SAME * max(1.0, abs(result.value))
    return Unlock(
        offer=offer,
        slot=slot,
        family=problem.offer_family[offer],
        commune=problem.offer_commune[offer],
        amount=amount,
        gain=worth,
        quantity=float((before - after).sum() / net.net.quantity_scale),
        filled=int(
            np.count_nonzero((before > 0) & (after == 0)) - np.count_nonzero((before == 0) & (after > 0))
        ),
        first=first / net.net.value_scale,
        verified=same and certify_allocation(larger, again).valid,
    )
