"""Everything that changes an agreement and its texts, one subject a file. The caller has checked the policy."""

from maillage.domain.agreements.doors import Doors
from maillage.domain.agreements.operations.amending import (
    AmendmentDraft,
    cancel_amendment,
    open_amendment,
    propose_amendment,
    revise_amendment,
    sign_amendment,
    update_amendment,
)
from maillage.domain.agreements.operations.amending_promises import (
    Writing,
    add_promise,
    change_promise,
    end_promise,
    leave_promise,
)
from maillage.domain.agreements.operations.annexes import join_annex, take_annex_out
from maillage.domain.agreements.operations.inviting import (
    Sending,
    invite_to_sign,
    send_amendment_to_sign,
    send_to_sign,
)
from maillage.domain.agreements.operations.lines import add_line, put_line_back, take_line_out
from maillage.domain.agreements.operations.linking import decline_by_link, sign_by_link
from maillage.domain.agreements.operations.opening import open_agreement
from maillage.domain.agreements.operations.refusing import Declining, decline, take_refusal_back
from maillage.domain.agreements.operations.reminding import announce_ends
from maillage.domain.agreements.operations.signing import Signature, propose, revise, sign
from maillage.domain.agreements.operations.terms import TermsDraft, update_terms

__all__ = [
    "AmendmentDraft",
    "Declining",
    "Doors",
    "Sending",
    "Signature",
    "TermsDraft",
    "Writing",
    "add_line",
    "add_promise",
    "announce_ends",
    "cancel_amendment",
    "change_promise",
    "decline",
    "decline_by_link",
    "end_promise",
    "invite_to_sign",
    "join_annex",
    "leave_promise",
    "open_agreement",
    "open_amendment",
    "propose",
    "propose_amendment",
    "put_line_back",
    "revise",
    "revise_amendment",
    "send_amendment_to_sign",
    "send_to_sign",
    "sign",
    "sign_amendment",
    "sign_by_link",
    "take_annex_out",
    "take_line_out",
    "take_refusal_back",
    "update_amendment",
    "update_terms",
]
