"""Each measure equals its definition, on small networks of every kind."""

import pytest

from maillage_engine.certify.network import certify_network
from maillage_engine.methods.network import network
from maillage_engine.reference.network import slow_network
from tests.engine.links import drawn


@pytest.mark.parametrize("seed", range(40))
def test_n2__every_measure_is_the_twins(seed: int) -> None:
    problem = drawn(seed)
    result, slow = network(problem, k=100), slow_network(problem)
    groups = {frozenset(one) for one in result.components} | {frozenset([one]) for one in result.isolated}
    assert result.links == len(slow.links)
    assert result.density == pytest.approx(float(slow.density))
    assert groups == slow.components
    assert {one.actor: one.share for one in result.brokers} == {
        row: round(float(share), 9) for row, share in enumerate(slow.betweenness) if share
    }
    assert {one.actor: one.pieces for one in result.single_points} == slow.single_points
    assert result.core_numbers == slow.core_numbers


@pytest.mark.parametrize("seed", range(40))
def test_n2__new_links_and_meetings_are_the_twins(seed: int) -> None:
    problem = drawn(seed)
    result, slow = network(problem, k=100), slow_network(problem)
    new = {(one.year, one.quarter): one.new_links for one in result.quarters if one.new_links}
    assert new == slow.new_links
    scores = {frozenset((one.one, one.other)): round(one.score, 6) for one in result.meetings}
    assert scores == {pair: round(score, 6) for pair, score in slow.meetings.items()}


@pytest.mark.parametrize("seed", range(40))
def test_n2__few_meetings_are_the_best_ones(seed: int) -> None:
    problem = drawn(seed)
    best = sorted(slow_network(problem).meetings.values(), reverse=True)[:3]
    assert [one.score for one in network(problem, k=3).meetings] == pytest.approx(best)


@pytest.mark.parametrize("seed", range(10))
def test_n3__an_honest_result_passes(seed: int) -> None:
    problem = drawn(seed, actors=30, links=60)
    assert certify_network(problem, network(problem)).valid
