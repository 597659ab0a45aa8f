"""What a chain says: who does what, what flows, what it costs, who is missing."""

from dataclasses import dataclass

from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.stop import Status

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Run:
    """A recipe carried out. ``place``: row of the offer that gives the place, -1 where there is none.

    ``missing_place``: the recipe asks for a place and nobody has it. ``size``: how many times the recipe.
    """

    recipe: int
    place: int
    missing_place: bool
    size: float


@dataclass(frozen=True, slots=True)
class Flow:
    """From an offer (``offer``) or from what a run gives (``run``, ``given``) to a line taken or to a need.

    ``to_run`` and ``taken`` say which line, or ``need`` which need. ``amount`` is NaN when nothing is counted.
    ``distance_m`` is -1 unknown. ``cost``: that of the kilometres and of what is taken.
    """

    offer: int
    run: int
    given: int
    to_run: int
    taken: int
    need: int
    amount: float
    distance_m: int
    cost: float


@dataclass(frozen=True, slots=True)
class Missing:
    """Nobody, or not enough, for a line taken of a run; ``amount`` is NaN when nothing is counted."""

    run: int
    taken: int
    role: str
    label: str
    amount: float


@dataclass(frozen=True, slots=True)
class Chain:
    """One way to serve the targets. ``cost`` is recomputed from its parts."""

    runs: tuple[Run, ...]
    flows: tuple[Flow, ...]
    missing: tuple[Missing, ...]
    cost: float

    @property
    def offers(self) -> frozenset[int]:
        """Rows of the offers that take part."""
        flows = {flow.offer for flow in self.flows if flow.offer != NOWHERE}
        return frozenset(flows | {run.place for run in self.runs if run.place != NOWHERE})

    @property
    def parts(self) -> frozenset[tuple[str, int]]:
        """Its offers and its recipes: what makes two chains different."""
        recipes = {("recipe", run.recipe) for run in self.runs}
        return frozenset({("offer", offer) for offer in self.offers} | recipes)


@dataclass(frozen=True, eq=False)
class ChainResult:
    """``chains``: fewest missing roles first, then least cost. ``status``: ``optimal`` when each is proved best.

    ``infeasible``: nothing serves ``unreachable`` (rows of needs), even with roles missing. ``bound``: proved lower
    bound of the cost of the first chain, among those that miss as few roles. ``exhausted``: there is no other chain
    that misses at most ``spare`` roles more than the first. ``sites`` and ``arcs`` were possible, ``solved_arcs`` were
    enough to prove.
    """

    status: Status
    k: int
    spare: int
    chains: tuple[Chain, ...]
    exhausted: bool
    bound: float | None
    unreachable: tuple[int, ...]
    sites: int
    arcs: int
    solved_arcs: int
    seed: int
    digest: str
    engine_version: str


def needs_of(chain_problem: ChainProblem, chain: Chain) -> tuple[int, ...]:
    """Return the rows of the needs that a chain serves."""
    return tuple(row for row in chain_problem.targets if any(flow.need == row for flow in chain.flows))
