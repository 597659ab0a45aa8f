"""The gain of a chain as a game among its parties: what any group of them would gain without the others.

A group serves the needs by its own offers alone, as cheaply as it can and with no more missing roles than the chain;
it gains ``worth`` less that cost, or nothing when it cannot or when a need's own party is not in it.
"""

import numpy as np

from maillage_engine.arrays import Floats, Int32s
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.chains_model import NOWHERE, model_of
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.chains_result import Chain
from maillage_engine.methods.cooperate.chains_sizes import largest_sizes
from maillage_engine.methods.cooperate.chains_solve import ChainProgram
from maillage_engine.methods.cooperate.split_game import Game, Group
from maillage_engine.stop import NO_LIMIT, Stop

Party = tuple[str, int]
"""``party`` and its number, or ``offer`` or ``need`` and its row when the party is not known."""


def parties_of(chain_problem: ChainProblem, chain: Chain) -> tuple[Party, ...]:
    """Return those whom a chain brings together, the needs' own first."""
    problem = chain_problem.problem
    every = [_party(problem.needs.party, "need", row) for row in chain_problem.targets]
    every += [_party(problem.offers.party, "offer", row) for row in sorted(chain.offers)]
    return tuple(dict.fromkeys(every))


def chain_game(
    chain_problem: ChainProblem, chain: Chain, *, worth: float, stop: Stop = NO_LIMIT
) -> tuple[Game, tuple[Party, ...]]:
    """Return the game of a chain's gain and its parties.

    ``worth``: what serving the needs is worth, in the money (or the kilometres) of the chain's cost. Names are those
    of ``Party``, as text. Raises ``InvalidArgument`` when ``worth`` is not above the chain's cost: nothing to share.
    """
    if not worth > chain.cost or not np.isfinite(worth):
        raise InvalidArgument(
            "worth", f"il faut plus que le coût de la chaîne ({chain.cost:.2f}), sinon rien à partager."
        )
    parties = parties_of(chain_problem, chain)
    solver = _Groups(chain_problem, chain, parties, worth, stop)
    names = tuple(f"{kind} {number}" for kind, number in parties)
    return Game(names, solver.value, solver.worst), parties


def _party(parties: Int32s, kind: str, row: int) -> Party:
    number = int(parties[row])
    return (kind, row) if number == -1 else ("party", number)


class _Groups:
    def __init__(
        self, chain_problem: ChainProblem, chain: Chain, parties: tuple[Party, ...], worth: float, stop: Stop
    ) -> None:
        self.problem, self.worth, self.watch = chain_problem.problem, worth, stop.watch()
        self.model, self.missing = model_of(chain_problem), len(chain.missing)
        self.sizes = largest_sizes(self.model)
        self.place = {party: at for at, party in enumerate(parties)}
        needs = {_party(self.problem.needs.party, "need", row) for row in chain_problem.targets}
        self.asking = frozenset(self.place[party] for party in needs)
        self.owner = {
            row: self.place[party]
            for row in range(len(self.problem.offers))
            if (party := _party(self.problem.offers.party, "offer", row)) in self.place
        }

    def _program(self, group: Group) -> ChainProgram:
        mine = {offer for offer, party in self.owner.items() if party in group}
        sites = [
            at for at, site in enumerate(self.model.sites) if site.place == NOWHERE or site.place in mine
        ]
        kept = set(sites)
        arcs = [
            at
            for at, arc in enumerate(self.model.arcs)
            if (arc.offer == NOWHERE or arc.offer in mine)
            and all(end == NOWHERE or end in kept for end in (arc.site, arc.to_site))
        ]
        return ChainProgram(self.model, sites, arcs, self.sizes, self.missing)

    def value(self, group: Group) -> float:
        """What a group gains alone, 0 at least."""
        if not self.asking <= group:
            return 0.0
        program = self._program(group)
        solved = program.solve((), self.watch)
        if solved.outcome == "infeasible":
            return 0.0
        return max(0.0, self.worth - program.cost_of(solved.values))

    def worst(self, shares: Floats) -> tuple[Group, float]:
        """The group that loses most with ``shares``: one program where each party has a price, its share."""
        everybody = frozenset(self.place.values())
        program = self._program(everybody)
        columns = {party: program.program.column(upper=1.0, whole=True) for party in sorted(everybody)}
        for offer, column in program.offer_at.items():
            program.program.row([(column, 1.0), (columns[self.owner[offer]], -1.0)], most=0.0)
        for party in self.asking:
            program.program.lower[columns[party]] = 1.0
        costs = program.costs
        for party, column in columns.items():
            costs[column] = float(shares[party])
        solved = program.program.solve(costs, self.watch)
        nobody: Group = frozenset(at for at in range(len(shares)) if shares[at] < 0)
        if solved.outcome != "optimal":
            return nobody, 0.0
        group = frozenset(party for party, column in columns.items() if solved.values[column] > 0.5)
        value = self.value(group)
        alone = -float(sum(shares[at] for at in nobody))
        return (group, value) if value - sum(shares[at] for at in group) >= alone else (nobody, 0.0)
