"""Trials: the difference in plain words, a decision that moves the project."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.ledger.models import Process
from maillage.domain.projects import operations
from maillage.domain.projects.models import Trial
from maillage.domain.projects.queries import IndicatorLine, trial_sheet
from tests.factories import NOW, TODAY
from tests.factories.projects import make_indicator, make_measure, make_project, make_trial

pytestmark = pytest.mark.django_db


def decide(trial: Trial, verb: str = "go", **changed: str) -> Trial:
    said = {"deciders": "Le comité", "reason": "Moitié moins de déchets."} | changed
    return operations.decide_trial(trial=trial, verb=verb, on=TODAY, at=NOW, by=None, **said)


def measured(before: int | None, after: int | None, wished: str = "less") -> IndicatorLine:
    indicator = make_indicator(wished=wished)
    if before is not None:
        make_measure(indicator, before, "before", measured_on=TODAY - timedelta(days=30))
    if after is not None:
        make_measure(indicator, after, "after")
    return trial_sheet(indicator.trial).indicators[0]


@pytest.mark.parametrize(
    ("before", "after", "wished", "verdict", "sentence"),
    [
        (100, 45, "less", "better", "55\u00a0kg de moins, soit −\u00a055\u00a0%."),
        (120, 150, "less", "worse", "30\u00a0kg de plus, soit +\u00a025\u00a0%."),
        (0, 9, "more", "better", "9\u00a0kg de plus."),
        (5, 5, "more", "same", "Aucune différence."),
        (5, 7, "neither", "", "2\u00a0kg de plus, soit +\u00a040\u00a0%."),
        (None, 7, "more", "", "Il manque la mesure d’avant : sans elle, on ne peut pas comparer."),
        (7, None, "more", "", "Il manque la mesure d’après."),
        (None, None, "more", "", "Rien n’est encore mesuré."),
    ],
)
def test_difference__is_said_plainly(
    before: int | None, after: int | None, wished: str, verdict: str, sentence: str
) -> None:
    line = measured(before, after, wished)
    assert (line.verdict, line.sentence) == (verdict, sentence)


def test_difference__compares_the_last_measures() -> None:
    indicator = make_indicator()
    for days, quantity in ((40, 100), (30, 120)):
        make_measure(indicator, quantity, "before", measured_on=TODAY - timedelta(days=days))
    make_measure(indicator, 60, "after")
    line = trial_sheet(indicator.trial).indicators[0]
    assert line.difference is not None
    assert line.difference.value == Decimal(-60)


def test_measure__has_a_source_a_past_day_and_one_value_a_day() -> None:
    indicator = make_indicator()
    with pytest.raises(UserMistake, match="d’où vient ce chiffre"):
        make_measure(indicator, 1, source=" ")
    with pytest.raises(UserMistake, match="pas encore venue"):
        make_measure(indicator, 1, measured_on=TODAY + timedelta(days=2))
    make_measure(indicator, 1)
    with pytest.raises(UserMistake, match="déjà une mesure ce jour-là"):
        make_measure(indicator, 2)


@pytest.mark.parametrize("quantity", ["-1", "NaN", "1e15"])
def test_measure__counts(quantity: str) -> None:
    with pytest.raises(UserMistake, match="zéro ou plus"):
        make_measure(make_indicator(), Decimal(quantity))


def test_trial__moves_its_project_into_the_stage_of_trials() -> None:
    project = make_project()
    make_trial(project)
    assert Process.objects.get(pk=project.pk).stage == "trial"


@pytest.mark.parametrize(("verb", "stage"), [("go", "activity"), ("stop", "stopped")])
def test_decision__moves_the_stage_and_keeps_who_and_why(verb: str, stage: str) -> None:
    indicator = make_indicator()
    make_measure(indicator, 45, "after")
    decided = decide(indicator.trial, verb)
    assert Process.objects.get(pk=decided.project_id).stage == stage
    last = decided.project.stage_changes.first()
    assert last is not None
    assert last.reason == "Moitié moins de déchets."
    with pytest.raises(UserMistake, match="déjà prise"):
        decide(decided)


def test_decision__waits_for_a_measure_after_and_says_who_and_why() -> None:
    indicator = make_indicator()
    with pytest.raises(UserMistake, match="une mesure après"):
        decide(indicator.trial)
    make_measure(indicator, 45, "after")
    for name, ask in (("deciders", "qui a décidé"), ("reason", "Dites pourquoi")):
        with pytest.raises(UserMistake, match=ask):
            decide(indicator.trial, **{name: " "})


def test_measures__do_not_change_after_the_decision() -> None:
    indicator = make_indicator()
    measure = make_measure(indicator, 45, "after")
    decide(indicator.trial)
    with pytest.raises(UserMistake, match="ne change plus"):
        make_measure(indicator, 9, "before")
    with pytest.raises(UserMistake, match="ne change plus"):
        operations.remove_measure(measure=measure)


def test_measure__of_today_is_taken_after_midnight_here() -> None:
    """In Paris it is the 25th, half past midnight; in UTC it is still the 24th."""
    indicator = make_indicator()
    half_past_midnight = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    measure = make_measure(indicator, 1, measured_on=date(2026, 11, 25), at=half_past_midnight)
    assert measure.measured_on == date(2026, 11, 25)
