"""A member's page: what its structures said, what waits for their answer, what they promised, gave and received."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.timezone import localdate

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.exchanges.queries.lists import views_of
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.queries.progress import Progress, joined_commitments
from maillage.domain.ledger.queries.promises import STANDING, progress_of_all
from maillage.domain.synergies.enums import Answer, SynergyState
from maillage.domain.synergies.models import Synergy, SynergyParty
from maillage.domain.synergies.queries.lists import views_of as synergy_views_of

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A synergy that waits for the answer of one of the member's structures."""

    pk: int
    title: str
    structure: str
    since: date


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What was given and received in a year, by number of facts and of partners."""

    given: int
    received: int
    partners: int


@dataclass(frozen=True, slots=True)
class MemberDay:
    """The day of a member; ``structures`` are those the person speaks for."""

    structures: tuple[Organisation, ...]
    needs: list[IntentView]
    offers: list[IntentView]
    awaiting: tuple[Awaiting, ...]
    promises: tuple[Progress, ...]
    exchanged: Exchanged
    since: date


def member_day(*, viewer: Viewer, pole: Pole, since: date, until: date) -> MemberDay:
    """Return the day of the person; promises due by ``until`` or late, facts from ``since`` on."""
    mine = spoken_for(viewer, pole.pk)
    rows = Intent.objects.filter(pole=pole, author_id__in=mine, state=IntentState.OPEN).order_by(
        "confirmed_on"
    )
    return MemberDay(
        structures=tuple(Organisation.objects.filter(pk__in=mine)),
        needs=views_of(viewer=viewer, intents=rows.filter(kind=IntentKind.NEED)[:SHOWN]),
        offers=views_of(viewer=viewer, intents=rows.filter(kind=IntentKind.OFFER)[:SHOWN]),
        awaiting=_awaiting(viewer, pole, mine),
        promises=_promises(viewer, pole, mine, until),
        exchanged=_exchanged(pole, mine, since),
        since=since,
    )


def _awaiting(viewer: Viewer, pole: Pole, mine: frozenset[int]) -> tuple[Awaiting, ...]:
    """A title is read through the synergy's own view: before everybody said yes it may name nobody."""
    parties = SynergyParty.objects.filter(
        synergy__pole=pole,
        organisation_id__in=mine,
        answer=Answer.WAITING,
        synergy__state=SynergyState.PROPOSED,
    ).select_related("organisation")
    rows = list(parties[:SHOWN])
    seen = Synergy.objects.filter(pk__in=[row.synergy_id for row in rows])
    views = {view.pk: view for view in synergy_views_of(viewer=viewer, rows=seen)}
    return tuple(
        Awaiting(view.pk, view.title, row.organisation.name, localdate(view.moved_at))
        for row in rows
        if (view := views.get(row.synergy_id)) is not None
    )


def _promises(viewer: Viewer, pole: Pole, mine: frozenset[int], until: date) -> tuple[Progress, ...]:
    rows = (
        joined_commitments()
        .filter(STANDING, pole=pole, state=CommitmentState.PROMISED)
        .filter(Q(provider_id__in=mine) | Q(receiver_id__in=mine))
        .filter(Q(due_on__lte=until) | Q(due_on=None))
        .order_by("due_on", "pk")
    )
    return tuple(progress_of_all(list(rows[:SHOWN]), viewer=viewer))


def _exchanged(pole: Pole, mine: frozenset[int], since: date) -> Exchanged:
    facts = live_events().filter(pole=pole, happened_on__gte=since)
    given = facts.filter(provider_id__in=mine).exclude(receiver_id__in=mine)
    received = facts.filter(receiver_id__in=mine).exclude(provider_id__in=mine)
    counts = (given.aggregate(n=Count("pk"))["n"], received.aggregate(n=Count("pk"))["n"])
    partners = set(given.order_by().values_list("receiver_id", flat=True)) | set(
        received.order_by().values_list("provider_id", flat=True)
    )
    return Exchanged(*counts, len(partners))
