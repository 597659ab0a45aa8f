"""Who may do what with a project, as a table."""

import pytest

from maillage.core.errors import Refused
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.projects import operations, policies
from maillage.domain.projects.models import Project
from maillage.domain.projects.policies import Standing
from maillage.domain.projects.queries import project_in, project_sheet, projects_list
from tests.factories import TODAY
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.factories.projects import make_party, make_project, make_task

pytestmark = pytest.mark.django_db


def who(role: str, project: Project) -> Viewer:
    pole, lead = project.process.pole, project.process.lead
    if role == "lead":
        return make_viewer(Role.MEMBER, pole, lead)
    if role in {"party", "past party"}:
        organisation = make_organisation()
        party = make_party(project, organisation)
        if role == "past party":
            operations.end_party(party=party, on=TODAY)
        return make_viewer(Role.MEMBER, pole, organisation)
    return make_viewer(Role(role), pole)


@pytest.mark.parametrize(
    ("role", "parties", "members", "public"),
    [
        ("facilitator", Standing.RUNS, Standing.RUNS, Standing.RUNS),
        ("administrator", Standing.RUNS, Standing.RUNS, Standing.RUNS),
        ("lead", Standing.LEADS, Standing.LEADS, Standing.LEADS),
        ("party", Standing.WORKS, Standing.WORKS, Standing.WORKS),
        ("past party", Standing.NOTHING, Standing.READS, Standing.READS),
        ("member", Standing.NOTHING, Standing.READS, Standing.READS),
        ("authority_agent", Standing.NOTHING, Standing.READS, Standing.READS),
        ("network", Standing.NOTHING, Standing.NOTHING, Standing.SUMMARY),
        ("visitor", Standing.NOTHING, Standing.NOTHING, Standing.SUMMARY),
    ],
)
def test_standing__of_each_role_is_what_the_table_says(
    role: str, parties: Standing, members: Standing, public: Standing
) -> None:
    for visibility, wanted in (("parties", parties), ("members", members), ("public", public)):
        project = make_project(
            pole=make_pole(), lead=make_organisation(), visibility=visibility, summary="Un résumé."
        )
        viewer = who(role, project)
        assert policies.standing_in(viewer, project) == wanted, visibility
        found = project_in(viewer=viewer, pole=project.process.pole, pk=project.pk)
        assert (found is not None) is (wanted > Standing.NOTHING), visibility
        assert len(projects_list(viewer=viewer, pole=project.process.pole)) == (wanted > Standing.NOTHING)


@pytest.mark.parametrize(
    ("role", "work", "steer"),
    [("facilitator", True, True), ("lead", True, True), ("party", True, False), ("member", False, False)],
)
def test_project__is_worked_on_by_its_parties_and_steered_by_its_lead(
    role: str, work: bool, steer: bool
) -> None:
    project = make_project(pole=make_pole(), lead=make_organisation())
    viewer = who(role, project)
    assert policies.user_can_work_on_project(viewer, project) is work
    assert policies.user_can_steer_project(viewer, project) is steer
    assert policies.user_can_move_stage(viewer, project, verb="study") is steer


def test_summary__gives_nothing_of_the_rest_to_a_visitor() -> None:
    project = make_project(pole=make_pole(), visibility="public", summary="Pour tous.", description="Secret.")
    make_task(project)
    make_party(project)
    found = project_sheet(viewer=make_viewer(Role.VISITOR), project=project)
    assert found.row.summary == "Pour tous."
    assert (found.description, found.todo, found.parties, found.history) == ("", (), (), ())
    assert (found.row.todo, found.row.parties) == (0, 0)


def test_task__is_finished_by_its_owner_and_changed_by_the_project_only() -> None:
    project = make_project(pole=make_pole())
    owner = make_viewer(Role.MEMBER, project.process.pole)
    assert owner.account is not None
    task = make_task(project, owner=owner.account.person)
    assert policies.user_can_move_task(owner, task, verb="finish")
    assert not policies.user_can_change_task(owner, task)
    other = make_viewer(Role.MEMBER, project.process.pole)
    with pytest.raises(Refused, match="Seules l’animation du pôle et les structures du projet"):
        policies.check_user_can_move_task(other, task, verb="finish")
