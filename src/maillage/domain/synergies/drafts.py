"""What somebody says of a synergy before it is kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.models import Decision, MatchingRun
from maillage.domain.synergies.enums import SynergyOrigin


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A need or an offer, and how much of it in its own unit; nothing said means all of it."""

    intent: Intent
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SynergyDraft:
    """A synergy as it is noted; the authors of the lines are parties without being said."""

    lines: tuple[LineDraft, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    title: str = ""
    owner: Account | None = None
    next_step: str = ""
    due_on: date | None = None
    origin: str = SynergyOrigin.HAND
    decision: Decision | None = None
    run: MatchingRun | None = None
    run_part: int | None = None
