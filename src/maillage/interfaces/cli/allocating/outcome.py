"""What ``maillage allocate`` writes: one JSON for programs, a few sentences for people."""

import math
from typing import Any

from maillage.core.french import number, typography
from maillage.interfaces.cli.allocating.sharing import Shared
from maillage_engine.arrays import Floats
from maillage_engine.explain.allocation import summary_fr, unlock_fr, unmet_fr
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.unlock import Unlock
from maillage_engine.methods.allocate.unmet import Cut

MOST_SAID = 5


def as_json(shared: Shared) -> dict[str, Any]:
    """Return the whole result.

    ``cost`` is the objective, here the largest total value (``objective_sense``: ``max``); ``value`` is the same
    number. ``duals``: what one unit more would bring at most, by need and by offer (by slot when there are several).
    """
    problem, result = shared.problem, shared.result
    return {
        "cost": result.value,
        "value": result.value,
        "objective_sense": "max",
        "bound": result.bound,
        "gap": result.gap,
        "seconds": round(shared.seconds, 3),
        "status": result.status,
        "certificate": shared.proof.as_dict(),
        "transport": result.transport,
        "way": result.way,
        "flows": _flows(shared),
        "duals": {
            "needs": _by_name(problem.need_ids, result.prices.need),
            "offers": _by_name(problem.offer_ids, result.prices.offer),
        },
        "unmet": [_unmet(shared, at) for at in range(len(shared.report.lines))],
        "cuts": [_cut(problem, cut) for cut in shared.report.cuts],
        "unlock": [_unlock(problem, one) for one in shared.unlocks],
        "levels": {one.group: one.share for one in result.levels},
        "remarks": list(shared.remarks),
    }


def sentences(shared: Shared) -> list[str]:
    """Return what is said on the terminal."""
    problem, result = shared.problem, shared.result
    lines = [f"Valeur totale : {number(result.value, digits=2)}.", *summary_fr(problem, result)]
    said = shared.report.lines[:MOST_SAID]
    lines.extend(why_unmet(shared, at) for at in range(len(said)))
    more = len(shared.report.lines) - len(said)
    if more > 0:
        lines.append(f"Et {number(more)} autre(s) : le fichier de sortie les dit tous.")
    lines.extend(unlock_fr(problem, one) for one in shared.unlocks)
    lines.append(f"Résultat vérifié ({number(shared.seconds, digits=1)} s).")
    return [typography(line) for line in lines]


def why_unmet(shared: Shared, at: int) -> str:
    """Return the sentence of one line of what is unmet; the rules' own words when nobody can serve it."""
    line = shared.report.lines[at]
    words = unmet_fr(shared.problem, shared.report, line, reach_km=shared.reach_km)
    if line.reason == "nobody" and line.need in shared.why:
        return f"{words} La plus proche : {shared.why[line.need]}"
    return words


def _flows(shared: Shared) -> list[dict[str, Any]]:
    problem, result = shared.problem, shared.result
    needs = problem.edge_need[result.edge].tolist()
    offers = problem.edge_offer[result.edge].tolist()
    rows = zip(needs, offers, result.slot.tolist(), result.quantity.tolist(), strict=True)
    plain = len(problem.slots) == 1
    return [
        {"need": problem.need_ids[need], "offer": problem.offer_ids[offer], "quantity": quantity}
        | ({} if plain else {"slot": problem.slots[slot]})
        for need, offer, slot, quantity in rows
    ]


def _cut(problem: AllocationProblem, cut: Cut) -> dict[str, Any]:
    return {
        "slot": problem.slots[cut.slot],
        "needs": [problem.need_ids[row] for row in cut.needs.tolist()],
        "offers": [problem.offer_ids[row] for row in cut.offers.tolist()],
        "capacity": cut.capacity,
        "wanted": cut.wanted,
        "closed": cut.closed,
    }


def _unlock(problem: AllocationProblem, one: Unlock) -> dict[str, Any]:
    return {
        "offer": problem.offer_ids[one.offer],
        "slot": problem.slots[one.slot],
        "family": one.family,
        "commune": one.commune,
        "amount": one.amount,
        "gain": one.gain,
        "first_unit": one.first,
        "quantity": one.quantity,
        "needs_filled": one.filled,
        "verified": one.verified,
        "sentence": typography(unlock_fr(problem, one)),
    }


def _by_name(names: tuple[str, ...], prices: Floats) -> dict[str, Any]:
    if prices.shape[1] == 1:
        return dict(zip(names, map(_told, prices[:, 0].tolist()), strict=True))
    return {name: [_told(one) for one in row] for name, row in zip(names, prices.tolist(), strict=True)}


def _told(price: float) -> float | None:
    """JSON has no word for a price that does not exist."""
    return None if math.isnan(price) else price


def _unmet(shared: Shared, at: int) -> dict[str, Any]:
    problem, line = shared.problem, shared.report.lines[at]
    return {
        "need": problem.need_ids[line.need],
        "slot": problem.slots[line.slot],
        "missing": line.missing,
        "reason": line.reason,
        "cut": line.cut if line.cut >= 0 else None,
        "sentence": typography(why_unmet(shared, at)),
    }
