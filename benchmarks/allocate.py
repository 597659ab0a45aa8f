"""How fast is a sharing, beside OR-Tools' minimum-cost flow and HiGHS, on the same networks in the same run."""

import json
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage_engine.certify.allocate import certify_allocation
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.program import sharing_program
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.methods.allocate.unlock import value_of_more
from maillage_engine.methods.allocate.warm import warm
from maillage_engine.solvers.highs import solve_linear
from maillage_engine.stop import Stop

DEFAULT_SIZES = [10_000, 100_000, 1_000_000]
PEER_SECONDS = 900.0
HIGHS_SECONDS = 120.0
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Shape:
    """``near``: each need deals with its nearest offers, as in a territory; else with any."""

    name: str
    near: bool
    degree: int
    offers_a_need: float


SHAPES = (
    Shape("territoire, 10 offres proches par besoin", True, 10, 1.0),
    Shape("territoire, 50 proches, 5 besoins par offre", True, 50, 0.2),
    Shape("au hasard, 10 par besoin", False, 10, 1.0),
    Shape("au hasard, 100 par besoin", False, 100, 1.0),
)


def options(parser: ArgumentParser) -> None:
    """Sizes, seed, how long HiGHS may take."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=DEFAULT_SIZES, help="paires (5000000 en plus)"
    )
    parser.add_argument("--seed", type=int, default=0, help="graine des réseaux inventés")
    parser.add_argument("--highs", type=float, default=HIGHS_SECONDS, help="secondes laissées à HiGHS")
    parser.add_argument("--repeats", type=int, default=1, help="la meilleure de tant de mesures compte")


@family("allocate", "Répartition : vitesse à côté d’OR-Tools et de HiGHS.", options=options)
def run(chosen: Namespace) -> None:
    """Leave the lines; raise ``SystemExit`` when an objective differs or a certificate fails."""
    begun = time.perf_counter()
    warm()
    loaded = time.perf_counter() - begun
    lines = []
    for size in chosen.sizes:
        for shape in SHAPES:
            problem = network(size, shape, seed=chosen.seed)
            lines.extend(measure(problem, shape, chosen))
            print(*lines[-2:], sep="\n", file=sys.stderr)
    note = (
        "Nous : `allocate` entier, prix compris, objets déjà en mémoire. OR-Tools : `SimpleMinCostFlow`, sans prix, "
        "construction comprise. HiGHS : le programme linéaire tel quel. Rapport : pair ÷ nous. "
        f"Chargement des boucles compilées avant : {loaded:.1f} s."
    )
    leave("allocate", "Répartir", lines, note=note)


def network(edges: int, shape: Shape, *, seed: int) -> AllocationProblem:
    """Return an invented network of about ``edges`` pairs, whole values and quantities."""
    drawn = np.random.default_rng(seed)
    needs = max(2, edges // shape.degree)
    offers = max(shape.degree, int(needs * shape.offers_a_need))
    priority = drawn.integers(1, 6, needs)
    if shape.near:
        from scipy.spatial import cKDTree  # noqa: PLC0415  (heavy)

        far, near = cKDTree(drawn.random((offers, 2))).query(drawn.random((needs, 2)), k=shape.degree)
        need, offer = np.repeat(np.arange(needs), shape.degree), near.ravel()
        value = np.rint(200 * priority[need] * (1 - 0.5 * far.ravel() / far.max()))
    else:
        keys = np.unique(drawn.integers(0, needs * offers, edges))
        need, offer = keys // offers, keys % offers
        value = drawn.integers(1, 1001, len(keys))
    return AllocationProblem.from_arrays(
        need_quantity=drawn.integers(1, 51, needs),
        offer_quantity=drawn.integers(1, int(50 / shape.offers_a_need) + 1, offers),
        edge_need=need,
        edge_offer=offer,
        value=value,
    )


def measure(problem: AllocationProblem, shape: Shape, chosen: Namespace) -> list[Line]:
    """Return the lines of one network: beside OR-Tools, beside HiGHS, and one unit more."""
    ours, result = np.inf, None
    for _ in range(chosen.repeats):
        begun = time.perf_counter()
        result = allocate(problem, seed=chosen.seed)
        ours = min(ours, time.perf_counter() - begun)
    if result is None or not certify_allocation(problem, result).valid:
        raise SystemExit("Le certificat refuse le partage.")
    size = f"{problem.edges:,} paires, {shape.name}".replace(",", " ", 2)
    return [
        _beside_ortools(problem, result, size, ours),
        _beside_highs(problem, result, size, ours, chosen.highs),
        _one_more(problem, result, size, chosen.seed),
    ]


def _beside_ortools(problem: AllocationProblem, result: AllocationResult, size: str, ours: float) -> Line:
    peer = ortools(problem)
    _same(result.value, peer["objective"], "OR-Tools")
    theirs = peer["build"] + peer["solve"]
    told = f"OR-Tools {_seconds(theirs)}"
    return Line("Flot", size, _seconds(ours), told, _ratio(theirs, ours), "objectif égal, prix prouvés")


def _beside_highs(
    problem: AllocationProblem, result: AllocationResult, size: str, ours: float, limit: float
) -> Line:
    every = np.ones(problem.edges, dtype=np.bool_)
    begun = time.perf_counter()
    linear = solve_linear(sharing_program(problem, every).program, Stop(seconds=limit))
    spent = time.perf_counter() - begun
    if linear.status != "optimal" or linear.objective is None:
        told, ratio = f"HiGHS > {limit:.0f} s", f"> {_ratio(spent, ours)}"
        return Line("Flot", size, _seconds(ours), told, ratio, "HiGHS arrêté")
    _same(result.value, linear.objective, "HiGHS")
    told = f"HiGHS {_seconds(spent)}"
    return Line("Flot", size, _seconds(ours), told, _ratio(spent, ours), "objectif égal")


def _one_more(problem: AllocationProblem, result: AllocationResult, size: str, seed: int) -> Line:
    rows = np.random.default_rng(seed).integers(0, problem.offers, 1000)
    begun = time.perf_counter()
    value_of_more(problem, result, rows)
    spent = time.perf_counter() - begun
    return Line("Une unité de plus, 1 000 offres", size, _seconds(spent), quality="exact")


def _seconds(spent: float) -> str:
    return f"{spent:.2f} s".replace(".", ",")


def ortools(problem: AllocationProblem) -> dict[str, float]:
    """Return what OR-Tools says of the same network, from its own process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arcs.npz"
        np.savez(
            path,
            need=problem.edge_need.astype(np.int64),
            offer=problem.edge_offer.astype(np.int64),
            value=problem.value.astype(np.int64),
            wanted=problem.need_quantity[:, 0].astype(np.int64),
            there=problem.offer_quantity[:, 0].astype(np.int64),
        )
        words = [sys.executable, "-m", "benchmarks.ortools_peer", str(path)]
        ran = subprocess.run(words, capture_output=True, text=True, check=True, timeout=PEER_SECONDS)
        told: dict[str, float] = json.loads(ran.stdout)
        return told


def _same(ours: float, theirs: float, peer: str) -> None:
    if abs(ours - theirs) > SAME * max(1.0, abs(ours)):
        raise SystemExit(f"{peer} trouve {theirs}, nous {ours}.")


def _ratio(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f}".replace(".", ",")
