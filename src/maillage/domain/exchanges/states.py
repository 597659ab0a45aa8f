"""The states of an intent, as data; ``docs/reference/states.md`` is drawn from this table."""

from dataclasses import dataclass

from maillage.domain.exchanges.enums import IntentState


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move: its verb, where it starts, where it ends."""

    verb: str
    label: str
    starts: frozenset[IntentState]
    ends: IntentState


TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition("cover", "Marquer comme répondu", frozenset({IntentState.OPEN}), IntentState.COVERED),
        Transition(
            "withdraw",
            "Retirer",
            frozenset({IntentState.OPEN, IntentState.COVERED}),
            IntentState.WITHDRAWN,
        ),
        Transition(
            "reopen",
            "Rouvrir",
            frozenset({IntentState.COVERED, IntentState.WITHDRAWN}),
            IntentState.OPEN,
        ),
    )
}
