"""The states of a workshop and of a draft, as data; ``docs/reference/etats.md`` is drawn from these tables."""

from maillage.domain.exchanges.states import Transition, draw_moves
from maillage.domain.gathering.enums import DraftState, WorkshopState

WORKSHOP_MOVES: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition(
            "open",
            "Ouvrir l’écriture",
            frozenset({WorkshopState.PREPARED, WorkshopState.VOTING}),
            WorkshopState.GATHERING,
        ),
        Transition(
            "vote",
            "Passer au vote",
            frozenset({WorkshopState.GATHERING}),
            WorkshopState.VOTING,
        ),
        Transition(
            "close",
            "Clore l’atelier",
            frozenset({WorkshopState.GATHERING, WorkshopState.VOTING}),
            WorkshopState.CLOSED,
        ),
    )
}
DRAFT_MOVES: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition("accept", "Noter", frozenset({DraftState.WAITING}), DraftState.ACCEPTED),
        Transition("merge", "Regrouper", frozenset({DraftState.WAITING}), DraftState.MERGED),
        Transition("set_aside", "Mettre de côté", frozenset({DraftState.WAITING}), DraftState.ASIDE),
        Transition("take_back", "Reprendre", frozenset({DraftState.ASIDE}), DraftState.WAITING),
    )
}


def draw() -> str:
    """Draw the states of a workshop, then of a draft."""
    return "\n".join(
        [
            draw_moves(
                title="Un atelier",
                first=WorkshopState.PREPARED,
                labels={state.value: str(state.label) for state in WorkshopState},
                moves=WORKSHOP_MOVES.values(),
            ),
            draw_moves(
                title="Un brouillon de besoin ou d’offre",
                first=DraftState.WAITING,
                labels={state.value: str(state.label) for state in DraftState},
                moves=DRAFT_MOVES.values(),
            ),
        ]
    )
