"""A standing index: the needs, or the offers, kept ready, so that one new intent is answered at once.

``index`` adds, replaces, removes and matches; ``store`` keeps the rows in arrays that grow; ``ids`` keeps the order
of the ids, ``stems`` the words. Same answers as a fresh ``search`` on the same rows (promise T11).
"""

from maillage_engine.methods.standing.index import StandingIndex
from maillage_engine.methods.standing.result import StandingResult

__all__ = ["StandingIndex", "StandingResult"]
