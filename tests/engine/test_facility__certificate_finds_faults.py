from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maillage_engine.certify.facility import certify_facility
from maillage_engine.methods.facility import FacilityResult, open_sites
from maillage_engine.methods.facility.tree import BOUND, COUNT, INNER, RAY
from tests.engine.facility_cases import spread

PROBLEM = spread(12, 30, seed=7, room=4.0)


@pytest.fixture(scope="module")
def result() -> FacilityResult:
    return open_sites(PROBLEM, k=2)


def faults(result: FacilityResult) -> set[str]:
    return {check.name for check in certify_facility(PROBLEM, result).faults}


def opening(result: FacilityResult, **more: Any) -> FacilityResult:
    return replace(result, openings=(replace(result.openings[0], **more), *result.openings[1:]))


def tree(result: FacilityResult, **more: Any) -> FacilityResult:
    return replace(result, tree=replace(result.tree, **more))


def test_i6__a_right_answer_is_certified(result: FacilityResult) -> None:
    proof = certify_facility(PROBLEM, result)
    assert proof.valid
    assert proof.gap is not None
    assert proof.gap < 1e-9
    assert proof.bound is not None
    assert proof.bound <= proof.objective


def test_i6__a_wrong_cost_share_or_set_is_found(result: FacilityResult) -> None:
    best = result.openings[0]
    assert faults(opening(result, cost=best.cost - 1.0)) == {"cost"}
    assert "flows" in faults(opening(result, share=best.share * 0.5))
    assert "flows" in faults(opening(result, open=np.zeros(12, dtype=np.bool_)))
    assert "flows" in faults(opening(result, site=np.full_like(best.site, best.site[0])))
    assert "sites" in faults(replace(result, openings=(best, best)))
    assert "digest" in faults(replace(result, digest="autre"))


def test_i6__a_bound_that_is_not_proved_is_found(result: FacilityResult) -> None:
    assert result.bound is not None
    assert "bound" in faults(replace(result, bound=result.bound * 1.001))
    assert "others" in faults(replace(result, others_bound=1e12))
    lower = result.tree.multipliers * 0.9
    assert {"bound", "status"} <= faults(tree(result, multipliers=lower))
    second = replace(result, openings=result.openings[1:], k=1)
    assert "status" in faults(second)


def test_i6__a_tree_that_forgets_a_choice_is_found(result: FacilityResult) -> None:
    kind = result.tree.kind.copy()
    leaf = int(np.flatnonzero(kind == BOUND)[0])
    for wrong in (COUNT, RAY):
        kind[leaf] = wrong
        assert "tree" in faults(tree(result, kind=kind))
    inner = int(np.flatnonzero(result.tree.kind == INNER)[0])
    round_trip = result.tree.yes.copy()
    round_trip[inner] = 0
    assert "tree" in faults(tree(result, yes=round_trip))


def test_i6__an_impossibility_that_is_not_proved_is_found(result: FacilityResult) -> None:
    empty = replace(result, status="infeasible", openings=(), bound=None, others_bound=None)
    assert "status" in faults(empty)
