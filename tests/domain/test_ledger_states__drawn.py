"""The page of states is what the tables say."""

from pathlib import Path

import pytest

from maillage.config.documentation import states_page
from maillage.domain.agreements import states as agreements_states
from maillage.domain.agreements.enums import AmendmentState
from maillage.domain.exchanges import states as exchanges_states
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.ledger import states
from maillage.domain.ledger.enums import AgreementState, CommitmentState

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "etats.md"


def test_page__is_equal_to_what_is_drawn() -> None:
    assert PAGE.read_text(encoding="utf-8") == states_page.page()


@pytest.mark.parametrize(
    ("moves", "known", "first"),
    [
        (exchanges_states.TRANSITIONS, IntentState, IntentState.OPEN),
        (states.AGREEMENT_TRANSITIONS, AgreementState, AgreementState.DRAFT),
        (states.COMMITMENT_TRANSITIONS, CommitmentState, CommitmentState.PROMISED),
        (agreements_states.AMENDMENT_TRANSITIONS, AmendmentState, AmendmentState.DRAFT),
    ],
)
def test_tables__reach_every_state_they_name(moves, known, first) -> None:  # type: ignore[no-untyped-def]  # three tables of three types
    reached = {first, *(move.ends for move in moves.values())}
    assert reached == set(known)
    assert all(move.starts <= set(known.values) for move in moves.values())
