"""What one structure promised, agreed, gave and received, as its sheet shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.timezone import localdate

from maillage.core.quantities import Dimension, Quantity, Unit
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import NOT_YET, AgreementState, CommitmentState
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.queries.events import EventLine, event_lines
from maillage.domain.ledger.queries.progress import Progress, joined_commitments, progress_of


@dataclass(frozen=True, slots=True)
class OrganisationPromise:
    """A promise seen from one of its parties; ``until`` is its end, or its agreement's."""

    progress: Progress
    is_given: bool
    other_id: int
    other: str
    agreement: str
    until: date | None


@dataclass(frozen=True, slots=True)
class OrganisationAgreement:
    """An agreement of a structure."""

    pk: int
    title: str
    state: str
    since: date | None
    until: date | None
    with_whom: str


@dataclass(frozen=True, slots=True)
class Balance:
    """What was given and received of one type, in one unit; the counts are those of the lines that prove it."""

    type_code: str
    type_label: str
    given: Quantity | None
    given_lines: int
    received: Quantity | None
    received_lines: int


def promises_of_organisation(
    *, viewer: Viewer, pole: Pole, organisation_id: int
) -> tuple[OrganisationPromise, ...]:
    """Return the promises that stand or were kept, drafts left out; the team sees all, a structure its own.

    Two questions, whatever the number.
    """
    asked = Q(pole=pole) & (Q(provider=organisation_id) | Q(receiver=organisation_id))
    asked &= Q(agreement__isnull=True) | Q(agreement__state__in=(AgreementState.ACTIVE, AgreementState.ENDED))
    if not viewer.runs(pole.pk):
        mine = spoken_for(viewer, pole.pk)
        asked &= Q(provider__in=mine) | Q(receiver__in=mine)
    rows = list(
        joined_commitments()
        .filter(asked)
        .exclude(state=CommitmentState.CANCELLED)
        .select_related("agreement")
        .order_by("state", "due_on", "pk")
    )
    lines: dict[int, list[EventLine]] = defaultdict(list)
    for line in event_lines(live_events().filter(commitment__in=rows)):
        lines[line.commitment_id or 0].append(line)
    found = []
    for row in rows:
        is_given = row.provider_id == organisation_id
        other = row.receiver if is_given else row.provider
        ends = row.due_on or (localdate(row.during.upper) if row.during else None)
        agreed = row.agreement
        found.append(
            OrganisationPromise(
                progress=progress_of(row, tuple(lines[row.pk]), viewer=viewer),
                is_given=is_given,
                other_id=other.pk,
                other=other.name,
                agreement=agreed.title if agreed else "",
                until=ends or (agreed.ends_on if agreed else None),
            )
        )
    return tuple(sorted(found, key=lambda one: one.progress.state != CommitmentState.PROMISED))


def agreements_of_organisation(
    *, viewer: Viewer, pole: Pole, organisation_id: int
) -> tuple[OrganisationAgreement, ...]:
    """Return the agreements of a structure: all for the team; for a party, those it is in.

    Drafts, where somebody may still be unnamed, show only to the team. Two questions.
    """
    rows = Agreement.objects.filter(pole=pole, parties__organisation=organisation_id)
    if not viewer.runs(pole.pk):
        rows = rows.filter(parties__organisation__in=spoken_for(viewer, pole.pk))
        rows = rows.exclude(state__in=NOT_YET)
    agreements = rows.exclude(state=AgreementState.CANCELLED).distinct()
    return tuple(
        OrganisationAgreement(
            pk=row.pk,
            title=row.title,
            state=row.state,
            since=row.starts_on,
            until=row.ends_on,
            with_whom=", ".join(
                party.organisation.name
                for party in row.parties.all()
                if party.organisation_id != organisation_id
            ),
        )
        for row in agreements.prefetch_related("parties__organisation")
    )


def balance_of(lines: Iterable[EventLine], *, organisation_id: int) -> tuple[Balance, ...]:
    """Add up the facts of a structure by type and by what is measured; what it did alone is neither."""
    sums: dict[tuple[str, Dimension, bool], list[EventLine]] = defaultdict(list)
    labels: dict[tuple[str, Dimension], str] = {}
    for line in lines:
        if line.provider_id == line.receiver_id:
            continue
        key = (line.type_code, line.quantity.unit.dimension)
        labels.setdefault(key, line.type_label)
        sums[(*key, line.provider_id == organisation_id)].append(line)
    found = []
    for (code, dimension), label in labels.items():
        given, received = sums[(code, dimension, True)], sums[(code, dimension, False)]
        unit = (given or received)[0].quantity.unit
        found.append(
            Balance(code, label, _total(given, unit), len(given), _total(received, unit), len(received))
        )
    return tuple(sorted(found, key=lambda one: (one.type_label, one.type_code)))


def _total(lines: list[EventLine], unit: Unit) -> Quantity | None:
    if not lines:
        return None
    return Quantity(sum((line.quantity.to(unit).value for line in lines), Decimal(0)), unit)
