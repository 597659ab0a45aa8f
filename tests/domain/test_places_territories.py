"""A territory is any named set of communes."""

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.places.operations import create_territory, update_territory
from tests.factories.places import make_intermunicipal_body, make_municipality

pytestmark = pytest.mark.django_db


def test_create_territory__mixes_an_epci_a_departement_and_a_list_without_repeats() -> None:
    body = make_intermunicipal_body()
    one = make_municipality(code="45001", body=body)
    other = make_municipality(code="89001", body=body)
    third = make_municipality(code="18033")
    territory = create_territory(
        name="Gâtinais élargi",
        epci_sirens=[body.pk],
        department_codes=["45"],
        municipality_codes=[third.code, one.code],
    )
    assert set(territory.municipalities.all()) == {one, other, third}
    assert territory.slug == "gatinais-elargi"


def test_create_territory__refuses_an_empty_set() -> None:
    with pytest.raises(UserMistake, match="au moins une commune"):
        create_territory(name="Vide")


def test_create_territory__refuses_no_name() -> None:
    with pytest.raises(UserMistake, match="nom"):
        create_territory(name="  ", municipality_codes=[make_municipality().code])


def test_create_territory__names_unknown_codes() -> None:
    with pytest.raises(UserMistake, match="départements connus : 98"):
        create_territory(name="Ailleurs", department_codes=["98"])


def test_create_territory__refuses_a_name_already_taken() -> None:
    code = make_municipality().code
    create_territory(name="Ici", municipality_codes=[code])
    with pytest.raises(UserMistake, match="déjà"):
        create_territory(name="Ici", municipality_codes=[code])


def test_update_territory__replaces_the_communes() -> None:
    territory = create_territory(name="Ici", municipality_codes=[make_municipality().code])
    other = make_municipality()
    update_territory(territory=territory, municipality_codes=[other.code])
    assert list(territory.municipalities.all()) == [other]
