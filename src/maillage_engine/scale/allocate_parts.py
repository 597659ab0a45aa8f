"""``allocate`` by parts, by any runner: the same sharing as on the whole, byte for byte.

Needs and offers that no chain of possible pairs links do not compete: the connected parts of the network travel, small
ones together. Whole lots, where they bind, are decided in this process from what the parts bring back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage_engine.methods.allocate.flow import Solved, solve_network
from maillage_engine.methods.allocate.lots import decide_lots
from maillage_engine.methods.allocate.network import Network, expand, parts_of
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.solve import gathered, needs_lots
from maillage_engine.scale.runners import Runner, Serial
from maillage_engine.stop import NO_LIMIT, Stop

TOGETHER = 20_000
"""Edges of the small parts that travel together."""
SERIAL = Serial()


@dataclass(frozen=True, slots=True)
class Limits:
    """What every part shares: the most it may spend."""

    seconds: float | None
    iterations: int | None


def allocate_parts(
    problem: AllocationProblem, *, runner: Runner = SERIAL, stop: Stop = NO_LIMIT, seed: int = 0
) -> AllocationResult:
    """Return what ``allocate`` returns, its parts solved by ``runner``; without a fairness rule, which binds them all.

    Raises ``Cancelled`` when ``stop`` says so: nothing is then returned.
    """
    watch = stop.watch()
    watch.check()
    net = expand(problem)
    networks, components = parts_of(net)
    pieces = _pieces(networks)
    limits = Limits(stop.seconds, stop.iterations)
    solved = [one for answer in runner.map(solve_piece, limits, pieces, stop=stop) for one in answer]
    result = gathered(problem, net, networks, solved, components=components, seed=seed)
    return decide_lots(problem, result, watch, seed) if needs_lots(problem, result) else result


def solve_piece(limits: Limits, piece: Sequence[Network]) -> list[Solved]:
    """Return the answer of each part of a piece: what a worker does."""
    watch = Stop(seconds=limits.seconds, iterations=limits.iterations).watch()
    return [solve_network(one, watch) for one in piece]


def _pieces(networks: Sequence[Network]) -> list[list[Network]]:
    pieces: list[list[Network]] = []
    size = TOGETHER
    for one in networks:
        if size >= TOGETHER:
            pieces.append([])
            size = 0
        pieces[-1].append(one)
        size += len(one.edge)
    return pieces
