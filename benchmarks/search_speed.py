"""How fast is a search, beside its slow twin and beside PostgreSQL with the same filters."""

import time
from argparse import ArgumentParser, Namespace

import numpy as np

from benchmarks import postgres_peer, synthetic
from benchmarks.registry import family
from benchmarks.report import table, title
from maillage_engine import Problem, SearchResult, search
from maillage_engine.reference.search import slow_search


def options(parser: ArgumentParser) -> None:
    """Sizes, answers a need, rows given to the twin."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000], help="besoins, et autant d’offres"
    )
    parser.add_argument("--k", type=int, default=20, help="réponses par besoin")
    parser.add_argument("--twin-rows", type=int, default=10, help="besoins tirés pour le jumeau lent")
    parser.add_argument("--repeats", type=int, default=3, help="la meilleure de tant de mesures compte")
    parser.add_argument("--seed", type=int, default=0, help="graine du territoire inventé")


@family("search-speed", "Vitesse de la recherche, à côté du jumeau lent et de PostgreSQL.", options=options)
def run(chosen: Namespace) -> None:
    """Print seconds and ratios; raise ``SystemExit`` when fast and slow differ or SQL counts other feasible pairs."""
    title(f"Vitesse de la recherche : les {chosen.k} meilleures offres de chaque besoin")
    rows = []
    for size in chosen.sizes:
        problem = synthetic.problem(size, seed=chosen.seed)
        fast, result = best_time(problem, chosen)
        twin = agreement(problem, result, chosen)
        peer = postgres_peer.measure(problem, k=chosen.k, repeats=chosen.repeats)
        # SQL counts in floats: a pair within a metre of its limit may fall on the other side
        if abs(peer.feasible - result.feasible) > max(3, result.feasible // 10_000):
            raise SystemExit(
                f"PostgreSQL compte {peer.feasible} paires possibles, le moteur {result.feasible}."
            )
        rows.append(
            [
                f"{size} × {size}",
                result.feasible,
                peer.feasible,
                f"{fast:.2f}",
                f"{twin:.0f}",
                f"{peer.search_seconds:.2f}",
                f"{twin / fast:.0f}",
                f"{peer.search_seconds / fast:.1f}",
                f"{unknown_time(size, chosen):.2f}",
            ]
        )
    heading = "taille|paires possibles|les mêmes en SQL|moteur (s)|jumeau lent (s)|PostgreSQL (s)"
    table([*heading.split("|"), "jumeau ÷ moteur", "PostgreSQL ÷ moteur", "moteur, 10 % sans type (s)"], rows)
    print(
        f"\nJumeau : égal au moteur sur {chosen.twin_rows} besoins tirés, temps ramené à tous. {peer.version}"
    )


def best_time(problem: Problem, chosen: Namespace) -> tuple[float, SearchResult]:
    """Return the best time of a search from fresh arrays, what is derived from them included, and its result."""
    seconds = []
    for _ in range(chosen.repeats):
        fresh = synthetic.problem(len(problem.needs), seed=chosen.seed)
        began = time.perf_counter()
        result = search(fresh, k=chosen.k)
        seconds.append(time.perf_counter() - began)
    return min(seconds), result


def agreement(problem: Problem, result: SearchResult, chosen: Namespace) -> float:
    """Return the seconds that the twin would take for all rows; raise ``SystemExit`` when it finds anything else."""
    drawn = np.random.default_rng(chosen.seed).choice(len(problem.needs), chosen.twin_rows, replace=False)
    began = time.perf_counter()
    slow = slow_search(problem, k=chosen.k, rows=drawn.tolist())
    seconds = (time.perf_counter() - began) * len(problem.needs) / len(drawn)
    for row in drawn.tolist():
        expected = [(other, verdict.total) for other, verdict in slow.answers[row]]
        found = [
            (int(other), int(total))
            for other, total in zip(result.indices[row], result.totals[row], strict=True)
            if other >= 0
        ]
        if found != expected:
            raise SystemExit(f"Le moteur et son jumeau diffèrent sur le besoin {row}.")
    return seconds


def unknown_time(size: int, chosen: Namespace) -> float:
    """Return the seconds of a search where a tenth of the rows has no type."""
    problem = synthetic.problem(size, seed=chosen.seed, unknown=0.1)
    began = time.perf_counter()
    search(problem, k=chosen.k)
    return time.perf_counter() - began
