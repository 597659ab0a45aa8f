"""Everything that reads synergies for a page: what comes out is already what the viewer may see."""

from maillage.domain.synergies.queries.lists import (
    Column,
    SynergyFilters,
    board,
    filtered,
    latest_closed,
    owners_of,
    synergies_for_change,
    views_of,
    visible_synergy,
)
from maillage.domain.synergies.queries.sheet import HistoryLine, SynergySheet, synergy_sheet
from maillage.domain.synergies.view import LineView, PartyView, SynergyView

__all__ = [
    "Column",
    "HistoryLine",
    "LineView",
    "PartyView",
    "SynergyFilters",
    "SynergySheet",
    "SynergyView",
    "board",
    "filtered",
    "latest_closed",
    "owners_of",
    "synergies_for_change",
    "synergy_sheet",
    "views_of",
    "visible_synergy",
]
