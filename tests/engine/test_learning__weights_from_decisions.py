import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine import InvalidArgument, InvalidProblem, Weights
from maillage_engine.certify.learning import certify_learning
from maillage_engine.learning import DEFAULT_BOUNDS, Bounds, Decisions, learn, weights_from
from maillage_engine.learning.fit import Coefficients
from maillage_engine.learning.replay import replay
from maillage_engine.reference.learning import slow_fit
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS
from maillage_engine.stop import Cancelled, Stop
from tests.engine.verdicts import WORDS_MATTER, Row, decided, decisions


def test_t13__the_minimum_is_that_of_a_plain_gradient_descent() -> None:
    told = decisions(decided(60, seed=1), decided(30, seed=2, by=WORDS_MATTER, pole="Ouest"))
    found = Coefficients.unpacked(learn(told).flat, 2, 6)
    shared, own, level = slow_fit(told, steps=1_500)
    for fast, slow in ((found.shared, shared), (found.own, own), (found.level, level)):
        assert np.allclose(fast, slow, atol=1e-4)


def test_t13__under_fifty_decisions_nothing_changes() -> None:
    told = decisions(decided(49, seed=3), decided(200, seed=4, pole="Ouest"))
    result = learn(told)
    assert (result.of("Est").outcome, result.of("Est").weights) == ("too_few", DEFAULT_WEIGHTS)
    assert result.of("Est").after == result.of("Est").before
    assert learn(decisions(decided(49))).shared == DEFAULT_WEIGHTS
    assert learn(decisions(decided(60, seed=3))).of("Est").outcome == "learned"


def test_t13__each_pole_learns_its_own_and_leans_on_the_others() -> None:
    told = decisions(decided(400, seed=5), decided(400, seed=6, by=WORDS_MATTER, pole="Ouest"))
    east, west = learn(told).of("Est").weights, learn(told).of("Ouest").weights
    assert east.distance > DEFAULT_WEIGHTS.distance > west.distance
    assert west.meaning > DEFAULT_WEIGHTS.meaning > east.meaning
    few = decided(60, seed=7)
    alone = learn(decisions(few)).of("Est").weights
    helped = (
        learn(decisions(few, *(decided(250, seed=8 + at, pole=f"P{at}") for at in range(3))))
        .of("Est")
        .weights
    )
    wanted = np.array([100, 100, 450, 100, 200, 50])
    assert (
        np.abs(np.array(helped.in_order()) - wanted).sum() < np.abs(np.array(alone.in_order()) - wanted).sum()
    )


def test_t14__a_reason_blames_its_criterion_and_excuses_the_others() -> None:
    rows = decided(200, seed=9, reasons=False)
    far = [(*row[:4], [] if row[3] else ["distance"]) for row in rows]
    late = [(*row[:4], [] if row[3] else ["calendar"]) for row in rows]
    plain, by_distance, by_calendar = (learn(Decisions.of_rows(told)).shared for told in (rows, far, late))
    assert by_calendar.calendar > plain.calendar
    assert by_distance.distance >= plain.distance
    assert by_distance.calendar < by_calendar.calendar


def test_t15__weights_are_whole_sum_to_a_thousand_and_stay_within_bounds() -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.floats(-3000, 3000), min_size=6, max_size=6))
    def holds(wanted: list[float]) -> None:
        weights = DEFAULT_BOUNDS.nearest(np.array(wanted))
        assert DEFAULT_BOUNDS.hold(weights)
        assert sum(weights.in_order()) == 1000

    holds()


def test_t15__weights_already_within_bounds_do_not_move() -> None:
    assert DEFAULT_BOUNDS.nearest(np.array(DEFAULT_WEIGHTS.in_order(), dtype=float)) == DEFAULT_WEIGHTS
    tight = Bounds(least=(300, 250, 200, 80, 120, 50), most=(300, 250, 200, 80, 120, 50))
    assert learn(decisions(decided(100)), bounds=tight).shared == DEFAULT_WEIGHTS


def test_t16__the_replay_counts_by_hand() -> None:
    rows: list[Row] = [
        ("p", "n1", [900, 0, 0, 0, 0, 0], True, []),
        ("p", "n1", [500, 0, 0, 0, 0, 0], False, []),
        ("p", "n1", [900, 0, 0, 0, 0, 0], False, []),
        ("p", "n2", [100, 0, 0, 0, 0, 0], False, []),
        ("p", "n3", [400, 0, 0, 0, 0, 0], True, []),
    ]
    told = Decisions.of_rows(rows)
    got = replay(told, told.criteria[:, 0].astype(float))
    # 900 beats 500 and 100, ties 900; 400 beats 100 only
    assert (got.auc, got.pairwise, got.compared) == ((2.5 + 1) / 6, 1.5 / 2, 2)
    assert (got.rank, got.decisions, got.accepted) == (1.5, 5, 2)


def test_t16__the_replay_shows_before_and_after_also_on_decisions_kept_apart() -> None:
    pole = learn(decisions(decided(400, seed=5))).of("Est")
    assert pole.outcome == "learned"
    assert pole.before.auc is not None
    assert pole.after.auc is not None
    assert pole.apart_after is not None
    assert pole.apart_after.auc is not None
    assert pole.after.auc > pole.before.auc
    assert pole.apart_after.auc > pole.before.auc


def test_t16__weights_that_would_rank_worse_are_not_taken() -> None:
    random = np.random.default_rng(2)
    rows: list[Row] = [
        ("p", str(row), random.integers(0, 1001, 6).tolist(), bool(random.random() < 0.5), [])
        for row in range(60)
    ]
    outcomes = {learn(Decisions.of_rows(rows), seed=seed).of("p").outcome for seed in range(6)}
    assert "no_better" in outcomes
    kept = next(
        one
        for seed in range(6)
        if (one := learn(Decisions.of_rows(rows), seed=seed).of("p")).outcome == "no_better"
    )
    assert kept.weights == DEFAULT_WEIGHTS


def test_t17__the_export_is_plain_json_that_gives_the_weights_back() -> None:
    result = learn(decisions(decided(100)))
    told = json.loads(json.dumps(result.as_dict()))
    assert weights_from(told["poles"]["Est"]["weights"]) == result.of("Est").weights
    for wrong in ({"meaning": 1000}, {**told["shared"], "meaning": 0.3}):
        with pytest.raises(InvalidArgument, match="weights"):
            weights_from(wrong)


def test_learning__the_certificate_finds_what_is_wrong() -> None:
    told = decisions(decided(80))
    good = learn(told)
    assert certify_learning(told, good).valid
    pole = good.poles[0]
    cheats = {
        "minimum": replace(good, flat=good.flat + 0.01),
        "objective": replace(good, objective=good.objective * 1.01),
        "weights": replace(good, poles=(replace(pole, weights=DEFAULT_WEIGHTS),)),
        "bounds": replace(good, poles=(replace(pole, weights=Weights(1000, 0, 0, 0, 0, 0)),)),
        "few": replace(good, least_decisions=90),
        "problem": replace(good, digest="0"),
    }
    for name, cheat in cheats.items():
        assert name in {fault.name for fault in certify_learning(told, cheat).faults}


@pytest.mark.parametrize("change", [{"criteria": -1}, {"criteria": 1001}, {"pole": 3}, {"fault": True}])
def test_learning__refuses_impossible_decisions(change: dict[str, int]) -> None:
    told = decisions(decided(10))
    ((name, value),) = change.items()
    with pytest.raises(InvalidProblem, match=name):
        replace(told, **{name: np.full_like(getattr(told, name), value)})


def test_learning__no_decision_at_all_changes_nothing_and_cancelling_leaves_nothing() -> None:
    empty = Decisions.of_rows([])
    assert learn(empty).poles == ()
    assert certify_learning(empty, learn(empty)).valid
    with pytest.raises(Cancelled):
        learn(decisions(decided(60)), stop=Stop(cancelled=lambda: True))
    with pytest.raises(InvalidArgument, match="weights"):
        learn(empty, weights=Weights(1000, 0, 0, 0, 0, 0))
    with pytest.raises(InvalidArgument, match="bounds"):
        Bounds(least=(500,) * 6, most=(1000,) * 6)
