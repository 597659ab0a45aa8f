"""OR-Tools' minimum-cost flow, in a process of its own: ``python -m benchmarks.ortools_peer arcs.npz``.

Reads ``need``, ``offer``, ``value``, ``wanted``, ``there`` (whole numbers) and prints its objective and its seconds,
building apart. It gives no duals.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np


def solve(path: Path) -> dict[str, float]:
    """Return the objective and the seconds of building and of solving."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415  (a peer, only here)

    read = np.load(path)
    need, offer, value, wanted, there = (read[name] for name in ("need", "offer", "value", "wanted", "there"))
    needs, offers = len(wanted), len(there)
    root = needs + offers
    begun = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        need, needs + offer, np.minimum(wanted[need], there[offer]), -value
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.arange(needs), np.full(needs, root), wanted, np.zeros(needs, dtype=np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        needs + np.arange(offers), np.full(offers, root), there, np.zeros(offers, dtype=np.int64)
    )
    supplies = np.concatenate([wanted, np.zeros(offers, dtype=np.int64), [-wanted.sum()]])
    flow.set_nodes_supplies(np.arange(root + 1), supplies)
    built = time.perf_counter()
    status = flow.solve()
    done = time.perf_counter()
    if status != flow.OPTIMAL:
        raise SystemExit(f"OR-Tools ended with {status}.")
    return {"objective": float(-flow.optimal_cost()), "build": built - begun, "solve": done - built}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(solve(Path(sys.argv[1]))) + "\n")
