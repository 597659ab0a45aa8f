"""Everything that changes the ledger, one subject a file. The caller has checked the policy."""

from maillage.domain.ledger.operations.actions import load_actions
from maillage.domain.ledger.operations.agreements import (
    activate_agreement,
    add_party,
    cancel_agreement,
    create_agreement,
    end_agreement,
    propose_agreement,
    record_consent,
    remove_party,
    revise_agreement,
    update_agreement,
)
from maillage.domain.ledger.operations.commitments import (
    cancel_commitment,
    commit,
    fulfil_commitment,
    restore_commitment,
)
from maillage.domain.ledger.operations.events import correct_event, record_event
from maillage.domain.ledger.operations.resources import (
    change_stage,
    create_process,
    create_resource,
    update_resource,
)

__all__ = [
    "activate_agreement",
    "add_party",
    "cancel_agreement",
    "cancel_commitment",
    "change_stage",
    "commit",
    "correct_event",
    "create_agreement",
    "create_process",
    "create_resource",
    "end_agreement",
    "fulfil_commitment",
    "load_actions",
    "propose_agreement",
    "record_consent",
    "record_event",
    "remove_party",
    "restore_commitment",
    "revise_agreement",
    "update_agreement",
    "update_resource",
]
