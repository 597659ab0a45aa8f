"""Who may do what with projects, meetings, tasks and trials; always in pairs."""

from collections.abc import Callable
from enum import IntEnum

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects.enums import MeetingState, ProjectVisibility, TaskState, TrialState
from maillage.domain.projects.models import Meeting, Project, ProjectTask, Trial
from maillage.domain.projects.running import runs_on
from maillage.domain.projects.states import MEETING_TRANSITIONS, STAGE_TRANSITIONS, TASK_TRANSITIONS

_SIGN_IN = "Connectez-vous d’abord."
_WORKERS = "Seules l’animation du pôle et les structures du projet peuvent le faire."
_STEERERS = "Seules l’animation du pôle et la structure qui porte le projet peuvent le faire."
_TEAM = "Seule l’animation du pôle peut le faire."
STANDS = {
    MeetingState.POLLING: "La date de cette réunion n’est pas encore trouvée.",
    MeetingState.PLANNED: "Cette réunion est prévue, elle n’est pas encore tenue.",
    MeetingState.HELD: "Cette réunion a eu lieu.",
    MeetingState.CANCELLED: "Cette réunion est annulée.",
}


class Standing(IntEnum):
    """How close somebody is to a project; each step may do what the step below may."""

    NOTHING = 0
    SUMMARY = 1
    READS = 2
    WORKS = 3
    LEADS = 4
    RUNS = 5


def standing_in(viewer: Viewer, project: Project) -> Standing:
    """Return how close the viewer is to a project."""
    pole_id = project.process.pole_id
    if viewer.runs(pole_id):
        return Standing.RUNS
    mine = spoken_for(viewer, pole_id)
    if project.process.lead_id is not None and project.process.lead_id in mine:
        return Standing.LEADS
    if mine and project.parties.filter(runs_on(viewer.on), organisation__in=mine).exists():
        return Standing.WORKS
    if viewer.belongs(pole_id) and project.visibility != ProjectVisibility.PARTIES:
        return Standing.READS
    return Standing.SUMMARY if project.visibility == ProjectVisibility.PUBLIC else Standing.NOTHING


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def reason_of(check: Callable[[], None]) -> str:
    """Return why not, or "" when one may: for the screen."""
    try:
        check()
    except Refused as refused:
        return refused.message
    return ""


def _refuse(viewer: Viewer, reason: str) -> Refused:
    return Refused(reason if viewer.is_signed_in else _SIGN_IN)


def _at_least(viewer: Viewer, project: Project, least: Standing, reason: str) -> None:
    if standing_in(viewer, project) < least:
        raise _refuse(viewer, reason)


def _must_run(viewer: Viewer, pole_id: int) -> None:
    if not viewer.runs(pole_id):
        raise _refuse(viewer, _TEAM)


def check_user_can_open_project(viewer: Viewer, pole: Pole) -> None:
    """Refuse who may not open a project or a working group: the facilitators do."""
    if not viewer.runs(pole.pk):
        raise _refuse(viewer, "Seule l’animation du pôle ouvre un projet ou un groupe de travail.")


def user_can_open_project(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_open_project`` lets pass."""
    return _allowed(lambda: check_user_can_open_project(viewer, pole))


def check_user_can_see_project(viewer: Viewer, project: Project) -> None:
    """Refuse who may not read even the summary."""
    _at_least(viewer, project, Standing.SUMMARY, "Ce projet est réservé à ses structures et à l’animation.")


def user_can_see_project(viewer: Viewer, project: Project) -> bool:
    """Say whether ``check_user_can_see_project`` lets pass."""
    return _allowed(lambda: check_user_can_see_project(viewer, project))


def check_user_can_read_project(viewer: Viewer, project: Project) -> None:
    """Refuse who may not read tasks, meetings and measures."""
    _at_least(viewer, project, Standing.READS, "Le détail de ce projet est réservé aux membres du pôle.")


def user_can_read_project(viewer: Viewer, project: Project) -> bool:
    """Say whether ``check_user_can_read_project`` lets pass."""
    return _allowed(lambda: check_user_can_read_project(viewer, project))


def check_user_can_work_on_project(viewer: Viewer, project: Project) -> None:
    """Refuse who may not write tasks, meetings, minutes, measures and files."""
    _at_least(viewer, project, Standing.WORKS, _WORKERS)


def user_can_work_on_project(viewer: Viewer, project: Project) -> bool:
    """Say whether ``check_user_can_work_on_project`` lets pass."""
    return _allowed(lambda: check_user_can_work_on_project(viewer, project))


def check_user_can_steer_project(viewer: Viewer, project: Project) -> None:
    """Refuse who may not change the sheet, the parties, the stage, nor decide of a trial."""
    _at_least(viewer, project, Standing.LEADS, _STEERERS)


def user_can_steer_project(viewer: Viewer, project: Project) -> bool:
    """Say whether ``check_user_can_steer_project`` lets pass."""
    return _allowed(lambda: check_user_can_steer_project(viewer, project))


def check_user_can_move_stage(viewer: Viewer, project: Project, *, verb: str) -> None:
    """Refuse who may not move the stage, and a move that this stage does not allow."""
    check_user_can_steer_project(viewer, project)
    if project.process.stage not in STAGE_TRANSITIONS[verb].starts:
        stage = ProcessStage(project.process.stage).label
        raise Refused(f"Le projet en est au stade « {stage} » : ce pas n’est pas possible d’ici.")


def user_can_move_stage(viewer: Viewer, project: Project, *, verb: str) -> bool:
    """Say whether ``check_user_can_move_stage`` lets pass."""
    return _allowed(lambda: check_user_can_move_stage(viewer, project, verb=verb))


def check_user_can_see_meeting(viewer: Viewer, meeting: Meeting) -> None:
    """Refuse who may not read a meeting: that of a project is its readers', that of the pole is its members'."""
    if meeting.project is not None:
        check_user_can_read_project(viewer, meeting.project)
    elif not viewer.belongs(meeting.pole_id):
        raise _refuse(viewer, "Les réunions du pôle sont réservées à ses membres.")


def user_can_see_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether ``check_user_can_see_meeting`` lets pass."""
    return _allowed(lambda: check_user_can_see_meeting(viewer, meeting))


def check_user_can_prepare_meeting(viewer: Viewer, meeting: Meeting) -> None:
    """Refuse who may not write the agenda, invite, note who came, write the minutes."""
    if meeting.project is not None:
        check_user_can_work_on_project(viewer, meeting.project)
    else:
        _must_run(viewer, meeting.pole_id)


def user_can_prepare_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether ``check_user_can_prepare_meeting`` lets pass."""
    return _allowed(lambda: check_user_can_prepare_meeting(viewer, meeting))


def check_user_can_change_meeting(viewer: Viewer, meeting: Meeting) -> None:
    """Refuse a change of a meeting that was held or cancelled."""
    check_user_can_prepare_meeting(viewer, meeting)
    if meeting.state in {MeetingState.HELD, MeetingState.CANCELLED}:
        raise Refused(STANDS[MeetingState(meeting.state)])


def user_can_change_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether ``check_user_can_change_meeting`` lets pass."""
    return _allowed(lambda: check_user_can_change_meeting(viewer, meeting))


def check_user_can_move_meeting(viewer: Viewer, meeting: Meeting, *, verb: str) -> None:
    """Refuse a move that the state of the meeting does not allow."""
    check_user_can_prepare_meeting(viewer, meeting)
    if meeting.state not in MEETING_TRANSITIONS[verb].starts:
        raise Refused(STANDS[MeetingState(meeting.state)])


def user_can_move_meeting(viewer: Viewer, meeting: Meeting, *, verb: str) -> bool:
    """Say whether ``check_user_can_move_meeting`` lets pass."""
    return _allowed(lambda: check_user_can_move_meeting(viewer, meeting, verb=verb))


def check_user_can_write_minutes(viewer: Viewer, meeting: Meeting) -> None:
    """Refuse who may not write the draft of the minutes, and minutes that are published or of no meeting."""
    check_user_can_prepare_meeting(viewer, meeting)
    if meeting.published_at is not None:
        raise Refused("Ce compte rendu est publié : il ne change plus. Écrivez un complément.")
    if meeting.state in {MeetingState.POLLING, MeetingState.CANCELLED}:
        raise Refused(STANDS[MeetingState(meeting.state)])


def user_can_write_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether ``check_user_can_write_minutes`` lets pass."""
    return _allowed(lambda: check_user_can_write_minutes(viewer, meeting))


def check_user_can_read_minutes(viewer: Viewer, meeting: Meeting) -> None:
    """Refuse the draft to who does not write it; published minutes are for all who read the meeting."""
    check_user_can_see_meeting(viewer, meeting)
    if meeting.published_at is None and not user_can_prepare_meeting(viewer, meeting):
        raise Refused("Le compte rendu n’est pas encore publié.")


def user_can_read_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether ``check_user_can_read_minutes`` lets pass."""
    return _allowed(lambda: check_user_can_read_minutes(viewer, meeting))


def check_user_can_add_to_minutes(viewer: Viewer, meeting: Meeting) -> None:
    """Refuse an addendum to minutes that are still a draft."""
    check_user_can_prepare_meeting(viewer, meeting)
    if meeting.published_at is None:
        raise Refused("Ce compte rendu n’est pas encore publié : corrigez-le directement.")


def user_can_add_to_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether ``check_user_can_add_to_minutes`` lets pass."""
    return _allowed(lambda: check_user_can_add_to_minutes(viewer, meeting))


def check_user_can_hold_pole_meeting(viewer: Viewer, pole: Pole) -> None:
    """Refuse who may not call a meeting of the whole pole."""
    if not viewer.runs(pole.pk):
        raise _refuse(viewer, "Seule l’animation du pôle convoque une réunion de tout le pôle.")


def user_can_hold_pole_meeting(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_hold_pole_meeting`` lets pass."""
    return _allowed(lambda: check_user_can_hold_pole_meeting(viewer, pole))


def owns_task(viewer: Viewer, task: ProjectTask) -> bool:
    """Say whether the task is this person's."""
    person = viewer.account.person_id if viewer.account is not None else None
    return person is not None and task.owner_id == person


def check_user_can_change_task(viewer: Viewer, task: ProjectTask) -> None:
    """Refuse who may not change what a task says, whose it is and when it is due."""
    if task.project is not None:
        check_user_can_work_on_project(viewer, task.project)
    elif task.meeting is not None:
        check_user_can_prepare_meeting(viewer, task.meeting)


def user_can_change_task(viewer: Viewer, task: ProjectTask) -> bool:
    """Say whether ``check_user_can_change_task`` lets pass."""
    return _allowed(lambda: check_user_can_change_task(viewer, task))


def check_user_can_move_task(viewer: Viewer, task: ProjectTask, *, verb: str) -> None:
    """Refuse who is neither of the project nor the owner, and a move that the state does not allow."""
    pole_id = task.project.process.pole_id if task.project is not None else 0
    pole_id = pole_id or (task.meeting.pole_id if task.meeting is not None else 0)
    if not (owns_task(viewer, task) and viewer.belongs(pole_id)):
        check_user_can_change_task(viewer, task)
    if task.state not in TASK_TRANSITIONS[verb].starts:
        raise Refused(f"Cette tâche est « {TaskState(task.state).label.lower()} ».")


def user_can_move_task(viewer: Viewer, task: ProjectTask, *, verb: str) -> bool:
    """Say whether ``check_user_can_move_task`` lets pass."""
    return _allowed(lambda: check_user_can_move_task(viewer, task, verb=verb))


def check_user_can_measure(viewer: Viewer, trial: Trial) -> None:
    """Refuse a measure of a trial that was decided."""
    check_user_can_work_on_project(viewer, trial.project)
    if trial.state != TrialState.RUNNING:
        raise Refused("La décision est prise : les mesures ne changent plus.")


def user_can_measure(viewer: Viewer, trial: Trial) -> bool:
    """Say whether ``check_user_can_measure`` lets pass."""
    return _allowed(lambda: check_user_can_measure(viewer, trial))


def check_user_can_decide_trial(viewer: Viewer, trial: Trial) -> None:
    """Refuse who may not say whether to go on, and a decision already taken."""
    check_user_can_steer_project(viewer, trial.project)
    if trial.state != TrialState.RUNNING:
        raise Refused("La décision est déjà prise.")


def user_can_decide_trial(viewer: Viewer, trial: Trial) -> bool:
    """Say whether ``check_user_can_decide_trial`` lets pass."""
    return _allowed(lambda: check_user_can_decide_trial(viewer, trial))
