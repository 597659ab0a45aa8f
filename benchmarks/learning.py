"""What learned weights are worth: poles whose people decide by weights of their own, judged on pairs never seen."""

import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage_engine.learning import Decisions, learn
from maillage_engine.learning.replay import replay
from maillage_engine.scoring.registry import CRITERION_CODES
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS

Values = npt.NDArray[np.float64]
SHARPNESS = 12.0
"""How sure people are: the odds of keeping a pair change by e for 1/12 of the total."""
LIKE_EACH_OTHER = 25.0
WRONG_REASONS = 0.2


@dataclass(frozen=True, slots=True)
class Reached:
    """Area under the curve on fresh pairs, mean of the poles: in force, learned, peer, their own true weights."""

    in_force: float
    learned: float
    peer: float
    ideal: float
    seconds: float
    changed: int


def options(parser: ArgumentParser) -> None:
    """Decisions a pole, poles."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[40, 60, 200, 1_000], help="décisions par pôle"
    )
    parser.add_argument("--poles", type=int, default=6, help="pôles")
    parser.add_argument("--fresh", type=int, default=2_000, help="paires jamais vues, par pôle")
    parser.add_argument("--seed", type=int, default=0, help="graine")


@family("learning", "Ce que valent les poids appris, à côté d’une régression par pôle.", options=options)
def run(chosen: Namespace) -> None:
    """Leave one line a size."""
    lines = []
    for size in chosen.sizes:
        got = measured(size, chosen)
        lines.append(
            Line(
                method="poids appris des décisions",
                size=f"{chosen.poles} pôles × {size} décisions",
                ours=f"aire {got.learned:.3f}, {got.seconds:.2f} s".replace(".", ","),
                peer=f"poids en vigueur {got.in_force:.3f} ; scikit-learn, pôle par pôle {got.peer:.3f}".replace(
                    ".", ","
                ),
                ratio=f"{got.learned / got.peer:.3f}".replace(".", ","),
                quality=f"les vrais poids atteignent {got.ideal:.3f} ; {got.changed} pôles changent".replace(
                    ".", ","
                ),
            )
        )
    leave(
        "learning",
        "Apprendre de ce que font les gens",
        lines,
        note=(
            f"Décisions inventées ({chosen.poles} pôles, chacun ses poids, une raison sur cinq au hasard). L’aire sous "
            f"la courbe est mesurée sur {chosen.fresh} paires par pôle que personne n’a vues : 1 si chaque piste "
            "gardée passe devant chaque piste mise de côté, 0,5 au hasard. Sous 50 décisions rien ne change."
        ),
    )


def measured(size: int, chosen: Namespace) -> Reached:
    """Learn from ``size`` decisions a pole, judge on fresh ones."""
    random = np.random.default_rng(chosen.seed)
    usual = np.array(DEFAULT_WEIGHTS.in_order()) / 1000
    true = random.dirichlet(usual * LIKE_EACH_OTHER, chosen.poles)
    seen = [decided(random, size, one) for one in true]
    decisions = Decisions.of_rows(
        [
            (f"p{pole}", f"p{pole}-{row // 5}", values[row].tolist(), bool(kept[row]), blamed[row])
            for pole, (values, kept, blamed) in enumerate(seen)
            for row in range(size)
        ]
    )
    began = time.perf_counter()
    result = learn(decisions, seed=chosen.seed)
    seconds = time.perf_counter() - began
    areas = []
    for pole, one in enumerate(true):
        values, kept, _ = decided(random, chosen.fresh, one)
        mine = np.array(result.of(f"p{pole}").weights.in_order())
        areas.append([area(values, kept, by) for by in (usual, mine, alone(*seen[pole][:2]), one)])
    in_force, learned, peer, ideal = np.mean(areas, axis=0)
    changed = sum(one.outcome == "learned" for one in result.poles)
    return Reached(float(in_force), float(learned), float(peer), float(ideal), seconds, changed)


def decided(
    random: np.random.Generator, count: int, by: Values
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], list[list[str]]]:
    """Return the criteria (n, 6) of pairs, whether they were kept, and what each refusal blames."""
    values = np.column_stack(
        [
            random.beta(3, 2, count) * 1000,
            random.choice([400, 500, 700, 800, 1000], count),
            1000 / (1 + random.gamma(1.2, 0.5, count)),
            random.choice([200, 600, 1000], count),
            random.choice([200, 500, 800, 1000], count),
            random.choice([100, 300, 600, 1000], count),
        ]
    ).astype(np.int64)
    short = by * (values.mean(axis=0) - values) / 1000
    kept = random.random(count) < 1 / (1 + np.exp(SHARPNESS * short.sum(axis=1)))
    guilty = np.where(
        random.random(count) < WRONG_REASONS, random.integers(0, len(by), count), short.argmax(axis=1)
    )
    return values, kept, [[] if yes else [CRITERION_CODES[at]] for yes, at in zip(kept, guilty, strict=True)]


def alone(values: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_]) -> Values:
    """Return the coefficients of a plain regression on one pole's decisions, reasons unread."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a peer: two seconds to load

    if kept.all() or not kept.any():
        return np.array(DEFAULT_WEIGHTS.in_order(), dtype=np.float64)
    coefficients: Values = LogisticRegression().fit(values / 1000, kept).coef_[0]
    return coefficients


def area(values: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_], by: Values) -> float:
    """Return the area under the curve of pairs sorted by some weights."""
    rows: list[tuple[str, str, list[int], bool, list[str]]] = [
        ("p", str(row), values[row].tolist(), bool(kept[row]), []) for row in range(len(kept))
    ]
    found = replay(Decisions.of_rows(rows), values @ by).auc
    return 0.5 if found is None else found
