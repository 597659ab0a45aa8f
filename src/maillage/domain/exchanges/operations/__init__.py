"""Everything that changes an intent, one subject a file. The caller has checked the policy."""

from maillage.domain.exchanges.operations.bulk import BulkResult, confirm_many, withdraw_many
from maillage.domain.exchanges.operations.disclosure import disclose
from maillage.domain.exchanges.operations.duplicate import duplicate
from maillage.domain.exchanges.operations.merging import merge_intents, separate_intents
from maillage.domain.exchanges.operations.moves import confirm, cover, reopen, withdraw
from maillage.domain.exchanges.operations.newcomer import note_with_newcomer
from maillage.domain.exchanges.operations.note import note_intent, update_intent
from maillage.domain.exchanges.operations.support import add_evidence, support, withdraw_support
from maillage.domain.exchanges.operations.twins import dismiss_twins, propose_twins_again
from maillage.domain.exchanges.operations.undo import Standing, restore, standing_of

__all__ = [
    "BulkResult",
    "Standing",
    "add_evidence",
    "confirm",
    "confirm_many",
    "cover",
    "disclose",
    "dismiss_twins",
    "duplicate",
    "merge_intents",
    "note_intent",
    "note_with_newcomer",
    "propose_twins_again",
    "reopen",
    "restore",
    "separate_intents",
    "standing_of",
    "support",
    "update_intent",
    "withdraw",
    "withdraw_many",
    "withdraw_support",
]
