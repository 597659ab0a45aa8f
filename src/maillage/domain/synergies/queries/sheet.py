"""The sheet of a synergy: its view, its history, what may be done."""

from dataclasses import dataclass
from datetime import datetime

from maillage.core.errors import Refused
from maillage.domain.actors.viewer import Viewer
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyChange
from maillage.domain.synergies.policies import (
    check_user_can_undo_synergy,
    refusals,
    user_can_answer,
    user_can_follow_synergy,
    user_can_go_on_without,
    user_can_open_its_agreement,
)
from maillage.domain.synergies.view import SynergyView, brought_along, name_of, synergy_view

VERBS = {
    "note": "Repérée",
    "undo": "Dernier geste annulé",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of state; who and why are for the team."""

    at: datetime
    state: str
    text: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SynergySheet:
    """Everything the sheet shows."""

    view: SynergyView
    history: tuple[HistoryLine, ...]
    refusals: dict[str, str]
    undo_refusal: str
    may_follow: bool
    may_open_agreement: bool
    agreement_label: str
    may_answer: frozenset[int]
    may_leave_out: frozenset[int]
    waiting_until: dict[int, datetime]


def synergy_sheet(*, viewer: Viewer, synergy: Synergy) -> SynergySheet:
    """Return the sheet of a synergy that the viewer sees."""
    found = (
        Synergy.objects.select_related("owner__person", "agreement")
        .prefetch_related(*brought_along())
        .get(pk=synergy.pk)
    )
    parties = list(found.parties.all())
    for one in parties:
        one.synergy = found
    open_links = Introduction.objects.filter(party__in=parties, used_at=None, revoked_at=None)
    return SynergySheet(
        view=synergy_view(found, viewer),
        history=_history(found, is_team=viewer.runs(found.pole_id)),
        refusals=refusals(viewer, found),
        undo_refusal=_undo_refusal(viewer, found),
        may_open_agreement=user_can_open_its_agreement(viewer, found),
        agreement_label=found.agreement.get_state_display() if found.agreement else "",
        may_follow=user_can_follow_synergy(viewer, found),
        may_answer=frozenset(one.pk for one in parties if user_can_answer(viewer, one)),
        may_leave_out=frozenset(one.pk for one in parties if user_can_go_on_without(viewer, one)),
        waiting_until={one.party_id: one.expires_at for one in open_links},
    )


def _undo_refusal(viewer: Viewer, synergy: Synergy) -> str:
    try:
        check_user_can_undo_synergy(viewer, synergy)
    except Refused as refused:
        return refused.message
    return ""


def _history(synergy: Synergy, *, is_team: bool) -> tuple[HistoryLine, ...]:
    rows = synergy.changes.select_related("by__person")
    return tuple(
        HistoryLine(
            at=line.at,
            state=line.ends,
            text=_said(line),
            by=name_of(line.by) if is_team else "",
            reason=" : ".join(part for part in (line.get_reason_display(), line.words) if part)
            if is_team
            else "",
        )
        for line in rows
        if is_team or line.ends != SynergyState.DETECTED
    )


def _said(line: SynergyChange) -> str:
    label = str(SynergyState(line.ends).label)
    said = VERBS.get(line.verb, "")
    return f"{said} : {label.lower()}" if said and said != label else label
