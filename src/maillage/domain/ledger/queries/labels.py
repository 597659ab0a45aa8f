"""Labels of a pole, for who may stick or revoke them."""

from django.db.models import Count, Max, Q, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.models import RecordingLabel


def labels_of(*, viewer: Viewer, pole: Pole) -> QuerySet[RecordingLabel]:
    """Return the labels that one may see, with how often they were scanned: the team's all, a structure's own."""
    asked = Q(pole=pole)
    if not viewer.runs(pole.pk):
        mine = spoken_for(viewer, pole.pk)
        asked &= Q(provider__in=mine) | Q(receiver__in=mine)
    return (
        RecordingLabel.objects.filter(asked)
        .select_related("action", "provider", "receiver", "resource_type", "resource")
        .annotate(times=Count("events"), last_on=Max("events__happened_on"))
        .order_by("revoked_at", "name", "pk")
    )


def label_in(*, viewer: Viewer, pole: Pole, pk: int) -> RecordingLabel | None:
    """Return a label that one may see."""
    return labels_of(viewer=viewer, pole=pole).filter(pk=pk).first()
