"""Everything that changes a synergy."""

from maillage.domain.synergies.operations.answers import go_on_without, record_answer
from maillage.domain.synergies.operations.bulk import BulkResult, abandon_many, follow_up_many
from maillage.domain.synergies.operations.moves import move, reopen
from maillage.domain.synergies.operations.note import follow_up, note_assembled, note_pair, note_synergy
from maillage.domain.synergies.operations.propose import propose
from maillage.domain.synergies.operations.undo import undo_last

__all__ = [
    "BulkResult",
    "abandon_many",
    "follow_up",
    "follow_up_many",
    "go_on_without",
    "move",
    "note_assembled",
    "note_pair",
    "note_synergy",
    "propose",
    "record_answer",
    "reopen",
    "undo_last",
]
