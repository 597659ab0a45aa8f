"""The states of an amendment, as data; ``docs/reference/etats.md`` is drawn from here."""

from maillage.domain.agreements.enums import AmendmentState
from maillage.domain.exchanges.states import Transition, draw_moves

AMENDMENT_TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition(
            "propose", "Envoyer à la signature", frozenset({AmendmentState.DRAFT}), AmendmentState.TO_SIGN
        ),
        Transition("revise", "Reprendre le texte", frozenset({AmendmentState.TO_SIGN}), AmendmentState.DRAFT),
        Transition("apply", "Appliquer", frozenset({AmendmentState.TO_SIGN}), AmendmentState.IN_FORCE),
        Transition(
            "cancel",
            "Abandonner",
            frozenset({AmendmentState.DRAFT, AmendmentState.TO_SIGN}),
            AmendmentState.CANCELLED,
        ),
    )
}


def draw() -> str:
    """Draw the states of an amendment."""
    return draw_moves(
        title="Un avenant",
        first=AmendmentState.DRAFT,
        labels={state.value: str(state.label) for state in AmendmentState},
        moves=AMENDMENT_TRANSITIONS.values(),
    )
