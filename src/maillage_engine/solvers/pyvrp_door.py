"""The door to PyVRP: a plain problem in, the order of the visits of each vehicle out.

PyVRP (Wouda, Lan, Kool, INFORMS Journal on Computing, 2024) searches by iterated local search. Ours is the same
search with settings for short runs: penalties begin at the scale of the problem instead of half the greatest one and
are revised five times more often, and fewer visits are shaken at each iteration. Nothing of
PyVRP leaves this file; ``tour_team`` runs several searches at once.
"""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from maillage_engine.methods.tour.problem import FOREVER, TourProblem, Vehicle
from maillage_engine.methods.tour.timetable import RELOAD
from maillage_engine.stop import Watch

Order = tuple[int, tuple[int, ...]]
"""A row of ``vehicles`` and the elements of its round, as ``timetable.plan`` takes them."""

NO_LIMIT = 2**63 - 1
HISTORY, LEAST_HISTORY, HISTORY_VISITS = 300, 50, 60_000
"""How far back a search looks to accept a worse plan: 300 iterations up to 200 visits, fewer above, 50 at least."""
OWN_VISITS = 350
"""Visits under which the first search looks as far back as PyVRP by itself."""
KEEP_EACH = 20
NOTHING = 2**62
"""PyVRP tells a cost that large when what it holds cannot be driven."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``scale`` multiplies the first penalties, ``hours`` that of a missed hour again; ``shaken`` is the most visits
    shaken at once; penalties are revised each ``between`` iterations."""

    scale: float
    shaken: int
    between: int
    hours: float = 1.0


AS_IT_COMES = Settings(10_000.0, 25, 500)
"""What PyVRP does by itself, where costs are distances; else about it: what cannot be driven is hardly gone through."""
SETTINGS = (AS_IT_COMES, Settings(1.0, 10, 50), Settings(1.0, 25, 100), Settings(1.0, 10, 50))
SETTINGS_WITH_HOURS = (AS_IT_COMES, Settings(1.0, 10, 100, 10_000.0))
"""Where hours bind, plans that miss some are not worth going through."""


@dataclass(frozen=True, slots=True)
class Posts:
    """What a search tells on its way: at each of ``times`` (seconds since its watch began), ``post`` gets the best plan
    and the rounds met so far, once."""

    times: tuple[float, ...]
    post: Callable[["Found"], None]


@dataclass(frozen=True, slots=True)
class Found:
    """``orders`` None when nothing that can be driven was found; ``cost`` as PyVRP counts it.

    ``pool``: rounds met on the way and their cost, in the order in which they were met; empty unless asked for.
    """

    orders: tuple[Order, ...] | None
    cost: int
    iterations: int
    pool: Mapping[Order, int] = field(default_factory=dict)


def search(
    problem: TourProblem,
    watch: Watch,
    *,
    seed: int,
    rank: int = 0,
    give_up: float | None = None,
    start: Sequence[Order] | None = None,
    keep: bool = False,
    posts: Posts | None = None,
) -> Found:
    """Return the best orders found before ``watch`` is over, in this process.

    Pauses and ``apart`` are not looked at: the method sees to them. ``rank`` chooses the settings. ``give_up``: the
    share of what is allowed after which a search that found nothing stops. ``start``: orders to begin from, without
    unloading. ``keep``: remember rounds met on the way; ``posts``: and tell them. The seed, the rank and a limit of
    iterations alone decide the answer; rank 0 walks as PyVRP called directly where ``AS_IT_COMES`` is its own.
    """
    import pyvrp  # noqa: PLC0415 - loaded at the first use

    settings = SETTINGS_WITH_HOURS if any(one.window[1] < FOREVER for one in problem.visits) else SETTINGS
    chosen = settings[rank % len(settings)]
    data = _data(problem)
    random = pyvrp.RandomNumberGenerator(seed=seed + rank)
    local = _local_search(data, random, chosen)
    penalties = _penalties(problem, chosen)
    begun = _begun(data, start, random, local, penalties)
    pool: dict[Order, int] = {}
    params = pyvrp.IteratedLocalSearchParams(history_length=_history(problem, chosen))
    if keep:
        params.callbacks = _keeper(pool, problem, watch, posts)

    def enough(best_cost: int) -> bool:
        given_up = best_cost >= NOTHING and give_up is not None and _past(watch, give_up)
        if given_up or watch.over():
            return True
        watch.iterations += 1
        return False

    with warnings.catch_warnings():
        # PyVRP warns when it finds nothing that can be driven: the method sees it, and says why
        warnings.simplefilter("ignore")
        algorithm = pyvrp.IteratedLocalSearch(data, penalties, local, begun, params)
        result = algorithm.run(enough, collect_stats=False, display=False)
    if not result.is_feasible():
        return Found(None, 0, int(result.num_iterations))
    if keep:
        _remember(pool, result.best)
    return Found(_orders(result.best, problem), int(result.cost()), int(result.num_iterations), pool)


def _begun(data: Any, start: Sequence[Order] | None, random: Any, local: Any, penalties: Any) -> Any:
    """Return the solution to begin from: the one told, or one at random made better at once."""
    import pyvrp  # noqa: PLC0415 - loaded at the first use

    if start is None:
        first = pyvrp.Solution.make_random(data, random)
        return local(first, penalties.max_cost_evaluator(), exhaustive=True)
    return pyvrp.Solution(data, [pyvrp.Route(data, list(order), row) for row, order in start])


def _history(problem: TourProblem, chosen: Settings) -> int:
    if chosen is AS_IT_COMES and _is_own(problem) and len(problem.visits) < OWN_VISITS:
        return HISTORY
    return max(min(HISTORY, HISTORY_VISITS // len(problem.visits)), LEAST_HISTORY)


def _keeper(pool: dict[Order, int], problem: TourProblem, watch: Watch, posts: Posts | None) -> Any:
    """Return what PyVRP calls at each iteration: one candidate in ``KEEP_EACH`` leaves its rounds in the pool."""
    from pyvrp import IteratedLocalSearchCallbacks  # noqa: PLC0415 - loaded at the first use

    class Keeper(IteratedLocalSearchCallbacks):
        """Counts iterations."""

        seen = 0
        times = list(posts.times) if posts else []

        def on_iteration(self, current: Any, candidate: Any, best: Any, cost_evaluator: Any) -> None:
            """Look at one candidate in several; tell the best plan when it is time to."""
            del current, cost_evaluator
            self.seen += 1
            if self.seen % KEEP_EACH:
                return
            _remember(pool, candidate)
            if posts and self.times and watch.spent() >= self.times[0]:
                self.times.pop(0)
                if best.is_feasible():
                    _remember(pool, best)
                    cost = int(best.distance_cost() + best.duration_cost() + best.fixed_vehicle_cost())
                    posts.post(Found(_orders(best, problem), cost + int(best.uncollected_prizes()), 0, pool))

    return Keeper()


def _remember(pool: dict[Order, int], solution: Any) -> None:
    """Add the rounds that can be driven; one met again becomes the last met."""
    for route in solution.routes():
        if route.is_feasible() and route.num_trips() == 1:
            order = tuple(int(activity.idx) for activity in route if activity.is_client())
            if order:
                key = (int(route.vehicle_type()), order)
                pool.pop(key, None)
                pool[key] = int(route.distance_cost() + route.duration_cost() + route.fixed_vehicle_cost())


def _local_search(data: Any, random: Any, chosen: Settings) -> Any:
    from pyvrp import search as moves  # noqa: PLC0415 - loaded at the first use

    shaking = moves.PerturbationManager(moves.PerturbationParams(1, chosen.shaken))
    local = moves.LocalSearch(data, random, moves.compute_neighbours(data), shaking)
    for operator in moves.OPERATORS:
        if operator.supports(data):
            local.add_operator(operator(data))
    return local


def _past(watch: Watch, share: float) -> bool:
    """Whether this share of the seconds or of the iterations is spent."""
    seconds, iterations = watch.stop.seconds, watch.stop.iterations
    late = seconds is not None and watch.spent() >= share * seconds
    return late or (iterations is not None and watch.iterations >= share * iterations)


def _data(problem: TourProblem) -> Any:
    import pyvrp  # noqa: PLC0415 - loaded at the first use

    depots, rank = _depots(problem)
    guarded = _guarded(problem)
    coordinates = problem.coordinates if problem.coordinates is not None else np.zeros((problem.size, 2))
    # a location must exist before anything stands on it
    locations = [pyvrp.Location(x=float(x), y=float(y)) for x, y in coordinates]
    clients = [
        pyvrp.Client(
            location=one.place,
            delivery=[*one.deliver, *(0 for _ in guarded)],
            pickup=[*one.collect, *(int(one.material == material) for material in guarded)],
            service_duration=one.service,
            tw_early=one.window[0],
            tw_late=_open(one.window[1]),
            release_time=one.release,
            prize=one.prize or 0,
            required=one.prize is None,
        )
        for one in problem.visits
    ]
    return pyvrp.ProblemData(
        locations,
        clients,
        [pyvrp.Depot(location=place, service_duration=service) for place, service in depots],
        [_vehicle_type(pyvrp, one, rank, guarded, len(clients)) for one in problem.vehicles],
        list(problem.metres),
        list(problem.seconds),
    )


def _depots(problem: TourProblem) -> tuple[list[tuple[int, int]], dict[tuple[int, int], int]]:
    """Return the (place, service) of every depot: no service at both ends, that of the vehicle when it reloads."""
    every: dict[tuple[int, int], int] = {}
    for one in problem.vehicles:
        for depot in (
            (one.start, 0),
            (one.end, 0),
            *((place, one.reload_seconds) for place in one.reload_at),
        ):
            every.setdefault(depot, len(every))
    return list(every), every


def _guarded(problem: TourProblem) -> list[str]:
    """Return the materials that some vehicle refuses: each is a dimension where that vehicle has no room."""
    every = sorted({one.material for one in problem.visits if one.material})
    restricted = [set(one.materials) for one in problem.vehicles if one.materials is not None]
    return [material for material in every if any(material not in one for one in restricted)]


def _vehicle_type(
    pyvrp: Any, one: Vehicle, rank: dict[tuple[int, int], int], guarded: Sequence[str], visits: int
) -> Any:
    room = [visits if one.materials is None or material in one.materials else 0 for material in guarded]
    reloads = [rank[place, one.reload_seconds] for place in one.reload_at]
    more = {} if one.most_reloads is None else {"max_reloads": one.most_reloads}
    return pyvrp.VehicleType(
        num_available=one.number,
        capacity=[*one.capacity, *room],
        start_depot=rank[one.start, 0],
        end_depot=rank[one.end, 0],
        fixed_cost=one.fixed_cost,
        tw_early=one.shift[0],
        tw_late=_open(one.shift[1]),
        shift_duration=_open(one.longest_seconds),
        max_distance=_open(one.longest_metres),
        unit_distance_cost=one.metre_cost,
        unit_duration_cost=one.second_cost,
        profile=one.network,
        reload_depots=reloads,
        **more,
    )


def _open(limit: int) -> int:
    return NO_LIMIT if limit >= FOREVER else limit


def _penalties(problem: TourProblem, chosen: Settings) -> Any:
    """Return penalties where one mean visit too many costs one mean leg, ``scale`` times; PyVRP's own when they fit."""
    import pyvrp  # noqa: PLC0415 - loaded at the first use

    if chosen is AS_IT_COMES and _is_own(problem):
        own = pyvrp.PenaltyParams()
        most = own.min_penalty + (own.max_penalty - own.min_penalty) / 2
        loads = [most] * (len(problem.dimensions) + len(_guarded(problem)))
        return pyvrp.PenaltyManager((loads, most, most), own)
    metre = float(np.mean([one.metre_cost for one in problem.vehicles]))
    second = float(np.mean([one.second_cost for one in problem.vehicles]))
    metres, seconds = float(problem.metres.mean()), float(problem.seconds.mean())
    leg = max(metre * metres + second * seconds, 1.0)
    loads = [
        chosen.scale * leg / max(_mean(one.deliver[at] + one.collect[at] for one in problem.visits), 1.0)
        for at in range(len(problem.dimensions))
    ]
    loads += [chosen.scale * leg for _ in _guarded(problem)]
    late = chosen.scale * chosen.hours * leg / max(seconds, 1.0)
    far = chosen.scale * max(metre, leg / max(metres, 1.0))
    greatest = max(1000.0, 50 * max(*loads, late, far))
    params = pyvrp.PenaltyParams(solutions_between_updates=chosen.between, max_penalty=greatest)
    return pyvrp.PenaltyManager((loads, late, far), params)


def _is_own(problem: TourProblem) -> bool:
    """Whether costs are plain distances, as in the published instances: PyVRP's own penalties are made for them."""
    return all(one.metre_cost == 1 and one.second_cost == 0 for one in problem.vehicles)


def _mean(values: Iterable[int]) -> float:
    return float(np.mean(list(values)))


def _orders(solution: Any, problem: TourProblem) -> tuple[Order, ...]:
    depots, _ = _depots(problem)
    found = []
    for route in solution.routes():
        row = int(route.vehicle_type())
        places = problem.vehicles[row].reload_at
        order: list[int] = []
        for activity in route.schedule():
            if activity.is_client():
                order.append(int(activity.idx))
            elif activity.is_depot() and order:
                place = depots[int(activity.idx)][0]
                order.append(RELOAD - places.index(place) if place in places else RELOAD)
        # the last depot is the end of the round, and nothing is reloaded for nobody
        while order and order[-1] < 0:
            order.pop()
        kept = [one for at, one in enumerate(order) if one >= 0 or order[at + 1] >= 0]
        if kept:
            found.append((row, tuple(kept)))
    return tuple(sorted(found, key=lambda one: (one[0], one[1])))
