"""Small sharing problems: drawn at random with everything that is odd, or made like a territory."""

from typing import Any

import numpy as np

from maillage_engine.methods.allocate.problem import AllocationProblem

Numbers = np.random.Generator


def small(drawn: Numbers, *, lots: bool = False, slots: int | None = None) -> AllocationProblem:
    """Return a problem of at most five needs and five offers: zeros, repeats, decimals, negative values."""
    needs, offers = drawn.integers(1, 6, 2).tolist()
    edges = int(drawn.integers(0, 7 if lots else 14))
    count = slots or int(drawn.integers(1, 3))
    decimals = int(drawn.integers(0, 3))

    def quantity(rows: int) -> Any:
        there = drawn.random((rows, count)) < 0.8
        return np.round(drawn.random((rows, count)) * 10 * there, decimals)

    more: dict[str, Any] = {}
    if lots:
        more = {
            "need_lot": drawn.integers(0, 4, needs),
            "offer_lot": drawn.integers(0, 4, offers),
            "indivisible": drawn.random(offers) < 0.4,
        }
    whole = drawn.random() < 0.7
    return AllocationProblem.from_arrays(
        need_quantity=quantity(needs),
        offer_quantity=quantity(offers),
        edge_need=drawn.integers(0, needs, edges),
        edge_offer=drawn.integers(0, offers, edges),
        value=drawn.integers(-1, 4, edges) if whole else drawn.random(edges),
        transport=drawn.integers(0, 4, edges) * (drawn.random() < 0.7),
        priority=drawn.integers(0, 3, needs) + 0.5,
        slots=tuple(str(at) for at in range(count)),
        need_commune=[str(one) for one in drawn.integers(0, 3, needs)],
        **more,
    )


def territory(
    edges: int, *, seed: int = 0, degree: int = 10, offers_a_need: float = 1.0
) -> AllocationProblem:
    """Return a problem where each need may deal with its nearest offers; value falls with distance."""
    drawn = np.random.default_rng(seed)
    needs = max(2, edges // degree)
    offers = max(degree, int(needs * offers_a_need))
    places, others = drawn.random((needs, 2)), drawn.random((offers, 2))
    far = np.linalg.norm(places[:, None, :] - others[None, :, :], axis=2)
    near = np.argsort(far, axis=1)[:, :degree]
    need = np.repeat(np.arange(needs), degree)
    metres = np.take_along_axis(far, near, axis=1).ravel()
    return AllocationProblem.from_arrays(
        need_quantity=drawn.integers(1, 51, needs),
        offer_quantity=drawn.integers(1, int(50 / offers_a_need) + 1, offers),
        edge_need=need,
        edge_offer=near.ravel(),
        value=np.maximum(1, np.rint(1000 - 1000 * metres)),
    )


def plain(*, wanted: Any, there: Any, pairs: list[tuple[int, int]], **more: Any) -> AllocationProblem:
    """Return a problem said by hand."""
    return AllocationProblem.from_arrays(
        need_quantity=np.array(wanted, dtype=np.float64),
        offer_quantity=np.array(there, dtype=np.float64),
        edge_need=np.array([one for one, _ in pairs], dtype=np.int64),
        edge_offer=np.array([other for _, other in pairs], dtype=np.int64),
        **more,
    )
