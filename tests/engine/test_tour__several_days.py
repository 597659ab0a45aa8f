"""A stop that comes back every n days does, and days are alike."""

import numpy as np
import pytest

from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.methods.tour.problem import Visit
from maillage_engine.methods.tour.week import Rhythm, plan_week
from maillage_engine.stop import Stop
from tests.engine.rounds import problem, straight, van, visit

STOP = Stop(iterations=200)


def test_v14__each_stop_comes_back_at_its_rhythm() -> None:
    made = problem([visit(1), visit(2), visit(3)], [van()])
    week = plan_week(made, [Rhythm(1), Rhythm(2), Rhythm(5)], days=6, stop=STOP)
    served = [[day.day for day in week.days if row in day.rows] for row in range(3)]
    assert served[0] == [0, 1, 2, 3, 4, 5]
    assert served[1] in ([0, 2, 4], [1, 3, 5])
    assert len(served[2]) >= 1
    assert week.exact


def test_v14__few_stops_are_balanced_exactly() -> None:
    made = problem([visit(at, collect=(5,)) for at in (1, 2, 4, 5)], [van()])
    week = plan_week(made, [Rhythm(2)] * 4, days=2, stop=STOP)
    assert week.loads == (1000, 1000)
    assert {day.rows for day in week.days} == {(0, 1), (2, 3)}


def test_v14__many_stops_are_balanced_nearly() -> None:
    random = np.random.default_rng(1)
    places = straight([(0, 0), *(tuple(one) for one in random.integers(0, 100, (60, 2)))])
    visits = [Visit(f"a{at}", at + 1, collect=(int(random.integers(1, 5)),)) for at in range(60)]
    made = problem(visits, [van(capacity=(200,))], metres=places)
    week = plan_week(made, [Rhythm(5)] * 60, days=5, stop=Stop(iterations=100))
    assert not week.exact
    assert max(week.loads) - min(week.loads) <= 0.15 * max(week.loads)


def test_v14__days_that_do_not_suit_are_left() -> None:
    made = problem([visit(1)], [van()])
    week = plan_week(made, [Rhythm(3, frozenset({2, 5}))], days=6, stop=STOP)
    assert [day.day for day in week.days if day.rows] == [2, 5]


def test_v14__a_rhythm_that_cannot_be_kept_is_named() -> None:
    made = problem([visit(1)], [van()])
    with pytest.raises(InvalidProblem, match="aucun jour permis"):
        plan_week(made, [Rhythm(2, frozenset({0, 1}))], days=6, stop=STOP)
    with pytest.raises(InvalidArgument):
        plan_week(made, [Rhythm(1)], days=0)
