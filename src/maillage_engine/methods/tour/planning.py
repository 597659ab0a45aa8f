"""Plan the rounds of a day: what cannot be served is proved apart, the rest is searched, checked and completed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.tour.bound import lower_bound
from maillage_engine.methods.tour.completing import Completed, complete
from maillage_engine.methods.tour.impossible import Impossible
from maillage_engine.methods.tour.materials import friends, shares, usage, versions
from maillage_engine.methods.tour.pauses import without_pauses
from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.methods.tour.result import LeftOut, TourResult
from maillage_engine.solvers.pyvrp_door import Order
from maillage_engine.solvers.tour_team import solve
from maillage_engine.stop import Status, Stop, Watch
from maillage_engine.version import ENGINE_VERSION

DEFAULT_STOP = Stop(iterations=2_000)
FIRST_SHARE = 0.5
"""Share of what is allowed that a first search may take when another follows."""


@dataclass(frozen=True, slots=True)
class _Searched:
    orders: tuple[Order, ...]
    iterations: int


def tour(problem: TourProblem, *, stop: Stop = DEFAULT_STOP, seed: int = 0, workers: int = 1) -> TourResult:
    """Return the best plan found before ``stop``.

    Without a limit in ``stop``, ``DEFAULT_STOP`` is taken: the search never ends by itself. ``workers``: searches at
    once, when ``stop`` gives seconds. The seed and iterations alone decide the answer; seconds do not repeat.
    Raises ``InvalidArgument`` when ``workers`` is under 1, ``stop.Cancelled`` when asked to stop.
    """
    if workers < 1:
        raise InvalidArgument("workers", "il en faut 1 au moins.")
    if stop.seconds is None and stop.iterations is None:
        stop = replace(stop, iterations=DEFAULT_STOP.iterations)
    watch = stop.watch()
    watch.check()
    judge = Impossible(problem)
    refused = {row: why for row in range(len(problem.visits)) if (why := judge.of(row)) is not None}
    rows = [row for row in range(len(problem.visits)) if row not in refused]
    searched = _Searched((), 0)
    if rows:
        searched = _search(problem, rows, watch, seed=seed, workers=workers)
    completed = complete(problem, searched.orders, rows)
    return _result(problem, completed, tuple(refused.values()), searched.iterations, seed)


def _search(problem: TourProblem, rows: Sequence[int], watch: Watch, *, seed: int, workers: int) -> _Searched:
    """Search rounds through ``rows``; when not all can be served, search again with a price on each."""
    kept = replace(problem, visits=tuple(problem.visits[row] for row in rows))
    plain = without_pauses(kept)
    found = _by_materials(plain, watch, seed=seed, workers=workers, last=False)
    if found is None:
        found = _by_materials(_priced(plain), watch, seed=seed, workers=workers, last=True)
    if found is None:
        return _Searched((), watch.iterations)
    orders = tuple(
        (vehicle, tuple(rows[one] if one >= 0 else one for one in order)) for vehicle, order in found.orders
    )
    return _Searched(orders, found.iterations)


def _by_materials(
    problem: TourProblem, watch: Watch, *, seed: int, workers: int, last: bool
) -> _Searched | None:
    """Search, vehicles shared between the sets of materials that may ride together."""
    sets = friends(problem)
    if len(sets) == 1:
        found = solve(
            problem, _rest(watch), seed=seed, workers=workers, give_up=None if last else FIRST_SHARE
        )
        watch.iterations += found.iterations // workers
        return None if found.orders is None else _Searched(found.orders, found.iterations)
    every = [[one.number] * len(sets) for one in problem.vehicles]
    split, rows = versions(problem, every)
    first = solve(split, _rest(watch, FIRST_SHARE), seed=seed, workers=workers)
    watch.iterations += first.iterations // workers
    if first.orders is None:
        return None
    driven = usage(rows, [version for version, _ in first.orders], len(problem.vehicles), len(sets))
    if all(sum(used) <= one.number for used, one in zip(driven, problem.vehicles, strict=True)):
        return _Searched(_true(first.orders, rows), first.iterations)
    counts = [shares(one.number, used) for used, one in zip(driven, problem.vehicles, strict=True)]
    split, rows = versions(problem, counts)
    share = None if last else FIRST_SHARE
    second = solve(split, _rest(watch), seed=seed, workers=workers, give_up=share)
    watch.iterations += second.iterations // workers
    iterations = first.iterations + second.iterations
    return None if second.orders is None else _Searched(_true(second.orders, rows), iterations)


def _true(orders: Sequence[Order], rows: Sequence[int]) -> tuple[Order, ...]:
    return tuple((rows[version], order) for version, order in orders)


def _rest(watch: Watch, share: float = 1.0) -> Stop:
    """Return a share of what is left, a little at least: an answer is always looked for."""
    left, iterations = watch.left(), watch.stop.iterations
    return replace(
        watch.stop,
        seconds=None if left is None else max(left * share, 0.05),
        iterations=None if iterations is None else max(int((iterations - watch.iterations) * share), 20),
    )


def _priced(problem: TourProblem) -> TourProblem:
    """Return the problem where a visit that must be served has a price above any round, times its priority."""
    longest = int(problem.metres.max()) * 2
    slowest = int(problem.seconds.max()) * 2 + max(one.service for one in problem.visits)
    dearest = 1 + max(
        one.fixed_cost + one.metre_cost * longest + one.second_cost * slowest for one in problem.vehicles
    )
    highest = max((one.prize or 0 for one in problem.visits), default=0)
    price = max(dearest, highest + 1)
    visits = tuple(
        replace(one, prize=one.priority * price) if one.prize is None else one for one in problem.visits
    )
    return replace(problem, visits=visits)


def _result(
    problem: TourProblem, completed: Completed, refused: tuple[LeftOut, ...], iterations: int, seed: int
) -> TourResult:
    left_out = tuple(sorted((*refused, *completed.left_out), key=lambda one: one.visit))
    prizes = sum(problem.visits[one.visit].prize or 0 for one in left_out)
    cost = sum(one.cost for one in completed.rounds) + prizes
    must = {row for row, visit in enumerate(problem.visits) if visit.prize is None}
    lacking = {one.visit for one in left_out} & must
    bound = None if lacking else lower_bound(problem)
    status: Status = "feasible"
    if lacking:
        status = "infeasible" if lacking & {one.visit for one in refused} else "stopped"
    elif bound is not None and cost <= bound:
        status = "optimal"
    return TourResult(
        status=status,
        rounds=completed.rounds,
        left_out=left_out,
        cost=cost,
        bound=bound,
        iterations=iterations,
        seed=seed,
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
    )


def vehicles_used(result: TourResult) -> Counter[int]:
    """Return how many rounds each row of vehicles drives."""
    return Counter(one.vehicle for one in result.rounds)
