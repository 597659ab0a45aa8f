"""How fast and how small is a search, beside brute force, the slow twin and PostgreSQL with the same filters."""

import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

import numpy as np

from benchmarks import postgres_peer, synthetic, territory
from benchmarks.apart import apart, peak_bytes
from benchmarks.brute_force_peer import brute_force
from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage_engine import Problem, SearchResult, search
from maillage_engine.reference.search import slow_search

GIGA = 1e9
UNTYPED = 0.08
WORLDS = {
    "communes": "communes et catalogue réels, dense, 8 % sans type",
    "frequent": "types très inégaux, 20 % sans limite de distance, tous typés",
    "untyped": "types très inégaux, 20 % sans limite de distance, 8 % sans type",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds to prepare (stems, types) and to search, those of all processors together, peak of memory, what brute
    force took for all rows."""

    prepare: float
    seconds: float
    processors: float
    peak: int
    feasible: int
    brute: float
    checked: int
    twin: float | None


def options(parser: ArgumentParser) -> None:
    """Sizes, answers a need, rows given to the peers."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="besoins, et autant d’offres"
    )
    parser.add_argument("--worlds", nargs="+", choices=list(WORLDS), default=list(WORLDS), help="territoires")
    parser.add_argument("--k", type=int, default=20, help="réponses par besoin")
    parser.add_argument("--checked-rows", type=int, default=40, help="besoins tirés pour la force brute")
    parser.add_argument(
        "--twin-up-to", type=int, default=1_000, help="taille au-delà de laquelle sans jumeau lent"
    )
    parser.add_argument(
        "--sql-up-to", type=int, default=10_000, help="taille au-delà de laquelle sans PostgreSQL"
    )
    parser.add_argument("--repeats", type=int, default=3, help="la meilleure de tant de mesures compte")
    parser.add_argument("--seed", type=int, default=0, help="graine du territoire inventé")


@family("search-speed", "Vitesse et mémoire de la recherche, à côté de ses pairs.", options=options)
def run(chosen: Namespace) -> None:
    """Leave the lines; raise ``SystemExit`` when a peer finds anything else."""
    lines = []
    for size in chosen.sizes:
        for world in chosen.worlds:
            print(f"… {size} × {size}, {WORLDS[world]}", file=sys.stderr)
            lines.append(against_brute_force(size, world, chosen))
        if size <= chosen.sql_up_to:
            lines.append(against_sql(size, chosen))
    leave(
        "search-speed",
        "Rechercher : les meilleures offres de chaque besoin",
        lines,
        note=(
            f"Les {chosen.k} meilleures offres de chaque besoin, textes déjà encodés (384 colonnes), toutes les "
            "règles ; chaque mesure dans un processus à part, sa mémoire est le pic de tout le processus, territoire "
            "compris. Le temps de processeur ajoute les fils et dépend moins de ce que la machine fait d’autre. "
            "« Préparer », tirer les racines des textes, est compté à part. La force brute NumPy regarde "
            f"toutes les paires de {chosen.checked_rows} besoins tirés : elle doit trouver les mêmes réponses et les "
            "mêmes notes, son temps est ramené à tous."
        ),
    )


def against_brute_force(size: int, world: str, chosen: Namespace) -> Line:
    """Return the line of one size and one world; the peer is right by construction."""
    got = apart(measured, size, world, chosen)
    twin = f" ; jumeau lent {got.twin:.0f} s" if got.twin else ""
    return Line(
        method=f"recherche, {WORLDS[world]}",
        size=f"{size} × {size}, {got.feasible} paires possibles",
        ours=f"{got.seconds:.2f} s (préparer {got.prepare:.2f} s), {got.peak / GIGA:.2f} Go".replace(
            ".", ","
        ),
        peer=f"force brute NumPy {got.brute:.1f} s{twin}".replace(".", ","),
        ratio=f"{got.seconds / got.brute:.4f}".replace(".", ","),
        quality=f"réponses et notes égales sur {got.checked} besoins tirés",
    )


def measured(size: int, world: str, chosen: Namespace) -> Measure:
    """Measure the search, then compare it with brute force and, when small, with the twin."""
    problem = made(size, world, chosen.seed)
    began = time.perf_counter()
    _ = problem.lexicon, problem.types.closeness
    prepare = time.perf_counter() - began
    search(
        synthetic.problem(20), way="scan"
    )  # the loops are read from the disk, or compiled the first time of all
    times, spent = [], []
    for _ in range(1 if size > 20_000 else chosen.repeats):
        began, idle = time.perf_counter(), time.process_time()
        result = search(problem, k=chosen.k)
        times.append(time.perf_counter() - began)
        spent.append(time.process_time() - idle)
    peak = peak_bytes()
    drawn = np.sort(
        np.random.default_rng(chosen.seed).choice(size, min(chosen.checked_rows, size), replace=False)
    )
    began = time.perf_counter()
    wanted = brute_force(problem, drawn, k=chosen.k)
    brute = (time.perf_counter() - began) * size / len(drawn)
    agree("la force brute", result, drawn.tolist(), wanted)
    return Measure(
        prepare=prepare,
        seconds=min(times),
        processors=min(spent),
        peak=peak,
        feasible=result.feasible,
        brute=brute,
        checked=len(drawn),
        twin=twin_seconds(problem, result, drawn.tolist()[:10]) if size <= chosen.twin_up_to else None,
    )


def made(size: int, world: str, seed: int) -> Problem:
    """Return the problem of one world."""
    if world == "communes":
        return territory.territory(2 * size, seed=seed, untyped=UNTYPED)
    return synthetic.problem(
        size, seed=seed, concentrated=True, unknown=UNTYPED if world == "untyped" else 0.0
    )


def twin_seconds(problem: Problem, result: SearchResult, rows: list[int]) -> float:
    """Return the seconds that the twin would take for all rows; raise ``SystemExit`` when it finds anything else."""
    began = time.perf_counter()
    slow = slow_search(problem, k=result.k, rows=rows)
    seconds = (time.perf_counter() - began) * len(problem.needs) / len(rows)
    wanted = [[(other, verdict.total) for other, verdict in slow.answers[row]] for row in rows]
    agree("le jumeau lent", result, rows, wanted)
    return seconds


def agree(peer: str, result: SearchResult, rows: list[int], wanted: list[list[tuple[int, int]]]) -> None:
    """Raise ``SystemExit`` when the result has other answers or other totals for ``rows``."""
    for row, expected in zip(rows, wanted, strict=True):
        found = [
            (int(other), int(total))
            for other, total in zip(result.indices[row], result.totals[row], strict=True)
            if other >= 0
        ]
        if found != expected:
            raise SystemExit(f"Le moteur et {peer} diffèrent sur le besoin {row}.")


def against_sql(size: int, chosen: Namespace) -> Line:
    """Return the line beside PostgreSQL, on typed rows; raise ``SystemExit`` when SQL counts other feasible pairs."""
    problem = made(size, "frequent", chosen.seed)
    _ = problem.lexicon, problem.types.closeness
    mine, theirs = [], []
    with postgres_peer.connection() as base:
        peer = postgres_peer.Peer(base, problem)
        feasible = peer.feasible()
        for _ in range(chosen.repeats):
            began = time.perf_counter()
            result = search(problem, k=chosen.k)
            mine.append(time.perf_counter() - began)
            theirs.append(peer.search(chosen.k))
    # SQL counts in floats: a pair within a metre of its limit may fall on the other side
    if abs(feasible - result.feasible) > max(3, result.feasible // 10_000):
        raise SystemExit(f"PostgreSQL compte {feasible} paires possibles, le moteur {result.feasible}.")
    return Line(
        method=f"recherche, {WORLDS['frequent']}",
        size=f"{size} × {size}, {result.feasible} paires possibles",
        ours=f"{min(mine):.2f} s".replace(".", ","),
        peer=f"PostgreSQL {min(theirs):.2f} s (chargé en {peer.load_seconds:.2f} s)".replace(".", ","),
        ratio=f"{min(mine) / min(theirs):.3f}".replace(".", ","),
        quality=f"{feasible} paires possibles selon les mêmes filtres en SQL",
    )
