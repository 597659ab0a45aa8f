"""The directory: filters in the address, tabs, map, table, files."""

import csv
import io
import json
from typing import Any

import pytest

from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Role
from tests.interfaces.actors_world import make_town

pytestmark = pytest.mark.django_db


def _names(answer: Any) -> list[str]:
    return [one.name for one in answer.context["page_obj"].object_list]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("texte=reseau+ci%26el", ["Réseau Ci&el"]),
        ("texte=moulin+a+l+ancienne", ["Moulin à l’ancienne"]),
        ("famille=business", ["Moulin à l’ancienne"]),
        ("famille=business&famille=social", ["Atelier Rebond", "Moulin à l’ancienne", "Réseau Ci&el"]),
        ("forme=scic", ["Réseau Ci&el"]),
        ("insertion=ACI", ["Atelier Rebond"]),
        ("lien=membres", ["Atelier Rebond", "Réseau Ci&el"]),
        ("lien=autres", ["Moulin à l’ancienne"]),
        ("lien=partenaires", []),
        ("commune_text=bourges", ["Atelier Rebond", "Moulin à l’ancienne", "Réseau Ci&el"]),
    ],
)
def test_directory__answers_the_filters_of_the_address(query: str, names: list[str]) -> None:
    town = make_town()
    assert _names(town.client().get(town.url(f"?{query}"))) == names


def test_directory__filters_by_college() -> None:
    town = make_town()
    assert _names(town.client().get(town.url(f"?college={town.college.pk}"))) == ["Atelier Rebond"]


@pytest.mark.parametrize(
    "query", ["famille=rien", "college=abc", "epci=%00", "tri=%27", "page=-3", "vue=x", "texte=%00"]
)
def test_directory__never_fails_on_a_strange_address(query: str) -> None:
    town = make_town()
    assert town.client().get(town.url(f"?{query}")).status_code == 200


def test_tabs__count_each_link_with_the_pole() -> None:
    town = make_town()
    answer = town.client().get(town.url())
    assert [tab["count"] for tab in answer.context["tabs"]] == [3, 2, 0, 1]


def test_filters__each_has_a_chip_that_removes_it() -> None:
    town = make_town()
    answer = town.client().get(town.url("?famille=business&texte=moulin"))
    urls = {one.label: one.url for one in answer.context["asked"].active}
    assert urls["Entreprise"] == "?texte=moulin"
    assert urls["« moulin »"] == "?famille=business"


def test_table__says_the_same_as_the_map() -> None:
    town = make_town()
    page = town.client().get(town.url("?vue=tableau")).content.decode()
    assert "<table" in page
    assert "Moulin à l’ancienne" in page


def test_empty_list__says_what_to_do() -> None:
    town = make_town()
    assert "Enlevez-en un" in town.client().get(town.url("?texte=zzzz")).content.decode()


def test_map__gives_points_with_their_address() -> None:
    town = make_town()
    found = town.client().get(town.url("carte.json?famille=business")).json()
    (point,) = found["points"]
    assert point["name"] == "Moulin à l’ancienne"
    assert point["url"] == town.url(f"{town.mill.pk}/")
    assert point["at"] == [47.08, 2.4]


def _csv(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_export__neutralises_formulas() -> None:
    town = make_town()
    Organisation.objects.filter(pk=town.mill.pk).update(name="=1+2")
    rows = _csv(town.client().get(town.url("export.csv?famille=business")))
    assert rows[0]["Nom"] == "'=1+2"


def test_export__keeps_contacts_for_those_of_the_pole() -> None:
    town = make_town()
    asked = town.url("export.csv?texte=rebond")
    assert _csv(town.client().get(asked))[0]["Courriel"] == ""
    assert _csv(town.client(Role.MEMBER).get(asked))[0]["Courriel"] == "rebond@exemple.fr"


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json", "geojson"])
def test_export__has_four_formats(extension: str) -> None:
    town = make_town()
    answer = town.client().get(town.url(f"export.{extension}"))
    assert answer.status_code == 200
    assert extension in answer.headers["Content-Disposition"]
    if extension == "geojson":
        assert len(json.loads(answer.content)["features"]) == 3


def test_export__of_an_unknown_format_is_not_found() -> None:
    town = make_town()
    assert town.client().get(town.url("export.exe")).status_code == 404


def test_page__asks_few_questions(django_assert_max_num_queries: Any) -> None:
    town = make_town()
    client = town.client(Role.FACILITATOR)
    with django_assert_max_num_queries(14):
        client.get(town.url())


def test_map__asks_few_questions(django_assert_max_num_queries: Any) -> None:
    town = make_town()
    with django_assert_max_num_queries(8):
        town.client().get(town.url("carte.json"))
