"""Create and change a sheet, its sites: every mistake a sentence, nothing typed lost."""

from typing import Any

import pytest

from maillage.domain.actors.models import Organisation
from maillage.domain.actors.queries import sites_of
from maillage.domain.actors.viewer import Role
from tests.factories.actors import make_organisation
from tests.interfaces.actors_world import SIREN, SIRET, Town, make_town

pytestmark = pytest.mark.django_db


def _new(town: Town, **fields: Any) -> Any:
    given = {"name": "Ferme neuve", "family": "business", "municipality_text": "Bourges-d’Essai"} | fields
    return town.client(Role.FACILITATOR).post(town.url("nouvelle/"), given)


def _made(name: str = "Ferme neuve") -> Organisation:
    return Organisation.objects.get(name=name)


def test_new__is_written_with_its_site_and_its_siren() -> None:
    town = make_town()
    answer = _new(town, siret=SIRET, naf_code="9499z")
    made = _made()
    assert answer.headers["Location"] == town.url(f"{made.pk}/")
    assert (made.siren, made.naf_code, made.naf_version) == (SIREN, "94.99Z", "NAFRev2")
    assert made.sites.get().municipality.name == "Bourges-d’Essai"
    assert town.pole in made.known_in.all()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Donnez le nom de la structure."),
        ("family", "", "Dites de quelle famille elle est."),
        ("siren", "123456789", "un chiffre est faux"),
        ("siret", "7328293200007", "14 chiffres"),
        ("rna", "181000001", "W suivi de neuf signes"),
        ("naf_code", "bonjour", "code d’activité"),
        ("municipality_text", "Nullepartville", "Aucune commune ne s’écrit"),
        ("esus_until", "demain", "Écrivez une date"),
        ("latitude", "nord", "nombre de degrés"),
        ("longitude", "nan", "nombre de degrés"),
        ("email", "pas un courriel", "Ce courriel n’est pas complet"),
        ("website", "pas une adresse", "Cette adresse n’est pas complète"),
    ],
)
def test_mistake__is_a_sentence_and_nothing_typed_is_lost(field: str, typed: str, sentence: str) -> None:
    town = make_town()
    answer = _new(town, description="Une phrase longue à retaper", **{field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Une phrase longue à retaper" in page
    assert typed in page


def test_mistakes__show_all_at_once() -> None:
    town = make_town()
    page = _new(town, siren="123456789", rna="W1").content.decode()
    assert "2 points à revoir" in page


def test_look_alike__is_asked_before_anything_is_written() -> None:
    town = make_town()
    answer = _new(town, name="Atelier  Rebond", family="social", description="À garder")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "C’est la même" in page
    assert "À garder" in page
    assert Organisation.objects.filter(name="Atelier Rebond").count() == 1


def test_look_alike__refused_creates_another() -> None:
    town = make_town()
    _new(town, name="Atelier Rebond", family="social", vue=town.rebond.pk, autre="oui")
    assert Organisation.objects.filter(name="Atelier Rebond").count() == 2


def test_look_alike__accepted_creates_nothing() -> None:
    town = make_town()
    known = make_organisation("Ailleurs")
    answer = _new(town, meme=known.pk)
    assert answer.headers["Location"] == town.url(f"{known.pk}/")
    assert not Organisation.objects.filter(name="Ferme neuve").exists()
    assert town.pole in known.known_in.all()


def test_new__is_refused_to_a_member_with_the_reason() -> None:
    town = make_town()
    answer = town.client(Role.MEMBER).get(town.url("nouvelle/"))
    assert answer.status_code == 403
    assert "Seule l’animation du pôle" in answer.content.decode()


def test_edit__writes_what_changed_and_keeps_the_source() -> None:
    town = make_town()
    Organisation.objects.filter(pk=town.rebond.pk).update(source="import", source_id="7")
    given = {
        "name": "Atelier Rebond",
        "family": "social",
        "description": "Répare.",
        "phone": "02 00 00 00 01",
    }
    answer = town.client(Role.MEMBER).post(town.url(f"{town.rebond.pk}/modifier/"), given)
    town.rebond.refresh_from_db()
    assert answer.status_code == 302
    assert (town.rebond.description, town.rebond.source_id) == ("Répare.", "7")


def test_edit__of_another_is_refused_to_a_member() -> None:
    town = make_town()
    assert town.client(Role.MEMBER).get(town.url(f"{town.ciel.pk}/modifier/")).status_code == 403


def test_edit__says_that_a_siren_is_taken() -> None:
    town = make_town()
    Organisation.objects.filter(pk=town.mill.pk).update(siren=SIREN)
    given = {"name": "Atelier Rebond", "family": "social", "siren": SIREN}
    answer = town.client(Role.FACILITATOR).post(town.url(f"{town.rebond.pk}/modifier/"), given)
    assert answer.status_code == 422
    assert "porte déjà ce SIREN" in answer.content.decode()


def _site(town: Town, query: str = "", **fields: Any) -> Any:
    return town.client(Role.FACILITATOR).post(town.url(f"{town.rebond.pk}/site/{query}"), fields)


def test_site__is_added_made_head_and_removed() -> None:
    town = make_town()
    assert _site(town, municipality_text="Bourges-d’Essai", address="1 rue Haute").status_code == 302
    first, second = sites_of(town.rebond)
    assert first.is_head
    _site(town, f"?site={second.pk}", geste="siege")
    assert sites_of(town.rebond)[0].pk == second.pk
    _site(town, f"?site={first.pk}", geste="retirer")
    assert [one.pk for one in sites_of(town.rebond)] == [second.pk]


def test_site__with_a_wrong_siret_keeps_what_was_typed() -> None:
    town = make_town()
    answer = _site(town, municipality_text="Bourges-d’Essai", siret="111", address="Rue gardée")
    assert answer.status_code == 422
    assert "Rue gardée" in answer.content.decode()


def test_site__of_another_structure_is_not_found() -> None:
    town = make_town()
    (other,) = sites_of(town.ciel)
    assert _site(town, f"?site={other.pk}", geste="retirer").status_code == 404
