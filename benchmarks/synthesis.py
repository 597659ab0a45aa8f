"""Process networks: equal to every subset tried, and fast beside HiGHS as it comes (one plain big-M)."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import highspy
import numpy as np
from scipy.optimize import linprog

from benchmarks.lines import Line, leave
from benchmarks.process_networks import SHAPES, process_network
from benchmarks.registry import family
from maillage_engine.certify.synthesis import certify_synthesis
from maillage_engine.files.pns import read_pns
from maillage_engine.methods.cooperate.formulation import Formulation
from maillage_engine.methods.cooperate.maximal_structure import maximal_structure, reaching_units
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.methods.cooperate.solution_structures import solution_structures
from maillage_engine.methods.cooperate.structure import structure_of
from maillage_engine.methods.cooperate.synthesis import synthesise
from maillage_engine.reference.synthesis import slow_synthesis
from maillage_engine.solvers.highs_structures import add_rows
from maillage_engine.stop import Stop

PUBLISHED = {
    "pgraph2_a_input.in": (28666.7, 81000.0),
    "pgraph2_b_input.in": (28666.7,),
    "pgraph7_input.in": (1232.75, 1312.75, 1315.0, 1999.0, 2129.0),
}
LARGEST, SLOW = 14, 5
SAME, HALF = 1e-6, 0.5


def options(parser: ArgumentParser) -> None:
    """How many small networks, and the sizes of the large ones."""
    parser.add_argument("--data", type=Path, help="dossier des données : les problèmes publiés")
    parser.add_argument("--small", type=int, default=10_000, help="petits réseaux comparés à l’énumération")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[35, 100, 300], help="unités des grands réseaux"
    )
    parser.add_argument("--each", type=int, default=5, help="réseaux de chaque forme et de chaque taille")
    parser.add_argument("--k", type=int, default=10, help="solutions comparées")
    parser.add_argument("--peer-seconds", type=float, default=60.0, help="secondes laissées au pair")


@family(
    "synthesis", "Réseaux de procédés : exactitude et vitesse, à côté de HiGHS tel quel.", options=options
)
def run(chosen: Namespace) -> None:
    """Leave the table; raise ``SystemExit`` when an answer is not the one of the enumeration."""
    lines = list(published(chosen.data)) if chosen.data is not None else []
    lines.append(enumerated(chosen.small, chosen.k))
    lines += [timed(size, chosen) for size in chosen.sizes]
    leave(
        "synthesis",
        "Assembler : réseaux de procédés",
        lines,
        note="Réseaux inventés de quatre formes (couches, larges, boucles, plusieurs produits), coûts fixes, graines "
        "fixes. Pair : HiGHS, même problème, un seul grand M (la borne de l’unité), axiomes en lignes, "
        "boucles perdues écartées à mesure.",
    )


def published(data: Path) -> Iterator[Line]:
    """Compare with the published answers."""
    for name, costs in PUBLISHED.items():
        problem = read_pns(data / "optim" / "process" / name).network
        began = time.perf_counter()
        found = synthesise(problem, k=len(costs))
        seconds = time.perf_counter() - began
        got = [one.cost for one in found.structures]
        if not np.allclose(got, costs, rtol=1e-5):
            raise SystemExit(f"{name} : {got} au lieu de {costs}")
        yield Line(
            f"publié, {name}",
            f"{len(problem.units)} unités",
            _seconds(seconds),
            quality=f"{len(got)} coûts égaux",
        )


def enumerated(count: int, k: int) -> Line:
    """Compare the k cheapest of small networks with the enumeration of their solution structures."""
    mine, theirs, structures, impossible = 0.0, 0.0, 0, 0
    for at in range(count):
        problem = small(at)
        began = time.perf_counter()
        found = synthesise(problem, k=k)
        mine += time.perf_counter() - began
        began = time.perf_counter()
        costs, count_here = enumerated_costs(problem, k)
        theirs += time.perf_counter() - began
        structures += count_here
        impossible += not costs
        check(at, problem, [one.cost for one in found.structures], costs)
        if not certify_synthesis(problem, found, enumerate_to=0).valid:
            raise SystemExit(f"réseau {at} : le certificat ne tient pas")
        if at % 500 == 0:
            print(f"… {at} réseaux", file=sys.stderr)
    return Line(
        f"les {k} moins chères, {count} réseaux",
        f"1 à {LARGEST} unités",
        f"{1000 * mine / count:.1f} ms",
        f"énumération {1000 * theirs / count:.1f} ms",
        f"{mine / theirs:.2f}",
        f"{count} sur {count} égaux, {structures} structures énumérées, {impossible} réseaux sans solution",
    )


def small(at: int) -> ProcessNetwork:
    """Return the ``at``-th small network: 1 to 14 units, every shape, with and without bounds."""
    units = 1 + at % LARGEST
    return process_network(units, SHAPES[at // LARGEST % len(SHAPES)], seed=at, bounded=bool(at // 56 % 2))


def enumerated_costs(problem: ProcessNetwork, k: int) -> tuple[list[float], int]:
    """Return the k cheapest costs and how many solution structures were listed.

    Up to 5 units by the slow twin. Above, every structure is listed and has its linear program solved, unless its
    fixed costs, plus the least that flows can cost with every unit there, already pass the k-th.
    """
    if len(problem.units) <= SLOW:
        costs = [one.cost for one in slow_synthesis(problem)]
        return costs[:k], len(costs)
    maximal = maximal_structure(problem)
    if not maximal.units:
        return [], 0
    made = Formulation(problem, maximal.units)
    flows, least = made.flows(), least_flows(made)
    fixed = [
        (sum(problem.units[one].fixed_cost for one in units), units) for units in solution_structures(problem)
    ]
    best: list[float] = []
    for cost, units in sorted(fixed, key=lambda one: one[0]):
        if len(best) == k and cost + least > best[-1] + SAME * max(1.0, abs(best[-1])):
            break
        found = structure_of(made, flows, units)
        if found is not None:
            best = sorted([*best, found.cost])[:k]
    return best, len(fixed)


def least_flows(made: Formulation) -> float:
    """Return the least that flows can cost: every unit may run, nothing that depends on the structure is asked."""
    table = made.network.gains[:, list(made.units)]
    rows, most = [], []
    for row, material in enumerate(made.network.materials):
        line = table[row] if material.kind != "raw" else -table[row]
        rows += [-line, line]
        most += [-material.lower if material.kind == "product" else 0.0, material.upper]
    found = linprog(
        made.costs, A_ub=np.array(rows), b_ub=np.array(most), bounds=[(0.0, high) for high in made.own_upper]
    )
    return float(found.fun) if found.status == 0 else np.inf


def check(at: int, problem: ProcessNetwork, got: list[float], wanted: list[float]) -> None:
    """Raise ``SystemExit`` when two lists of costs differ."""
    same = len(got) == len(wanted) and np.allclose(got, wanted, rtol=SAME, atol=SAME)
    if not same:
        raise SystemExit(f"réseau {at}, {len(problem.units)} unités : {got} au lieu de {wanted}")


def timed(size: int, chosen: Namespace) -> Line:
    """Time the best structure of large networks beside the peer."""
    mine, theirs, late = [], [], 0
    for shape in SHAPES:
        for seed in range(chosen.each):
            problem = process_network(size, shape, seed=seed, bounded=bool(seed % 2))
            began = time.perf_counter()
            found = synthesise(problem, stop=Stop(seconds=chosen.peer_seconds))
            mine.append(time.perf_counter() - began)
            if not certify_synthesis(problem, found, enumerate_to=0).valid or found.status not in {
                "optimal",
                "infeasible",
            }:
                raise SystemExit(f"{shape}, {size} unités, graine {seed} : {found.status}, non prouvé")
            began = time.perf_counter()
            cost, proved = plain(problem, chosen.peer_seconds)
            theirs.append(time.perf_counter() - began)
            late += not proved
            if proved and found.cost is not None and abs(cost - found.cost) > 1e-4 * max(1.0, abs(cost)):
                raise SystemExit(f"écart avec le pair : {shape} {size} {seed} : {found.cost} / {cost}")
    told = f"{len(mine)} sur {len(mine)} prouvés" + (f", {late} non prouvés par le pair" if late else "")
    return Line(
        "la moins chère (médiane, pire)",
        f"{size} unités",
        f"{_seconds(float(np.median(mine)))}, {_seconds(max(mine))}",
        f"HiGHS tel quel {_seconds(float(np.median(theirs)))}, {_seconds(max(theirs))}",
        f"{sum(mine) / sum(theirs):.2f}",
        told,
    )


def plain(problem: ProcessNetwork, seconds: float) -> tuple[float, bool]:
    """Return the cost found by HiGHS with the bound of each unit as its big M, and whether it is proved.

    Loops that lead nowhere are forbidden as they come, as for us: the peer answers the same question.
    """
    maximal = maximal_structure(problem)
    if not maximal.units:
        return np.inf, True
    made = Formulation(problem, maximal.units)
    made.__dict__["upper"] = made.own_upper
    count = len(made.units)
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("time_limit", seconds)
    solver.addVars(2 * count, np.zeros(2 * count), np.concatenate([made.own_upper, np.ones(count)]))
    columns = np.arange(2 * count, dtype=np.int32)
    solver.changeColsCost(2 * count, columns, np.concatenate([made.costs, made.fixed]))
    solver.changeColsIntegrality(count, columns[count:], np.array([highspy.HighsVarType.kInteger] * count))
    add_rows(solver, made.lines())
    while True:
        solver.run()
        status = solver.getModelStatus()
        proved = status in {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible}
        values = np.array(solver.getSolution().col_value)[count:]
        units = [unit for unit, there in zip(made.units, values.tolist(), strict=False) if there > HALF]
        lost = frozenset(units) - reaching_units(problem, units)
        if not proved or not lost:
            return float(solver.getInfo().objective_function_value), proved
        add_rows(solver, list(made.reach(lost)))


def _seconds(value: float) -> str:
    return f"{1000 * value:.0f} ms" if value < 1 else f"{value:.1f} s"
