"""A need becomes a working group in one click, and only one."""

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Intent
from maillage.domain.projects import operations
from maillage.domain.projects.models import Project
from maillage.domain.projects.queries import projects_for_need
from tests.factories import NOW, TODAY
from tests.factories.actors import Role, make_viewer
from tests.factories.exchanges import make_need, make_offer, make_support
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


def open_group(need: Intent) -> tuple[Project, bool]:
    return operations.open_group_for_need(need=need, on=TODAY, at=NOW, by=None)


def test_group__seats_who_said_the_need_and_who_shares_it() -> None:
    need = make_need()
    support = make_support(need)
    group, is_new = open_group(need)
    assert is_new
    assert group.kind == "group"
    seated = set(group.parties.values_list("organisation_id", flat=True))
    assert seated == {need.author_id, support.organisation_id}


def test_group__is_opened_once_however_often_one_clicks() -> None:
    need = make_need()
    first, _ = open_group(need)
    assert open_group(need) == (first, False)


def test_group__of_an_anonymous_need_names_nobody_and_is_not_shown_to_members() -> None:
    need = make_need(visibility=Visibility.ANONYMOUS)
    group, _ = open_group(need)
    assert not group.parties.exists()
    assert need.title not in group.process.name
    member = make_viewer(Role.MEMBER, need.pole)
    assert projects_for_need(viewer=member, pole=need.pole, need_id=need.pk) == []


def test_group__and_need_are_linked_both_ways() -> None:
    need = make_need()
    group, _ = open_group(need)
    viewer = make_viewer(Role.FACILITATOR, need.pole)
    assert [one.pk for one in projects_for_need(viewer=viewer, pole=need.pole, need_id=need.pk)] == [group.pk]
    operations.unlink_need(project=group, need=need)
    assert not group.process.needs.exists()


def test_project__answers_needs_of_its_pole_only() -> None:
    project = make_project()
    with pytest.raises(UserMistake, match="un besoin de ce pôle"):
        operations.link_need(project=project, need=make_need())
    with pytest.raises(UserMistake, match="un besoin de ce pôle"):
        operations.link_need(project=project, need=make_offer(pole=project.process.pole))


def test_group__becomes_a_project_and_loses_nothing() -> None:
    group, _ = open_group(make_need())
    operations.make_project(project=group)
    assert Project.objects.get(pk=group.pk).kind == "project"
    assert group.parties.exists()
