"""The best sets of sites to open: Lagrangian bounds, exact transport, and a tree whose leaves prove the answer.

The full formulation has a row x[i, j] ≤ y[i] for each pair, 100,000 in a middling problem. Here they are never
written: multipliers of the demand rows give cuts on y that imply them, made one by one where the search needs them
(``relaxation``), and the search parts what they leave open (``branching``).
"""

import numpy as np

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.facility.branching import PRUNE_GAP, Node, Search
from maillage_engine.methods.facility.problem import FacilityProblem
from maillage_engine.methods.facility.relaxation import FREE, OPEN
from maillage_engine.methods.facility.result import FacilityResult, Opening
from maillage_engine.stop import NO_LIMIT, Status, Stop
from maillage_engine.version import ENGINE_VERSION

OPTIMAL_GAP = 1e-8
"""Relative gap under which an answer is called optimal."""


def open_sites(
    problem: FacilityProblem, *, k: int = 1, stop: Stop = NO_LIMIT, seed: int = 0
) -> FacilityResult:
    """Return the ``k`` cheapest sets of sites to open, proved, or the best known with its bound when time is out.

    Nothing is drawn at random; ``seed`` is kept for the record. An iteration is one step of the ascent or one
    transport problem. Raises ``InvalidArgument`` when ``k`` is under 1, ``Cancelled`` when asked to stop.
    """
    if k < 1:
        raise InvalidArgument("k", "demandez au moins une réponse.")
    search = Search(problem, k, stop.watch())
    search.run()
    return _result(search, seed)


def prepare() -> None:
    """Load the compiled loop and the solver, by a problem of one site: a clock started after times searches alone."""
    one = np.ones(1)
    open_sites(FacilityProblem.from_arrays(capacity=one, fixed_cost=one, demand=one, serve_cost=one[None]))


def _result(search: Search, seed: int) -> FacilityResult:
    """Return what was found, with the least bound over the leaves, and over those of no answer."""
    openings = search.pool.openings
    bounds = [(_bound(search, node), _named(search, node)) for node in search.leaves.values()]
    others = min((bound for bound, named in bounds if not named), default=np.inf)
    bound = min((bound for bound, _ in bounds), default=np.inf)
    if openings:
        bound = min(bound, openings[0].cost)
    return FacilityResult(
        status=_status(openings, search.pool.k, bound, others),
        k=search.pool.k,
        seed=seed,
        openings=openings,
        bound=bound if np.isfinite(bound) else None,
        others_bound=others if np.isfinite(others) else None,
        tree=search.tree.frozen(search.cuts.multipliers, search.problem.customers),
        iterations=search.watch.iterations,
        digest=search.problem.digest(),
        engine_version=ENGINE_VERSION,
    )


def _bound(search: Search, node: Node) -> float:
    """The bound of a leaf; +inf when it is above any cost, so that the leaf is empty."""
    return np.inf if node.bound >= search.dearest * (1.0 - PRUNE_GAP) else node.bound


def _named(search: Search, node: Node) -> bool:
    return not (node.state == FREE).any() and search.pool.kept(node.state == OPEN)


def _status(openings: tuple[Opening, ...], k: int, bound: float, others: float) -> Status:
    if not openings:
        return "infeasible" if bound == np.inf else "stopped"
    best, last = openings[0].cost, openings[-1].cost
    proved = bound >= best - OPTIMAL_GAP * max(1.0, abs(best))
    if k > 1:
        full = len(openings) == k
        proved &= others >= last - OPTIMAL_GAP * max(1.0, abs(last)) if full else others == np.inf
    return "optimal" if proved else "feasible"
