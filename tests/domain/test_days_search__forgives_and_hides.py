"""Search forgives typing mistakes, and finds nothing one may not see."""

import pytest

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role, viewer_of
from maillage.domain.days.queries import search_everything
from maillage.domain.exchanges.enums import Visibility
from tests.factories import TODAY
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.exchanges import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def titles(pole: Pole, text: str, role: Role | None = Role.FACILITATOR) -> list[str]:
    account = make_account(role, pole, make_organisation() if role is Role.MEMBER else None) if role else None
    groups = search_everything(viewer=viewer_of(account=account, on=TODAY), pole=pole, text=text)
    return [row.title for group in groups for row in group.rows]


@pytest.mark.parametrize("text", ["recyclerie", "RECYCLERI", "recylcerie", "reciclerie"])
def test_search__finds_a_structure_in_spite_of_mistakes(pole: Pole, text: str) -> None:
    make_membership(pole, make_organisation("Recyclerie du Canal"))
    assert titles(pole, text) == ["Recyclerie du Canal"]


def test_search__under_two_letters_finds_nothing(pole: Pole) -> None:
    make_membership(pole, make_organisation("Recyclerie du Canal"))
    assert titles(pole, "r") == []


def test_search__finds_a_need_by_a_word_of_its_title(pole: Pole) -> None:
    make_need(pole=pole, title="Il manque un fourgon le mardi")
    assert "Il manque un fourgon le mardi" in titles(pole, "fourgons")


@pytest.mark.parametrize("visibility", [Visibility.ANONYMOUS, Visibility.FACILITATORS])
def test_search__by_a_member_does_not_find_what_is_hidden(pole: Pole, visibility: str) -> None:
    make_need(pole=pole, title="Zwyxfourgon secret", visibility=visibility)
    assert titles(pole, "zwyxfourgon", Role.MEMBER) == []


def test_search__by_a_visitor_finds_no_person(pole: Pole) -> None:
    account = make_account(Role.MEMBER, pole, make_organisation("Cantine"))
    assert account.person is not None
    name = str(account.person)
    assert titles(pole, name, None) == []
