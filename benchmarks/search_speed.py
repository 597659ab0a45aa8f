"""How fast is a search, beside its slow twin and beside PostgreSQL with the same filters."""

import sys
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
        for concentrated in (False, True):
            rows.append(measure(size, concentrated, chosen))
            print(f"… {size} × {size}", file=sys.stderr)
    heading = (
        "taille|types|paires possibles|les mêmes en SQL|préparer : moteur (s)|préparer : PostgreSQL (s)|"
        "moteur (s)|PostgreSQL (s)|PostgreSQL ÷ moteur|jumeau lent (s)|jumeau ÷ moteur|moteur, 10 % sans type (s)"
    )
    table(heading.split("|"), rows)
    print(f"\nJumeau : égal au moteur sur {chosen.twin_rows} besoins tirés, temps ramené à tous.")


def measure(size: int, concentrated: bool, chosen: Namespace) -> list[object]:
    """Return the line of one size and one spread of types; engine and peer take turns."""
    problem = synthetic.problem(size, seed=chosen.seed, concentrated=concentrated)
    prepared = prepare(problem)
    mine, theirs = [], []
    with postgres_peer.connection() as base:
        peer = postgres_peer.Peer(base, problem)
        feasible = peer.feasible()
        for _ in range(chosen.repeats):
            seconds, result = timed(problem, chosen)
            mine.append(seconds)
            theirs.append(peer.search(chosen.k))
    # SQL counts in floats: a pair within a metre of its limit may fall on the other side
    if abs(feasible - result.feasible) > max(3, result.feasible // 10_000):
        raise SystemExit(f"PostgreSQL compte {feasible} paires possibles, le moteur {result.feasible}.")
    twin = agreement(problem, result, chosen)
    untyped = synthetic.problem(size, seed=chosen.seed, concentrated=concentrated, unknown=0.1)
    prepare(untyped)
    return [
        f"{size} × {size}",
        "quelques-uns très fréquents" if concentrated else "également répartis",
        result.feasible,
        feasible,
        f"{prepared:.2f}",
        f"{peer.load_seconds:.2f}",
        f"{min(mine):.2f}",
        f"{min(theirs):.2f}",
        f"{min(theirs) / min(mine):.1f}",
        f"{twin:.0f}",
        f"{twin / min(mine):.0f}",
        f"{timed(untyped, chosen)[0]:.2f}",
    ]


def prepare(problem: Problem) -> float:
    """Make what the engine derives once from the texts and the types; return the seconds."""
    began = time.perf_counter()
    _ = problem.lexicon, problem.types.closeness
    return time.perf_counter() - began


def timed(problem: Problem, chosen: Namespace) -> tuple[float, SearchResult]:
    """Return the seconds of one search, and its result."""
    began = time.perf_counter()
    result = search(problem, k=chosen.k)
    return time.perf_counter() - began, result


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
