"""One unit more, one unit less: the exact change, not the price, which only bounds it."""

from dataclasses import replace

import numpy as np
import pytest

from maillage_engine.errors import InvalidArgument
from maillage_engine.explain.allocation import unlock_fr
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.residual import Residual
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.methods.allocate.unlock import unlocks, value_of_more
from tests.engine.sharings import plain, small, territory


def _with_more(problem: AllocationProblem, offer: int, slot: int, amount: float) -> AllocationProblem:
    there = np.array(problem.offer_quantity)
    there[offer, slot] += amount
    return replace(problem, offer_quantity=there)


def test_r6__one_unit_more_of_1000_resources_is_worth_what_a_new_sharing_says() -> None:
    drawn = np.random.default_rng(6)
    tried = apart = 0
    while tried < 1000:
        problem = small(drawn)
        result = allocate(problem)
        for slot in range(len(problem.slots)):
            for offer, gain in enumerate(value_of_more(problem, result, slot=slot).tolist()):
                again = allocate(_with_more(problem, offer, slot, 1.0))
                assert gain == pytest.approx(again.value - result.value, abs=1e-6)
                apart += abs(gain - result.prices.offer[offer, slot]) > 1e-6
                tried += 1
    assert apart > 20, "prices alone would have been wrong"


def test_r6__one_search_for_all_says_what_each_search_says() -> None:
    drawn = np.random.default_rng(9)
    problems = [small(drawn) for _ in range(300)] + [territory(2000, seed=9)]
    for problem in problems:
        net = Residual.of(problem, allocate(problem))
        offers = [net.needs + at for at in range(problem.offers * len(problem.slots))] * 6
        apart = [net.first_step(node, more=True) for node in offers]
        together = list(net.first_steps(offers))
        assert [one.gain for one in together] == [one.gain for one in apart]
        for node, one in zip(offers[: len(offers) // 6], together[-len(offers) // 6 :], strict=True):
            steps = net.copy().change(node, min(one.amount, net.units(10.0)), more=True)
            assert {step.gain for step in steps} <= {one.gain}


def test_unlock__a_change_of_any_node_keeps_the_sharing_best() -> None:
    drawn = np.random.default_rng(7)
    for _ in range(60):
        problem = small(drawn, slots=1)
        result = allocate(problem)
        for need in range(problem.needs):
            for more in (True, False):
                wanted = np.array(problem.need_quantity)
                amount = 1.0 if more else min(1.0, wanted[need, 0])
                if amount > 0:
                    net = Residual.of(problem, result)
                    steps = net.change(need, net.units(amount), more=more)
                    wanted[need, 0] += amount if more else -amount
                    again = allocate(replace(problem, need_quantity=wanted))
                    change = net.worth(sum(one.amount * one.gain for one in steps))
                    assert again.value - result.value == pytest.approx(change, abs=1e-6)


def test_r7__what_would_unlock_most_is_confirmed_by_a_new_sharing() -> None:
    problem = territory(600, seed=8)
    result = allocate(problem)
    found = unlocks(problem, result, most=4)
    assert len(found) == 4
    for one in found:
        again = allocate(_with_more(problem, one.offer, one.slot, one.amount))
        assert one.verified
        assert again.value - result.value == pytest.approx(one.gain)
    best = value_of_more(problem, result).max()
    assert found[0].first == best


def test_unlock__counts_the_needs_it_fills() -> None:
    problem = plain(wanted=[3, 4, 5], there=[2], pairs=[(0, 0), (1, 0), (2, 0)])
    (one,) = unlocks(problem, allocate(problem))
    assert (one.amount, one.quantity, one.filled) == (10.0, 10.0, 3)


def test_unlock__nothing_is_lacking_but_answers_would_be_better() -> None:
    problem = plain(wanted=[4], there=[1, 9], pairs=[(0, 0), (0, 1)], value=[5.0, 2.0])
    (one,) = unlocks(problem, allocate(problem))
    assert (one.offer, one.amount, one.gain, one.quantity, one.filled) == (0, 3.0, 9.0, 0.0, 0)
    assert unlock_fr(problem, one).endswith("amélioreraient les réponses aux besoins déjà servis.")


def test_unlock__asks_for_a_proved_flow() -> None:
    problem = plain(wanted=[3], there=[2], pairs=[(0, 0)], need_commune=["Bourges"])
    with pytest.raises(InvalidArgument, match="partage prouvé"):
        unlocks(problem, allocate(problem, fairness="commune"))
