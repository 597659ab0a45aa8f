"""The network: seconds for every measure, beside plain Python where it is bearable."""

import sys
import time
from argparse import ArgumentParser, Namespace

import numpy as np

from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage_engine.certify.network import certify_network
from maillage_engine.methods.network import STILL, NetworkProblem, network
from maillage_engine.reference.network import slow_network

TODAY = 20_500


def options(parser: ArgumentParser) -> None:
    """Sizes."""
    parser.add_argument("--links", type=int, nargs="+", default=[200, 10_000, 100_000], help="liens datés")
    parser.add_argument("--twin-links", type=int, default=300, help="au plus pour le jumeau lent")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dry", action="store_true", help="ne pas écrire la page")


@family("network", "Réseau : toutes les mesures, à côté du jumeau en Python.", options=options)
def run(chosen: Namespace) -> None:
    """Measure every size and leave the lines; raise ``SystemExit`` when the certificate or the twin disagrees."""
    lines = [measure(count, chosen) for count in chosen.links]
    if not chosen.dry:
        note = (
            "Toutes les mesures d’un coup, intermédiaires exacts compris (temps en acteurs × liens). Le jumeau, en "
            "Python simple, compte chaque mesure par sa définition ; au-delà de quelques centaines de liens, il "
            "n’est pas attendu."
        )
        leave("network", "Réseau", lines, note=note)


def invented(links: int, *, seed: int) -> NetworkProblem:
    """Return dated links between a tenth as many actors, a few of them much sought after."""
    random = np.random.default_rng([seed, links])
    actors = max(links // 10, 5)
    weights = 1 / np.arange(1, actors + 1) ** 0.6
    one, other = random.choice(actors, size=(2, links), p=weights / weights.sum())
    other = np.where(one == other, (other + 1) % actors, other)
    first = random.integers(TODAY - 1500, TODAY, links)
    last = np.where(random.random(links) < 0.7, STILL, first + random.integers(30, 900, links))
    return NetworkProblem(
        actors=tuple(f"acteur {row}" for row in range(actors)),
        one=one.astype(np.int32),
        other=other.astype(np.int32),
        first_day=first.astype(np.int32),
        last_day=last.astype(np.int32),
        project=random.integers(-1, max(links // 20, 1), links).astype(np.int32),
        projects=tuple(f"projet {row}" for row in range(max(links // 20, 1))),
        today=TODAY,
        facilitator=0,
    )


def measure(count: int, chosen: Namespace) -> Line:
    """Return the line of one size."""
    problem = invented(count, seed=chosen.seed)
    network(invented(50, seed=1))
    began = time.perf_counter()
    result = network(problem)
    ours = time.perf_counter() - began
    proof = certify_network(problem, result)
    if not proof.valid:
        raise SystemExit(f"{count} liens : le certificat ne tient pas ({proof.faults}).")
    theirs = None
    if count <= chosen.twin_links:
        began = time.perf_counter()
        slow = slow_network(problem)
        theirs = time.perf_counter() - began
        if slow.core_numbers != result.core_numbers or len(slow.links) != result.links:
            raise SystemExit(f"{count} liens : le jumeau dit autre chose.")
    print(f"{count} liens : {ours:.2f} s", file=sys.stderr)
    return Line(
        method="toutes les mesures",
        size=f"{count} liens datés, {result.actors} acteurs",
        ours=f"{ours:.2f} s".replace(".", ","),
        peer="–" if theirs is None else f"Python {theirs:.2f} s".replace(".", ","),
        ratio="–" if theirs is None else f"{ours / theirs:.3f}".replace(".", ","),
        quality=f"{len(proof.checks)} vérifications, aucun écart",
    )
