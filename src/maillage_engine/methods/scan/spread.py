"""The rows asked, shared out among threads: each writes its own rows' lines, so the result is always the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Int32s, Int64s
from maillage_engine.methods.ranking import Ranking
from maillage_engine.methods.scan.nearby import Nearby, nearby, scanned_order
from maillage_engine.methods.scan.pair import RULE_ORDER
from maillage_engine.methods.scan.rows import Laid, Record, Stems, laid_out, settings_of
from maillage_engine.methods.scan.scanning import Excluded, Found, scan_rows, space_for
from maillage_engine.problem.problem import Problem
from maillage_engine.scoring.weights import Weights
from maillage_engine.stop import Watch

ROWS_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Scan:
    """Everything that the loops read, laid out once for one direction of one problem."""

    settings: Record
    closeness: Int32s
    asked: Laid
    others: Laid
    from_needs: bool
    around: Nearby
    excluded: Excluded

    @classmethod
    def of(cls, problem: Problem, *, from_needs: bool, weights: Weights) -> "Scan":
        """Lay a problem out, asked from the needs or from the offers."""
        types, lexicon = len(problem.types), problem.lexicon
        sides, stems = [problem.needs, problem.offers], [lexicon.needs, lexicon.offers]
        if not from_needs:
            sides.reverse()
            stems.reverse()
        orders = [scanned_order(side, types) for side in sides]
        asked, others = (
            laid_out(problem, side, order, Stems.of_matrix(some))
            for side, order, some in zip(sides, orders, stems, strict=True)
        )
        can_answer = problem.types.closeness > 0
        return cls(
            settings=settings_of(problem, weights),
            closeness=problem.types.closeness.astype(np.int32),
            asked=asked,
            others=others,
            from_needs=from_needs,
            around=nearby(sides[1], orders[1], can_answer.T if from_needs else can_answer),
            excluded=_excluded(problem, from_needs),
        )

    def run(
        self, ranking: Ranking, *, k: int, threads: int, watch: Watch
    ) -> Iterator[tuple[int, int, Int64s]]:
        """Fill ``ranking``; yield, for each chunk of rows, its rows, the pairs met and those refused by rule.

        Raises ``Cancelled`` when the watch says so, between two chunks.
        """
        found = Found(ranking.indices, ranking.totals, ranking.criteria, ranking.distance_m, ranking.found)
        rows = len(self.asked.rows)

        def work(start: int) -> tuple[int, int, Int64s]:
            watch.check()
            end = min(start + ROWS_AT_ONCE, rows)
            counts = np.zeros(len(RULE_ORDER), dtype=np.int64)
            space = space_for(len(self.others.rows), k)
            met = scan_rows(
                self.settings,
                self.closeness,
                self.asked,
                start,
                end,
                self.others,
                self.from_needs,
                self.around,
                self.excluded,
                space,
                counts,
                found,
            )
            return end - start, met, counts

        with ThreadPoolExecutor(max_workers=threads) as pool:
            yield from pool.map(work, range(0, rows, ROWS_AT_ONCE))


def _excluded(problem: Problem, from_needs: bool) -> Excluded:
    pairs = problem.excluded_pairs if from_needs else problem.excluded_pairs[:, ::-1]
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    rows = len(problem.needs) if from_needs else len(problem.offers)
    starts = np.searchsorted(pairs[:, 0], np.arange(rows + 1)).astype(np.int64)
    return Excluded(starts, np.ascontiguousarray(pairs[:, 1], dtype=np.int64))
