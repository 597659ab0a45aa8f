"""Compile the loops once, at installation, so that nobody waits for them at the first sharing."""

from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.residual import Residual
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.methods.allocate.unmet import unmet


def prepare() -> None:
    """Load the loops of a plain sharing, so that the first one is not counted slower than it is."""
    plain = AllocationProblem.from_arrays(
        need_quantity=[2.0, 3.0], offer_quantity=[1.0, 2.0], edge_need=[0, 1, 1], edge_offer=[0, 0, 1]
    )
    allocate(plain)


def warm() -> None:
    """Run every compiled loop on a tiny problem; later runs read them from the disk."""
    problem = AllocationProblem.from_arrays(
        need_quantity=[2.0, 3.0],
        offer_quantity=[1.0, 2.0],
        edge_need=[0, 1, 1],
        edge_offer=[0, 0, 1],
        value=[2.0, 3.0, 1.0],
        transport=[1.0, 0.0, 2.0],
        need_lot=[0.0, 2.5],
    )
    allocate(problem)
    plain = AllocationProblem.from_arrays(
        need_quantity=[2.0, 3.0], offer_quantity=[1.0, 2.0], edge_need=[0, 1, 1], edge_offer=[0, 0, 1]
    )
    best = allocate(plain)
    unmet(plain, best)
    net = Residual.of(plain, best)
    list(net.first_steps([2, 3] * 3))
    net.change(2, 1, more=True)
