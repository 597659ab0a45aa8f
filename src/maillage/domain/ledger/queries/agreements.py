"""Agreements, as rows of a list and as a sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.sight import Sight, sight_of, spoken_for
from maillage.domain.ledger.enums import NOT_YET, AgreementState
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.models import Agreement, AgreementParty, Commitment
from maillage.domain.ledger.policies import OPEN_TO_MEMBERS, agreement_refusals, user_can_see_agreement
from maillage.domain.ledger.queries.progress import Progress, joined_commitments, progress_of, sums_of

SOMEBODY = "Une structure du pôle"
NAMED_PARTIES = Prefetch(
    "parties", AgreementParty.objects.select_related("organisation").order_by("agreement_id", "pk")
)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in a list."""

    pk: int
    title: str
    state: str
    state_text: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party; who asked to stay unnamed has no name until it says yes."""

    organisation_id: int | None
    name: str
    consented_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """An agreement, its parties, its promises with their progress; ``refusals``: change, activate, end, cancel."""

    row: AgreementRow
    conditions: str
    need_id: int | None
    offer_id: int | None
    parties: tuple[PartyLine, ...]
    commitments: tuple[Progress, ...]
    refusals: dict[str, str]


def _row(agreement: Agreement) -> AgreementRow:
    return AgreementRow(
        pk=agreement.pk,
        title=agreement.title,
        state=agreement.state,
        state_text=str(AgreementState(agreement.state).label),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
    )


def agreements_list(*, viewer: Viewer, pole: Pole, state: str = "") -> tuple[AgreementRow, ...]:
    """Return the agreements of a pole: all for the team, its own for a structure, what stands for the board."""
    asked = seen_agreements(viewer, pole.pk)
    if state:
        asked &= Q(state=state)
    return tuple(_row(agreement) for agreement in Agreement.objects.filter(asked))


def seen_agreements(viewer: Viewer, pole_id: int) -> Q:
    """The same rule as ``policies.check_user_can_see_agreement``, in SQL; no line is doubled by a join."""
    asked = Q(pole_id=pole_id)
    if viewer.runs(pole_id):
        return asked
    mine = AgreementParty.objects.filter(organisation_id__in=spoken_for(viewer, pole_id))
    seen = Q(pk__in=mine.order_by().values("agreement"))
    return asked & (seen | _for_the_board() if viewer.oversees(pole_id) else seen)


def _for_the_board() -> Q:
    """The same rule as ``policies.is_for_the_board``, in SQL."""
    need = Q(need=None) | Q(need__visibility__in=OPEN_TO_MEMBERS)
    offer = Q(offer=None) | Q(offer__visibility__in=OPEN_TO_MEMBERS)
    return ~Q(state=AgreementState.DRAFT) & need & offer


def agreement_sheet(*, viewer: Viewer, pk: int) -> AgreementSheet | None:
    """Return the sheet of an agreement; None for who is neither of the team nor of a party."""
    rows = Agreement.objects.select_related("need", "offer").prefetch_related(NAMED_PARTIES)
    agreement = rows.filter(pk=pk).first()
    if agreement is None or not user_can_see_agreement(viewer, agreement):
        return None
    return sheet_of(viewer=viewer, agreement=agreement)


def sheet_of(
    *, viewer: Viewer, agreement: Agreement, commitments: Sequence[Commitment] | None = None
) -> AgreementSheet:
    """Return the sheet of an agreement read with ``NAMED_PARTIES``, that the viewer may see.

    ``commitments`` are its promises where one read them already, with ``joined_commitments``.
    """
    if commitments is None:
        commitments = list(joined_commitments().filter(agreement=agreement))
    parties = list(agreement.parties.all())
    waiting = {party.organisation_id for party in parties if party.consented_on is None}
    unnamed = unnamed_parties(agreement, viewer) & waiting
    names = {party.organisation.name for party in parties if party.organisation_id in unnamed}
    return AgreementSheet(
        row=_row(agreement),
        conditions=agreement.conditions,
        need_id=agreement.need_id,
        offer_id=agreement.offer_id,
        parties=tuple(
            PartyLine(None, SOMEBODY, None)
            if party.organisation_id in unnamed
            else PartyLine(party.organisation_id, party.organisation.name, party.consented_on)
            for party in parties
        ),
        commitments=tuple(_veiled(line, names) for line in _promises(agreement, commitments, viewer)),
        refusals=agreement_refusals(viewer, agreement),
    )


def unnamed_parties(agreement: Agreement, viewer: Viewer) -> set[int]:
    """Return the authors that asked to stay unnamed and that this viewer does not speak for."""
    if agreement.state not in NOT_YET or viewer.runs(agreement.pole_id):
        return set()
    hidden = {
        intent.author_id
        for intent in (agreement.need, agreement.offer)
        if intent is not None
        and intent.visibility == Visibility.ANONYMOUS
        and sight_of(viewer, intent) is not Sight.WHOLE
    }
    return hidden - spoken_for(viewer, agreement.pole_id)


def _veiled(line: Progress, names: set[str]) -> Progress:
    if line.provider not in names and line.receiver not in names:
        return line
    return replace(
        line,
        provider=SOMEBODY if line.provider in names else line.provider,
        receiver=SOMEBODY if line.receiver in names else line.receiver,
        resource="" if line.provider in names else line.resource,
    )


def _promises(agreement: Agreement, commitments: Iterable[Commitment], viewer: Viewer) -> list[Progress]:
    """Return the progress of every promise, summed by the database in one question; a draft has no fact.

    The facts themselves are on the page of each promise.
    """
    facts = live_events().filter(commitment__agreement=agreement)
    sums = sums_of(facts.none() if agreement.state in NOT_YET else facts)
    return [progress_of(one, (), viewer=viewer, sums=sums[one.pk]) for one in commitments]
