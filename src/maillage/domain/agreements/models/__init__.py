"""The models of the room, one subject a file."""

from maillage.domain.agreements.models.amendment import Amendment
from maillage.domain.agreements.models.annex import Annex
from maillage.domain.agreements.models.consent import Consent, ConsentInvitation
from maillage.domain.agreements.models.promise_change import PromiseChange
from maillage.domain.agreements.models.refusal import ConsentRefusal
from maillage.domain.agreements.models.terms import AgreementTerms
from maillage.domain.agreements.models.text import AgreementText

__all__ = [
    "AgreementTerms",
    "AgreementText",
    "Amendment",
    "Annex",
    "Consent",
    "ConsentInvitation",
    "ConsentRefusal",
    "PromiseChange",
]
