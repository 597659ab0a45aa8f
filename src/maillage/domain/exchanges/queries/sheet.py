"""The sheet of one intent: its view, who said it, who shares it, what happened to it, what one may do."""

from dataclasses import dataclass
from datetime import date, datetime

from maillage.domain.actors.models import Account
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.describe import state_sentence
from maillage.domain.exchanges.enums import EvidenceChannel
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.policies import refusals
from maillage.domain.exchanges.queries.lists import views_of
from maillage.domain.exchanges.queries.view import IntentView
from maillage.domain.exchanges.sight import spoken_for


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Who said it, how, where and when."""

    said_by: str
    channel: str
    place: str
    on: date
    people: int | None
    words: str


@dataclass(frozen=True, slots=True)
class SupportLine:
    """A structure that shares it."""

    organisation_id: int
    name: str
    on: date
    people: int | None
    note: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A change of state; who did it and why is for those who run the pole and for the author."""

    at: datetime
    state: str
    text: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class IntentSheet:
    """Everything the sheet shows; ``refusals`` gives each verb its reason, or "" when it is allowed.

    Verbs: edit, confirm, withdraw, reopen, cover, duplicate, evidence, support.
    """

    view: IntentView
    evidence: tuple[EvidenceLine, ...]
    supports: tuple[SupportLine, ...]
    history: tuple[HistoryLine, ...]
    requires: tuple[str, ...]
    holds: tuple[str, ...]
    refusals: dict[str, str]


def intent_sheet(*, viewer: Viewer, pk: int) -> IntentSheet | None:
    """Return the sheet, or None when there is no such intent for this viewer.

    People's names, supports and history are for the pole; somebody from outside reads the intent only.
    """
    views = views_of(viewer=viewer, intents=Intent.objects.filter(pk=pk))
    if not views:
        return None
    view, intent = views[0], Intent.objects.get(pk=pk)
    is_open = not view.is_masked and viewer.belongs(intent.pole_id)
    authorisations = () if view.is_masked else tuple(intent.requires.values_list("label", flat=True))
    return IntentSheet(
        view=view,
        evidence=_evidence(intent) if is_open else (),
        supports=_supports(intent) if is_open else (),
        history=_history(intent, viewer) if is_open else (),
        requires=authorisations,
        holds=() if view.is_masked else tuple(intent.holds.values_list("label", flat=True)),
        refusals=refusals(viewer, intent),
    )


def _evidence(intent: Intent) -> tuple[EvidenceLine, ...]:
    return tuple(
        EvidenceLine(
            said_by=line.said_by or (str(line.person) if line.person else ""),
            channel=str(EvidenceChannel(line.channel).label),
            place=line.place,
            on=line.on,
            people=line.people_concerned,
            words=line.words,
        )
        for line in intent.evidence.select_related("person")
    )


def _supports(intent: Intent) -> tuple[SupportLine, ...]:
    return tuple(
        SupportLine(line.organisation_id, line.organisation.name, line.on, line.people_concerned, line.note)
        for line in intent.supports.select_related("organisation")
    )


def _history(intent: Intent, viewer: Viewer) -> tuple[HistoryLine, ...]:
    is_trusted = viewer.runs(intent.pole_id) or intent.author_id in spoken_for(viewer, intent.pole_id)
    return tuple(
        HistoryLine(
            at=line.at,
            state=line.ends,
            text=state_sentence(kind=intent.kind, state=line.ends),
            by=_name(line.by) if is_trusted else "",
            reason=line.reason if is_trusted else "",
        )
        for line in intent.state_changes.select_related("by__person")
    )


def _name(account: Account | None) -> str:
    if account is None:
        return ""
    return str(account.person) if account.person else account.email
