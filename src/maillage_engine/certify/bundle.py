"""The certificate of bundles: each covers its need, counted again by the slow rules; they differ as promised."""

import math
from itertools import pairwise

from maillage_engine.certify.proof import TOLERANCE, Check, Proof, relative_gap
from maillage_engine.methods.cooperate.bundles import Bundle, BundleResult
from maillage_engine.problem.problem import Problem
from maillage_engine.reference.bundle import SlowCase


def certify_bundles(problem: Problem, result: BundleResult) -> Proof:
    """Return the proof: members feasible, amounts and hours covered, costs from the members, order and difference."""
    case = SlowCase(problem, result.need, result.rhythm, result.costs)
    checks = [Check("digest", result.digest == problem.digest())]
    for rank, bundle in enumerate(result.bundles):
        checks += _covers(case, bundle, f"#{rank + 1}")
    checks += [_ordered(result), _different(result)]
    first = result.bundles[0] if result.bundles else None
    objective = math.inf
    if first is not None:
        objective = float(len(first.members)) if result.goal == "smallest" else _cost(case, first)
    bound = result.bound if first is not None else None
    if bound is not None:
        checks.append(Check("bound", bound <= objective + TOLERANCE * max(1.0, abs(objective))))
    gap = relative_gap(objective, bound) if first is not None else None
    return Proof(tuple(checks), objective, bound, gap, result.digest, result.engine_version)


def _covers(case: SlowCase, bundle: Bundle, name: str) -> list[Check]:
    offers = [member.offer for member in bundle.members]
    allowed = set(offers) <= set(case.possible) and len(set(offers)) == len(offers)
    checks = [Check(f"members{name}", allowed)]
    if not allowed:
        return checks
    checks.append(Check(f"hours{name}", _someone_always(case, offers)))
    if case.asks:
        checks.append(Check(f"amounts{name}", _amounts_hold(case, bundle)))
    found = _cost(case, bundle)
    checks.append(Check(f"cost{name}", _same(found, bundle.cost), f"recompté {found:.6f}"))
    return checks


def _someone_always(case: SlowCase, offers: list[int]) -> bool:
    return all(
        any(hour in case.rows[one].hours and case.rows[one].months[month] > 0 for one in offers)
        for month, weight in enumerate(case.need.months)
        if weight
        for hour in case.need.hours
    )


def _amounts_hold(case: SlowCase, bundle: Bundle) -> bool:
    """Say whether each month's amounts add up within what each member may give; by hours, whether a split exists."""
    wanted = float(case.need.quantity or 0.0)
    if case.rhythm == "hours":
        return case.least_cost([member.offer for member in bundle.members]) is not None
    slack = TOLERANCE * max(1.0, wanted)
    weights = case.need.months
    for month, weight in enumerate(weights):
        given = sum(member.months[month] for member in bundle.members)
        if abs(given - wanted * weight / max(sum(weights), 1)) > slack:
            return False
    for member in bundle.members:
        row = case.rows[member.offer]
        lot = max(row.minimum, case.need.minimum)
        amount = sum(member.months)
        if (
            not _same(amount, member.amount)
            or not lot - slack <= amount <= float(row.quantity or 0.0) + slack
        ):
            return False
        for month, given in enumerate(member.months):
            share = 1.0 if case.rhythm == "year" else row.months[month] / max(sum(row.months), 1)
            most = float(row.quantity or 0.0) * (share if row.months[month] else 0.0)
            if not -slack <= given <= most + slack:
                return False
    return True


def _cost(case: SlowCase, bundle: Bundle) -> float:
    total = 0.0
    for member in bundle.members:
        amount = 0.0 if math.isnan(member.amount) else member.amount
        total += case.fixed.get(member.offer, math.inf) + case.unit.get(member.offer, 0.0) * amount
    return total


def _ordered(result: BundleResult) -> Check:
    ranks = [
        (len(one.members), one.cost) if result.goal == "smallest" else (one.cost, 0.0)
        for one in result.bundles
    ]
    slack = TOLERANCE * max([1.0, *(one.cost for one in result.bundles)])
    fine = all(
        after[0] > before[0] - slack and (after[0] > before[0] + slack or after[1] >= before[1] - slack)
        for before, after in pairwise(ranks)
    )
    return Check("order", fine)


def _different(result: BundleResult) -> Check:
    sets = [one.offers for one in result.bundles]
    fine = all(
        len(earlier - later) >= min(result.apart, len(earlier)) and earlier
        for rank, later in enumerate(sets)
        for earlier in sets[:rank]
    )
    return Check("different", bool(fine))


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(1.0, abs(one))
