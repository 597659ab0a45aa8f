"""The standing index after any sequence of operations, beside its twin and a fresh search."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks import synthetic
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine import InvalidArgument, InvalidProblem, Problem, Side, search
from maillage_engine.certify.standing import certify_standing
from maillage_engine.methods.standing import StandingIndex, StandingResult
from maillage_engine.methods.standing.ids import IdOrder
from maillage_engine.reference.standing import SlowStanding
from tests.engine.problems import ONE_TYPE, problem, problems, side


def part(whole: Side, rows: list[int]) -> Side:
    """Some rows of a side."""
    return Side(
        ids=tuple(whole.ids[row] for row in rows),
        texts=tuple(whole.texts[row] for row in rows),
        **{name: array[rows] for name, array in whole.arrays().items()},
    )


def same_as_fresh(
    index: StandingIndex, rows: Side, got: StandingResult, aside: list[tuple[int, str]]
) -> bool:
    """Whether an answer is that of a new search on the same rows."""
    whole = index.problem(rows, set_aside=aside)
    fresh = search(whole, k=got.k, direction=got.direction, weights=got.weights)
    others = whole.offers if got.direction == "needs" else whole.needs
    ids = tuple(tuple(others.ids[at] for at in line if at >= 0) for line in fresh.indices)
    arrays = all(
        getattr(fresh, name).tobytes() == getattr(got, name).tobytes()
        for name in ("totals", "criteria", "distance_m", "found")
    )
    return (
        arrays
        and ids == got.ids
        and dict(fresh.refused) == dict(got.refused)
        and fresh.feasible == got.feasible
    )


def test_t11__after_any_operations_the_answer_is_that_of_the_slow_twin() -> None:
    @settings(max_examples=30, deadline=None)
    @given(problems(), st.sampled_from(["needs", "offers"]), st.data())
    def holds(tried: Problem, standing: str, data: st.DataObject) -> None:
        pool, asked = (tried.offers, tried.needs) if standing == "offers" else (tried.needs, tried.offers)
        index = StandingIndex(tried, standing=standing)  # type: ignore[arg-type]  # drawn from both
        twin = SlowStanding(tried, standing=standing)
        for _ in range(data.draw(st.integers(0, 5))):
            leaves = data.draw(st.booleans())
            if twin.kept and leaves:
                gone = data.draw(st.lists(st.sampled_from(sorted(twin.kept)), unique=True))
                index.remove(gone)
                twin.remove(gone)
            elif len(pool):
                put = data.draw(st.lists(st.integers(0, len(pool) - 1), unique=True))
                # the same ids come back with other contents
                ids = data.draw(st.permutations(pool.ids))
                rows = replace(part(pool, put), ids=tuple(ids[: len(put)]))
                index.put(rows)
                twin.put(rows)
        aside = [(0, one) for one in sorted(twin.kept)[:1]] if len(asked) else []
        got = index.match(asked, k=3, set_aside=aside)
        slow = twin.match(asked, k=3, set_aside=aside)
        ids = sorted(twin.kept)
        for row in range(len(asked)):
            assert [(one, int(total)) for one, total in zip(got.ids[row], got.totals[row], strict=False)] == [
                (ids[at], verdict.total) for at, verdict in slow.answers[row]
            ]
        assert {code: count for code, count in got.refused.items() if count} == slow.refused
        assert same_as_fresh(index, asked, got, aside)
        assert certify_standing(index, asked, got, set_aside=aside, whole=True).valid

    holds()


@pytest.mark.parametrize("standing", ["needs", "offers"])
def test_t11__hundreds_of_operations_then_the_same_answers(standing: str) -> None:
    world = synthetic.problem(300, seed=4, unknown=0.1)
    pool, asked = (world.offers, world.needs) if standing == "offers" else (world.needs, world.offers)
    index = StandingIndex(world, standing=standing)  # type: ignore[arg-type]  # one of both
    random = np.random.default_rng(5)
    for step in range(600):
        one = int(random.integers(300))
        if pool.ids[one] in index and random.random() < 0.5:
            index.remove([pool.ids[one]])
        else:
            other = int(random.integers(300))
            index.put(replace(part(pool, [other]), ids=(pool.ids[one],)))
        if step == 300:
            index.on(world.today + 200)
    got = index.match(part(asked, list(range(40))), k=6)
    assert same_as_fresh(index, part(asked, list(range(40))), got, [])
    assert len(index) > 50


def test_standing__the_certificate_sees_a_wrong_total_and_a_worse_one_first() -> None:
    tried = problem([], [{"types": 0}, {"types": 0, "confirmed_day": 20_499}], types=ONE_TYPE)
    index = StandingIndex.of(tried)
    asked = side({"types": 0}, prefix="b")
    good = index.match(asked)
    assert certify_standing(index, asked, good).valid
    wrong = replace(good, totals=good.totals + 1)
    assert {fault.code for fault in certify_standing(index, asked, wrong).faults} == {"score"}
    turned = replace(good, ids=(good.ids[0][::-1],))
    assert "order" in {fault.code for fault in certify_standing(index, asked, turned).faults}


def test_standing__refuses_what_does_not_fit_and_changes_nothing() -> None:
    index = StandingIndex.of(problem([{}], [{"ids": "o"}]))
    with pytest.raises(InvalidProblem, match="type"):
        index.put(side({"ids": "p", "types": 7}))
    with pytest.raises(InvalidProblem, match="vector"):
        index.match(side({"vectors": [1, 0]}))
    with pytest.raises(KeyError):
        index.remove(["o", "unknown"])
    with pytest.raises(InvalidArgument, match="k"):
        index.match(side({}), k=0)
    assert list(index.rows().ids) == ["o"]


def test_standing__ids_keep_their_order_when_room_runs_out() -> None:
    order = IdOrder()
    order.add_all(["a", "z"])
    name = "m"
    for _ in range(80):
        name += "m"
        order.add(name)
    order.add("A")
    order.add("zz")
    items = list(order.items())
    assert [one for one, _ in items] == sorted(one for one, _ in items)
    assert all(before < after for (_, before), (_, after) in zip(items, items[1:], strict=False))
