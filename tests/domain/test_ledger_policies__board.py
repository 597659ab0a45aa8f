"""What the board of a pole reads of its agreements."""

import pytest

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger import policies
from maillage.domain.ledger.queries import agreements_list
from tests.factories.actors import make_mandate, make_organisation, make_pole, make_viewer
from tests.factories.exchanges import make_need
from tests.factories.ledger import make_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


@pytest.fixture
def two() -> tuple[Organisation, Organisation]:
    return make_organisation(), make_organisation()


def test_board__reads_what_stands_and_no_draft(pole: Pole, two: tuple[Organisation, Organisation]) -> None:
    board = make_viewer(Role.BOARD, pole)
    stands, draft = make_agreement(*two, pole=pole), make_agreement(*two, pole=pole, is_active=False)
    assert policies.user_can_see_agreement(board, stands)
    assert not policies.user_can_see_agreement(board, draft)
    assert [row.pk for row in agreements_list(viewer=board, pole=pole)] == [stands.pk]


def test_board__reads_nothing_that_was_said_in_confidence(
    pole: Pole, two: tuple[Organisation, Organisation]
) -> None:
    board = make_viewer(Role.BOARD, pole)
    secret = make_agreement(*two, pole=pole)
    secret.need = make_need(pole=pole, author=two[0], visibility="anonymous")
    secret.save(update_fields=["need"])
    assert not policies.user_can_see_agreement(board, secret)
    assert agreements_list(viewer=board, pole=pole) == ()


def test_board__changes_nothing(pole: Pole, two: tuple[Organisation, Organisation]) -> None:
    board, stands = make_viewer(Role.BOARD, pole), make_agreement(*two, pole=pole)
    assert all(policies.agreement_refusals(board, stands).values())


def test_board__speaks_for_no_organisation_by_its_mandate(pole: Pole) -> None:
    board = make_viewer(Role.BOARD, pole)
    assert board.account is not None
    assert board.account.person is not None
    make_mandate(board.account.person, pole, role="board", organisation=make_organisation(), since=board.on)
    board = type(board)(account=board.account, on=board.on)
    assert board.organisations_in(pole.pk) == frozenset()
