"""The models of the room, one subject a file."""

from maillage.domain.ledger.models.agreement import Agreement, AgreementParty
from maillage.domain.ledger.models.api_token import ApiToken
from maillage.domain.ledger.models.commitment import Commitment
from maillage.domain.ledger.models.event import EconomicEvent
from maillage.domain.ledger.models.event_check import EventCheck
from maillage.domain.ledger.models.label import RecordingLabel
from maillage.domain.ledger.models.resource import Action, Process, Resource
from maillage.domain.ledger.models.stored_file import EventFile, StoredFile

__all__ = [
    "Action",
    "Agreement",
    "AgreementParty",
    "ApiToken",
    "Commitment",
    "EconomicEvent",
    "EventCheck",
    "EventFile",
    "Process",
    "RecordingLabel",
    "Resource",
    "StoredFile",
]
