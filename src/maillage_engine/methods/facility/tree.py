"""The proof of an answer: a tree that shares out every set of sites among leaves, each with what rules it out.

A leaf keeps one vector of multipliers of the demand constraints; whoever has it works out again, by one knapsack a
site, a bound that no solution of the leaf goes under (Lagrangian relaxation: A. M. Geoffrion, "Lagrangean relaxation
for integer programming", Mathematical Programming Study 2 (1974), 82–114).
"""

from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import Bytes, Floats, Int32s, frozen

INNER, BOUND, RAY, COUNT = range(4)
"""What a node is: parted in two; bounded by its multipliers; proved empty by them; empty by counting capacities."""
NOBODY = -1


@dataclass(frozen=True, eq=False)
class BoundTree:
    """N nodes, the first one is the root, where only existing sites are known.

    ``kind`` uint8 (N,). An inner node parts on ``site`` int32 (N,): closed in ``no``, open in ``yes``, int32 (N,) both;
    or, when ``customer`` int32 (N,) is not -1, on serving that customer from that site: never in ``no``, and from
    that site only in ``yes``. A leaf of kind ``BOUND`` or ``RAY`` uses row ``multiplier`` int32 (N,) of
    ``multipliers`` float64 (K, n), in the unit of the costs.
    """

    kind: Bytes
    site: Int32s
    customer: Int32s
    no: Int32s
    yes: Int32s
    multiplier: Int32s
    multipliers: Floats


@dataclass
class GrowingTree:
    """The tree while it is built; a node is a leaf until it is parted."""

    kind: list[int] = field(default_factory=list)
    site: list[int] = field(default_factory=list)
    customer: list[int] = field(default_factory=list)
    no: list[int] = field(default_factory=list)
    yes: list[int] = field(default_factory=list)
    multiplier: list[int] = field(default_factory=list)

    def leaf(self, kind: int, multiplier: int) -> int:
        """Add a leaf and return its number."""
        for column, value in (
            (self.kind, kind),
            (self.site, NOBODY),
            (self.customer, NOBODY),
            (self.no, NOBODY),
            (self.yes, NOBODY),
            (self.multiplier, multiplier),
        ):
            column.append(value)
        return len(self.kind) - 1

    def settle(self, node: int, kind: int, multiplier: int) -> None:
        """Say what rules out a leaf."""
        self.kind[node], self.multiplier[node] = kind, multiplier

    def part(self, node: int, site: int, *, customer: int = NOBODY) -> tuple[int, int]:
        """Part a leaf in two and return (no, yes), leaves with its multipliers."""
        multiplier = self.multiplier[node]
        no, yes = self.leaf(BOUND, multiplier), self.leaf(BOUND, multiplier)
        self.kind[node], self.multiplier[node] = INNER, NOBODY
        self.site[node], self.customer[node], self.no[node], self.yes[node] = site, customer, no, yes
        return no, yes

    def frozen(self, multipliers: list[Floats], width: int) -> BoundTree:
        """Return the tree with the multipliers that its leaves use, and only them."""
        used = sorted({row for row in self.multiplier if row != NOBODY})
        renamed = {row: at for at, row in enumerate(used)} | {NOBODY: NOBODY}
        kept = np.array([multipliers[row] for row in used], dtype=np.float64).reshape(len(used), width)
        columns = (self.site, self.customer, self.no, self.yes, [renamed[row] for row in self.multiplier])
        site, customer, no, yes, multiplier = (frozen(np.array(one, dtype=np.int32)) for one in columns)
        kind = frozen(np.array(self.kind, dtype=np.uint8))
        return BoundTree(kind, site, customer, no, yes, multiplier, frozen(kept))
