"""Materials that may not ride together: each vehicle is offered in one version a largest set of friends."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from maillage_engine.errors import InvalidProblem
from maillage_engine.methods.tour.problem import TourProblem, Vehicle

MOST_MATERIALS = 12
"""Above, the sets of friends may be too many to list."""


def friends(problem: TourProblem) -> tuple[frozenset[str], ...]:
    """Return the largest sets of the problem's materials without a forbidden pair; one set when nothing is apart.

    Raises ``InvalidProblem`` when more than ``MOST_MATERIALS`` materials have enemies.
    """
    present = {one.material for one in problem.visits if one.material}
    pairs = [pair for pair in problem.forbidden if pair <= present]
    shy = sorted(set().union(*pairs)) if pairs else []
    if len(shy) > MOST_MATERIALS:
        raise InvalidProblem("apart", f"{MOST_MATERIALS} matières à séparer au plus ; regroupez-les.")
    free = present - set(shy)
    found: list[frozenset[str]] = []
    for size in range(len(shy), -1, -1):
        for chosen in combinations(shy, size):
            kept = frozenset(chosen)
            if any(pair <= kept for pair in pairs) or any(kept < other for other in found):
                continue
            found.append(kept)
    return tuple(one | free for one in found)


def versions(problem: TourProblem, counts: Sequence[Sequence[int]]) -> tuple[TourProblem, tuple[int, ...]]:
    """Return the problem where row r has ``counts[r][s]`` vehicles for the set s, and the true row of each row."""
    sets = friends(problem)
    rows: list[int] = []
    vehicles: list[Vehicle] = []
    for row, one in enumerate(problem.vehicles):
        for rank, (allowed, number) in enumerate(zip(sets, counts[row], strict=True)):
            if number:
                accepted = allowed if one.materials is None else allowed & set(one.materials)
                materials = tuple(sorted(accepted))
                vehicles.append(replace(one, id=f"{one.id}/{rank}", number=number, materials=materials))
                rows.append(row)
    return replace(problem, vehicles=tuple(vehicles), apart=()), tuple(rows)


def shares(number: int, used: Sequence[int]) -> tuple[int, ...]:
    """Share ``number`` vehicles between sets in proportion of ``used`` (largest remainders, one each if possible)."""
    total = sum(used)
    if total <= number:
        spare = number - total
        return tuple(count + spare for count in used) if spare == 0 else _with_spare(used, spare)
    given = [max(1, number * count // total) if count else 0 for count in used]
    while sum(given) > number:
        given[given.index(max(given))] -= 1
    order = sorted(range(len(used)), key=lambda at: (-(number * used[at] % total), at))
    for at in order:
        if sum(given) < number and used[at]:
            given[at] += 1
    return tuple(given)


def _with_spare(used: Sequence[int], spare: int) -> tuple[int, ...]:
    given = list(used)
    given[given.index(max(given))] += spare
    return tuple(given)


def usage(rows: Sequence[int], orders: Sequence[int], vehicles: int, sets: int) -> list[list[int]]:
    """Return how many rounds each true row drives in each set; ``rows``: true row of each version."""
    counted = Counter(orders)
    found = [[0] * sets for _ in range(vehicles)]
    seen: Counter[int] = Counter()
    for version, row in enumerate(rows):
        found[row][seen[row]] = counted[version]
        seen[row] += 1
    return found
