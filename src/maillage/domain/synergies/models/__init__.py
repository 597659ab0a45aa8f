"""The models of the room, one subject a file."""

from maillage.domain.synergies.models.held_offer import HeldOffer
from maillage.domain.synergies.models.introduction import AnswerRhythm, Introduction
from maillage.domain.synergies.models.party import SynergyParty
from maillage.domain.synergies.models.synergy import Synergy, SynergyChange, SynergyLine

__all__ = [
    "AnswerRhythm",
    "HeldOffer",
    "Introduction",
    "Synergy",
    "SynergyChange",
    "SynergyLine",
    "SynergyParty",
]
