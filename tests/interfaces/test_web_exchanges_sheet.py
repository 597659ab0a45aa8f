"""The sheet: what each role sees and may do, each refusal with its reason; the gestures."""

from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import IntentState, Visibility
from maillage.domain.exchanges.models import Intent, StateChange, Support
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_need, make_offer, make_support
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory
from tests.factories.synergies import make_synergy

pytestmark = pytest.mark.django_db
LIST = "/p/gatinais/besoins-et-offres/"


@pytest.fixture
def pole() -> Pole:
    body = make_intermunicipal_body("CC des Essais")
    town = make_municipality("Vierzon", body=body)
    make_municipality("Foëcy d’Essai", body=body)  # a body of one commune would name it
    return make_pole("Gâtinais en essai", "gatinais", territory=make_territory(municipalities=[town]))


@pytest.fixture
def intent(pole: Pole) -> Intent:
    author = make_organisation("Cuisine des Forges")
    make_membership(pole, author)
    made = make_need(
        pole=pole,
        author=author,
        title="Composter nos épluchures",
        words="On remplit deux bacs.",
        municipality=pole.territory.municipalities.get(),
        resource_type=make_resource_type("epluchures", "Épluchures"),
        reach_km=30,
    )
    make_evidence(made, said_by="la cheffe de cuisine", words="On paie pour jeter.")
    make_support(made, make_organisation("Cantine de la Fontaine"))
    return made


def enter(role: Role, pole: Pole, organisation: Any = None) -> Client:
    client = Client()
    if role is not Role.VISITOR:
        account = make_account(role, pole, organisation)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, intent: Intent) -> str:
    answer = client.get(f"{LIST}{intent.pk}/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "VARIABLE-INCONNUE" not in text
    return text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.AUTHORITY_AGENT, Role.FACILITATOR, Role.ADMINISTRATOR])
def test_sheet__shows_the_pole_everything(role: Role, pole: Pole, intent: Intent) -> None:
    text = read(enter(role, pole), intent)
    for said in (
        "Cuisine des Forges",
        "On remplit deux bacs.",
        "la cheffe de cuisine",
        "Cantine de la Fontaine",
        "30",
    ):
        assert said in text


@pytest.mark.parametrize("role", [Role.VISITOR, Role.NETWORK])
def test_sheet__of_members_is_hidden_outside(role: Role, pole: Pole, intent: Intent) -> None:
    assert enter(role, pole).get(f"{LIST}{intent.pk}/").status_code == 404


def test_sheet__of_the_public_keeps_people_inside(pole: Pole, intent: Intent) -> None:
    Intent.objects.update(visibility=Visibility.PUBLIC)
    text = read(enter(Role.VISITOR, pole), intent)
    assert "On remplit deux bacs." in text
    assert "la cheffe de cuisine" not in text
    assert "Proposer quelque chose" in text


def test_sheet__of_an_anonymous_shows_its_outline(pole: Pole, intent: Intent) -> None:
    Intent.objects.update(visibility=Visibility.ANONYMOUS)
    text = read(enter(Role.MEMBER, pole), intent)
    assert "La structure a choisi de ne pas dire son nom." in text
    assert "CC des Essais" in text
    for secret in ("Cuisine des Forges", "deux bacs", "Composter nos", "la cheffe", "Vierzon", "Fontaine"):
        assert secret not in text


def test_sheet__says_why_a_gesture_is_not_for_you(pole: Pole, intent: Intent) -> None:
    text = read(enter(Role.MEMBER, pole), intent)
    assert "Seules l’animation du pôle et la structure qui l’a dit peuvent le faire." in text
    assert 'disabled aria-describedby="pourquoi-confirm"' in text


def test_sheet__of_another_pole_is_not_found(pole: Pole, intent: Intent) -> None:
    make_pole("Autre pôle", "autre")
    Intent.objects.update(visibility=Visibility.PUBLIC)
    assert Client().get(f"/p/autre/besoins-et-offres/{intent.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("gesture", "state"),
    [("retirer", IntentState.WITHDRAWN), ("repondu", IntentState.COVERED), ("confirmer", IntentState.OPEN)],
)
def test_gesture__of_the_team_is_done_and_told(gesture: str, state: str, pole: Pole, intent: Intent) -> None:
    answer = enter(Role.FACILITATOR, pole).post(
        f"{LIST}{intent.pk}/{gesture}/", {"reason": "Réglé"}, follow=True
    )
    assert 'data-message="success"' in answer.content.decode()
    assert Intent.objects.get(pk=intent.pk).state == state


@pytest.mark.parametrize("gesture", ["retirer", "repondu", "confirmer", "rouvrir", "dupliquer", "preuve"])
@pytest.mark.parametrize("role", [Role.MEMBER, Role.AUTHORITY_AGENT])
def test_gesture__of_somebody_else_is_refused(gesture: str, role: Role, pole: Pole, intent: Intent) -> None:
    assert enter(role, pole).post(f"{LIST}{intent.pk}/{gesture}/").status_code == 403
    assert Intent.objects.get().state == IntentState.OPEN


@pytest.mark.parametrize("gesture", ["retirer", "confirmer", "soutenir"])
def test_gesture__of_a_visitor_does_nothing(gesture: str, pole: Pole, intent: Intent) -> None:
    assert Client().post(f"{LIST}{intent.pk}/{gesture}/").status_code == 404
    assert Client().get(f"{LIST}{intent.pk}/{gesture}/").status_code == 405


def test_withdraw__keeps_the_reason_typed(pole: Pole, intent: Intent) -> None:
    fields = {"reason": "C’est un doublon", "reason_text": "Vu avec Léa"}
    enter(Role.FACILITATOR, pole).post(f"{LIST}{intent.pk}/retirer/", fields)
    assert StateChange.objects.filter(ends=IntentState.WITHDRAWN).get().reason == "Vu avec Léa"


def test_reopen__opens_again(pole: Pole, intent: Intent) -> None:
    Intent.objects.update(state=IntentState.WITHDRAWN)
    enter(Role.FACILITATOR, pole).post(f"{LIST}{intent.pk}/rouvrir/")
    assert Intent.objects.get().state == IntentState.OPEN


def test_duplicate__opens_the_form_of_the_copy(pole: Pole, intent: Intent) -> None:
    answer = enter(Role.FACILITATOR, pole).post(f"{LIST}{intent.pk}/dupliquer/")
    copy = Intent.objects.exclude(pk=intent.pk).get()
    assert answer["Location"] == f"{LIST}{copy.pk}/modifier/"


def test_support__of_a_member_then_taken_back(pole: Pole, intent: Intent) -> None:
    mine = make_organisation("Ferme du Canal")
    make_membership(pole, mine)
    client = enter(Role.MEMBER, pole, mine)
    assert "Nous aussi, nous en avons besoin" in read(client, intent)
    client.post(f"{LIST}{intent.pk}/soutenir/", {"organisation": mine.pk})
    assert Support.objects.filter(organisation=mine).exists()
    client.post(f"{LIST}{intent.pk}/soutenir/", {"organisation": mine.pk, "geste": "retirer"})
    assert not Support.objects.filter(organisation=mine).exists()


def test_support__in_the_name_of_another_is_refused(pole: Pole, intent: Intent) -> None:
    other = make_organisation("Ferme du Canal")
    make_membership(pole, other)
    answer = enter(Role.MEMBER, pole).post(f"{LIST}{intent.pk}/soutenir/", {"organisation": other.pk})
    assert answer.status_code == 403


def test_evidence__is_added_or_asked_for(pole: Pole, intent: Intent) -> None:
    client, address = enter(Role.FACILITATOR, pole), f"{LIST}{intent.pk}/preuve/"
    empty = client.post(address, {"channel": "phone"}, follow=True).content.decode()
    assert "Dites qui l’a dit, où, ou avec quels mots." in empty
    client.post(address, {"channel": "meeting", "said_by": "un parent", "people_concerned": "12"})
    assert intent.evidence.filter(said_by="un parent", people_concerned=12).exists()


def test_edit__shows_and_keeps_what_was_said(pole: Pole) -> None:
    author = make_organisation("Atelier Rebond")
    made = make_offer(
        pole=pole,
        author=author,
        title="Un fourgon",
        quantity=3,
        unit="trajet",
        period="week",
        weekly=[{"day": 1, "from_hour": 8, "to_hour": 12}, {"day": 3, "from_hour": 9, "to_hour": 11}],
        seasonality=[50] * 6 + [0] * 6,
        reach_km=30,
    )
    make_membership(pole, author)
    client = enter(Role.FACILITATOR, pole)
    page = client.get(f"{LIST}{made.pk}/modifier/").content.decode()
    assert "VARIABLE-INCONNUE" not in page
    assert 'value="1-matin" checked' in page
    fields = {
        "words": "Un fourgon, 12 t",
        "author": author.pk,
        "quantity": "3",
        "unit": "trajets",
        "period": "week",
        "slots": ["1-matin"],
        "hours": "jeudi de 9 h à 11 h",
        "months": [str(at) for at in range(6)],
        "reach_km": "30",
        "visibility": "members",
    }
    assert client.post(f"{LIST}{made.pk}/modifier/", fields).status_code == 302
    kept = Intent.objects.get()
    assert (kept.title, kept.quantity, kept.unit, kept.reach_km) == ("Un fourgon, 12 t", 3, "trajet", 30)
    assert kept.weekly == made.weekly
    assert kept.seasonality == made.seasonality


def test_edit__below_what_is_promised_says_how_much_and_loses_nothing(pole: Pole) -> None:
    made = make_offer(pole=pole, title="Broyat", quantity=12, unit="t", period="year")
    make_membership(pole, made.author)
    make_synergy(make_need(pole=pole), made, state="talks", quantity=8, title="Paillage du verger")
    fields = {
        "words": "Broyat bien sec",
        "author": made.author_id,
        "quantity": "5",
        "unit": "t",
        "period": "year",
        "visibility": "members",
    }
    client = enter(Role.FACILITATOR, pole)
    answer = client.post(f"{LIST}{made.pk}/modifier/", fields)
    text = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    said = "8 t en sont déjà promises. Gardez au moins 8 t, ou libérez la synergie « Paillage du verger »."
    assert said in text
    assert 'value="5"' in text
    assert "Broyat bien sec" in text
    assert Intent.objects.get(pk=made.pk).quantity == 12


def test_withdraw__of_a_promised_offer_says_which_synergy_holds_it(pole: Pole) -> None:
    made = make_offer(pole=pole, title="Broyat", quantity=12, unit="t", period="year")
    make_synergy(make_need(pole=pole), made, state="running", quantity=8, title="Paillage du verger")
    client = enter(Role.FACILITATOR, pole)
    text = client.post(f"{LIST}{made.pk}/retirer/", {"reason": "Vendu"}, follow=True).content.decode()
    assert "Libérez d’abord la synergie « Paillage du verger »" in text.replace("\u00a0", " ")
    assert Intent.objects.get(pk=made.pk).state == "open"


def test_edit__is_refused_to_another_member(pole: Pole, intent: Intent) -> None:
    assert enter(Role.MEMBER, pole).get(f"{LIST}{intent.pk}/modifier/").status_code == 403


def test_sheet__asks_few_questions(pole: Pole, intent: Intent, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        make_support(intent)
        make_evidence(intent)
    client = enter(Role.FACILITATOR, pole)
    with django_assert_max_num_queries(19):
        read(client, intent)
