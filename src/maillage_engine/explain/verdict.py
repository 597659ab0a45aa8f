"""The verdict on one pair: its criteria, the facts behind them, what speaks for it, and every rule that refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from maillage_engine.errors import InvalidArgument
from maillage_engine.explain.reasons import Reason, reasons_of
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.registry import RULES
from maillage_engine.rules.rule import Number, Numbers
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that refuses: its code, its numbers, and the value that would let the pair pass (empty: none)."""

    code: str
    numbers: Numbers
    relaxation: Numbers


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say of one pair.

    ``need`` and ``offer`` are rows, ``need_id`` and ``offer_id`` their ids. ``criteria`` gives 0 to 1000 by code,
    ``total`` Σ weight × criterion, ``score`` that total in thousandths. ``facts`` are numbers by name:
    ``distance_m`` (-1 unknown), ``shared_hours``, ``shared_months`` (0 to 1200), ``covered_per_mille``.
    ``refusals`` are in the order of the rules: the first is the headline.
    """

    need: int
    offer: int
    need_id: str
    offer_id: str
    verdict: Literal["feasible", "refused"]
    total: int
    criteria: Mapping[str, int]
    facts: Mapping[str, Number]
    reasons: tuple[Reason, ...]
    refusals: tuple[Refusal, ...]

    @property
    def score(self) -> int:
        """The total in thousandths, rounded down."""
        return self.total // 1000


def explain(problem: Problem, need: int, offer: int, *, weights: Weights = DEFAULT_WEIGHTS) -> Explanation:
    """Return the explanation of the pair of row ``need`` and row ``offer``, feasible or not.

    Raises ``InvalidArgument`` when a row does not exist.
    """
    for name, row, side in (("need", need, problem.needs), ("offer", offer, problem.offers)):
        if not 0 <= row < len(side):
            raise InvalidArgument(name, f"la ligne {row} n’existe pas ; il y en a {len(side)}.")
    pair = Pairs.single(problem, need, offer)
    criteria = {one.code: int(one.of(pair)[0]) for one in CRITERIA}
    total = sum(weight * value for weight, value in zip(weights.in_order(), criteria.values(), strict=True))
    refusals = tuple(
        Refusal(rule.code, *rule.account(problem, need, offer)) for rule in RULES if rule.refuses(pair)[0]
    )
    facts: dict[str, Number] = {
        "distance_m": int(pair.distance_m[0]),
        "shared_hours": int(pair.shared_hours[0]),
        "shared_months": int(pair.shared_months[0]),
        "covered_per_mille": criteria["quantity"],
    }
    return Explanation(
        need=need,
        offer=offer,
        need_id=problem.needs.ids[need],
        offer_id=problem.offers.ids[offer],
        verdict="refused" if refusals else "feasible",
        total=total,
        criteria=criteria,
        facts=facts,
        reasons=reasons_of(problem, pair, criteria),
        refusals=refusals,
    )
