"""A synergy as a page may show it: plain values, nothing in them that the viewer may not know.

Somebody who does not see every need and offer of it whole reads its outline: neither its title, nor its quantities,
nor what the team wrote, nor the name of a structure that hides it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from maillage.core.french import plural
from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges import describe
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.queries.view import IntentView, view_of
from maillage.domain.exchanges.sight import Sight, sight_of, spoken_for
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.synergies.enums import Answer, PartySide, SynergyState
from maillage.domain.synergies.models import Synergy, SynergyLine, SynergyParty
from maillage.domain.synergies.states import OPEN

SOMEBODY = "Une structure du pôle"


def brought_along() -> "tuple[Prefetch[str], ...]":
    """Return what a view reads of many synergies, in three queries whatever their number."""
    lines = SynergyLine.objects.select_related(
        "intent__author",
        "intent__resource_type",
        "intent__municipality__intermunicipal_body",
        "intent__site__municipality__intermunicipal_body",
    ).prefetch_related("intent__disclosures")
    parties = SynergyParty.objects.select_related("organisation")
    return (Prefetch("lines", queryset=lines), Prefetch("parties", queryset=parties))


@dataclass(frozen=True, slots=True)
class LineView:
    """One need or offer, and how much of it; ``quantity_text`` is "" when it may not be told."""

    intent: IntentView
    quantity_text: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class PartyView:
    """One structure: its name when it may be told, what it does, what it answered."""

    pk: int
    organisation_id: int | None
    name: str
    side: str
    side_label: str
    is_mine: bool
    is_needed: bool
    answer: str
    answer_text: str
    reason_text: str
    words: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SynergyView:
    """What a card, a line of the list and the head of the sheet show."""

    pk: int
    title: str
    state: str
    state_label: str
    origin_label: str
    is_masked: bool
    is_open: bool
    is_late: bool
    lines: tuple[LineView, ...]
    parties: tuple[PartyView, ...]
    owner_id: int | None
    owner: str
    next_step: str
    due_on: date | None
    reason_text: str
    words: str
    moved_at: datetime
    agreement_id: int | None
    follows_agreement: bool

    @property
    def who(self) -> str:
        """The structures, in words."""
        return ", ".join(one.name for one in self.parties if one.is_needed)

    @property
    def needs(self) -> tuple[LineView, ...]:
        """The lines that are needs."""
        return tuple(one for one in self.lines if one.intent.kind == IntentKind.NEED)

    @property
    def offers(self) -> tuple[LineView, ...]:
        """The lines that are offers."""
        return tuple(one for one in self.lines if one.intent.kind == IntentKind.OFFER)

    @property
    def said_text(self) -> str:
        """How many answered, in words."""
        needed = [one for one in self.parties if one.is_needed]
        said = sum(one.answer != Answer.WAITING for one in needed)
        if not said:
            return "Personne n’a encore répondu."
        return f"{said} {plural(said, 'réponse', 'réponses')} sur {len(needed)}."

    @property
    def waits_for_offer(self) -> bool:
        """Whether everybody said yes, and an offer is promised elsewhere."""
        needed = [one for one in self.parties if one.is_needed]
        return self.state == SynergyState.PROPOSED and all(one.answer == Answer.YES for one in needed)


def name_of(account: Account | None) -> str:
    """The name of somebody who signs in."""
    if account is None:
        return ""
    return str(account.person) if account.person else account.email


def synergy_view(synergy: Synergy, viewer: Viewer) -> SynergyView:
    """Return the view of a synergy whose lines and parties were brought along."""
    lines, parties = list(synergy.lines.all()), list(synergy.parties.all())
    is_team = viewer.runs(synergy.pole_id)
    whole = {line.intent_id for line in lines if sight_of(viewer, line.intent) is Sight.WHOLE}
    is_masked = any(line.intent_id not in whole for line in lines)
    shown = tuple(_line(line, viewer, is_masked=is_masked) for line in lines)
    return SynergyView(
        pk=synergy.pk,
        title=_outlined(shown) if is_masked else synergy.title,
        state=synergy.state,
        state_label=str(SynergyState(synergy.state).label),
        origin_label=synergy.get_origin_display(),
        is_masked=is_masked,
        is_open=synergy.state in OPEN,
        is_late=synergy.state in OPEN and synergy.due_on is not None and synergy.due_on < viewer.on,
        lines=shown,
        parties=tuple(_party(one, lines, whole, viewer, is_team=is_team) for one in parties),
        owner_id=synergy.owner_id if is_team else None,
        owner=name_of(synergy.owner) if is_team else "",
        next_step=synergy.next_step if is_team else "",
        due_on=synergy.due_on if is_team else None,
        reason_text=synergy.get_reason_display() if is_team else "",
        words=synergy.words if is_team else "",
        moved_at=synergy.moved_at,
        agreement_id=synergy.agreement_id,
        follows_agreement=synergy.agreement is not None
        and synergy.agreement.state != AgreementState.CANCELLED,
    )


def _outlined(lines: Sequence[LineView]) -> str:
    return ", ".join(dict.fromkeys(line.intent.title for line in lines)) or "Une synergie"


def _line(line: SynergyLine, viewer: Viewer, *, is_masked: bool) -> LineView:
    mine = line.intent.author_id in spoken_for(viewer, line.intent.pole_id)
    view = view_of(line.intent, viewer, {}, is_mine=mine)
    exact = describe.quantity_sentence(quantity=line.quantity, unit=line.unit, period=line.period)
    told = view.quantity_text if is_masked or not exact else exact
    return LineView(view, told, sight_of(viewer, line.intent) is not Sight.NOTHING)


def _party(
    party: SynergyParty, lines: Sequence[SynergyLine], whole: set[int], viewer: Viewer, *, is_team: bool
) -> PartyView:
    its_own = [line.intent_id for line in lines if line.intent.author_id == party.organisation_id]
    is_mine = party.organisation_id in spoken_for(viewer, party.synergy.pole_id)
    is_named = is_team or is_mine or (all(pk in whole for pk in its_own) and _may_name(its_own, lines, whole))
    is_trusted = is_team or is_mine
    return PartyView(
        pk=party.pk,
        organisation_id=party.organisation_id if is_named else None,
        name=party.organisation.name if is_named else SOMEBODY,
        side=party.side,
        side_label=str(PartySide(party.side).label),
        is_mine=is_mine,
        is_needed=party.is_needed,
        answer=party.answer,
        answer_text=str(Answer(party.answer).label),
        reason_text=party.get_reason_display() if is_trusted else "",
        words=party.words if is_trusted else "",
        answered_at=party.answered_at,
    )


def _may_name(its_own: Sequence[int], lines: Sequence[SynergyLine], whole: set[int]) -> bool:
    """A structure without a line of its own is named only where nothing is hidden: it may be who hides."""
    return bool(its_own) or all(line.intent_id in whole for line in lines)


def visible_parties(synergy: Synergy) -> list[Organisation]:
    """The structures that are still in the synergy."""
    return [one.organisation for one in synergy.parties.all() if one.is_needed]
