"""The states of an agreement and of a commitment, as data; ``docs/reference/etats.md`` is drawn from here."""

from maillage.domain.exchanges.states import Transition, draw_moves
from maillage.domain.ledger.enums import AgreementState, CommitmentState

AGREEMENT_TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition(
            "propose", "Envoyer à la signature", frozenset({AgreementState.DRAFT}), AgreementState.TO_SIGN
        ),
        Transition("revise", "Reprendre le texte", frozenset({AgreementState.TO_SIGN}), AgreementState.DRAFT),
        Transition(
            "activate",
            "Commencer",
            frozenset({AgreementState.DRAFT, AgreementState.TO_SIGN}),
            AgreementState.ACTIVE,
        ),
        Transition("end", "Terminer", frozenset({AgreementState.ACTIVE}), AgreementState.ENDED),
        Transition(
            "cancel",
            "Annuler",
            frozenset({AgreementState.DRAFT, AgreementState.TO_SIGN, AgreementState.ACTIVE}),
            AgreementState.CANCELLED,
        ),
    )
}

COMMITMENT_TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition(
            "fulfil", "Marquer comme fait", frozenset({CommitmentState.PROMISED}), CommitmentState.FULFILLED
        ),
        Transition("cancel", "Annuler", frozenset({CommitmentState.PROMISED}), CommitmentState.CANCELLED),
        Transition(
            "restore",
            "Remettre dans le brouillon",
            frozenset({CommitmentState.CANCELLED}),
            CommitmentState.PROMISED,
        ),
        Transition(
            "resume",
            "Redevient promis après une correction",
            frozenset({CommitmentState.FULFILLED}),
            CommitmentState.PROMISED,
        ),
    )
}


def draw() -> str:
    """Draw the states of an agreement, then of a commitment."""
    return "\n".join(
        [
            draw_moves(
                title="Un accord",
                first=AgreementState.DRAFT,
                labels={state.value: str(state.label) for state in AgreementState},
                moves=AGREEMENT_TRANSITIONS.values(),
            ),
            draw_moves(
                title="Un engagement",
                first=CommitmentState.PROMISED,
                labels={state.value: str(state.label) for state in CommitmentState},
                moves=COMMITMENT_TRANSITIONS.values(),
            ),
        ]
    )
