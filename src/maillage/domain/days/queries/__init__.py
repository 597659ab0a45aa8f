"""What is read in the room ``days``: views over every other room, one subject a file."""

from maillage.domain.days.queries.authority import AuthorityDay, authority_day
from maillage.domain.days.queries.coverage import MonthCoverage, coverage_by_month
from maillage.domain.days.queries.dated import Dated, dated_things
from maillage.domain.days.queries.funnel import Funnel, FunnelStep, RefusalReason, funnel_lines, funnel_of
from maillage.domain.days.queries.member import MemberDay, member_day
from maillage.domain.days.queries.numbers import Said, three_numbers
from maillage.domain.days.queries.search import Found, FoundGroup, search_everything
from maillage.domain.days.queries.stale import StaleStructure, stale_structures
from maillage.domain.days.queries.things import Thing, things_of_today
from maillage.domain.days.queries.year import YearFigures, figures_of_year

__all__ = [
    "AuthorityDay",
    "Dated",
    "Found",
    "FoundGroup",
    "Funnel",
    "FunnelStep",
    "MemberDay",
    "MonthCoverage",
    "RefusalReason",
    "Said",
    "StaleStructure",
    "Thing",
    "YearFigures",
    "authority_day",
    "coverage_by_month",
    "dated_things",
    "figures_of_year",
    "funnel_lines",
    "funnel_of",
    "member_day",
    "search_everything",
    "stale_structures",
    "things_of_today",
    "three_numbers",
]
