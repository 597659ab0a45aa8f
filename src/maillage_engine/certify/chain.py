"""The certificate of chains: dealings allowed by the slow rules, proportions of recipes held, costs added again."""

import math
from itertools import pairwise

from maillage_engine.certify.proof import TOLERANCE, Check, Proof, relative_gap
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.chains_result import NOWHERE, Chain, ChainResult, Flow
from maillage_engine.reference.chain_rules import SlowTerritory


def certify_chains(chain_problem: ChainProblem, result: ChainResult) -> Proof:
    """Return the proof. ``objective`` is the cost of the first chain, added up from its dealings and its recipes."""
    land = SlowTerritory(chain_problem)
    checks = [Check("digest", result.digest == chain_problem.digest())]
    for rank, chain in enumerate(result.chains):
        checks += _Chain(land, chain, f"#{rank + 1}").checks()
    checks += [_ordered(result), _different(result)]
    if not result.chains:
        return Proof(tuple(checks), math.inf, None, None, result.digest, result.engine_version)
    objective, bound = _cost(land, result.chains[0]), result.bound
    if bound is not None:
        # the programs add a trifle for each member, so that the shorter of two equal chains comes first
        bound = min(bound, objective)
    gap = relative_gap(objective, bound)
    return Proof(tuple(checks), objective, bound, gap, result.digest, result.engine_version)


class _Chain:
    def __init__(self, land: SlowTerritory, chain: Chain, name: str) -> None:
        self.land, self.chain, self.name = land, chain, name
        self.recipes = land.given.recipes
        self.slack = TOLERANCE * max(
            [1.0, *(abs(flow.amount) for flow in chain.flows if flow.amount == flow.amount)]
        )

    def checks(self) -> list[Check]:
        """Return what is looked at in one chain."""
        refused = [at for at, flow in enumerate(self.chain.flows) if not self._allowed(flow)]
        places = [at for at, run in enumerate(self.chain.runs) if not self._placed(at)]
        if refused or places:
            return [Check(f"allowed{self.name}", False, f"échanges {refused}, lieux {places}")]
        found = _cost(self.land, self.chain)
        same = abs(found - self.chain.cost) <= TOLERANCE * max(1.0, abs(found))
        return [
            Check(f"allowed{self.name}", True),
            Check(f"lines{self.name}", all(self._lines(at) for at in range(len(self.chain.runs)))),
            Check(f"given{self.name}", all(self._given(at) for at in range(len(self.chain.runs)))),
            Check(f"offers{self.name}", self._offers()),
            Check(f"needs{self.name}", all(self._served(need) for need in self.land.given.targets)),
            Check(f"choices{self.name}", self._choices()),
            Check(f"cost{self.name}", same, f"recompté {found:.6f}"),
        ]

    def _placed(self, at: int) -> bool:
        run = self.chain.runs[at]
        recipe = self.recipes[run.recipe]
        if recipe.place_line is None:
            return run.place == NOWHERE and not run.missing_place
        if run.missing_place:
            return run.place == NOWHERE
        return self.land.may_play(run.place, run.recipe, recipe.place_line, run.place)

    def _allowed(self, flow: Flow) -> bool:
        land, runs = self.land, self.chain.runs
        place = runs[flow.to_run].place if flow.to_run != NOWHERE else NOWHERE
        here = runs[flow.run].place if flow.run != NOWHERE else NOWHERE
        first = land.given.targets[0]
        if flow.offer != NOWHERE and flow.need != NOWHERE:
            fine, metres = (
                land.direct(flow.offer, flow.need),
                land.metres(flow.offer, NOWHERE, need=flow.need),
            )
        elif flow.offer != NOWHERE:
            fine = land.may_play(flow.offer, runs[flow.to_run].recipe, flow.taken, place)
            metres = land.metres(flow.offer, place, need=first if place == NOWHERE else None)
        elif flow.need != NOWHERE:
            fine = land.may_give(here, runs[flow.run].recipe, flow.given, flow.need)
            metres = land.metres(here, NOWHERE, need=flow.need)
        else:
            recipe, other = runs[flow.run].recipe, runs[flow.to_run].recipe
            fine = land.may_pass(here, recipe, flow.given, place, other, flow.taken)
            metres = land.metres(here, place)
        return fine and metres == flow.distance_m

    def _lines(self, at: int) -> bool:
        """Each line is brought or told missing; of each option exactly one line is."""
        run = self.chain.runs[at]
        recipe = self.recipes[run.recipe]
        missing = {one.taken: one for one in self.chain.missing if one.run == at}
        coming: dict[int, list[Flow]] = {}
        for flow in self.chain.flows:
            if flow.to_run == at:
                coming.setdefault(flow.taken, []).append(flow)
        for lines in recipe.options.values():
            if sum(taken in missing or taken in coming for taken in lines) != 1:
                return False
        for taken, line in enumerate(recipe.takes):
            flows = coming.get(taken, [])
            if line.option and taken not in missing and not flows:
                continue
            if not flows and taken not in missing:
                return False
            if line.quantity is None or any(math.isnan(flow.amount) for flow in flows):
                continue
            lacking = missing[taken].amount if taken in missing else 0.0
            wanted = line.quantity * (1.0 if line.once else run.size)
            if sum(flow.amount for flow in flows) + lacking < wanted - self.slack * max(1.0, wanted):
                return False
        offers = [flow.offer for flow in self.chain.flows if flow.to_run == at and flow.offer != NOWHERE]
        return len(set(offers)) == len(offers)

    def _given(self, at: int) -> bool:
        """No more leaves than is made, and the size is one that a place may have."""
        run = self.chain.runs[at]
        recipe = self.recipes[run.recipe]
        if not run.missing_place and run.size > recipe.largest * (1 + TOLERANCE):
            return False
        for given, out in enumerate(recipe.gives):
            flows = [flow for flow in self.chain.flows if (flow.run, flow.given) == (at, given)]
            leaving = sum(flow.amount for flow in flows if not math.isnan(flow.amount))
            made = 0.0 if out.quantity is None else out.quantity * (1.0 if out.once else run.size)
            if leaving > made + self.slack * max(1.0, made):
                return False
        return True

    def _offers(self) -> bool:
        """Nobody brings more than they have, nor less than the lot they accept."""
        for offer in self.chain.offers:
            row = self.land.offers[offer]
            amounts = [
                flow.amount
                for flow in self.chain.flows
                if flow.offer == offer and not math.isnan(flow.amount)
            ]
            if any(amount < row.minimum - self.slack for amount in amounts):
                return False
            if row.quantity is not None and sum(amounts) > row.quantity + self.slack * max(1.0, row.quantity):
                return False
        return True

    def _served(self, need: int) -> bool:
        flows = [flow for flow in self.chain.flows if flow.need == need]
        wanted = self.land.needs[need].quantity
        if not flows or wanted is None or any(math.isnan(flow.amount) for flow in flows):
            return bool(flows)
        return sum(flow.amount for flow in flows) >= wanted - self.slack * max(1.0, wanted)

    def _choices(self) -> bool:
        used: dict[str, set[int]] = {}
        for run in self.chain.runs:
            if self.recipes[run.recipe].choice:
                used.setdefault(self.recipes[run.recipe].choice, set()).add(run.recipe)
        return all(len(recipes) == 1 for recipes in used.values())


def _cost(land: SlowTerritory, chain: Chain) -> float:
    count = len(land.offers)
    unit, fixed = land.given.costs.row("unit", count), land.given.costs.row("fixed", count)
    total = 0.0
    for flow in chain.flows:
        total += land.road(flow.distance_m)
        if flow.offer != NOWHERE and not math.isnan(flow.amount):
            total += float(unit[flow.offer]) * flow.amount
    total += sum(float(fixed[offer]) for offer in chain.offers)
    for run in chain.runs:
        recipe = land.given.recipes[run.recipe]
        total += recipe.fixed_cost + recipe.unit_cost * run.size
    return total


def _ordered(result: ChainResult) -> Check:
    ranks = [(len(chain.missing), chain.cost) for chain in result.chains]
    slack = 1e-3 * max([1.0, *(cost for _, cost in ranks)])
    fine = all(
        before[0] < after[0] or (before[0] == after[0] and before[1] <= after[1] + slack)
        for before, after in pairwise(ranks)
    )
    return Check("order", fine)


def _different(result: ChainResult) -> Check:
    sets = [chain.parts for chain in result.chains]
    fine = all(not earlier <= later for rank, later in enumerate(sets) for earlier in sets[:rank])
    return Check("different", fine)
