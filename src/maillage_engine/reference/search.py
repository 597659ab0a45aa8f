"""The k best answers of each row by judging every pair: the twin of ``methods.search``."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage_engine.problem.problem import Problem
from maillage_engine.reference.judge import Judgement, judge_rows
from maillage_engine.reference.row import row_of
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights


@dataclass(frozen=True, slots=True)
class SlowResult:
    """``answers``: for each row asked, its best as (row of the other side, judgement), best first; ``refused``
    counts pairs by the first rule that refuses them."""

    answers: Mapping[int, list[tuple[int, Judgement]]]
    refused: Mapping[str, int]
    feasible: int


def slow_search(
    problem: Problem,
    *,
    k: int = 10,
    direction: str = "needs",
    weights: Weights = DEFAULT_WEIGHTS,
    rows: Iterable[int] | None = None,
) -> SlowResult:
    """Return the ``k`` best of each row asked, or of ``rows`` among them only, by the numbered semantics."""
    asked, others = problem.needs, problem.offers
    if direction == "offers":
        asked, others = others, asked
    other_rows = [row_of(others, at) for at in range(len(others))]
    excluded = {(need, offer) for need, offer in problem.excluded_pairs.tolist()}
    refused: Counter[str] = Counter()
    answers: dict[int, list[tuple[int, Judgement]]] = {}
    for at in range(len(asked)) if rows is None else rows:
        row, found = row_of(asked, at), []
        for other_at, other in enumerate(other_rows):
            need, offer = (row, other) if direction == "needs" else (other, row)
            pair = (at, other_at) if direction == "needs" else (other_at, at)
            verdict = judge_rows(problem, need, offer, excluded=pair in excluded, weights=weights)
            if verdict.refusals:
                refused[verdict.refusals[0]] += 1
            else:
                found.append((other_at, verdict))
        found.sort(key=lambda one: _order(one[1], others.ids[one[0]]))
        answers[at] = found[:k]
    pairs = len(answers) * len(others)
    return SlowResult(answers, dict(refused), pairs - sum(refused.values()))


def _order(verdict: Judgement, other_id: str) -> tuple[int, bool, int, str]:
    unknown = verdict.distance_m is None
    return (-verdict.total, unknown, verdict.distance_m or 0, other_id)
