"""Every criterion, in the order of the columns of a result."""

from maillage_engine.scoring import calendar, distance, freshness, meaning, quantity, type_closeness
from maillage_engine.scoring.criterion import Criterion

CRITERIA: tuple[Criterion, ...] = (
    meaning.CRITERION,
    type_closeness.CRITERION,
    distance.CRITERION,
    calendar.CRITERION,
    quantity.CRITERION,
    freshness.CRITERION,
)

CRITERION_CODES: tuple[str, ...] = tuple(one.code for one in CRITERIA)
