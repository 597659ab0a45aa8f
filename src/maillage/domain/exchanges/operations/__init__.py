"""Everything that changes an intent, one subject a file. The caller has checked the policy."""

from maillage.domain.exchanges.operations.bulk import BulkResult, confirm_many, withdraw_many
from maillage.domain.exchanges.operations.duplicate import duplicate
from maillage.domain.exchanges.operations.moves import confirm, cover, reopen, withdraw
from maillage.domain.exchanges.operations.note import note_intent, update_intent
from maillage.domain.exchanges.operations.support import add_evidence, support, withdraw_support

__all__ = [
    "BulkResult",
    "add_evidence",
    "confirm",
    "confirm_many",
    "cover",
    "duplicate",
    "note_intent",
    "reopen",
    "support",
    "update_intent",
    "withdraw",
    "withdraw_many",
    "withdraw_support",
]
