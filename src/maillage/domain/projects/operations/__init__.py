"""Everything that changes projects, one subject a file. The caller has checked the policy."""

from maillage.domain.projects.operations.files import add_file, remove_file
from maillage.domain.projects.operations.invitations import send_invitations, send_minutes
from maillage.domain.projects.operations.meetings import (
    add_agenda_item,
    add_invitee,
    add_seats,
    answer_invitation,
    call_meeting,
    cancel_meeting,
    hold_meeting,
    note_attendance,
    remove_agenda_item,
    remove_invitee,
    shift_agenda_item,
    update_meeting,
)
from maillage.domain.projects.operations.minutes import (
    SomebodyElseWrote,
    add_to_minutes,
    publish_minutes,
    save_draft,
)
from maillage.domain.projects.operations.parties import add_party, end_party
from maillage.domain.projects.operations.polls import answer_poll, propose_date, settle_date, withdraw_date
from maillage.domain.projects.operations.projects import (
    adopt_process,
    link_need,
    make_project,
    open_group_for_need,
    open_project,
    unlink_need,
    update_project,
)
from maillage.domain.projects.operations.reminders import remind_owners
from maillage.domain.projects.operations.stages import move_stage
from maillage.domain.projects.operations.tasks import add_task, move_task, shift_task, update_task
from maillage.domain.projects.operations.trials import (
    add_indicator,
    add_measure,
    decide_trial,
    remove_measure,
    start_trial,
    update_trial,
)

__all__ = [
    "SomebodyElseWrote",
    "add_agenda_item",
    "add_file",
    "add_indicator",
    "add_invitee",
    "add_measure",
    "add_party",
    "add_seats",
    "add_task",
    "add_to_minutes",
    "adopt_process",
    "answer_invitation",
    "answer_poll",
    "call_meeting",
    "cancel_meeting",
    "decide_trial",
    "end_party",
    "hold_meeting",
    "link_need",
    "make_project",
    "move_stage",
    "move_task",
    "note_attendance",
    "open_group_for_need",
    "open_project",
    "propose_date",
    "publish_minutes",
    "remind_owners",
    "remove_agenda_item",
    "remove_file",
    "remove_invitee",
    "remove_measure",
    "save_draft",
    "send_invitations",
    "send_minutes",
    "settle_date",
    "shift_agenda_item",
    "shift_task",
    "start_trial",
    "unlink_need",
    "update_meeting",
    "update_project",
    "update_task",
    "update_trial",
    "withdraw_date",
]
