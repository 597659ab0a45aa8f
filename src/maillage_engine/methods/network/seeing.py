"""See a network: how dense, who holds it together, what hangs on one actor, who should meet."""

from collections.abc import Sequence
from typing import Any

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.network.meetings import meetings
from maillage_engine.methods.network.problem import STILL, NetworkProblem
from maillage_engine.methods.network.quarters import density, quarters
from maillage_engine.methods.network.result import Broker, NetworkResult, Project, Reach, SinglePoint
from maillage_engine.stop import NO_LIMIT, Stop
from maillage_engine.version import ENGINE_VERSION

LASTING_DAYS = 365
SEVERAL = 3
"""A project of several parties has that many actors at least."""

Node = tuple[str, int]
"""« block » or « point », and its number."""


def network(
    problem: NetworkProblem, *, k: int = 10, lasting_days: int = LASTING_DAYS, stop: Stop = NO_LIMIT
) -> NetworkResult:
    """Return what is seen of the network on ``problem.today``; lists of brokers and meetings hold ``k`` at most.

    Exact, whatever the size: betweenness takes time in actors × links. ``stop`` is only asked whether somebody
    cancelled, between measures. A link is seen from its first day to its last; several between two actors count once.
    Raises ``InvalidArgument`` when ``k`` or ``lasting_days`` is under 1.
    """
    if k < 1:
        raise InvalidArgument("k", "demandez au moins une réponse.")
    if lasting_days < 1:
        raise InvalidArgument("lasting_days", "il faut un jour au moins.")
    watch = stop.watch()
    around = neighbours(problem)
    graph = _graph(around)
    links = sum(len(one) for one in around) // 2
    components = _components(graph)
    watch.check()
    brokers = _brokers(graph, problem, k)
    watch.check()
    cores = _core_numbers(graph)
    greatest = max(cores, default=0)
    points = _single_points(graph, around)
    watch.check()
    return NetworkResult(
        status="complete",
        actors=len(around),
        links=links,
        density=density(len(around), links),
        components=tuple(one for one in components if len(one) > 1),
        isolated=tuple(one[0] for one in components if len(one) == 1),
        brokers=brokers,
        single_points=points,
        core_numbers=tuple(cores),
        core=tuple(row for row, core in enumerate(cores) if core == greatest and core > 0),
        periphery=tuple(row for row, core in enumerate(cores) if core <= 1),
        quarters=quarters(problem),
        lasting_projects=_projects(problem, lasting_days),
        reach=_reach(problem, around),
        meetings=meetings(problem, around, k=k),
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
    )


def neighbours(problem: NetworkProblem) -> list[frozenset[int]]:
    """Return who each actor is linked to today."""
    found: list[set[int]] = [set() for _ in problem.actors]
    alive = (problem.first_day <= problem.today) & (problem.last_day >= problem.today)
    for one, other in zip(problem.one[alive].tolist(), problem.other[alive].tolist(), strict=True):
        found[one].add(other)
        found[other].add(one)
    return [frozenset(one) for one in found]


def _graph(around: Sequence[frozenset[int]]) -> Any:
    import rustworkx  # noqa: PLC0415 - loaded at the first use

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(around)))
    graph.add_edges_from_no_data(
        [(one, other) for one, others in enumerate(around) for other in sorted(others) if one < other]
    )
    return graph


def _components(graph: Any) -> list[tuple[int, ...]]:
    """Return the rows of each, largest first, then by first row."""
    import rustworkx  # noqa: PLC0415 - loaded at the first use

    found = [tuple(sorted(one)) for one in rustworkx.connected_components(graph)]
    return sorted(found, key=lambda one: (-len(one), one))


def _brokers(graph: Any, problem: NetworkProblem, k: int) -> tuple[Broker, ...]:
    import rustworkx  # noqa: PLC0415 - loaded at the first use

    shares = rustworkx.graph_betweenness_centrality(graph, normalized=True)
    # threads add in any order: rounded, the same numbers come out each time
    found = [Broker(row, round(share, 9)) for row, share in shares.items() if round(share, 9) > 0]
    return tuple(sorted(found, key=lambda one: (-one.share, problem.actors[one.actor]))[:k])


def _core_numbers(graph: Any) -> list[int]:
    import rustworkx  # noqa: PLC0415 - loaded at the first use

    cores: Any = rustworkx.core_number(graph)
    return [int(cores[row]) for row in range(graph.num_nodes())]


def _single_points(graph: Any, around: Sequence[frozenset[int]]) -> tuple[SinglePoint, ...]:
    """Return the articulation points, those that cut off most actors first."""
    import rustworkx  # noqa: PLC0415 - loaded at the first use

    # the stub of the package calls it a list of sizes; it maps each link to its block
    found: Any = rustworkx.biconnected_components(graph)
    blocks: dict[tuple[int, int], int] = dict(found.items())
    points = sorted(rustworkx.articulation_points(graph))
    pieces = _pieces(set(points), blocks)
    told = [SinglePoint(one, pieces[one], sum(pieces[one][1:])) for one in points]
    return tuple(sorted(told, key=lambda one: (-one.cut_off, one.actor)))


def _pieces(points: set[int], blocks: dict[tuple[int, int], int]) -> dict[int, tuple[int, ...]]:
    """Return the sizes of the pieces left by each point, from the tree of blocks, largest first.

    The tree: one node a block and one a point, a point beside each of its blocks; a block weighs its actors that are
    no points. Removing a point leaves, by each of its blocks, the weight of that side of the tree.
    """
    members: dict[int, set[int]] = {}
    for (one, other), block in blocks.items():
        members.setdefault(block, set()).update((one, other))
    tree: dict[Node, list[Node]] = {}
    weight: dict[Node, int] = {("point", one): 1 for one in points}
    for block, inside in members.items():
        node: Node = ("block", block)
        weight[node] = len(inside - points)
        tree[node] = [("point", one) for one in sorted(inside & points)]
        for point in tree[node]:
            tree.setdefault(point, []).append(node)
    below, parent, total = _weigh(tree, weight)
    found = {}
    for row in sorted(points):
        node = ("point", row)
        sizes = [
            below[each] if parent.get(each) == node else total[node] - below[node] for each in tree[node]
        ]
        found[row] = tuple(sorted(sizes, reverse=True))
    return found


def _weigh(
    tree: dict[Node, list[Node]], weight: dict[Node, int]
) -> tuple[dict[Node, int], dict[Node, Node], dict[Node, int]]:
    """Return the weight below each node of a forest, its parent, and the weight of its whole tree."""
    below, parent, total = dict(weight), dict[Node, Node](), dict[Node, int]()
    seen: set[Node] = set()
    for root in sorted(tree):
        if root in seen:
            continue
        order, waiting = [], [root]
        seen.add(root)
        while waiting:
            node = waiting.pop()
            order.append(node)
            for other in tree[node]:
                if other not in seen:
                    seen.add(other)
                    parent[other] = node
                    waiting.append(other)
        for node in reversed(order[1:]):
            below[parent[node]] += below[node]
        total.update(dict.fromkeys(order, below[root]))
    return below, parent, total


def _projects(problem: NetworkProblem, lasting_days: int) -> tuple[Project, ...]:
    """Return the projects of several parties that last, the longest first."""
    found = []
    rows_of: dict[int, list[int]] = {}
    for row, project in enumerate(problem.project.tolist()):
        if project >= 0 and problem.first_day[row] <= problem.today:
            rows_of.setdefault(project, []).append(row)
    for project, rows in sorted(rows_of.items()):
        actors = {int(side[row]) for row in rows for side in (problem.one, problem.other)}
        first = min(int(problem.first_day[row]) for row in rows)
        last = max(int(problem.last_day[row]) for row in rows)
        days = min(last, problem.today) - first + 1
        if len(actors) >= SEVERAL and days >= lasting_days:
            found.append(
                Project(project, tuple(sorted(actors)), first, last if last < STILL else STILL, days)
            )
    return tuple(sorted(found, key=lambda one: (-one.days, -len(one.actors), one.project)))


def _reach(problem: NetworkProblem, around: Sequence[frozenset[int]]) -> Reach | None:
    if problem.facilitator is None:
        return None
    who = problem.facilitator
    linked = [row for row, others in enumerate(around) if others]
    before = _groups(around, set(linked))
    left = set(linked) - {who}
    after = _groups(around, left)
    own = next((one for one in before if who in one), {who})
    alone = sorted(row for group in after if len(group) == 1 for row in group)
    return Reach(
        direct=len(around[who]),
        reached=len(own) - 1,
        components_without=len(after),
        alone=tuple(alone),
        largest_share=max(map(len, before), default=0) / max(len(linked), 1),
        largest_share_without=max(map(len, after), default=0) / max(len(left), 1),
    )


def _groups(around: Sequence[frozenset[int]], kept: set[int]) -> list[set[int]]:
    """Return the components of the actors kept."""
    found: list[set[int]] = []
    seen: set[int] = set()
    for start in sorted(kept):
        if start in seen:
            continue
        group, border = {start}, [start]
        while border:
            for other in around[border.pop()]:
                if other in kept and other not in group:
                    group.add(other)
                    border.append(other)
        seen |= group
        found.append(group)
    return found
