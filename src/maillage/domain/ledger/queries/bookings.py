"""Who uses a resource, and when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.models import Commitment, Resource


@dataclass(frozen=True, slots=True)
class Booking:
    """A time when a resource is taken; ``who`` is said to the team, to the owner and to the one who booked."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    who: str


def bookings_of(
    *, viewer: Viewer, pole: Pole, resource: Resource, start: datetime, end: datetime
) -> tuple[Booking, ...]:
    """Return when a resource is taken between two times; nothing for who is not of the pole."""
    if not viewer.belongs(pole.pk):
        return ()
    mine = spoken_for(viewer, pole.pk)
    knows_all = viewer.runs(pole.pk) or resource.owner_id in mine
    rows = (
        Commitment.objects.filter(
            resource=resource, action="use", during__overlap=DateTimeTZRange(start, end)
        )
        .exclude(state=CommitmentState.CANCELLED)
        .select_related("receiver")
        .order_by("during")
    )
    return tuple(
        Booking(
            pk=row.pk,
            starts_at=row.during.lower,
            ends_at=row.during.upper,
            who=row.receiver.name if knows_all or row.receiver_id in mine else "",
        )
        for row in rows
    )
