"""The pages of each one's day."""

from datetime import UTC, timedelta

import pytest
from django.test import Client

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.days.models import ConfirmationRequest
from maillage.domain.mail.models import Message
from maillage.domain.projects.models import Meeting
from maillage.interfaces.web.door import now, today
from tests.factories.actors import make_account, make_organisation, make_pole
from tests.factories.exchanges import make_need
from tests.factories.ledger import make_commitment

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’ici", "ici")


def signed_in(client: Client, account: Account) -> Client:
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def team(client: Client, pole: Pole) -> Client:
    return signed_in(client, make_account(Role.FACILITATOR, pole))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_cockpit__of_a_quiet_day_says_nobody_waits(team: Client, pole: Pole) -> None:
    assert "Personne n’attend." in text(team, "/p/ici/journee/")


def test_cockpit__puts_what_is_late_first(team: Client, pole: Pole) -> None:
    make_commitment(pole=pole, due_on=today() - timedelta(days=3))
    assert "En retard de 3 jours" in text(team, "/p/ici/journee/")


def test_cockpit__sends_a_member_to_their_own_day(client: Client, pole: Pole) -> None:
    signed_in(client, make_account(Role.MEMBER, pole, make_organisation()))
    assert client.get("/p/ici/journee/").headers["Location"] == "/p/ici/journee/moi/"


def test_asking_for_confirmation__goes_from_the_cockpit_to_an_answer_without_account(
    team: Client, pole: Pole
) -> None:
    canteen = make_organisation("Cantine", email="cantine@example.org")
    long_ago = today() - timedelta(days=300)
    need = make_need(pole=pole, author=canteen, title="Un fourgon", said_on=long_ago, confirmed_on=long_ago)
    team.post("/p/ici/journee/redemander/", {"structure": [canteen.pk]})
    url = Message.objects.get().letter["buttons"][0][1].removeprefix("http://testserver")
    visitor = Client()
    assert "Un fourgon" in text(visitor, url)
    assert ConfirmationRequest.objects.get().answered_at is None
    assert "1 ligne confirmée" in visitor.post(url, {"tient": [need.pk]}).content.decode().replace(
        "\u00a0", " "
    )
    assert visitor.get(url).status_code == 410
    need.refresh_from_db()
    assert need.confirmed_on == today()


def test_asking_nobody__says_what_to_do(team: Client, pole: Pole) -> None:
    answer = team.post("/p/ici/journee/redemander/", follow=True)
    assert "Cochez au moins une structure" in answer.content.decode()


def test_calendar__is_private_changes_address_and_closes(team: Client, pole: Pole) -> None:
    make_commitment(pole=pole, due_on=today() + timedelta(days=3))
    team.post("/p/ici/journee/agenda/")
    page = text(team, "/p/ici/journee/agenda/")
    url = page.split('value="http://testserver')[1].split('"')[0]
    feed = Client().get(url)
    assert feed.headers["Content-Type"].startswith("text/calendar")
    assert feed.content.count(b"BEGIN:VEVENT") == 1
    team.post("/p/ici/journee/agenda/")
    assert Client().get(url).status_code == 404


def test_calendar__gives_a_meeting_its_hour(team: Client, pole: Pole) -> None:
    begins = now() + timedelta(days=2)
    Meeting.objects.create(
        pole=pole, title="Comité", state="planned", starts_at=begins, minutes_long=90, created_at=now()
    )
    team.post("/p/ici/journee/agenda/")
    url = text(team, "/p/ici/journee/agenda/").split('value="http://testserver')[1].split('"')[0]
    lines = Client().get(url).content.decode().splitlines()
    assert f"DTSTART:{begins.astimezone(UTC):%Y%m%dT%H%M%SZ}" in lines
    assert f"DTEND:{begins.astimezone(UTC) + timedelta(minutes=90):%Y%m%dT%H%M%SZ}" in lines


def test_search__answers_a_piece_of_page_to_who_types(team: Client, pole: Pole) -> None:
    make_need(pole=pole, title="Il manque un fourgon")
    answer = team.get("/p/ici/chercher/?q=fourgom", headers={"HX-Request": "true"})
    assert "Il manque un fourgon" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_search__shows_the_sheets_opened_last(team: Client, pole: Pole) -> None:
    need = make_need(pole=pole, title="Il manque un fourgon")
    team.get(f"/p/ici/besoins-et-offres/{need.pk}/")
    assert "Ouverts récemment" in text(team, "/p/ici/chercher/")
    assert "Il manque un fourgon" in text(team, "/p/ici/chercher/")


def test_capture__takes_the_words_typed_on_the_cockpit(team: Client, pole: Pole) -> None:
    assert "Il nous faudrait un four" in text(
        team, "/p/ici/besoins-et-offres/noter/?sens=besoin&mots=Il nous faudrait un four"
    )
