"""Facility problems to try: invented ones of any shape, from a seed or by hypothesis."""

import numpy as np
from hypothesis import strategies as st

from maillage_engine.methods.facility import FacilityProblem


def spread(
    sites: int, customers: int, *, seed: int, room: float = 3.0, single_source: bool = False
) -> FacilityProblem:
    """Return sites and customers spread on a square, with ``room`` times the capacity that is needed."""
    random = np.random.default_rng(seed)
    here, there = random.random((sites, 2)), random.random((customers, 2))
    demand = random.integers(5, 35, customers).astype(np.float64)
    capacity = random.uniform(10.0, 160.0, sites)
    capacity *= room * demand.sum() / capacity.sum()
    return FacilityProblem.from_arrays(
        capacity=capacity,
        fixed_cost=random.uniform(0.0, 90.0, sites) + 10.0 * np.sqrt(capacity),
        demand=demand,
        serve_cost=demand * np.hypot(*(here[:, None, :] - there[None, :, :]).transpose(2, 0, 1)) * 10.0,
        single_source=single_source,
    )


@st.composite
def facility_problems(draw: st.DrawFn, *, single_source: bool = False) -> FacilityProblem:
    """Problems of at most 5 sites and 4 customers: ties, no demand, no way, too little room, sites already open."""
    sites, customers = draw(st.integers(1, 5)), draw(st.integers(1, 4))

    def numbers(count: int, *values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        drawn = draw(st.lists(st.sampled_from(values), min_size=count, max_size=count))
        return np.array(drawn, dtype=np.float64)

    return FacilityProblem.from_arrays(
        capacity=numbers(sites, 2.0, 5.0, 7.5, 12.0),
        fixed_cost=numbers(sites, 0.0, 3.0, 10.0, 11.5),
        demand=numbers(customers, 0.0, 1.0, 3.0, 4.5),
        serve_cost=numbers(sites * customers, 0.0, 1.0, 2.5, 8.0, np.inf).reshape(sites, customers),
        existing=np.array(
            draw(st.lists(st.integers(0, 4).map(lambda at: at == 0), min_size=sites, max_size=sites))
        ),
        max_openings=draw(st.sampled_from([None, None, 0, 1, 2])),
        single_source=single_source,
    )
