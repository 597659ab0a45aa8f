"""What the team decides changes, a little, how the next search sorts; under fifty decisions nothing moves."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.enums import DecisionKind, LearningOutcome, SetAsideReason
from maillage.domain.matching.learning import (
    last_learning,
    learn_weights,
    put_back_weights,
    weights_in_force,
)
from maillage.domain.matching.models import Decision, LearnedWeights, Proposal
from maillage.domain.matching.operations import ask_run, carry_out_run
from maillage_engine.scoring.registry import CRITERION_CODES
from tests.engine.verdicts import decided
from tests.factories.actors import make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
REASONS = {
    "distance": SetAsideReason.TOO_FAR,
    "calendar": SetAsideReason.TIMING,
    "type": SetAsideReason.NOT_THAT,
}


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def decide(pole: Pole, count: int, *, seed: int = 5) -> None:
    """Write decisions of people for whom distance matters most: five offers a need."""
    rows = [row for row in decided(count * 3, seed=seed) if row[3] or row[4][0] in REASONS][:count]
    offers = [make_offer(pole=pole, title=f"Offre {at}") for at in range(5)]
    needs = [make_need(pole=pole, title=f"Besoin {at}") for at in range(count // 5)]
    for at, (_pole, _need, criteria, accepted, blamed) in enumerate(rows):
        Decision.objects.create(
            pole=pole,
            need=needs[at // 5],
            offer=offers[at % 5],
            kind=DecisionKind.ACCEPTED if accepted else DecisionKind.SET_ASIDE,
            reason="" if accepted else REASONS[blamed[0]],
            at=NOW,
            criteria=dict(zip(CRITERION_CODES, criteria, strict=True)),
        )


def test_learning__under_fifty_decisions_keeps_the_weights(pole: Pole) -> None:
    decide(pole, 45)
    told = learn_weights(pole=pole, at=NOW)
    assert (told.outcome, told.decisions) == (LearningOutcome.TOO_FEW, 45)
    assert weights_in_force(pole=pole) is None


def test_learning__of_a_pole_that_decided_nothing_says_so(pole: Pole) -> None:
    decide(make_pole("Autre pôle"), 60)
    assert (learn_weights(pole=pole, at=NOW).outcome, last_learning(pole=pole)) == (
        LearningOutcome.TOO_FEW,
        LearnedWeights.objects.get(),
    )


def test_learning__from_enough_decisions_gives_the_reason_its_weight(pole: Pole) -> None:
    decide(pole, 150)
    told = learn_weights(pole=pole, at=NOW)
    assert (told.outcome, told.decisions) == (LearningOutcome.LEARNED, 150)
    assert told.weights["distance"] > 200
    assert sum(told.weights.values()) == 1000
    assert told.replay["after"]["auc"] > told.replay["before"]["auc"]
    assert told.certificate["valid"]
    assert list(told.export["poles"]) == [str(pole.pk)]


def test_learning__leaves_out_what_says_nothing_of_the_criteria(pole: Pole) -> None:
    decide(pole, 60)
    Decision.objects.filter(kind=DecisionKind.SET_ASIDE).update(reason=SetAsideReason.PRICE)
    kept = Decision.objects.filter(kind=DecisionKind.ACCEPTED)
    kept.filter(pk=kept.first().pk).update(criteria={})  # type: ignore[union-attr]  # there are some
    assert learn_weights(pole=pole, at=NOW).decisions == kept.count() - 1


def test_learning__can_be_put_back(pole: Pole) -> None:
    decide(pole, 150)
    learn_weights(pole=pole, at=NOW)
    assert weights_in_force(pole=pole) is not None
    put_back_weights(pole=pole, at=NOW + timedelta(hours=1))
    assert weights_in_force(pole=pole) is None
    assert LearnedWeights.objects.count() == 2


def test_learning__the_database_refuses_weights_learned_from_too_few(pole: Pole) -> None:
    with pytest.raises(IntegrityError, match="learned_from_enough"), transaction.atomic():
        LearnedWeights.objects.create(
            pole=pole, at=NOW, outcome=LearningOutcome.LEARNED, decisions=49, weights={}
        )


def test_run__uses_the_weights_of_its_pole_and_keeps_them(pole: Pole, tmp_path: Path) -> None:
    _two_offers(pole)
    scores = []
    for weights in (
        None,
        {"meaning": 100, "type": 100, "distance": 450, "calendar": 150, "quantity": 150, "freshness": 50},
    ):
        if weights is not None:
            LearnedWeights.objects.create(
                pole=pole, at=NOW, outcome=LearningOutcome.LEARNED, decisions=50, weights=weights
            )
        run = ask_run(pole=pole, asked_by=None, at=NOW)
        carry_out_run(
            run=run, today=date(2026, 11, 24), clock=lambda: NOW, encoder="lexical", vector_folder=tmp_path
        )
        run.refresh_from_db()
        assert run.parameters.get("weights") == weights
        one = Proposal.objects.get(run=run)
        told = weights or {
            "meaning": 300,
            "type": 250,
            "distance": 200,
            "calendar": 80,
            "quantity": 120,
            "freshness": 50,
        }
        assert one.score == sum(told[code] * value for code, value in one.criteria.items()) // 1000
        scores.append(one.score)
    assert scores[0] != scores[1]


def _two_offers(pole: Pole) -> tuple[Intent, Intent]:
    kind = make_resource_type("compostage", "Compostage", dimension="mass", unit="t")
    here = make_municipality("Vierzon", latitude=47.22, longitude=2.07)
    there = make_municipality("Bourges", latitude=47.08, longitude=2.4)
    need = make_need(pole=pole, title="Composter", resource_type=kind, municipality=here)
    return need, make_offer(pole=pole, title="Compostage", resource_type=kind, municipality=there)
