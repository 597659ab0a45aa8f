"""The weights on the desk: under fifty decisions nothing changes; past it they move, are taken away, put back."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.matching.enums import DecisionKind, LearningOutcome, SetAsideReason
from maillage.domain.matching.learning import weights_in_force
from maillage.domain.matching.models import Decision, LearnedWeights
from tests.factories.actors import make_account, make_organisation, make_pole
from tests.factories.exchanges import make_need, make_offer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "/p/berry/rapprochements/poids/"


@pytest.fixture
def pole() -> Pole:
    return make_pole("Berry & Gâtinais", "berry")


@pytest.fixture
def team(pole: Pole) -> Client:
    client = Client()
    client.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def decide(pole: Pole, count: int) -> None:
    """So many decisions of a pole where only the distance counts."""
    author = make_organisation("Terre Brune")
    for row in range(count):
        near = row % 2 == 0
        offer = make_offer(pole=pole, author=author, title=f"Offre {row}")
        need = make_need(pole=pole, title=f"Besoin {row // 4}")
        criteria = {"meaning": 500, "type": 900, "calendar": 800, "quantity": 500, "freshness": 500}
        Decision.objects.create(
            pole=pole,
            need=need,
            offer=offer,
            kind=DecisionKind.ACCEPTED if near else DecisionKind.SET_ASIDE,
            reason="" if near else SetAsideReason.TOO_FAR,
            at=NOW,
            criteria={**criteria, "distance": (900 if near else 300) + row},
        )


def test_weights__under_fifty_decisions_nothing_changes(team: Client, pole: Pole) -> None:
    decide(pole, 6)
    page = team.post(f"{URL}apprendre/", follow=True).content.decode().replace("\xa0", " ")
    assert "Pas encore assez de décisions" in page
    assert "Il en faut 50" in page
    assert weights_in_force(pole=pole) is None


def test_weights__past_fifty_the_criterion_that_decides_counts_more(team: Client, pole: Pole) -> None:
    decide(pole, 60)
    team.post(f"{URL}apprendre/")
    assert LearnedWeights.objects.get().outcome in {LearningOutcome.LEARNED, LearningOutcome.NO_BETTER}
    assert team.get(URL).status_code == 200
    told = team.get(f"{URL}export.json").json()
    assert sum(told["weights"].values()) == 1000
    assert "Terre Brune" not in str(told)


def test_weights__are_put_back(team: Client, pole: Pole) -> None:
    page = team.post(f"{URL}remettre/", follow=True).content.decode()
    assert "origine" in page
    assert weights_in_force(pole=pole) is None
