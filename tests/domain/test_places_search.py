"""Communes are found by name, code or postcode; accents, hyphens and near misses are forgiven."""

import pytest

from maillage.domain.places.queries import search_municipalities, suggest_municipalities
from tests.factories.places import make_municipality, make_territory

pytestmark = pytest.mark.django_db


def names(text: str, **options: object) -> list[str]:
    return [one.label for one in search_municipalities(text=text, **options)]  # type: ignore[arg-type] # options of the test


@pytest.fixture(autouse=True)
def _communes() -> None:
    make_municipality("Saint-Amand-Montrond", "18197", postcodes=("18200",), population=9500)
    make_municipality("Châlette-sur-Loing", "45068", postcodes=("45120",), population=12_600)
    make_municipality("Amilly", "28006", has_homonym=True, postcodes=("28300",), population=2000)
    make_municipality("Amilly", "45004", has_homonym=True, postcodes=("45200",), population=13_000)
    make_municipality("Bourg", "33067", population=2200)
    make_municipality("Bourges", "18033", postcodes=("18000",), population=64_000)
    make_municipality("Bourg-en-Bresse", "01053", population=41_000)
    make_municipality("Afa", "2A001", population=3000)
    make_municipality("L’Œil-Perdu", "89001", population=10)


@pytest.mark.parametrize(
    "text", ["saint amand", "SAINT-AMAND-MONTROND", "st amand m", "St-Amand", "montrond", "18197", "18200"]
)
def test_search__forgives_case_hyphens_and_shortenings(text: str) -> None:
    assert names(text)[0] == "Saint-Amand-Montrond"


@pytest.mark.parametrize("text", ["chalette", "Châlette", "CHALETTE SUR", "45068"])
def test_search__forgives_accents(text: str) -> None:
    assert names(text) == ["Châlette-sur-Loing"]


def test_search__finds_a_ligature_written_in_two_letters() -> None:
    assert names("l'oeil") == ["L’Œil-Perdu"]


def test_search__labels_homonyms_the_most_peopled_first() -> None:
    assert names("amilly") == ["Amilly (45)", "Amilly (28)"]


def test_search__understands_a_label() -> None:
    assert names("Amilly (28)") == ["Amilly (28)"]


def test_search__puts_the_exact_name_before_the_longer_ones() -> None:
    assert names("bourg")[:3] == ["Bourg", "Bourges", "Bourg-en-Bresse"]


def test_search__puts_the_territory_first() -> None:
    territory = make_territory(municipalities=[make_municipality(code="18033")])
    assert names("bourg", near_territory=territory)[0] == "Bourges"


def test_search__reads_corsican_codes() -> None:
    assert names("2a0") == ["Afa"]


def test_search__adds_near_misses_and_says_so() -> None:
    found = search_municipalities(text="Amily")
    assert {one.label for one in found} == {"Amilly (28)", "Amilly (45)"}
    assert all(one.is_near_miss for one in found)


@pytest.mark.parametrize("text", ["", "  ", "-", "’", "🙂", "%", "_", "qsdfghjk"])
def test_search__finds_nothing_in_nothing(text: str) -> None:
    assert names(text) == []


def test_search__keeps_to_its_limit() -> None:
    assert len(names("b", limit=2)) == 2


def test_search__asks_one_question(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    with django_assert_num_queries(1):
        search_municipalities(text="bourg")


def test_suggest__proposes_the_nearest_spellings_with_their_departement() -> None:
    suggestion = suggest_municipalities(text="Amily", near_territory=make_territory())
    assert (
        suggestion.sentence
        == "Aucune commune ne s’écrit “Amily”. Vouliez-vous dire Amilly (45) ou Amilly (28) ?"
    )


def test_suggest__proposes_the_postcode_when_nothing_is_near() -> None:
    assert suggest_municipalities(text="Qwfpgj").sentence.endswith("Essayez avec le code postal.")
