"""Every rule, in the order in which they are tried: the first that refuses gives the headline.

Types come first and distance second because whole blocks of pairs are dropped by them without being looked at;
meaning comes last because it costs the most.
"""

from maillage_engine.rules import (
    authorisation,
    dates,
    distance,
    excluded,
    meaning_floor,
    months,
    quantity_minimum,
    same_party,
    type_compatibility,
    unit_dimension,
    week,
)
from maillage_engine.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    type_compatibility.RULE,
    distance.RULE,
    same_party.RULE,
    excluded.RULE,
    unit_dimension.RULE,
    quantity_minimum.RULE,
    dates.RULE,
    week.RULE,
    months.RULE,
    authorisation.RULE,
    meaning_floor.RULE,
)
