"""The public questionnaire: kept by a private link, sent once, slow for robots, read by the facilitators only."""

import re
from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.gathering.models import Answer, Campaign, Draft, Question
from maillage.interfaces.web.gathering import senders
from maillage.interfaces.web.gathering.answer_form import TRAP
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_pole
from tests.factories.gathering import make_answer, make_campaign

pytestmark = pytest.mark.django_db
HERE = "/p/essai/ecoute/repondre/le-soir/"
SAID = {"lacks": "Une salle le mardi", "lacks_quantity": "20 places", "lacks_often": "week", "people": "40"}


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’essai", "essai")


@pytest.fixture
def campaign(pole: Pole, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    monkeypatch.setattr(senders, "LEAST_S", 0)
    return make_campaign(pole, slug="le-soir", opens_on=TODAY.replace(year=2020))


def opened(client: Client, path: str = HERE) -> dict[str, str]:
    page = client.get(path).content.decode()
    found = re.search(r'name="debut" value="([^"]+)"', page)
    assert found is not None
    return {"debut": found.group(1)}


def test_answer__that_is_sent_becomes_drafts(client: Client, campaign: Campaign) -> None:
    given = opened(client) | SAID | {"has": "Un four", "consents": "on", "name": "Léa"}
    answer = client.post(HERE, given)
    assert answer.status_code == 302
    assert "Une salle le mardi" in client.get(answer.headers["Location"]).content.decode()
    need, offer = Draft.objects.order_by("kind")
    assert (need.title, need.people_concerned, need.said_by) == ("Une salle le mardi", 40, "Léa")
    assert "20 places par semaine" in need.words
    assert offer.title == "Un four"


def test_answer__sent_twice_from_one_page_is_one(client: Client, campaign: Campaign) -> None:
    given = opened(client) | SAID | {"consents": "on"}
    assert [client.post(HERE, given).status_code for _ in range(2)] == [302, 302]
    assert (Answer.objects.count(), Draft.objects.count()) == (1, 1)


def test_answer__kept_without_consent_keeps_no_name_and_is_found_again(
    client: Client, campaign: Campaign
) -> None:
    answer = client.post(HERE, opened(client) | SAID | {"name": "Léa", "garder": "oui"})
    kept = Answer.objects.get()
    assert (kept.sent_at, kept.said["lacks"], "name" in kept.said) == (None, "Une salle le mardi", False)
    private = answer.headers["Location"]
    assert "Une salle le mardi" in client.get(private).content.decode()
    client.post(private, opened(client, private) | SAID | {"consents": "on"})
    assert Answer.objects.get().sent_at is not None


def test_answer__with_a_mistake_loses_nothing(client: Client, campaign: Campaign) -> None:
    answer = client.post(HERE, opened(client) | SAID | {"people": "quarante", "has": "Un four"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Un four" in page
    assert "Écrivez un nombre entier" in page
    assert "Cochez cette case" in page
    assert not Draft.objects.exists()
    assert Answer.objects.get().said["has"] == "Un four"


def test_robot__that_fills_the_trap_or_answers_at_once_writes_nothing(
    client: Client, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = SAID | {"consents": "on"}
    assert client.post(HERE, opened(client) | given | {TRAP: "http://spam"}).status_code == 200
    monkeypatch.setattr(senders, "LEAST_S", 60)
    assert client.post(HERE, opened(client) | given).status_code == 422
    assert client.post(HERE, given).status_code == 422
    assert not Answer.objects.exists()


def test_network__that_answers_too_often_is_asked_to_wait(
    client: Client, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage.domain.gathering.operations.answers.MOST_AN_HOUR", 2)
    statuses = [client.post(HERE, opened(client) | SAID | {"consents": "on"}).status_code for _ in range(3)]
    assert statuses == [302, 302, 422]


def test_campaign__that_is_over_says_so(client: Client, campaign: Campaign) -> None:
    Campaign.objects.update(closes_on=TODAY.replace(year=2021))
    assert "est terminé" in client.get(HERE).content.decode()
    assert client.post(HERE, SAID | {"consents": "on"}).status_code == 422


def test_paper__is_typed_in_after_the_end_and_noted_as_such(client: Client, campaign: Campaign) -> None:
    Campaign.objects.update(closes_on=TODAY.replace(year=2021))
    client.force_login(
        make_account(Role.FACILITATOR, campaign.pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.post(f"/p/essai/ecoute/campagnes/{campaign.pk}/saisir/", SAID | {"consents": "on"})
    assert answer.status_code == 302
    assert Answer.objects.get().is_from_paper


def test_export__neutralises_formulas(client: Client, campaign: Campaign) -> None:
    Question.objects.create(campaign=campaign, rank=1, text="Le soir ?")
    make_answer(campaign, sent_at=NOW, consented_at=NOW, consent_text_on=TODAY, said={"lacks": "=1+1"})
    client.force_login(
        make_account(Role.FACILITATOR, campaign.pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    content = client.get(f"/p/essai/ecoute/campagnes/{campaign.pk}/reponses.csv").content.decode("utf-8-sig")
    assert "'=1+1" in content
    assert "Le soir ?" in content


def test_question__required_and_chosen_from_a_list_is_checked(client: Client, campaign: Campaign) -> None:
    question = Question.objects.create(
        campaign=campaign,
        rank=1,
        text="Quand ?",
        kind="choice",
        choices=["le matin", "le soir"],
        is_required=True,
    )
    key, given = f"q{question.pk}", SAID | {"consents": "on"}
    assert "Répondez à cette question" in client.post(HERE, opened(client) | given).content.decode()
    page: Any = client.post(HERE, opened(client) | given | {key: "la nuit"})
    assert "Choisissez" in page.content.decode()
    assert client.post(HERE, opened(client) | given | {key: "le soir"}).status_code == 302
