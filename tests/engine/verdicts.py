"""Decisions to learn from: people who decide by weights of their own, and say why."""

import numpy as np

from maillage_engine.learning import Decisions
from maillage_engine.scoring.registry import CRITERION_CODES

Row = tuple[str, str, list[int], bool, list[str]]

FAR_MATTERS = (100, 100, 450, 100, 200, 50)
WORDS_MATTER = (500, 250, 50, 100, 70, 30)


def decided(
    count: int, *, seed: int = 0, by: tuple[int, ...] = FAR_MATTERS, pole: str = "Est", reasons: bool = True
) -> list[Row]:
    """Return rows of ``Decisions.of_rows``: five pairs a need, the worst criterion blamed when refused."""
    random = np.random.default_rng(seed)
    criteria = np.column_stack(
        [
            random.beta(3, 2, count) * 1000,
            random.choice([400, 500, 700, 800, 1000], count),
            1000 / (1 + random.gamma(1.2, 0.5, count)),
            random.choice([200, 600, 1000], count),
            random.choice([200, 500, 800, 1000], count),
            random.choice([100, 300, 600, 1000], count),
        ]
    ).astype(int)
    short = np.array(by) * (criteria.mean(axis=0) - criteria) / 1000
    accepted = random.random(count) < 1 / (1 + np.exp(0.012 * short.sum(axis=1)))
    return [
        (
            pole,
            f"{pole}-{row // 5}",
            criteria[row].tolist(),
            bool(accepted[row]),
            [CRITERION_CODES[int(short[row].argmax())]] if reasons and not accepted[row] else [],
        )
        for row in range(count)
    ]


def decisions(*groups: list[Row]) -> Decisions:
    """Return the decisions of several groups of rows."""
    return Decisions.of_rows([row for group in groups for row in group])
