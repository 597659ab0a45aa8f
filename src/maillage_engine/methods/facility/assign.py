"""One site for each customer, the open sites being given: a good assignment, by HiGHS within a budget of nodes."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import identity, kron

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.methods.facility.problem import FacilityProblem

NODES = 200


def assign(costs: Floats, problem: FacilityProblem, rows: Int64s) -> Floats | None:
    """Return shares (k, n) of 0 and 1 at ``costs`` (k, n) of the sites ``rows`` (k,), or None when none was found.

    Not proved best: the tree does that.
    """
    sites, customers = costs.shape
    usable = np.isfinite(costs) & (problem.demand[None, :] <= problem.capacity[rows, None])
    each = LinearConstraint(kron(np.ones((1, sites)), identity(customers), format="csr"), 1.0, 1.0)
    load = kron(identity(sites), problem.demand[None, :], format="csr")
    found = milp(
        np.where(usable, costs, 0.0).ravel(),
        integrality=np.ones(sites * customers),
        bounds=Bounds(0.0, usable.ravel().astype(np.float64)),
        constraints=[each, LinearConstraint(load, -np.inf, problem.capacity[rows])],
        options={"node_limit": NODES, "mip_rel_gap": 1e-9},
    )
    return None if found.x is None else np.rint(found.x).reshape(sites, customers)
