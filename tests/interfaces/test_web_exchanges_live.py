"""While one writes: the type and the chips, what was already said nearby, first leads, hints on names."""

from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.words import propose_types
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.places.models import Municipality
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory

pytestmark = pytest.mark.django_db
HERE = "/p/gatinais/besoins-et-offres/noter/"


@pytest.fixture
def town() -> Municipality:
    return make_municipality(
        "Amilly", "45004", has_homonym=True, body=make_intermunicipal_body("CA de l’essai")
    )


@pytest.fixture
def pole(town: Municipality) -> Pole:
    return make_pole("Gâtinais en essai", "gatinais", territory=make_territory(municipalities=[town]))


def enter(role: Role, pole: Pole, organisation: Organisation | None = None) -> Client:
    client = Client()
    account = make_account(role, pole, organisation)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, where: str = "en-ecrivant/", **fields: Any) -> str:
    answer = client.post(f"{HERE}{where}", fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "VARIABLE-INCONNUE" not in text
    return text


def test_live__says_what_to_do_while_nothing_is_typed(pole: Pole) -> None:
    client = enter(Role.FACILITATOR, pole)
    assert "Écrivez quelques mots" in ask(client, words="")
    assert "Les offres qui y répondent" in ask(client, "premieres-pistes/", words="")


def test_live__proposes_the_type_of_the_words(pole: Pole) -> None:
    words = "Un fourgon le mardi"
    best = propose_types(words, read_catalogue())[0]
    make_resource_type(best.code, "Camionnette d’essai")
    text = ask(enter(Role.FACILITATOR, pole), words=words)
    assert "Nous comprenons ceci. Touchez pour corriger." in text
    assert f'value="{best.code}" data-no-draft checked' in text


def test_live__ticks_nothing_when_it_hesitates(pole: Pole) -> None:
    words = "Composter nos épluchures"
    for one in propose_types(words, read_catalogue()):
        make_resource_type(one.code)
    text = ask(enter(Role.FACILITATOR, pole), words=words)
    assert "Nous hésitons. Touchez ce qui convient." in text
    assert "data-no-draft checked" not in text


def test_live__keeps_the_choice_of_the_person(pole: Pole) -> None:
    kind = make_resource_type("salle", "Salle")
    text = ask(
        enter(Role.FACILITATOR, pole), words="épluchures", resource_type=kind.code, type_guess="epluchures"
    )
    assert 'value="salle" data-no-draft checked' in text


def test_live__shows_quantities_and_dates_as_chips(pole: Pole) -> None:
    text = ask(
        enter(Role.FACILITATOR, pole),
        words="une quarantaine d’ordinateurs avant le 18 décembre 2030, le mardi",
    )
    for said in ("40 ordinateurs", "jusqu’au 18\u00a0décembre 2030", "mardi"):
        assert said in text
    assert 'data-field-quantity="40"' in text
    assert 'data-field-available_until="2030-12-18"' in text


def test_live__keeps_a_chip_unticked(pole: Pole) -> None:
    text = ask(enter(Role.FACILITATOR, pole), words="40 ordinateurs", shown="amount")
    assert 'value="amount" data-no-draft data-field' in text


def test_live__says_what_was_already_said(pole: Pole) -> None:
    make_need(pole=pole, title="Reprendre des ordinateurs")
    text = ask(enter(Role.FACILITATOR, pole), words="Reprendre des ordinateurs du collège")
    assert "Déjà dit, tout près" in text
    assert "Les regrouper" in text


def test_live__masks_leads_and_resemblances(pole: Pole, town: Municipality) -> None:
    kind = make_resource_type("epluchures", "Épluchures")
    make_municipality("Une autre d’ici", body=town.intermunicipal_body)
    mine, secret = make_organisation("Ma structure"), make_organisation("Maison Secrète")
    make_membership(pole, mine)
    make_site(mine, municipality=town)
    for make in (make_need, make_offer):
        make(
            pole=pole,
            author=secret,
            visibility=Visibility.ANONYMOUS,
            title="Titre secret épluchures",
            resource_type=kind,
            municipality=town,
        )
        make(
            pole=pole,
            author=secret,
            visibility=Visibility.FACILITATORS,
            title="Caché épluchures",
            resource_type=kind,
        )
    client = enter(Role.MEMBER, pole, mine)
    fields = {"words": "épluchures", "resource_type": "epluchures"}
    text, leads = ask(client, **fields), ask(client, "premieres-pistes/", **fields)
    assert "Une structure du pôle, CA de l’essai" in leads
    text += leads
    assert "Une structure du pôle, CA de l’essai" in text
    for hidden in ("Titre secret", "Maison Secrète", "Caché", " km"):
        assert hidden not in text


def test_live__is_refused_to_who_may_not_note(pole: Pole) -> None:
    client = enter(Role.NETWORK, pole)
    for where in ("en-ecrivant/", "premieres-pistes/", "indice-qui/", "indice-ou/"):
        assert client.post(f"{HERE}{where}", {"words": "x"}).status_code == 403


def test_hint__repairs_a_commune(pole: Pole, town: Municipality) -> None:
    text = ask(enter(Role.FACILITATOR, pole), "indice-ou/", words="x", municipality_text="Amily")
    assert "Aucune commune ne s’écrit" in text
    assert 'data-label="Amilly (45)"' in text


def test_hint__says_that_a_structure_is_new(pole: Pole) -> None:
    text = ask(enter(Role.FACILITATOR, pole), "indice-qui/", words="x", author_text="Chantier La Boussole")
    assert "Nouvelle dans le pôle." in text
    assert 'name="new_family"' in text


def test_hint__a_known_structure_needs_none(pole: Pole) -> None:
    known = make_organisation("Atelier Rebond")
    make_membership(pole, known)
    assert "Nouvelle" not in ask(
        enter(Role.FACILITATOR, pole), "indice-qui/", words="x", author_text="atelier rebond"
    )


@pytest.mark.parametrize("what", ["structures", "types", "communes", "auteurs"])
def test_choices__answer_as_the_combobox_reads(what: str, pole: Pole, town: Municipality) -> None:
    make_resource_type("amilly", "Amilly en bois")
    make_need(pole=pole, author=make_organisation("Amilly propre"), visibility=Visibility.PUBLIC)
    make_membership(pole, Organisation.objects.get(name="Amilly propre"))
    client = enter(Role.FACILITATOR, pole)
    found = client.get(f"/p/gatinais/besoins-et-offres/choix/{what}/?q=amil").json()["results"]
    assert len(found) == 1
    assert set(found[0]) == {"value", "label", "detail"}
    assert client.get(f"/p/gatinais/besoins-et-offres/choix/{what}/?q=a").json()["results"] == []
