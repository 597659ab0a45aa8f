"""Everything that reads synergies for a page: what comes out is already what the viewer may see."""

from maillage.domain.synergies.queries.found import (
    decision_of,
    followed_answers,
    followed_by,
    followed_decisions,
    owner_of,
    owners_of,
    party_of,
)
from maillage.domain.synergies.queries.invitation import Invitation, invitation_of
from maillage.domain.synergies.queries.lists import (
    Column,
    SynergyFilters,
    board,
    filtered,
    latest_closed,
    synergies_for_change,
    views_of,
    visible_synergy,
)
from maillage.domain.synergies.queries.sheet import HistoryLine, SynergySheet, synergy_sheet
from maillage.domain.synergies.view import LineView, PartyView, SynergyView

__all__ = [
    "Column",
    "HistoryLine",
    "Invitation",
    "LineView",
    "PartyView",
    "SynergyFilters",
    "SynergySheet",
    "SynergyView",
    "board",
    "decision_of",
    "filtered",
    "followed_answers",
    "followed_by",
    "followed_decisions",
    "invitation_of",
    "latest_closed",
    "owner_of",
    "owners_of",
    "party_of",
    "synergies_for_change",
    "synergy_sheet",
    "views_of",
    "visible_synergy",
]
