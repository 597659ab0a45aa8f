"""Rounds: cost reached in a time, beside PyVRP called directly for the same time, and beside the best known."""

import csv
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvrp
import vrplib
from pyvrp.stop import MaxIterations, MaxRuntime

from benchmarks.lines import Line, cores, leave
from benchmarks.registry import family
from maillage_engine.certify.tour import certify_tour
from maillage_engine.files.vrp import read_vrp
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.stop import Stop

ROUND = {1: "round", 10: "dimacs"}
MANY = 300
"""Visits from which an instance has the long time."""


@dataclass(frozen=True, slots=True)
class Case:
    """An instance, and the best cost known or None."""

    path: Path
    best: float | None


def options(parser: ArgumentParser) -> None:
    """Data, times, what is measured."""
    parser.add_argument("--data", type=Path, help="dossier des données ; sans lui, des instances inventées")
    parser.add_argument(
        "--invented", type=int, nargs="*", default=[100, 200], help="clients des instances inventées"
    )
    parser.add_argument("--seconds", type=float, default=10.0, help=f"temps sous {MANY} arrêts")
    parser.add_argument("--long-seconds", type=float, default=60.0, help="temps au-delà")
    parser.add_argument("--iterations", type=int, help="itérations au lieu de secondes (essai)")
    parser.add_argument("--only", nargs="*", help="noms d’instances publiées")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dry", action="store_true", help="ne pas écrire la page")


@family(
    "tour",
    "Tournées : coût atteint, à côté de PyVRP appelé directement et du meilleur connu.",
    options=options,
)
def run(chosen: Namespace) -> None:
    """Measure every case and leave the lines; raise ``SystemExit`` when a plan does not pass its certificate."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [measure(case, chosen) for case in cases(chosen, Path(folder))]
    if not chosen.dry:
        note = (
            f"Même temps de calcul pour les deux, chacun seul sur la machine : nous, {cores()} recherches à la fois, "
            "la première celle de PyVRP lui-même, les autres avec leurs graines et réglages, et le meilleur plan des "
            "tournées rencontrées ; PyVRP tel quel, un cœur, la même graine. Le rapport "
            "est notre coût sur le sien. « du meilleur connu » : écart au meilleur coût publié."
        )
        leave("tour", "Tournées", lines, note=note)


def cases(chosen: Namespace, folder: Path) -> Iterator[Case]:
    """Yield invented instances, then the published ones of ``--data``."""
    for clients in chosen.invented:
        path = folder / f"invente-{clients}.vrp"
        path.write_text(invented(clients, seed=chosen.seed), encoding="utf-8")
        yield Case(path, None)
    if chosen.data is None:
        return
    routing = chosen.data / "optim" / "routing"
    with (routing / "best_known.csv").open(encoding="utf-8") as file:
        best = {(row["set"], row["instance"]): float(row["best_known_cost"]) for row in csv.DictReader(file)}
    known = {name: cost for (kind, name), cost in best.items() if kind != "PCVRPTW"}
    for path in sorted((*routing.glob("*.vrp"), *routing.glob("*.txt"))):
        if not chosen.only or path.stem in chosen.only:
            yield Case(path, known.get(path.stem))


def invented(clients: int, *, seed: int) -> str:
    """Return a VRPLIB text: clients in clusters, a depot aside, about eight clients a round."""
    random = np.random.default_rng([seed, clients])
    centres = random.integers(0, 1000, size=(6, 2))
    points = centres[random.integers(0, 6, clients)] + random.normal(0, 90, size=(clients, 2))
    points = np.clip(np.rint(points), 0, 1000).astype(int)
    demands = random.integers(1, 100, clients)
    rows = [
        f"NAME : invente-{clients}",
        "TYPE : CVRP",
        f"DIMENSION : {clients + 1}",
        "EDGE_WEIGHT_TYPE : EUC_2D",
        f"CAPACITY : {8 * 50}",
        "NODE_COORD_SECTION",
        "1 500 500",
        *(f"{at + 2} {x} {y}" for at, (x, y) in enumerate(points.tolist())),
        "DEMAND_SECTION",
        "1 0",
        *(f"{at + 2} {one}" for at, one in enumerate(demands.tolist())),
        "DEPOT_SECTION",
        "1",
        "-1",
        "EOF",
    ]
    return "\n".join(rows) + "\n"


def measure(case: Case, chosen: Namespace) -> Line:
    """Return the line of one instance."""
    problem = read_vrp(case.path)
    seconds = chosen.seconds if len(problem.visits) < MANY else chosen.long_seconds
    stop = Stop(iterations=chosen.iterations) if chosen.iterations else Stop(seconds=seconds)
    began = time.perf_counter()
    result = tour(problem, stop=stop, seed=chosen.seed, workers=1 if chosen.iterations else cores())
    spent = time.perf_counter() - began
    proof = certify_tour(problem, result)
    if not proof.valid:
        raise SystemExit(f"{case.path.stem} : le certificat ne tient pas ({proof.faults}).")
    theirs = direct(problem, case.path, stop, chosen.seed)
    ours = result.cost / problem.cost_unit
    gap = (
        ""
        if case.best is None
        else f"{100 * (ours / case.best - 1):.2f} % du meilleur connu".replace(".", ",")
    )
    complete = "tous les arrêts" if not result.left_out else f"{len(result.left_out)} arrêts de côté"
    told = f"{theirs:g}" if theirs is not None else "rien de faisable"
    peer_gap = (
        ""
        if case.best is None or theirs is None
        else f" ({100 * (theirs / case.best - 1):.2f} %)".replace(".", ",")
    )
    bound = "" if proof.gap is None else f"borne à {100 * proof.gap:.0f} %"
    line = Line(
        method=f"{case.path.stem}, {len(result.rounds)} tournées",
        size=f"{len(problem.visits)} arrêts",
        ours=f"{ours:g} en {spent:.1f} s".replace(".", ","),
        peer=f"PyVRP {told}{peer_gap}".replace(".", ","),
        ratio="–" if theirs is None else f"{ours / theirs:.4f}".replace(".", ","),
        quality=" ; ".join(part for part in (complete, gap, bound) if part),
    )
    print(line.method, line.ours, line.peer, line.ratio, line.quality, sep=" | ", file=sys.stderr)
    return line


def direct(problem: TourProblem, path: Path, stop: Stop, seed: int) -> float | None:
    """Return the cost that PyVRP reaches as it comes, None when it finds nothing that can be driven."""
    rounding = ROUND[problem.cost_unit]
    data = _solomon(path) if path.suffix == ".txt" else pyvrp.read(path, round_func=rounding)
    limit = MaxIterations(stop.iterations) if stop.iterations else MaxRuntime(stop.seconds or 0.0)
    result = pyvrp.solve(data, limit, seed=seed, collect_stats=False, display=False)
    return result.cost() / problem.cost_unit if result.is_feasible() else None


def _solomon(path: Path) -> pyvrp.ProblemData:
    """Return PyVRP's data of a Solomon text: its own reader knows VRPLIB only."""
    said = vrplib.read_instance(path, instance_format="solomon")
    lengths = (10 * said["edge_weight"]).astype(np.int64)
    windows, services = 10 * said["time_window"], 10 * said["service_time"]
    model = pyvrp.Model()
    places = [model.add_location(float(x), float(y)) for x, y in said["node_coord"]]
    depot = model.add_depot(places[0])
    early, late = (int(one) for one in windows[0])
    model.add_vehicle_type(
        int(said["vehicles"]), int(said["capacity"]), depot, depot, tw_early=early, tw_late=late
    )
    for row in range(1, len(places)):
        model.add_client(
            places[row],
            delivery=int(said["demand"][row]),
            service_duration=int(services[row]),
            tw_early=int(windows[row][0]),
            tw_late=int(windows[row][1]),
        )
    for one, start in enumerate(places):
        for other, end in enumerate(places):
            model.add_edge(start, end, int(lengths[one, other]), int(lengths[one, other]))
    return model.data()
