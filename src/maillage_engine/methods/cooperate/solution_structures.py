"""The axioms S1 to S5 of a solution structure, and every structure that holds them.

Source: F. Friedler, K. Tarján, Y. W. Huang, L. T. Fan, "Combinatorial algorithms for process synthesis", Computers &
Chemical Engineering 16, 1992. A structure is a set of units; its materials are those its units take or give.
"""

from collections.abc import Collection, Iterator

from maillage_engine.methods.cooperate.maximal_structure import reaching_units, useful_units
from maillage_engine.methods.cooperate.network import ProcessNetwork

AXIOMS = ("S1", "S2", "S3", "S4", "S5")


def broken_axioms(network: ProcessNetwork, units: Collection[int]) -> tuple[str, ...]:
    """Return which axioms a set of units breaks.

    S1: every product is made. S2: a material is made by no unit if and only if it is raw. S3: the units are those of
    the network, and two that exclude each other are not together. S4: from each unit a path leads to a product. S5:
    each material is taken or given by a unit (true by construction).
    """
    inside = frozenset(units)
    given = {row for unit in inside for row in network.given[unit]}
    taken = {row for unit in inside for row in network.taken[unit]}
    raw = network.raw
    broken = []
    if not given >= network.products:
        broken.append("S1")
    if given & raw or not taken - raw <= given:
        broken.append("S2")
    if any(len(group & inside) > 1 for group in network.groups):
        broken.append("S3")
    if reaching_units(network, inside) != inside:
        broken.append("S4")
    return tuple(broken)


def solution_structures(network: ProcessNetwork) -> Iterator[frozenset[int]]:
    """Yield every solution structure once (algorithm SSG): mind that there may be 2 to the power of the units.

    A decision takes one material still to be made and chooses which units make it and which never will.
    """
    useful = useful_units(network, range(len(network.units)))
    excluded = frozenset(range(len(network.units))) - useful
    products = tuple(sorted(network.products))
    if useful:
        yield from _decide(network, products, frozenset(), frozenset(), excluded)


def _decide(
    network: ProcessNetwork,
    to_make: tuple[int, ...],
    made: frozenset[int],
    inside: frozenset[int],
    outside: frozenset[int],
) -> Iterator[frozenset[int]]:
    if not to_make:
        yield inside
        return
    row, raw = to_make[0], network.raw
    already = network.makers[row] & inside
    free = sorted(network.makers[row] - inside - outside)
    for code in range(2 ** len(free)):
        new = frozenset(unit for at, unit in enumerate(free) if code >> at & 1)
        if not already | new or _excluded(network, inside | new):
            continue
        wanted = {taken for unit in new for taken in network.taken[unit]} - raw - made - {row}
        rest = (*to_make[1:], *sorted(wanted - set(to_make)))
        left = outside | (frozenset(free) - new)
        yield from _decide(network, rest, made | {row}, inside | new, left)


def _excluded(network: ProcessNetwork, inside: frozenset[int]) -> bool:
    return any(len(group & inside) > 1 for group in network.groups)
