"""Everything that changes a synergy."""

from maillage.domain.synergies.operations.agreeing import (
    follow_agreement,
    follow_agreements,
    open_its_agreement,
)
from maillage.domain.synergies.operations.answers import go_on_without, record_answer
from maillage.domain.synergies.operations.bulk import BulkResult, abandon_many, follow_up_many
from maillage.domain.synergies.operations.daily import (
    day_of_synergies,
    remind_owners,
    remind_parties,
    take_up_waiting,
)
from maillage.domain.synergies.operations.links import AnswerLink, LinkState, answer_by_link, read_link
from maillage.domain.synergies.operations.moves import move, reopen
from maillage.domain.synergies.operations.note import (
    follow_up,
    note_assembled,
    note_pair,
    note_synergy,
    say_how_much,
)
from maillage.domain.synergies.operations.propose import propose
from maillage.domain.synergies.operations.undo import undo_last

__all__ = [
    "AnswerLink",
    "BulkResult",
    "LinkState",
    "abandon_many",
    "answer_by_link",
    "day_of_synergies",
    "follow_agreement",
    "follow_agreements",
    "follow_up",
    "follow_up_many",
    "go_on_without",
    "move",
    "note_assembled",
    "note_pair",
    "note_synergy",
    "open_its_agreement",
    "propose",
    "read_link",
    "record_answer",
    "remind_owners",
    "remind_parties",
    "reopen",
    "say_how_much",
    "take_up_waiting",
    "undo_last",
]
