"""The stages of a project and the states of a task, a meeting, a trial, as data; ``etats.md`` is drawn from here."""

from maillage.domain.exchanges.states import Transition, draw_moves
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects.enums import MeetingState, TaskState, TrialState

STAGE_TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition(
            "study",
            "Étudier",
            frozenset({ProcessStage.IDEA, ProcessStage.PROTOTYPE, ProcessStage.TRIAL}),
            ProcessStage.STUDY,
        ),
        Transition(
            "prototype",
            "Faire un prototype",
            frozenset({ProcessStage.IDEA, ProcessStage.STUDY, ProcessStage.TRIAL}),
            ProcessStage.PROTOTYPE,
        ),
        Transition(
            "try",
            "Expérimenter",
            frozenset({ProcessStage.IDEA, ProcessStage.STUDY, ProcessStage.PROTOTYPE, ProcessStage.ACTIVITY}),
            ProcessStage.TRIAL,
        ),
        Transition(
            "launch",
            "Lancer l’activité",
            frozenset({ProcessStage.PROTOTYPE, ProcessStage.TRIAL, ProcessStage.REPLICATION}),
            ProcessStage.ACTIVITY,
        ),
        Transition("replicate", "Essaimer", frozenset({ProcessStage.ACTIVITY}), ProcessStage.REPLICATION),
        Transition(
            "stop",
            "Arrêter",
            frozenset(set(ProcessStage.values) - {ProcessStage.STOPPED}),
            ProcessStage.STOPPED,
        ),
        Transition("resume", "Reprendre", frozenset({ProcessStage.STOPPED}), ProcessStage.STUDY),
    )
}

TASK_TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition("finish", "Marquer comme faite", frozenset({TaskState.TODO}), TaskState.DONE),
        Transition("drop", "Abandonner", frozenset({TaskState.TODO}), TaskState.DROPPED),
        Transition("reopen", "Reprendre", frozenset({TaskState.DONE, TaskState.DROPPED}), TaskState.TODO),
    )
}

MEETING_TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition("settle", "Retenir la date", frozenset({MeetingState.POLLING}), MeetingState.PLANNED),
        Transition("hold", "Marquer comme tenue", frozenset({MeetingState.PLANNED}), MeetingState.HELD),
        Transition(
            "cancel",
            "Annuler",
            frozenset({MeetingState.POLLING, MeetingState.PLANNED}),
            MeetingState.CANCELLED,
        ),
    )
}

TRIAL_TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition("go", "Continuer", frozenset({TrialState.RUNNING}), TrialState.GO),
        Transition("stop", "Arrêter", frozenset({TrialState.RUNNING}), TrialState.STOP),
    )
}

# What a decision on a trial does to the stage of its project.
STAGE_AFTER_TRIAL: dict[str, str] = {"go": "launch", "stop": "stop"}


def draw() -> str:
    """Draw the stages of a project, then the states of a task, a meeting and a trial."""
    return "\n".join(
        [
            draw_moves(
                title="Un projet, un groupe de travail",
                first=ProcessStage.IDEA,
                labels={one.value: str(one.label) for one in ProcessStage},
                moves=STAGE_TRANSITIONS.values(),
            ),
            draw_moves(
                title="Une tâche",
                first=TaskState.TODO,
                labels={one.value: str(one.label) for one in TaskState},
                moves=TASK_TRANSITIONS.values(),
            ),
            draw_moves(
                title="Une réunion",
                first=MeetingState.POLLING,
                labels={one.value: str(one.label) for one in MeetingState},
                moves=MEETING_TRANSITIONS.values(),
            ),
            draw_moves(
                title="Une expérimentation",
                first=TrialState.RUNNING,
                labels={one.value: str(one.label) for one in TrialState},
                moves=TRIAL_TRANSITIONS.values(),
            ),
        ]
    )
