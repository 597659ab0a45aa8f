"""Chains, bundles and splits on invented territories with the real recipes: how long, and the same as tried in full.

A territory of the size of a département: actors drawn in it with a fixed seed, each with a few offers of the types
that the recipes take. There is no peer that synthesises chains from recipes; OR-Tools' CP-SAT, in a process of its
own, is the peer of bundles.
"""

import json
import math
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace

import numpy as np

from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.recipes import read_recipes
from maillage.domain.matching.bridges.recipes import engine_recipes
from maillage.interfaces.cli.matching.types import type_table
from maillage_engine import Problem, ResourceType, Side, TypeTable
from maillage_engine.certify.bundle import certify_bundles
from maillage_engine.certify.chain import certify_chains
from maillage_engine.methods.cooperate.bundles import BundleResult, find_bundles
from maillage_engine.methods.cooperate.bundles_cover import cover_of
from maillage_engine.methods.cooperate.chains import find_chains
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.chains_result import ChainResult
from maillage_engine.methods.cooperate.split import share_gain
from maillage_engine.methods.cooperate.split_game import Game
from maillage_engine.problem.dimensions import dimension_index

TODAY = 20_782
WANTED = (
    ("compost", 20_000.0),
    ("pc-reconditionnes", 60.0),
    ("accueil-horaires-atypiques", 10.0),
    ("periscolaire", 28.0),
)
OFFERS_AN_ACTOR = 4


def options(parser: ArgumentParser) -> None:
    """Sizes and how many alternatives."""
    parser.add_argument("--actors", type=int, nargs="+", default=[50, 200, 500], help="acteurs du territoire")
    parser.add_argument("--k", type=int, default=11, help="la meilleure chaîne et les suivantes")
    parser.add_argument("--parties", type=int, nargs="+", default=[6, 12], help="parties d’un partage")
    parser.add_argument("--seed", type=int, default=0, help="graine du territoire inventé")


@family(
    "cooperate",
    "Lots, chaînes et partages sur un territoire inventé, avec les vraies recettes.",
    options=options,
)
def run(chosen: Namespace) -> None:
    """Measure, check every certificate, and leave the lines; raise ``SystemExit`` when something is wrong."""
    lines = []
    for actors in chosen.actors:
        lines += [chain_line(actors, which, chosen) for which in range(len(WANTED))]
        lines.append(bundle_line(actors, chosen))
    lines += [split_line(parties, chosen.seed) for parties in chosen.parties]
    note = "Chaînes : 37 recettes, rayon de 30 km, graine fixe. Tout est certifié."
    leave("cooperate", "Assembler : lots, chaînes, partage", lines, note=note)


def territory(actors: int, *, seed: int) -> Problem:
    """Return the problem of ``actors`` actors, ``OFFERS_AN_ACTOR`` offers each, and one need a wanted product."""
    draw = np.random.default_rng([seed, actors])
    catalogue = read_catalogue()
    types = type_table(catalogue, authorisations_said=True)
    authorisations = tuple(row.code for row in catalogue.authorisations)
    taken = sorted({flow.type_code for row in read_recipes().recipes for flow in row.takes})
    offers = actors * OFFERS_AN_ACTOR
    where = draw.uniform([46.5, 1.9], [47.5, 2.9], size=(actors, 2)).repeat(OFFERS_AN_ACTOR, axis=0)
    kinds = np.array(
        [types.index[taken[at]] for at in draw.integers(0, len(taken), size=offers)], dtype=np.int32
    )
    every = np.uint64(2 ** len(authorisations) - 1)
    needs = Side.build(
        ids=[code for code, _ in WANTED],
        texts=[code for code, _ in WANTED],
        types=np.array([types.index[code] for code, _ in WANTED], dtype=np.int32),
        quantity=np.array([quantity for _, quantity in WANTED]),
        dimension=np.array([dimension_index(types.types[types.index[code]].dimension) for code, _ in WANTED]),
        latitude=np.full(len(WANTED), 47.0),
        longitude=np.full(len(WANTED), 2.4),
    )
    made = Side.build(
        ids=[f"o{at}" for at in range(offers)],
        texts=[""] * offers,
        types=kinds,
        quantity=draw.lognormal(8.0, 1.5, size=offers).round(1),
        dimension=np.array([dimension_index(types.types[at].dimension) for at in kinds]),
        latitude=where[:, 0],
        longitude=where[:, 1],
        reach_km=np.full(offers, 30.0),
        holds=np.where(draw.random(offers) < 0.7, every, np.uint64(0)),
        party=np.arange(actors, dtype=np.int32).repeat(OFFERS_AN_ACTOR),
    )
    return Problem.from_arrays(
        needs=needs, offers=made, today=TODAY, types=types, authorisations=authorisations
    )


def chains_of(actors: int, which: int, *, k: int, seed: int) -> tuple[ChainProblem, ChainResult, float]:
    """Return the problem of one wanted product, its chains, and the seconds."""
    problem = territory(actors, seed=seed)
    _ = problem.types.closeness, problem.lexicon
    chain_problem = ChainProblem(problem, engine_recipes(read_recipes().recipes), (which,))
    began = time.perf_counter()
    result = find_chains(chain_problem, k=k)
    return chain_problem, result, time.perf_counter() - began


def chain_line(actors: int, which: int, chosen: Namespace) -> Line:
    """Return the line of one product."""
    chain_problem, result, seconds = chains_of(actors, which, k=chosen.k, seed=chosen.seed)
    proof = certify_chains(chain_problem, result)
    if not proof.valid:
        raise SystemExit(f"chaîne refusée par son certificat : {proof.faults}")
    first = result.chains[0] if result.chains else None
    said = "aucune" if first is None else f"{len(first.missing)} rôle(s) manquant(s), {first.cost:.1f} km"
    return Line(
        f"chaîne : {WANTED[which][0]}",
        f"{actors} acteurs, {result.arcs} liens possibles",
        f"{seconds:.2f} s",
        quality=f"{len(result.chains)} chaînes prouvées ({result.status}) ; {said}",
    )


def bundle_problem(offers: int, *, seed: int) -> Problem:
    """Return one need covered by many small offers, each there some days and some months."""
    draw = np.random.default_rng([seed, offers, 1])
    week = np.zeros((offers, 7, 24), dtype=np.uint8)
    for at in range(offers):
        week[at, draw.choice(5, size=int(draw.integers(1, 4)), replace=False), 8:18] = 1
    wanted = np.zeros((1, 7, 24), dtype=np.uint8)
    wanted[0, :5, 8:18] = 1
    need = Side.build(
        ids=["besoin"],
        texts=[""],
        types=np.zeros(1, dtype=np.int32),
        quantity=np.array([120.0]),
        dimension=np.zeros(1, dtype=np.int8),
        latitude=np.array([47.0]),
        longitude=np.array([2.4]),
        week=np.packbits(wanted.reshape(1, -1), axis=1),
    )
    made = Side.build(
        ids=[f"o{at}" for at in range(offers)],
        texts=["" for _ in range(offers)],
        types=np.zeros(offers, dtype=np.int32),
        quantity=draw.integers(5, 60, size=offers).astype(np.float64),
        dimension=np.zeros(offers, dtype=np.int8),
        latitude=47.0 + draw.uniform(-0.3, 0.3, offers),
        longitude=2.4 + draw.uniform(-0.3, 0.3, offers),
        week=np.packbits(week.reshape(offers, -1), axis=1),
    )
    types = TypeTable((ResourceType("service"),))
    return Problem.from_arrays(needs=need, offers=made, today=TODAY, types=types)


def bundle_line(offers: int, chosen: Namespace) -> Line:
    """Return the line of the cheapest bundles, beside CP-SAT on the first one."""
    problem = bundle_problem(offers, seed=chosen.seed)
    began = time.perf_counter()
    result = find_bundles(problem, need=0, k=chosen.k, goal="cheapest")
    seconds = time.perf_counter() - began
    proof = certify_bundles(problem, result)
    if not proof.valid:
        raise SystemExit(f"lot refusé par son certificat : {proof.faults}")
    theirs = peer(problem, result)
    return Line(
        "lot le moins loin et les suivants",
        f"{offers} offres",
        f"{seconds:.2f} s pour {len(result.bundles)}",
        f"CP-SAT {theirs['seconds']:.2f} s pour 1",
        f"{seconds / max(1, len(result.bundles)) / theirs['seconds']:.2f} par lot",
        f"coût {result.bundles[0].cost:.3f} km, pair {theirs['cost']:.3f}",
    )


_PEER = """
import json, sys, time
from ortools.sat.python import cp_model
given = json.load(sys.stdin)
model = cp_model.CpModel()
z = [model.new_bool_var(f"z{i}") for i in range(len(given["cost"]))]
for row in given["cover"]:
    model.add_bool_or([z[i] for i in row])
for row, wanted in zip(given["most"], given["demand"]):
    model.add(sum(int(q) * v for q, v in zip(row, z)) >= int(wanted))
model.minimize(sum(int(c) * v for c, v in zip(given["cost"], z)))
solver = cp_model.CpSolver()
solver.parameters.num_workers = 1
began = time.perf_counter()
status = solver.solve(model)
took = time.perf_counter() - began
print(json.dumps({"seconds": took, "cost": solver.objective_value / 1000}))
"""


def peer(problem: Problem, result: BundleResult) -> dict[str, float]:
    """Return what CP-SAT finds for the first bundle, in whole metres and whole quantities, in its own process."""
    cover = cover_of(problem, result.need, result.rhythm)
    given = {
        "cost": cover.distance_m.tolist(),
        "cover": [np.flatnonzero(column).tolist() for column in cover.there.T],
        "most": np.rint(cover.most.T * 12).tolist(),
        "demand": np.rint(cover.demand * 12).tolist(),
    }
    done = subprocess.run(
        [sys.executable, "-c", _PEER], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def split_line(parties: int, seed: int) -> Line:
    """Return the line of the split of a drawn game: each group gains a share that grows faster than its size."""
    draw = np.random.default_rng([seed, parties])
    strength = draw.uniform(1, 5, size=parties)

    def gain(group: frozenset[int]) -> float:
        total = float(sum(strength[at] for at in group))
        return math.pow(total, 1.3)

    game = Game(tuple(f"p{at}" for at in range(parties)), gain)
    began = time.perf_counter()
    result = share_gain(game)
    seconds = time.perf_counter() - began
    where = "dans le cœur" if result.in_core else f"excès {result.excess:.3f}"
    return Line(
        "partage", f"{parties} parties", f"{seconds:.2f} s", quality=f"{where}, {result.rows} groupes écrits"
    )
