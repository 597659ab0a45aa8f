"""The page of the states: each room draws its own tables; a room is one line here."""

from collections.abc import Callable

from maillage.domain.exchanges import states as exchanges_states
from maillage.domain.gathering import states as gathering_states
from maillage.domain.ledger import states as ledger_states
from maillage.domain.synergies import states as synergies_states

_DRAWN: tuple[Callable[[], str], ...] = (
    exchanges_states.draw,
    ledger_states.draw,
    gathering_states.draw,
    synergies_states.draw,
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
