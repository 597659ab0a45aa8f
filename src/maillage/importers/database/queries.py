"""The imports of a pole."""

from django.db.models import QuerySet

from maillage.domain.actors.models import Pole
from maillage.importers.models import BatchState, ImportBatch


def batches_of(pole: Pole) -> QuerySet[ImportBatch]:
    """The imports of a pole, newest first, without their long report; those given up are left out."""
    return (
        ImportBatch.objects.filter(pole=pole)
        .exclude(state=BatchState.CANCELLED)
        .select_related("uploaded_by__person")
        .defer("report", "reading", "mapping", "answers")
    )


def batch_of(*, pole: Pole, pk: int) -> ImportBatch | None:
    """One import of a pole."""
    return ImportBatch.objects.filter(pole=pole, pk=pk).select_related("pole", "uploaded_by__person").first()


def same_file_before(batch: ImportBatch) -> ImportBatch | None:
    """The last time this very file was written in the pole as the same kind."""
    return (
        ImportBatch.objects.filter(
            pole=batch.pole_id, kind=batch.kind, digest=batch.digest, state=BatchState.APPLIED
        )
        .exclude(pk=batch.pk)
        .defer("report", "reading", "mapping", "answers")
        .order_by("-applied_at")
        .first()
    )
