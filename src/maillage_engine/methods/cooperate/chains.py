"""Chains: who does what, from offers and recipes, to serve needs; fewest missing roles, then least cost; and the next.

Process-network synthesis (P-graph axioms: each target is made, whatever is taken is brought or told missing, each
recipe leads to a target) as a mixed-integer program with sizes bounded by what is asked downstream. A part of the
territory is solved first; ``chains_prune`` says what of the rest could still matter, and only that is added.
"""

from dataclasses import dataclass, field

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.chains_model import NOWHERE, ChainModel, model_of
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.chains_prune import Bounds, Pruned
from maillage_engine.methods.cooperate.chains_result import Chain, ChainResult, Flow, Missing, Run
from maillage_engine.methods.cooperate.chains_sizes import largest_sizes
from maillage_engine.methods.cooperate.chains_solve import ChainProgram, is_on
from maillage_engine.stop import NO_LIMIT, Status, Stop, Watch
from maillage_engine.version import ENGINE_VERSION

FIRST_WIDTH = 40
WIDER = 4
_SLACK = 1e-6


def find_chains(
    chain_problem: ChainProblem,
    *,
    k: int = 5,
    spare: int = 0,
    stop: Stop = NO_LIMIT,
    seed: int = 0,
    width: int = FIRST_WIDTH,
) -> ChainResult:
    """Return the best chain and the next ones, at most ``k``; exact.

    Fewest missing roles first, then least cost, then fewest members. No chain holds all the offers and all the recipes
    of an earlier one. ``spare``: how many more missing roles than the first chain the others may have. ``width``: how
    many arcs the first part of the territory has, the best one of each line apart; the result does not depend on it.
    ``stop.iterations`` counts the programs solved. Raises ``InvalidArgument``.
    """
    if k < 1 or width < 1:
        raise InvalidArgument("k" if k < 1 else "width", "il faut 1 ou plus.")
    if spare < 0:
        raise InvalidArgument("spare", "il faut 0 ou plus.")
    model = model_of(chain_problem)
    reached = {arc.need for arc in model.arcs}
    unreachable = tuple(row for row in chain_problem.targets if row not in reached)
    search = _Search(model, stop.watch(), width)
    status: Status = "infeasible" if unreachable else search.run(k, spare)
    return ChainResult(
        status=status,
        k=k,
        spare=spare,
        chains=tuple(search.chains),
        exhausted=search.exhausted or bool(unreachable),
        bound=search.bound,
        unreachable=unreachable,
        sites=len(model.sites),
        arcs=len(model.arcs),
        solved_arcs=search.solved_arcs,
        seed=seed,
        digest=chain_problem.digest(),
        engine_version=ENGINE_VERSION,
    )


@dataclass(eq=False)
class _Found:
    """The chains of one level of missing roles; ``worst``: the objective of the last one."""

    chains: list[Chain] = field(default_factory=list)
    worst: float = 0.0
    bound: float | None = None
    outcome: str = "infeasible"


class _Search:
    def __init__(self, model: ChainModel, watch: Watch, width: int) -> None:
        self.model, self.watch, self.width = model, watch, width
        self.sizes = largest_sizes(model)
        self.bounds = Bounds(model)
        self.chains: list[Chain] = []
        self.bound: float | None = None
        self.exhausted = False
        self.solved_arcs = 0

    def run(self, k: int, spare: int) -> Status:
        """Fill the chains, level by level of missing roles."""
        first: int | None = None
        every = sum(len(self.model.recipe(site).takes) for site in range(len(self.model.sites)))
        missing = self._fewest_possible()
        while len(self.chains) < k and missing <= (every if first is None else first + spare):
            found = self._level(missing, k - len(self.chains))
            self.chains += found.chains
            if found.chains and first is None:
                first, self.bound = missing, found.bound
            if found.outcome in {"stopped", "feasible"}:
                return "feasible" if self.chains else "stopped"
            missing += 1
        self.exhausted = len(self.chains) < k
        return "optimal" if self.chains else "infeasible"

    def _fewest_possible(self) -> int:
        """Return a number of missing roles under which no chain is possible."""
        fewest = 0
        for need in self.model.chain_problem.targets:
            arcs = [arc for arc in self.model.arcs if arc.need == need]
            least = min(0 if arc.site == NOWHERE else self.bounds.sites[arc.site].structural for arc in arcs)
            fewest = max(fewest, least)
        return fewest

    def _level(self, missing: int, wanted: int) -> _Found:
        """Return the best chains that miss at most ``missing`` roles, proved over the whole territory."""
        pruned = Pruned(self.model, self.bounds, self.sizes, missing)
        if not pruned.possible:
            return _Found()
        width = self.width
        while True:
            part = pruned.near(width)
            found = self._solve(part, missing, wanted)
            if found.outcome in {"stopped", "feasible"} or part == pruned.kept:
                return found
            if len(found.chains) == wanted:
                pruned.keep_under(found.worst + _SLACK * max(1.0, found.worst))
                if pruned.kept[0] <= part[0] and pruned.kept[1] <= part[1]:
                    return found
                return self._solve(pruned.kept, missing, wanted)
            width *= WIDER

    def _solve(self, part: tuple[frozenset[int], frozenset[int]], missing: int, wanted: int) -> _Found:
        self.solved_arcs = len(part[1])
        program = ChainProgram(self.model, sorted(part[0]), sorted(part[1]), self.sizes, missing)
        found = _Found()
        excluded = [chain.parts for chain in self.chains]
        while len(found.chains) < wanted:
            solved = program.solve(excluded, self.watch)
            found.outcome = solved.outcome
            if solved.outcome in {"infeasible", "stopped"}:
                return found
            chain = told(self.model, program, solved.values)
            found.chains.append(chain)
            found.worst = solved.objective
            if found.bound is None:
                found.bound = min(chain.cost, solved.bound)
            if solved.outcome == "feasible":
                return found
            excluded.append(chain.parts)
        return found


def told(model: ChainModel, program: ChainProgram, values: Floats) -> Chain:
    """Return the chain that the columns say, its cost added up again from its parts."""
    sites = [site for site in program.sites if is_on(values, program.open_at[site])]
    place = {site: at for at, site in enumerate(sites)}
    runs = tuple(
        Run(
            model.sites[site].recipe,
            model.sites[site].place,
            model.sites[site].missing_place,
            float(values[program.size_at[site]]),
        )
        for site in sites
    )
    flows = []
    for at in program.arcs:
        if not is_on(values, program.used_at[at]):
            continue
        arc = model.arcs[at]
        amount = float(values[program.amount_at[at]]) if at in program.amount_at else float("nan")
        paid = arc.road_cost + (arc.unit_cost * amount if at in program.amount_at else 0.0)
        flows.append(
            Flow(
                arc.offer,
                place.get(arc.site, NOWHERE),
                arc.given,
                place.get(arc.to_site, NOWHERE),
                arc.taken,
                arc.need,
                amount,
                arc.distance_m,
                paid,
            )
        )
    missing = tuple(
        _missing(model, program, values, site, taken, place[site])
        for (site, taken), column in program.missing_at.items()
        if is_on(values, column)
    )
    fixed = model.chain_problem.costs.row("fixed", len(model.chain_problem.problem.offers))
    chain = Chain(runs, tuple(flows), missing, 0.0)
    recipes = model.chain_problem.recipes
    cost = sum(flow.cost for flow in flows) + sum(float(fixed[offer]) for offer in sorted(chain.offers))
    cost += sum(recipes[run.recipe].fixed_cost + recipes[run.recipe].unit_cost * run.size for run in runs)
    return Chain(runs, tuple(flows), missing, float(cost))


def _missing(
    model: ChainModel, program: ChainProgram, values: Floats, site: int, taken: int, run: int
) -> Missing:
    role = model.recipe(site).role_of[model.line(site, taken).role]
    lacking = program.lacking_at.get((site, taken))
    amount = float("nan") if lacking is None else float(values[lacking])
    return Missing(run, taken, role.code, role.label, amount)
