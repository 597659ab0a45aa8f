"""The slow twin of the network's measures: each by its definition, in plain Python."""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from maillage_engine.methods.network.problem import NetworkProblem

Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class SlowNetwork:
    """The same measures as ``NetworkResult``, by actor's row; ``meetings``: (pair, score) of every possible one."""

    links: frozenset[Pair]
    density: Fraction
    components: frozenset[frozenset[int]]
    betweenness: tuple[Fraction, ...]
    single_points: dict[int, tuple[int, ...]]
    core_numbers: tuple[int, ...]
    new_links: dict[tuple[int, int], int]
    meetings: dict[Pair, float]


def slow_network(problem: NetworkProblem) -> SlowNetwork:
    """Return every measure of the network on ``problem.today``."""
    actors = range(len(problem.actors))
    links = _links(problem)
    components = _components(actors, links)
    count = len(problem.actors)
    return SlowNetwork(
        links=frozenset(links),
        density=Fraction(2 * len(links), count * (count - 1)) if count > 1 else Fraction(0),
        components=frozenset(frozenset(one) for one in components),
        betweenness=_betweenness(count, links),
        single_points=_single_points(actors, links, components),
        core_numbers=tuple(_core_number(one, links) for one in actors),
        new_links=_new_links(problem),
        meetings=_meetings(problem, links),
    )


def _links(problem: NetworkProblem) -> set[Pair]:
    return {
        frozenset((int(one), int(other)))
        for one, other, first, last in zip(
            problem.one, problem.other, problem.first_day, problem.last_day, strict=True
        )
        if first <= problem.today <= last
    }


def _around(actor: int, links: Iterable[Pair]) -> set[int]:
    return {other for link in links if actor in link for other in link if other != actor}


def _distances(start: int, links: Iterable[Pair], count: int) -> tuple[list[int | None], list[int]]:
    """Return how far each actor is and by how many shortest ways."""
    around = [_around(actor, links) for actor in range(count)]
    far: list[int | None] = [None] * count
    ways = [0] * count
    far[start], ways[start] = 0, 1
    waiting = deque([start])
    while waiting:
        actor = waiting.popleft()
        here = far[actor]
        if here is None:
            raise AssertionError("an actor reached from nowhere")
        for other in around[actor]:
            if far[other] is None:
                far[other] = here + 1
                waiting.append(other)
            if far[other] == here + 1:
                ways[other] += ways[actor]
    return far, ways


def _betweenness(count: int, links: set[Pair]) -> tuple[Fraction, ...]:
    """By definition: for each pair of others, the share of its shortest ways that pass by the actor."""
    if count < 3:
        return (Fraction(0),) * count
    every = [_distances(start, links, count) for start in range(count)]
    found = []
    for actor in range(count):
        total = Fraction(0)
        for one, other in combinations([each for each in range(count) if each != actor], 2):
            whole, left, right = every[one][0][other], every[one][0][actor], every[actor][0][other]
            if whole is not None and left is not None and right is not None and left + right == whole:
                total += Fraction(every[one][1][actor] * every[actor][1][other], every[one][1][other])
        found.append(total / math.comb(count - 1, 2))
    return tuple(found)


def _components(actors: Iterable[int], links: set[Pair]) -> list[set[int]]:
    groups = [{actor} for actor in actors]
    for link in links:
        touched = [group for group in groups if group & link]
        groups = [group for group in groups if not group & link]
        if touched:
            groups.append(set().union(*touched))
    return groups


def _single_points(
    actors: Iterable[int], links: set[Pair], components: list[set[int]]
) -> dict[int, tuple[int, ...]]:
    """Take each actor away and look at what its component becomes."""
    found = {}
    for actor in actors:
        own = next(group for group in components if actor in group) - {actor}
        pieces = _components(own, {link for link in links if link <= own})
        if len(pieces) > 1:
            found[actor] = tuple(sorted(map(len, pieces), reverse=True))
    return found


def _core_number(actor: int, links: set[Pair]) -> int:
    """Return the largest k such that the actor stays when those with fewer than k links are taken away again and
    again."""
    k = 0
    while True:
        left = set(links)
        while True:
            weak = {one for link in left for one in link if len(_around(one, left)) < k + 1}
            if not weak:
                break
            left = {link for link in left if not link & weak}
        if not any(actor in link for link in left):
            return k
        k += 1


def _new_links(problem: NetworkProblem) -> dict[tuple[int, int], int]:
    born: dict[Pair, int] = {}
    for one, other, first in zip(problem.one, problem.other, problem.first_day, strict=True):
        pair = frozenset((int(one), int(other)))
        if first <= problem.today:
            born[pair] = min(int(first), born.get(pair, int(first)))
    counts: dict[tuple[int, int], int] = {}
    for day in born.values():
        when = date(1970, 1, 1) + timedelta(days=day)
        quarter = (when.year, (when.month + 2) // 3)
        counts[quarter] = counts.get(quarter, 0) + 1
    return counts


def _meetings(problem: NetworkProblem, links: set[Pair]) -> dict[Pair, float]:
    found = {}
    for one, other in combinations(range(len(problem.actors)), 2):
        if frozenset((one, other)) in links or problem.facilitator in (one, other):
            continue
        common = (_around(one, links) & _around(other, links)) - {problem.facilitator}
        score = sum(1 / math.log(len(_around(each, links))) for each in common)
        score += len(
            (problem.needs[one] & problem.offers[other]) | (problem.needs[other] & problem.offers[one])
        )
        if score > 0:
            found[frozenset((one, other))] = score
    return found
