"""A viewer's roles come from the mandates that run on the day."""

from datetime import timedelta

import pytest

from maillage.domain.actors.viewer import Role, Viewer
from tests.factories import TODAY
from tests.factories.actors import make_account, make_mandate, make_organisation, make_pole, make_viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_viewer__holds_the_role_of_its_mandate(role: Role) -> None:
    pole = make_pole()
    assert make_viewer(role, pole).roles_in(pole.pk) == {role}


@pytest.mark.parametrize("role", list(Role))
def test_viewer__is_a_visitor_in_another_pole(role: Role) -> None:
    viewer = make_viewer(role, make_pole())
    assert viewer.roles_in(make_pole().pk) == {Role.VISITOR}


def test_viewer__loses_the_role_the_day_the_mandate_ends() -> None:
    account, pole = make_account(), make_pole()
    make_mandate(account.person, pole, role="facilitator", until=TODAY)
    assert Viewer(account=account, on=TODAY - timedelta(days=1)).runs(pole.pk)
    assert not Viewer(account=account, on=TODAY).runs(pole.pk)


def test_viewer__acts_for_the_only_one_or_the_chosen_one() -> None:
    pole, one, two = make_pole(), make_organisation(), make_organisation()
    viewer = make_viewer(Role.MEMBER, pole, one)
    assert viewer.acts_for(pole.pk) == one.pk
    assert viewer.account is not None
    make_mandate(viewer.account.person, pole, organisation=two)
    assert Viewer(viewer.account, viewer.on).acts_for(pole.pk) is None
    assert Viewer(viewer.account, viewer.on, two.pk).acts_for(pole.pk) == two.pk
    assert Viewer(viewer.account, viewer.on, make_organisation().pk).acts_for(pole.pk) is None


def test_viewer__speaks_for_the_organisations_of_its_mandates() -> None:
    pole, organisation = make_pole(), make_organisation()
    viewer = make_viewer(Role.MEMBER, pole, organisation)
    assert viewer.organisations_in(pole.pk) == {organisation.pk}
