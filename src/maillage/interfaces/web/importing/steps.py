"""Go on with an import: at once when it is short, as a long task otherwise."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from maillage.importers.database import apply_batch, check_batch, check_user_can_import, read_report
from maillage.importers.database.queries import batch_of
from maillage.importers.models import BatchState, ImportBatch
from maillage.interfaces.jobs.import_tasks import apply_import, check_import
from maillage.interfaces.jobs.operations import open_task
from maillage.interfaces.web.door import PoleRequest, account_of, now, today

CHECKED_AT_ONCE_BYTES = 300_000
WRITTEN_AT_ONCE_LINES = 150
_PAGE_OF: dict[str, str] = {
    BatchState.UPLOADED: "importing:mapping",
    BatchState.FAILED: "importing:mapping",
    BatchState.CHECKING: "importing:review",
    BatchState.CHECKED: "importing:review",
    BatchState.APPLYING: "importing:review",
    BatchState.APPLIED: "importing:done",
    BatchState.CANCELLED: "importing:home",
}


def batch_here(request: PoleRequest, pk: int) -> ImportBatch:
    """Return the import of the address, for those who may import."""
    check_user_can_import(request.viewer, request.pole)
    batch = batch_of(pole=request.pole, pk=pk)
    if batch is None:
        raise Http404("Cet import n’existe pas, ou a été oublié.")
    return batch


def to_its_page(request: PoleRequest, batch: ImportBatch) -> HttpResponse:
    """Go where the import stands."""
    name = _PAGE_OF[batch.state]
    keys = [request.pole.slug] if name == "importing:home" else [request.pole.slug, batch.pk]
    return redirect(name, *keys)


def check_now_or_later(request: PoleRequest, batch: ImportBatch) -> HttpResponse:
    """Check a small file at once and show what it would do; follow a large one. Raises ``UserMistake``."""
    if batch.size <= CHECKED_AT_ONCE_BYTES:
        check_batch(batch=batch, on=today())
        return redirect("importing:review", request.pole.slug, batch.pk)
    account = account_of(request)
    with transaction.atomic():
        title = f"Vérifier « {batch.filename[:150]} »"
        task = open_task(pole=request.pole, owner=account, title=title, at=now())
        transaction.on_commit(lambda: check_import.defer(task_id=task.pk, batch_id=batch.pk))
    return redirect("jobs:detail", request.pole.slug, task.pk)


def apply_now_or_later(request: PoleRequest, batch: ImportBatch) -> HttpResponse:
    """Write a few lines at once; follow the writing of many. Raises ``UserMistake``."""
    account = account_of(request)
    report = read_report(batch.report)
    if report is None or report.to_write <= WRITTEN_AT_ONCE_LINES:
        apply_batch(batch=batch, by=account, on=today(), at=now())
        return redirect("importing:done", request.pole.slug, batch.pk)
    with transaction.atomic():
        title = f"Enregistrer « {batch.filename[:150]} »"
        task = open_task(pole=request.pole, owner=account, title=title, at=now())
        account_id = account.pk if account is not None else None
        transaction.on_commit(
            lambda: apply_import.defer(task_id=task.pk, batch_id=batch.pk, account_id=account_id)
        )
    return redirect("jobs:detail", request.pole.slug, task.pk)
