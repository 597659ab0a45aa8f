"""What would unlock most in a pole's sharing: more of what exists, or something new; each verified by a new solve."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.core.french import plural
from maillage.domain.matching.bridge import KeptProblem
from maillage_engine.explain.allocation import quantity_fr
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.methods.allocate.unlock import unlocks
from maillage_engine.methods.allocate.unmet import UnmetReport
from maillage_engine.methods.allocate.what_if import Link, added, compare, resized
from maillage_engine.problem.geography import arc_metres
from maillage_engine.stop import Stop

MOST = 6
LEAST_GAIN = 1e-6
NEW = "une offre nouvelle"
NOTHING_LEFT = ("nobody", "calendar", "full", "priority", "worth")


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A verified sentence, the keys of the needs that would receive more, and how much more would be covered."""

    sentence: str
    needs: tuple[str, ...]
    gain: float


def unlocked(
    problem: KeptProblem,
    sharing: AllocationProblem,
    result: AllocationResult,
    report: UnmetReport,
    *,
    stop: Stop,
) -> list[Unlocked]:
    """Return what would unlock most, best first; a change that a new solve does not confirm is not told."""
    if result.way == "fair" or result.status != "optimal":
        return []
    found = [*_more(sharing, result, stop), *_new(problem, sharing, result, report, stop)]
    best: dict[tuple[str, ...], Unlocked] = {}
    for one in sorted(found, key=lambda each: -each.gain):
        best.setdefault(one.needs, one)
    return list(best.values())[:MOST]


def _more(sharing: AllocationProblem, result: AllocationResult, stop: Stop) -> Iterable[Unlocked]:
    """More of an offer that exists. With lots, candidates come from the sharing without them."""
    bare = replace(
        sharing,
        need_lot=np.zeros(sharing.needs),
        offer_lot=np.zeros(sharing.offers),
        indivisible=np.zeros(sharing.offers, dtype=np.bool_),
    )
    plain = allocate(bare, stop=stop)
    for one in unlocks(bare, plain, most=MOST, stop=stop):
        larger = np.array(sharing.offer_quantity[one.offer])
        larger[one.slot] += one.amount
        changed = resized(sharing, one.offer, larger)
        where = f" près de {one.commune}" if one.commune else ""
        what = f"« {one.family} »" if one.family else "cette offre"
        words = f"{quantity_fr(one.amount, sharing.offer_unit[one.offer])} par an de plus en {what}{where}"
        told = _verified(sharing, result, changed, words, stop)
        if told is not None:
            yield told


def _new(
    problem: KeptProblem,
    sharing: AllocationProblem,
    result: AllocationResult,
    report: UnmetReport,
    stop: Stop,
) -> Iterable[Unlocked]:
    """An offer that nobody makes: for each type, at the place of the need from which most others are in reach."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for need in dict.fromkeys(line.need for line in report.lines if line.reason in NOTHING_LEFT):
        if sharing.need_family[need]:
            groups[sharing.need_family[need], sharing.need_unit[need]].append(need)
    for (kind, unit), needs in groups.items():
        place, reached = _best_place(problem, needs)
        wanted = sharing.need_quantity[reached].sum(axis=0) - result.served(sharing)[reached].sum(axis=0)
        links = [Link(need, value=1.0 / float(problem.needs.quantity[need])) for need in reached]
        commune = sharing.need_commune[place]
        changed = added(sharing, NEW, wanted, links, commune=commune, family=kind, unit=unit)
        where = f" près de {commune}" if commune else ""
        words = f"{quantity_fr(float(wanted.sum()), unit)} par an en « {kind} »{where}"
        told = _verified(sharing, result, changed, words, stop)
        if told is not None:
            yield told


def _best_place(problem: KeptProblem, needs: Sequence[int]) -> tuple[int, list[int]]:
    """The need at whose place an offer is in reach of most of ``needs``, and which; an unknown place is in reach."""
    best, reached = needs[0], [needs[0]]
    for place in needs:
        near = [need for need in needs if _in_reach(problem, need, place)]
        if len(near) > len(reached):
            best, reached = place, near
    return best, reached


def _in_reach(problem: KeptProblem, need: int, place: int) -> bool:
    side = problem.needs
    if not (side.located[need] and side.located[place]):
        return True
    apart = side.metres[need] - side.metres[place]
    return bool(arc_metres(np.array([(apart * apart).sum()]))[0] <= side.limit_m[need])


def _verified(
    sharing: AllocationProblem, result: AllocationResult, changed: AllocationProblem, words: str, stop: Stop
) -> Unlocked | None:
    """Solve again with the change; None when it does not serve more."""
    again = allocate(changed, stop=stop)
    told = compare((sharing, result), (changed, again))
    gain = again.value - result.value
    if again.status != "optimal" or gain <= LEAST_GAIN * max(1.0, result.value) or not told.gaining:
        return None
    rows = {key: row for row, key in enumerate(sharing.need_ids)}
    served = sum(one.after - one.before for one in told.gaining)
    units = {sharing.need_unit[rows[one.need]] for one in told.gaining}
    filled = told.filled[1] - told.filled[0]
    much = f" ({quantity_fr(served, units.pop())})" if len(units) == 1 else ""
    count = filled if filled > 0 else len(told.gaining)
    needs = f"{count} {plural(float(count), 'besoin', 'besoins')}"
    sentence = (
        f"{words} serviraient {needs} de plus{much}."
        if filled > 0
        else f"{words} serviraient mieux {needs}{much}."
    )
    return Unlocked(sentence, tuple(one.need for one in told.gaining), gain)
