"""What opening sites answers: the best sets of sites with their flows, and the tree that proves them."""

from dataclasses import dataclass

from maillage_engine.arrays import Bools, Floats, Int32s
from maillage_engine.certify.proof import relative_gap
from maillage_engine.methods.facility.tree import BoundTree
from maillage_engine.stop import Status


@dataclass(frozen=True, eq=False)
class Opening:
    """One set of open sites and who is served from where.

    ``open`` bool (m,). The flows are f lines: ``site`` int32 (f,), ``customer`` int32 (f,), ``share`` float64 (f,)
    of the customer's demand, above 0, which sum to 1 for each customer. ``cost``: fixed costs and service.
    """

    open: Bools
    site: Int32s
    customer: Int32s
    share: Floats
    cost: float


@dataclass(frozen=True, eq=False)
class FacilityResult:
    """``openings``: at most ``k`` different open sets, cheapest first; empty when none is possible or was found.

    ``status``: ``optimal``: the first one is the cheapest and no other set beats the last one (relative
    ``OPTIMAL_GAP``); ``feasible``: a limit was reached; ``stopped``: nothing was found in time; ``infeasible``.
    ``bound``: proved, no solution costs less (None: infeasible). ``others_bound``: proved, any set of sites that is
    not in ``openings`` costs at least that (None: there is no other). ``tree``: what proves the three.
    ``iterations``: steps of the ascent and transport problems solved.
    """

    status: Status
    k: int
    seed: int
    openings: tuple[Opening, ...]
    bound: float | None
    others_bound: float | None
    tree: BoundTree
    iterations: int
    digest: str
    engine_version: str

    @property
    def cost(self) -> float | None:
        """Cost of the best opening; None without one."""
        return self.openings[0].cost if self.openings else None

    @property
    def gap(self) -> float | None:
        """Relative gap between cost and bound; None without one of them."""
        return None if self.cost is None else relative_gap(self.cost, self.bound)
