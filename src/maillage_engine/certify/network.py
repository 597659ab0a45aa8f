"""The certificate of a network's measures: counted again in plain Python, by other ways than the method's."""

from collections import deque
from collections.abc import Iterable, Iterator

from maillage_engine.certify.proof import TOLERANCE, Check, Proof
from maillage_engine.methods.network.problem import NetworkProblem
from maillage_engine.methods.network.quarters import MOST_QUARTERS
from maillage_engine.methods.network.result import NetworkResult

MOST_ACTORS_FOR_PATHS = 1_000
"""Above, the sum of betweenness is not checked: it takes every shortest path again."""

CHECKS = {
    "digest": "le résultat est celui de ce problème",
    "links": "les liens et la densité recomptés sont ceux annoncés",
    "components": "deux acteurs liés sont dans le même groupe, et chaque groupe se parcourt en entier",
    "single_points": "chaque point de fragilité, retiré, laisse bien les morceaux annoncés",
    "core": "chaque acteur du noyau y a assez de liens",
    "brokers": "les parts des intermédiaires sont compatibles avec la longueur des chemins",
    "quarters": "chaque paire liée est comptée nouvelle une seule fois",
    "meetings": "chaque rencontre proposée réunit deux acteurs qui ne sont pas liés",
    "reach": "sans l’animateur, les acteurs dits seuls n’ont plus aucun lien",
}

Links = dict[int, set[int]]


def certify_network(problem: NetworkProblem, result: NetworkResult) -> Proof:
    """Return the certificate; ``objective`` is the density counted again, there is no bound to prove."""
    around = _around(problem)
    faults: dict[str, str] = {}
    for name, words in _faults(problem, result, around):
        faults.setdefault(name, words)
    checks = tuple(
        Check(name, name not in faults, faults.get(name, words))
        for name, words in CHECKS.items()
        if name != "brokers" or _paths_checked(result)
    )
    return Proof(
        checks=checks,
        objective=_density(around),
        bound=None,
        gap=None,
        digest=result.digest,
        engine_version=result.engine_version,
    )


def _paths_checked(result: NetworkResult) -> bool:
    return result.actors <= MOST_ACTORS_FOR_PATHS


def _around(problem: NetworkProblem) -> Links:
    found: Links = {row: set() for row in range(len(problem.actors))}
    columns = (problem.one, problem.other, problem.first_day, problem.last_day)
    for one, other, first, last in zip(*(column.tolist() for column in columns), strict=True):
        if first <= problem.today <= last:
            found[one].add(other)
            found[other].add(one)
    return found


def _density(around: Links) -> float:
    count = len(around)
    return sum(map(len, around.values())) / (count * (count - 1)) if count > 1 else 0.0


def _faults(problem: NetworkProblem, result: NetworkResult, around: Links) -> Iterator[tuple[str, str]]:
    if problem.digest() != result.digest:
        yield "digest", "les empreintes diffèrent"
    links = sum(map(len, around.values())) // 2
    if result.links != links or abs(result.density - _density(around)) > TOLERANCE:
        yield "links", f"{result.links} annoncés, {links} recomptés"
    yield from _components(result, around)
    for point in result.single_points:
        pieces = _pieces(around, point.actor)
        if pieces != list(point.pieces) or len(pieces) < 2:
            yield "single_points", f"{problem.actors[point.actor]} : {pieces} recompté"
    core = set(result.core)
    least = max(result.core_numbers, default=0)
    if any(len(around[row] & core) < least for row in core):
        yield "core", "un acteur du noyau y a trop peu de liens"
    if _paths_checked(result):
        yield from _brokers(result, around)
    yield from _quarters(problem, result)
    for one in result.meetings:
        common = around[one.one] & around[one.other] - {problem.facilitator}
        if one.other in around[one.one] or common != set(one.common):
            yield "meetings", f"{problem.actors[one.one]} et {problem.actors[one.other]}"
    if result.reach is not None:
        for row in result.reach.alone:
            if around[row] != {problem.facilitator}:
                yield "reach", problem.actors[row]


def _components(result: NetworkResult, around: Links) -> Iterator[tuple[str, str]]:
    groups = [*result.components, *((row,) for row in result.isolated)]
    if sorted(row for group in groups for row in group) != list(range(len(around))):
        yield "components", "un acteur n’est dans aucun groupe, ou dans plusieurs"
        return
    for group in groups:
        if _reached(around, group[0], set()) != set(group):
            yield "components", f"le groupe de {len(group)} acteurs ne se parcourt pas ainsi"


def _reached(around: Links, start: int, without: Iterable[int]) -> set[int]:
    seen, waiting, closed = {start}, [start], set(without)
    while waiting:
        for other in around[waiting.pop()]:
            if other not in seen and other not in closed:
                seen.add(other)
                waiting.append(other)
    return seen


def _pieces(around: Links, actor: int) -> list[int]:
    sizes, seen = [], set[int]()
    for start in sorted(around[actor]):
        if start not in seen:
            piece = _reached(around, start, {actor})
            seen |= piece
            sizes.append(len(piece))
    return sorted(sizes, reverse=True)


def _brokers(result: NetworkResult, around: Links) -> Iterator[tuple[str, str]]:
    """Between two actors at distance d, d − 1 others are passed: over all pairs that is the sum of betweenness."""
    count = len(around)
    if count < 3:
        return
    passed = sum(_inner(around, start) for start in around) / 2
    told = sum(one.share for one in result.brokers) * (count - 1) * (count - 2) / 2
    # only the first are kept: their sum may be under the total, never above
    if told > passed * (1 + TOLERANCE) + 1e-3:
        yield "brokers", f"{told} annoncé, {passed} au plus"


def _inner(around: Links, start: int) -> int:
    far, waiting, total = {start: 0}, deque([start]), 0
    while waiting:
        actor = waiting.popleft()
        for other in around[actor]:
            if other not in far:
                far[other] = far[actor] + 1
                total += far[other] - 1
                waiting.append(other)
    return total


def _quarters(problem: NetworkProblem, result: NetworkResult) -> Iterator[tuple[str, str]]:
    rows = zip(problem.one.tolist(), problem.other.tolist(), problem.first_day.tolist(), strict=True)
    pairs = {frozenset((one, other)) for one, other, first in rows if first <= problem.today}
    told = sum(one.new_links for one in result.quarters)
    if told > len(pairs) or (len(result.quarters) < MOST_QUARTERS and told != len(pairs)):
        yield "quarters", f"{told} annoncées, {len(pairs)} recomptées"
