"""The models of the room, one subject a file."""

from maillage.domain.ledger.models.agreement import Agreement, AgreementParty
from maillage.domain.ledger.models.commitment import Commitment
from maillage.domain.ledger.models.event import EconomicEvent
from maillage.domain.ledger.models.resource import Action, Process, Resource
from maillage.domain.ledger.models.stored_file import EventFile, StoredFile

__all__ = [
    "Action",
    "Agreement",
    "AgreementParty",
    "Commitment",
    "EconomicEvent",
    "EventFile",
    "Process",
    "Resource",
    "StoredFile",
]
