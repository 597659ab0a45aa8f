"""Types are found by the words people say."""

import pytest

from maillage.domain.catalogue.queries import search_types, type_tree, types_for_engine
from tests.factories.catalogue import make_authorisation, make_resource_type, make_type_link

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _types() -> None:
    bio = make_resource_type("biodechets", "Biodéchets", synonyms=["déchets de cuisine"])
    make_resource_type("epluchures", "Épluchures de légumes", parent=bio, synonyms=["peaux", "fanes"])
    make_resource_type(
        "tente", "Tente de réception", kind="equipment", dimension="count", unit="u", synonyms=["barnum"]
    )
    make_resource_type("vieux", "Vieux barnum", retired=True)


def codes(text: str, **options: str) -> list[str]:
    return [one.code for one in search_types(text=text, **options)]


@pytest.mark.parametrize("text", ["barnum", "BARNUM", "barnums", "grand barnum blanc"])
def test_search_types__finds_the_type_behind_a_word_people_say(text: str) -> None:
    assert codes(text) == ["tente"]


@pytest.mark.parametrize("text", ["éplu", "epluchures", "épluchure", "legumes"])
def test_search_types__forgives_accents_and_endings(text: str) -> None:
    assert codes(text)[0] == "epluchures"


def test_search_types__says_which_word_answered() -> None:
    assert search_types(text="dechets de cuisine")[0].matched == "déchets de cuisine"


def test_search_types__keeps_to_one_family_when_asked() -> None:
    assert codes("barnum", kind="material") == []


@pytest.mark.parametrize("text", ["", "e", "%%", "zzzzqq", "🙂"])
def test_search_types__finds_nothing_in_nothing(text: str) -> None:
    assert codes(text) == []


def test_search_types__asks_three_questions(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    with django_assert_num_queries(3):
        search_types(text="dechets")


def test_type_tree__puts_children_under_their_parent_in_one_question(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    with django_assert_num_queries(1):
        roots = {root.code: [child.code for child in root.children] for root in type_tree()}
    assert roots == {"tente": [], "biodechets": ["epluchures"]}


def test_types_for_engine__gives_parents_first_with_what_they_require() -> None:
    piles = make_resource_type("piles", waste_code="16 06 02*", requires=[make_authorisation()])
    make_type_link(piles, make_resource_type("metaux"), closeness="0.60")
    rows = types_for_engine()
    order = [row.code for row in rows.types]
    assert order.index("biodechets") < order.index("epluchures")
    assert next(row for row in rows.types if row.code == "piles").requires == ("dechets-dangereux",)
    assert next(row for row in rows.types if row.code == "piles").hazardous
    assert [(link.offer, link.need, link.closeness) for link in rows.links] == [("piles", "metaux", 0.6)]
