"""Keys of the API, for who holds them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Mandate, Organisation, Pole
from maillage.domain.actors.queries.scope import directory_scope
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.models import ApiToken


def tokens_of(*, viewer: Viewer, pole: Pole) -> QuerySet[ApiToken]:
    """Return the keys that one may see: the team's all, a structure's own."""
    asked = Q(pole=pole)
    if not viewer.runs(pole.pk):
        asked &= Q(organisation__in=spoken_for(viewer, pole.pk))
    return ApiToken.objects.filter(asked).select_related("organisation", "made_by__person")


def token_in(*, viewer: Viewer, pole: Pole, pk: int) -> ApiToken | None:
    """Return a key that one may see."""
    return tokens_of(viewer=viewer, pole=pole).filter(pk=pk).first()


def holders_of(*, viewer: Viewer, pole: Pole) -> Sequence[Organisation]:
    """Return the structures for which one may make a key."""
    rows = directory_scope(pole)
    if not viewer.runs(pole.pk):
        rows = rows.filter(pk__in=spoken_for(viewer, pole.pk))
    return list(rows.only("pk", "name").order_by("name")[:3_000])


def viewer_of_token(token: ApiToken, *, on: date) -> Viewer:
    """Return who looks through a key: its structure's representative in its pole, and nobody elsewhere."""
    mandate = Mandate(
        pole=token.pole,
        organisation=token.organisation,
        role=MandateRole.REPRESENTATIVE,
        since=localdate(token.made_at),
    )
    return Viewer(account=token.made_by, on=on, _mandates=[mandate])
