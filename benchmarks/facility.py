"""Where to open: ours beside HiGHS given the full strong formulation, on published and invented problems."""

import csv
import math
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np

from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage_engine.certify.facility import certify_facility
from maillage_engine.explain.french_numbers import number_fr
from maillage_engine.files.orlib import read_orlib
from maillage_engine.methods.facility import FacilityProblem, FacilityResult, open_sites, prepare
from maillage_engine.stop import Stop

SMALL = 10_000
"""Pairs of a site and a customer under which a published problem is one of the small ones."""
AGREE = 1e-6


@dataclass(frozen=True, slots=True)
class Peer:
    """What HiGHS reached: its best cost (+inf: none), its bound, its seconds."""

    cost: float
    bound: float
    seconds: float

    @property
    def proved(self) -> bool:
        """Whether it proved its answer."""
        return self.cost - self.bound <= AGREE * max(1.0, abs(self.cost))


def options(parser: ArgumentParser) -> None:
    """The data, the time of each, the invented sizes."""
    parser.add_argument(
        "--data", type=Path, required=True, help="dossier des données ; optim/facility/optimum.csv y est lu"
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="le plus que nous prenons par problème")
    parser.add_argument(
        "--peer-seconds", type=float, default=60.0, help="le plus que HiGHS prend par problème"
    )
    parser.add_argument(
        "--invented",
        nargs="*",
        default=["20x60", "50x200", "100x400"],
        help="tailles inventées, sites×besoins",
    )
    parser.add_argument("--only", nargs="*", default=None, help="ces problèmes publiés seulement")
    parser.add_argument("--seed", type=int, default=0, help="graine des problèmes inventés")


@family(
    "facility",
    "Où ouvrir : problèmes publiés, à côté de HiGHS et de sa formulation entière.",
    options=options,
    needs_data=True,
)
def run(chosen: Namespace) -> None:
    """Leave a line a problem; raise ``SystemExit`` when a certificate fails, or a published optimum is missed."""
    prepare()
    lines = known(chosen)
    for size in chosen.invented:
        sites, customers = (int(part) for part in size.split("x"))
        lines.append(measure("inventé", invented(sites, customers, seed=chosen.seed), None, chosen)[0])
    note = (
        "Temps de la preuve, lecture et certificat à part. Pair : HiGHS, la même séance, toutes les lignes x ≤ y "
        f"écrites, arrêté à {number_fr(chosen.peer_seconds, 0)} s. « Prouvé » : le certificat a recalculé la borne "
        "de chaque feuille. Boucle compilée d’avance."
    )
    leave("facility", "Implanter : où ouvrir", lines, note=note)


def known(chosen: Namespace) -> list[Line]:
    """Return the lines of the published problems, and that of the small ones together."""
    lines, small = [], []
    folder = chosen.data / "optim" / "facility"
    for name, optimum in published(folder):
        if chosen.only is not None and name not in chosen.only:
            continue
        problem = read_orlib(folder / f"{name}.txt")
        line, ours, peer = measure(name, problem, optimum, chosen)
        lines.append(line)
        if problem.serve_cost.size < SMALL:
            small.append((ours, peer))
    if len(small) > 1:
        ours, peer = (sum(each) for each in zip(*small, strict=True))
        both = (f"{number_fr(ours, 2)} s", f"HiGHS {number_fr(peer, 2)} s", number_fr(ours / peer, 3))
        lines.append(Line(f"les {len(small)} petits ensemble", "–", *both))
    return lines


def published(folder: Path) -> list[tuple[str, float]]:
    """Return each instance and its published optimum, small ones first."""
    with (folder / "optimum.csv").open(encoding="utf-8") as file:
        return [(row["instance"], float(row["optimum"])) for row in csv.DictReader(file)]


def invented(sites: int, customers: int, *, seed: int) -> FacilityProblem:
    """Return a problem of the kind of G. Cornuéjols, R. Sridharan and J.-M. Thizy, EJOR 50 (1991), 280–297."""
    random = np.random.default_rng(seed)
    here, there = random.random((sites, 2)), random.random((customers, 2))
    demand, capacity = random.uniform(5.0, 35.0, customers), random.uniform(10.0, 160.0, sites)
    fixed = random.uniform(0.0, 90.0, sites) + random.uniform(100.0, 110.0, sites) * np.sqrt(capacity)
    between = np.hypot(here[:, None, 0] - there[:, 0], here[:, None, 1] - there[:, 1])
    return FacilityProblem.from_arrays(
        capacity=capacity * 5.0 * demand.sum() / capacity.sum(),
        fixed_cost=fixed,
        demand=demand,
        serve_cost=10.0 * demand * between,
    )


def measure(
    name: str, problem: FacilityProblem, optimum: float | None, chosen: Namespace
) -> tuple[Line, float, float]:
    """Return the line of one problem, and the seconds of ours and of the peer."""
    began = time.perf_counter()
    result = open_sites(problem, stop=Stop(seconds=chosen.seconds))
    ours = time.perf_counter() - began
    proof = certify_facility(problem, result)
    if not proof.valid:
        raise SystemExit(f"{name} : le certificat refuse le résultat ({proof.faults[0].detail}).")
    peer = highs(problem, chosen.peer_seconds)
    quality = judged(name, result, optimum, peer)
    print(f"… {name} {ours:.2f} s, HiGHS {peer.seconds:.2f} s, {quality}", file=sys.stderr)
    theirs = f"HiGHS {number_fr(peer.seconds, 2)} s"
    if not peer.proved:
        gap = (peer.cost - peer.bound) / abs(peer.cost) if math.isfinite(peer.cost) else math.inf
        theirs += f", écart {number_fr(100 * gap, 2)} %" if math.isfinite(gap) else ", rien trouvé"
    size = f"{problem.sites} sites × {problem.customers} besoins"
    ratio = number_fr(ours / peer.seconds, 3)
    if not peer.proved:
        ratio = f"< {ratio}"
    return Line(name, size, f"{number_fr(ours, 2)} s", theirs, ratio, quality), ours, peer.seconds


def judged(name: str, result: FacilityResult, optimum: float | None, peer: Peer) -> str:
    """Say what is proved; raise ``SystemExit`` when it contradicts the published optimum or the peer's."""
    known = optimum if optimum is not None else (peer.cost if peer.proved else None)
    if result.cost is None:
        return "rien trouvé"
    away = None if known is None else (result.cost - known) / max(1.0, abs(known))
    if result.status == "optimal" and away is not None and abs(away) > AGREE:
        raise SystemExit(f"{name} : {result.cost} dit optimal, connu {known}.")
    said = "prouvé" if result.status == "optimal" else f"écart {number_fr(100 * (result.gap or 0.0), 3)} %"
    if optimum is not None:
        return f"{said}, {'égal à l’optimum publié' if abs(away or 0.0) <= AGREE else 'au-dessus de l’optimum publié'}"
    return said


def highs(problem: FacilityProblem, seconds: float) -> Peer:
    """Give HiGHS the whole strong formulation, as it comes, and stop it after ``seconds``."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", AGREE / 10)
    solver.passModel(strong(problem))
    began = time.perf_counter()
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    cost = float(info.objective_function_value) if found else math.inf
    return Peer(cost, float(info.mip_dual_bound), time.perf_counter() - began)


def strong(problem: FacilityProblem) -> highspy.HighsLp:
    """Return the model with a row share ≤ open for each pair."""
    sites, customers = problem.sites, problem.customers
    pairs = sites * customers
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = sites + pairs, customers + sites + pairs
    model.col_cost_ = np.concatenate([problem.fixed_cost, problem.serve_cost.ravel()])
    model.col_lower_, model.col_upper_ = np.zeros(sites + pairs), np.ones(sites + pairs)
    model.integrality_ = [highspy.HighsVarType.kInteger] * sites + [highspy.HighsVarType.kContinuous] * pairs
    infinite = np.full(sites + pairs, -np.inf)
    model.row_lower_ = np.concatenate([np.ones(customers), infinite])
    model.row_upper_ = np.concatenate([np.ones(customers), np.zeros(sites + pairs)])
    site, customer = np.divmod(np.arange(pairs), customers)
    tie = customers + sites + np.arange(pairs)
    opening = np.concatenate([(customers + np.arange(sites))[:, None], tie.reshape(sites, -1)], axis=1)
    opened = np.concatenate([-problem.capacity[:, None], -np.ones((sites, customers))], axis=1)
    serving = np.stack([customer, customers + site, tie], axis=1)
    served = np.stack([np.ones(pairs), problem.demand[customer], np.ones(pairs)], axis=1)
    first = sites * (customers + 1)
    starts = np.concatenate([np.arange(sites) * (customers + 1), first + 3 * np.arange(pairs + 1)])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = starts.astype(np.int32)
    matrix.index_ = np.concatenate([opening.ravel(), serving.ravel()]).astype(np.int32)
    matrix.value_ = np.concatenate([opened.ravel(), served.ravel()])
    return model
