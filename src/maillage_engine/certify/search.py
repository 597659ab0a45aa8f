"""The certificate of a search: an independent check of its result, by the slow rules, not by the fast ones."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.search import NOBODY, SearchResult
from maillage_engine.problem.problem import Problem
from maillage_engine.reference.judge import Judgement, judge_rows
from maillage_engine.reference.row import Row, row_of

DEFAULT_SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a result: ``code``, the row asked, the row of the other side (-1: none), the numbers.

    Codes: ``digest`` (another problem), ``refused`` (a proposed pair breaks a rule), ``score`` (its numbers are
    not those of the slow twin), ``order`` (a worse one comes first), ``twice`` (the same answer again),
    ``missing`` (a better or as good one was left out), ``counts`` (pairs do not add up).
    """

    code: str
    row: int
    other: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """``valid`` when nothing is wrong. ``checked_pairs`` were judged again; ``checked_rows`` are the rows whose
    every possible answer was judged, out of ``rows``: their list is proved to be the best one."""

    valid: bool
    faults: tuple[Fault, ...]
    checked_pairs: int
    checked_rows: int
    rows: int
    digest: str
    engine_version: str


def certify(
    problem: Problem, result: SearchResult, *, sample: int | None = DEFAULT_SAMPLE, seed: int = 0
) -> Certificate:
    """Return the certificate of ``result`` for ``problem``.

    Each proposed pair is judged again. For ``sample`` rows drawn with ``seed`` (None: all of them), each possible
    answer is judged, so that nothing better was left out. Raises ``InvalidArgument`` when ``sample`` is negative.
    """
    if sample is not None and sample < 0:
        raise InvalidArgument("sample", "il faut 0 ou plus, ou None pour tout vérifier.")
    rows = len(result.indices)
    check = _Check(problem, result)
    check.identity()
    for row in range(rows):
        check.proposals(row)
    drawn: Iterable[int] = range(rows)
    if sample is not None and sample < rows:
        drawn = np.sort(np.random.default_rng(seed).choice(rows, size=sample, replace=False)).tolist()
    drawn = list(drawn)
    for row in drawn:
        check.nothing_better(row)
    return Certificate(
        valid=not check.faults,
        faults=tuple(check.faults),
        checked_pairs=check.judged,
        checked_rows=len(drawn),
        rows=rows,
        digest=result.digest,
        engine_version=result.engine_version,
    )


class _Check:
    def __init__(self, problem: Problem, result: SearchResult) -> None:
        self.problem = problem
        self.result = result
        self.faults: list[Fault] = []
        self.judged = 0
        self._asked, self._others = problem.needs, problem.offers
        if result.direction == "offers":
            self._asked, self._others = self._others, self._asked
        self._excluded = {(need, offer) for need, offer in problem.excluded_pairs.tolist()}
        self._rows: dict[tuple[str, int], Row] = {}

    def identity(self) -> None:
        """The result is of this problem, and its counts add up."""
        result = self.result
        if result.digest != self.problem.digest() or len(result.indices) != len(self._asked):
            self._fault("digest", NOBODY, NOBODY, "le résultat vient d’un autre problème")
        if result.feasible + sum(result.refused.values()) != len(self._asked) * len(self._others):
            self._fault("counts", NOBODY, NOBODY, "paires possibles et refusées ne font pas le total")

    def proposals(self, row: int) -> None:
        """Each proposed pair is feasible, has the right numbers, comes once and after the better ones."""
        last: tuple[int, bool, int, str] | None = None
        others = self._proposed(row)
        if len(set(others)) != len(others):
            self._fault("twice", row, NOBODY)
        for rank, other in enumerate(others):
            verdict = self._judge(row, other)
            if verdict.refusals:
                self._fault("refused", row, other, ", ".join(verdict.refusals))
            self._same_numbers(row, rank, other, verdict)
            order = self._order(other, verdict)
            if last is not None and order < last:
                self._fault("order", row, other)
            last = order

    def nothing_better(self, row: int) -> None:
        """No feasible answer that is not proposed should have been, the list being short or its last one worse."""
        proposed = self._proposed(row)
        full = len(proposed) == self.result.k
        worst = max((self._order(other, self._judge(row, other)) for other in proposed), default=None)
        for other in sorted(set(range(len(self._others))) - set(proposed)):
            verdict = self._judge(row, other)
            if verdict.refusals:
                continue
            if not full or worst is None or self._order(other, verdict) < worst:
                self._fault("missing", row, other, f"total {verdict.total}")

    def _proposed(self, row: int) -> list[int]:
        return [int(other) for other in self.result.indices[row] if other != NOBODY]

    def _same_numbers(self, row: int, rank: int, other: int, verdict: Judgement) -> None:
        result = self.result
        distance = NOBODY if verdict.distance_m is None else verdict.distance_m
        claimed = (
            int(result.totals[row, rank]),
            tuple(result.criteria[row, rank].tolist()),
            int(result.distance_m[row, rank]),
        )
        if claimed != (verdict.total, verdict.criteria, distance):
            self._fault("score", row, other, f"annoncé {claimed[0]}, recompté {verdict.total}")

    def _judge(self, row: int, other: int) -> Judgement:
        self.judged += 1
        asked, answer = self._row("asked", row), self._row("other", other)
        need, offer, pair = asked, answer, (row, other)
        if self.result.direction == "offers":
            need, offer, pair = answer, asked, (other, row)
        excluded = pair in self._excluded
        return judge_rows(self.problem, need, offer, excluded=excluded, weights=self.result.weights)

    def _row(self, side: str, at: int) -> Row:
        if (side, at) not in self._rows:
            self._rows[side, at] = row_of(self._asked if side == "asked" else self._others, at)
        return self._rows[side, at]

    def _order(self, other: int, verdict: Judgement) -> tuple[int, bool, int, str]:
        metres = verdict.distance_m
        return (-verdict.total, metres is None, metres or 0, self._others.ids[other])

    def _fault(self, code: str, row: int, other: int, detail: str = "") -> None:
        self.faults.append(Fault(code, row, other, detail))
