from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from maillage_engine import Problem, SearchResult, search
from maillage_engine.certify import certify
from tests.engine.problems import ONE_TYPE, problem, problems


def test_semantics_s4_every_search_is_certified() -> None:
    @settings(max_examples=60, deadline=None)
    @given(problems())
    def holds(tried: Problem) -> None:
        for direction in ("needs", "offers"):
            certificate = certify(tried, search(tried, k=3, direction=direction), sample=None)
            assert certificate.valid, certificate.faults

    holds()


def solved() -> tuple[Problem, SearchResult]:
    offers: list[dict[str, Any]] = [
        {"texts": "compost collectif"},
        {"texts": "compost"},
        {"texts": "vélo", "party": 1},
    ]
    needs: list[dict[str, Any]] = [{"texts": "compost collectif", "party": 1}, {"texts": "compost"}]
    tried = problem(
        [{"types": 0, **row} for row in needs], [{"types": 0, **row} for row in offers], types=ONE_TYPE
    )
    return tried, search(tried, k=2)


def codes(tried: Problem, result: SearchResult) -> set[str]:
    return {fault.code for fault in certify(tried, result, sample=None).faults}


def test_certify_finds_a_wrong_score() -> None:
    tried, result = solved()
    assert "score" in codes(tried, replace(result, totals=result.totals + 1))


def test_certify_finds_a_left_out_answer() -> None:
    tried, result = solved()
    assert "missing" in codes(tried, replace(result, indices=np.full_like(result.indices, -1)))


def test_certify_finds_an_answer_that_a_rule_refuses() -> None:
    tried, result = solved()
    indices = np.array(result.indices)
    indices[0, 1] = 2
    assert "refused" in codes(tried, replace(result, indices=indices))


@pytest.mark.parametrize(("order", "code"), [([1, 0], "order"), ([0, 0], "twice")])
def test_certify_finds_a_wrong_order_and_a_repeat(order: list[int], code: str) -> None:
    offers = [{"types": 0, "texts": "vélo compost d’atelier"}, {"types": 0, "texts": "compost"}]
    tried = problem([{"types": 0, "texts": "vélo compost d’atelier"}], offers, types=ONE_TYPE)
    result = search(tried, k=2)
    taken = {
        name: getattr(result, name)[:, order] for name in ("indices", "totals", "criteria", "distance_m")
    }
    assert code in codes(tried, replace(result, **taken))


def test_certify_finds_the_result_of_another_problem() -> None:
    tried, result = solved()
    assert "digest" in codes(tried, replace(result, digest="0" * 64))
    assert "counts" in codes(tried, replace(result, feasible=result.feasible + 1))


def test_certify_checks_a_sample_drawn_from_the_seed() -> None:
    tried, result = solved()
    certificate = certify(tried, result, sample=1, seed=3)
    assert (certificate.checked_rows, certificate.rows, certificate.valid) == (1, 2, True)
