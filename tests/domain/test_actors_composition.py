"""The « article 9 » composition: what is there, what is missing, in words."""

from datetime import timedelta

import pytest

from maillage.domain.actors.models import Pole
from maillage.domain.actors.queries import article_9_composition
from tests.factories import TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole

pytestmark = pytest.mark.django_db


def missing(pole: Pole) -> set[str]:
    composition = article_9_composition(pole=pole, on=TODAY)
    return {one.code for one in composition.requirements if not one.is_met}


def pole_of(*families: str) -> Pole:
    pole = make_pole()
    for family in families:
        make_membership(pole, make_organisation(family=family))
    return pole


@pytest.mark.parametrize(
    ("families", "lacking"),
    [
        ((), {"three", "social", "business", "other"}),
        (("social", "business"), {"three", "other"}),
        (("social", "social", "social"), {"business", "other"}),
        (("social", "business", "authority"), set()),
        (("social", "business", "training"), set()),
        (("social", "business", "people"), set()),
        (("business", "authority", "training"), {"social"}),
    ],
)
def test_composition__names_each_missing_family(families: tuple[str, ...], lacking: set[str]) -> None:
    assert missing(pole_of(*families)) == lacking


def test_composition__counts_the_sponsor() -> None:
    pole = make_pole(sponsor=make_organisation(family="social"))
    make_membership(pole, make_organisation(family="business"))
    make_membership(pole, make_organisation(family="authority"))
    assert missing(pole) == set()


def test_composition__does_not_count_a_group_without_legal_form() -> None:
    pole = pole_of("social", "business")
    make_membership(pole, make_organisation(family="people", legal_form="informal"))
    assert missing(pole) == {"three", "other"}


def test_composition__does_not_count_who_left() -> None:
    pole = pole_of("social", "business")
    make_membership(pole, make_organisation(family="authority"), until=TODAY - timedelta(days=1))
    assert missing(pole) == {"three", "other"}


def test_composition__says_what_is_missing_what_to_check_and_its_source() -> None:
    pole = make_pole()
    make_membership(pole, make_organisation("Les Rives", family="social"))
    composition = article_9_composition(pole=pole, on=TODAY)
    assert not composition.is_met
    assert composition.requirements[0].sentence == "Il manque 2 personnes morales membre du pôle."
    assert composition.to_check == ("« Les Rives » : dites à quel titre elle appartient à l’ESS.",)
    assert "2015-431" in composition.source
