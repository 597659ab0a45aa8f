"""The interviews of a pole."""

from django.db.models import Count, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.gathering.models import Interview


def interviews_of(pole: Pole) -> QuerySet[Interview]:
    """Return the interviews of a pole, the latest first, with how many lines were drawn from each."""
    rows = Interview.objects.filter(pole=pole).select_related("organisation")
    return rows.annotate(draft_count=Count("drafts")).order_by("-held_on", "-pk")


def interview_numbered(*, pole: Pole, pk: int) -> Interview | None:
    """Return an interview of a pole, with what was drawn from it."""
    rows = Interview.objects.filter(pole=pole, pk=pk).select_related("organisation", "pole")
    return rows.prefetch_related("drafts__intent").first()
