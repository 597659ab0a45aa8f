"""The page of the states: each room draws its own tables; a room is one line here."""

from collections.abc import Callable

from maillage.domain.actors.enums import RequestState
from maillage.domain.actors.states import REQUEST_MOVES
from maillage.domain.agreements import states as agreements_states
from maillage.domain.exchanges import states as exchanges_states
from maillage.domain.gathering import states as gathering_states
from maillage.domain.ledger import states as ledger_states
from maillage.domain.projects import states as projects_states
from maillage.domain.synergies import states as synergies_states


def _draw_requests() -> str:
    """Draw the states of a request for an access."""
    return exchanges_states.draw_moves(
        title="Une demande d’accès",
        first=RequestState.WAITING,
        labels={code: str(label) for code, label in RequestState.choices},
        moves=[
            exchanges_states.Transition(move.verb, move.label, move.starts, move.ends)
            for move in REQUEST_MOVES.values()
        ],
    )


_DRAWN: tuple[Callable[[], str], ...] = (
    _draw_requests,
    exchanges_states.draw,
    ledger_states.draw,
    gathering_states.draw,
    synergies_states.draw,
    projects_states.draw,
    agreements_states.draw,
)


def page() -> str:
    """Draw the whole page ``docs/reference/etats.md``."""
    return "\n".join(
        [
            "# Les états",
            "",
            "Cette page est dessinée à partir des tables du code ; un test la compare à ce qu’elles disent.",
            "",
            *(draw() for draw in _DRAWN),
        ]
    )
