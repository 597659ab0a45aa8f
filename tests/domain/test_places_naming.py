"""A name gives one commune, or a mistake that carries the candidates."""

import pytest

from maillage.domain.places.queries import AmbiguousMunicipality, UnknownMunicipality, municipality_named
from tests.factories.places import make_municipality, make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _communes() -> None:
    make_municipality("Amilly", "28006", has_homonym=True, postcodes=("28300",))
    make_municipality("Amilly", "45004", has_homonym=True, postcodes=("45200",))
    make_municipality("Saint-Amand-Montrond", "18197")


@pytest.mark.parametrize("text", ["St Amand Montrond", "saint-amand-montrond", "18197"])
def test_municipality_named__finds_one_name_however_written(text: str) -> None:
    assert municipality_named(text).code == "18197"


def test_municipality_named__parts_homonyms_by_departement() -> None:
    assert municipality_named("Amilly", "45").code == "45004"
    assert municipality_named("Amilly (28)").code == "28006"


def test_municipality_named__parts_homonyms_by_postcode() -> None:
    assert municipality_named("Amilly", postcode="45200").code == "45004"


def test_municipality_named__parts_homonyms_by_territory() -> None:
    territory = make_territory(municipalities=[make_municipality(code="45004")])
    assert municipality_named("Amilly", near_territory=territory).code == "45004"


def test_municipality_named__refuses_to_guess_between_homonyms() -> None:
    with pytest.raises(AmbiguousMunicipality, match="Amilly \\(28\\), Amilly \\(45\\)") as caught:
        municipality_named("Amilly")
    assert [one.code for one in caught.value.candidates] == ["28006", "45004"]


def test_municipality_named__proposes_when_nothing_is_written_so() -> None:
    with pytest.raises(UnknownMunicipality, match="Vouliez-vous dire") as caught:
        municipality_named("Amily")
    assert len(caught.value.candidates) == 2


def test_municipality_named__refuses_an_empty_name() -> None:
    with pytest.raises(UnknownMunicipality):
        municipality_named("")
