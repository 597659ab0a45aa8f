"""Tasks: in order, late first, dropped with a reason, reminded once a day."""

from datetime import timedelta

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Person
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.mail.models import Message, Notification
from maillage.domain.projects import operations
from maillage.domain.projects.models import Project
from maillage.domain.projects.queries import my_tasks, project_sheet
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_person, make_pole
from tests.factories.projects import make_meeting, make_project, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(pole=make_pole())


@pytest.fixture
def viewer(project: Project) -> Viewer:
    return Viewer(account=make_account(Role.FACILITATOR, project.process.pole), on=TODAY)


def person_of(viewer: Viewer) -> Person:
    assert viewer.account is not None
    assert viewer.account.person is not None
    return viewer.account.person


def remind(days: int = 0) -> int:
    on, at = TODAY + timedelta(days=days), NOW + timedelta(days=days)
    return operations.remind_owners(
        on=on, at=at, site="https://exemple.fr", page=lambda pole: f"/p/{pole.slug}/"
    )


def test_tasks__show_late_first_then_the_order_people_gave(project: Project, viewer: Viewer) -> None:
    make_task(project, title="une")
    last = make_task(project, title="deux")
    make_task(project, title="en retard", due_on=TODAY - timedelta(days=1))
    operations.shift_task(task=last, earlier=True)
    titles = [one.title for one in project_sheet(viewer=viewer, project=project).todo]
    assert titles == ["en retard", "deux", "une"]


def test_tasks__of_one_person_come_from_every_project(project: Project, viewer: Viewer) -> None:
    other = make_project(pole=project.process.pole, name="Autre")
    make_task(project, owner=person_of(viewer), due_on=TODAY + timedelta(days=5))
    make_task(other, title="tôt", owner=person_of(viewer), due_on=TODAY)
    make_task(other, title="à personne")
    assert [one.title for one in my_tasks(viewer=viewer, pole=project.process.pole)] == [
        "tôt",
        "Appeler la mairie",
    ]


def test_task__is_for_somebody_of_the_pole(project: Project) -> None:
    with pytest.raises(UserMistake, match="n’a pas de rôle dans ce pôle"):
        make_task(project, owner=make_person())


def test_task__is_dropped_with_a_reason_and_taken_up_again(project: Project) -> None:
    task = make_task(project)
    with pytest.raises(UserMistake, match="Dites pourquoi"):
        operations.move_task(task=task, verb="drop", at=NOW)
    operations.move_task(task=task, verb="drop", at=NOW, reason="La mairie a répondu.")
    again = operations.move_task(task=task, verb="reopen", at=NOW)
    assert (again.state, again.reason, again.closed_at) == ("todo", "", None)
    with pytest.raises(UserMistake, match="déjà « à faire »"):
        operations.move_task(task=task, verb="reopen", at=NOW)


def test_action__of_a_meeting_names_who_and_when(project: Project, viewer: Viewer) -> None:
    meeting = make_meeting(project)
    with pytest.raises(UserMistake, match="Dites qui"):
        make_task(meeting=meeting, due_on=TODAY)
    with pytest.raises(UserMistake, match="pour quand"):
        make_task(meeting=meeting, owner=person_of(viewer))
    made = make_task(meeting=meeting, owner=person_of(viewer), due_on=TODAY)
    assert made.project == project
    assert list(meeting.tasks.all()) == [made]


def test_reminder__is_one_letter_a_person_a_day_however_often_it_runs(
    project: Project, viewer: Viewer
) -> None:
    for title in ("une", "deux"):
        make_task(project, title=title, owner=person_of(viewer), due_on=TODAY)
    assert remind() == 1
    remind()
    letter = Message.objects.get()
    assert letter.subject == "À faire : 2 tâches"
    assert letter.to == viewer.account.email  # type: ignore[union-attr]  # the viewer has an account
    assert Notification.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "is_told"), [(-2, False), (-1, True), (0, True), (1, True), (2, False), (8, True)]
)
def test_reminder__comes_the_day_before_the_day_itself_then_each_week(
    project: Project, viewer: Viewer, days: int, is_told: bool
) -> None:
    make_task(project, owner=person_of(viewer), due_on=TODAY)
    remind(days)
    assert Message.objects.exists() is is_told


def test_reminder__leaves_stopped_projects_alone(project: Project, viewer: Viewer) -> None:
    make_task(project, owner=person_of(viewer), due_on=TODAY)
    operations.move_stage(project=project, verb="stop", on=TODAY, at=NOW, by=None, reason="Fini.")
    assert remind() == 0
