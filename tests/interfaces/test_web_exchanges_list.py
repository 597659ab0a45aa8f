"""The list: what each one sees, the filters of the address, the map, the files one takes away."""

import json
from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import IntentState, Visibility
from maillage.domain.exchanges.models import Intent
from tests.factories.actors import make_account, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    body = make_intermunicipal_body("CC des Essais")
    town = make_municipality("Vierzon", body=body, latitude=47.22, longitude=2.07)
    make_municipality("Foëcy d’Essai", body=body, latitude=47.18, longitude=2.16)  # alone, it would be named
    return make_pole("Gâtinais en essai", "gatinais", territory=make_territory(municipalities=[town]))


def enter(role: Role, pole: Pole) -> Client:
    client = Client()
    if role is not Role.VISITOR:
        client.force_login(make_account(role, pole), backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, question: str = "", pole: str = "gatinais") -> str:
    answer = client.get(f"/p/{pole}/besoins-et-offres/{question}")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "VARIABLE-INCONNUE" not in text
    return text


def anonymous(pole: Pole, **fields: Any) -> Intent:
    town = pole.territory.municipalities.get()
    author = make_organisation("Maison Secrète")
    return make_need(
        pole=pole,
        author=author,
        visibility=Visibility.ANONYMOUS,
        title="Titre secret",
        municipality=town,
        resource_type=make_resource_type("epluchures", "Épluchures"),
        **fields,
    )


@pytest.mark.parametrize("role", list(Role))
def test_list__says_what_it_means_when_empty(role: Role, pole: Pole) -> None:
    text = read(enter(role, pole))
    assert "Personne n’a encore rien dit ici." in text or "Rien n’est visible ici pour vous." in text


@pytest.mark.parametrize("role", list(Role))
def test_list__shows_the_public_to_everyone(role: Role, pole: Pole) -> None:
    make_need(pole=pole, visibility=Visibility.PUBLIC, title="Composter ici")
    assert "Composter ici" in read(enter(role, pole))


def test_list__masks_the_anonymous_for_a_member(pole: Pole) -> None:
    anonymous(pole)
    text = read(enter(Role.MEMBER, pole))
    assert "Titre secret" not in text
    assert "Maison Secrète" not in text
    assert "Épluchures" in text
    assert "CC des Essais" in text
    assert "Vierzon" not in text


@pytest.mark.parametrize("ending", ["csv", "json", "geojson"])
def test_export__masks_the_anonymous_for_a_member(ending: str, pole: Pole) -> None:
    anonymous(pole, words="des mots secrets")
    answer = enter(Role.MEMBER, pole).get(f"/p/gatinais/besoins-et-offres/export.{ending}")
    text = answer.content.decode()
    assert "Épluchures" in text
    for secret in ("Titre secret", "Maison Secrète", "Vierzon", "mots secrets"):
        assert secret not in text


def test_export__neutralises_formulas(pole: Pole) -> None:
    make_need(pole=pole, visibility=Visibility.PUBLIC, title="=cmd|'/C calc'!A0")
    answer = enter(Role.VISITOR, pole).get("/p/gatinais/besoins-et-offres/export.csv")
    assert "'=cmd|" in answer.content.decode()
    assert ";=cmd" not in answer.content.decode()


def test_export__gives_a_workbook(pole: Pole) -> None:
    make_need(pole=pole, visibility=Visibility.PUBLIC)
    answer = enter(Role.VISITOR, pole).get("/p/gatinais/besoins-et-offres/export.xlsx")
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]


def test_export__refuses_an_unknown_format(pole: Pole) -> None:
    assert enter(Role.VISITOR, pole).get("/p/gatinais/besoins-et-offres/export.exe").status_code == 404


def test_map__puts_the_anonymous_at_the_centre_of_its_body(pole: Pole) -> None:
    intent = anonymous(pole)
    found = json.loads(enter(Role.MEMBER, pole).get("/p/gatinais/besoins-et-offres/carte.json").content)
    assert [one["url"] for one in found["points"]] == [f"/p/gatinais/besoins-et-offres/{intent.pk}/"]
    assert "secret" not in json.dumps(found).lower()
    assert "à peu près" in found["points"][0]["detail"]


def test_filters__of_the_address_narrow_the_list(pole: Pole) -> None:
    parent = make_resource_type("vehicules", "Véhicules")
    child = make_resource_type("fourgon", "Fourgon", parent=parent)
    make_offer(pole=pole, visibility=Visibility.PUBLIC, title="Prêter un fourgon", resource_type=child)
    make_need(pole=pole, visibility=Visibility.PUBLIC, title="Garder les enfants")
    client = enter(Role.VISITOR, pole)
    for question in ("?sens=offre", "?type=vehicules", "?texte=fourgon", "?type_text=Véhicules"):
        text = read(client, question)
        assert "Prêter un fourgon" in text, question
        assert "Garder les enfants" not in text, question


def test_filters__keep_the_withdrawn_out_unless_asked(pole: Pole) -> None:
    make_need(pole=pole, visibility=Visibility.PUBLIC, title="Déjà retiré", state=IntentState.WITHDRAWN)
    client = enter(Role.VISITOR, pole)
    assert "Déjà retiré" not in read(client)
    assert "Déjà retiré" in read(client, "?etat=retire")


def test_filters__never_find_an_anonymous_author(pole: Pole) -> None:
    intent = anonymous(pole)
    client = enter(Role.MEMBER, pole)
    assert "Rien ne répond à ces filtres." in read(client, "?texte=Maison Secrète")
    answer = client.get("/p/gatinais/besoins-et-offres/choix/auteurs/?q=maison")
    assert json.loads(answer.content)["results"] == []
    assert "Maison Secrète" not in read(client, f"?structure={intent.author_id}")


@pytest.mark.parametrize(
    "question", ["?page=999", "?page=x", "?structure=abc", "?type=%00", "?commune=zz", "?sens=autre&epci=1'"]
)
def test_filters__survive_anything(question: str, pole: Pole) -> None:
    make_need(pole=pole, visibility=Visibility.PUBLIC)
    read(enter(Role.VISITOR, pole), question)


def test_list__asks_few_questions_whatever_its_length(pole: Pole, django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        make_need(pole=pole, visibility=Visibility.PUBLIC)
    client = enter(Role.VISITOR, pole)
    with django_assert_max_num_queries(8):
        read(client)


def test_list__says_that_a_pole_does_not_exist() -> None:
    assert Client().get("/p/nulle-part/besoins-et-offres/").status_code == 404
