"""What sharing out answers: who gives how much to whom, at which prices, with the bound."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from maillage_engine.arrays import Floats, Int32s, Int64s
from maillage_engine.certify.proof import relative_gap
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.stop import Status

Way = Literal["flow", "mixed", "fair"]


@dataclass(frozen=True, eq=False)
class Prices:
    """The duals of one objective.

    ``need`` float64 (n, s): what one unit more asked for by a need would bring at most; ``offer`` float64 (m, s): what
    one unit more of an offer would bring at most. NaN where whole lots leave no price.
    """

    need: Floats
    offer: Floats


@dataclass(frozen=True, slots=True)
class GroupLevel:
    """A group of needs (a commune, a family) and the share of its quantity that is served, 0 to 1."""

    group: str
    share: float


@dataclass(frozen=True, eq=False)
class AllocationResult:
    """f flows: ``edge`` int64 (f,), ``slot`` int32 (f,), ``quantity`` float64 (f,) above 0.

    ``status``: ``optimal``, or ``feasible`` when a limit was reached. ``value``: Σ gain × quantity; ``transport``:
    Σ transport × quantity, the least among the sharings of that value when ``optimal``. ``bound``: proved, no sharing
    is worth more (among the fair ones when ``way`` is ``fair``). ``prices``: duals of the value; ``transport_prices``:
    of the transport (None: no edge costs anything, or lots). ``way``: ``flow`` (a minimum-cost flow, whole or not),
    ``mixed`` (some lots or indivisible offers were decided), ``fair``; then ``levels`` are the groups' shares.
    ``components``: parts solved apart. ``iterations``: pivots or nodes.
    """

    status: Status
    way: Way
    seed: int
    value: float
    transport: float
    bound: float
    edge: Int64s
    slot: Int32s
    quantity: Floats
    prices: Prices
    transport_prices: Prices | None
    components: int
    iterations: int
    digest: str
    engine_version: str
    levels: tuple[GroupLevel, ...] = field(default=())
    by_group: str = ""

    @property
    def gap(self) -> float:
        """Relative gap between value and bound."""
        gap = relative_gap(self.value, self.bound)
        return 0.0 if gap is None else gap

    def served(self, problem: AllocationProblem) -> Floats:
        """(n, s) what each need receives."""
        return self._summed(problem.edge_need, problem.need_quantity.shape)

    def used(self, problem: AllocationProblem) -> Floats:
        """(m, s) what each offer gives."""
        return self._summed(problem.edge_offer, problem.offer_quantity.shape)

    def _summed(self, ends: Int32s, shape: tuple[int, ...]) -> Floats:
        at = ends[self.edge].astype(np.int64) * shape[1] + self.slot
        summed = np.bincount(at, weights=self.quantity, minlength=shape[0] * shape[1])
        return summed.astype(np.float64).reshape(shape)
