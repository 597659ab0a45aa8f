"""Imports too long for one request: check a file, then write it."""

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from maillage.core.french import NBSP, number, plural
from maillage.domain.actors.models import Account
from maillage.importers.models import ImportBatch
from maillage.interfaces.jobs.progress import Progress
from maillage.interfaces.jobs.work import ONE_AT_A_TIME, carry_out


@app.task(name="check_import", queue="default", lock=ONE_AT_A_TIME)
def check_import(*, task_id: int, batch_id: int) -> None:
    """Check a file against the database and follow it on the task."""
    from maillage.importers.database import check_batch  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    def work(progress: Progress) -> tuple[str, str]:
        batch = ImportBatch.objects.select_related("pole").get(pk=batch_id)
        batch = check_batch(batch=batch, on=timezone.localdate(), progress=progress)
        return _told(batch), reverse("importing:review", args=[batch.pole.slug, batch.pk])

    carry_out(task_id=task_id, work=work)


@app.task(name="apply_import", queue="default", lock=ONE_AT_A_TIME)
def apply_import(*, task_id: int, batch_id: int, account_id: int | None) -> None:
    """Write a checked file and follow it on the task."""
    from maillage.importers.database import apply_batch, read_report  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    def work(progress: Progress) -> tuple[str, str]:
        batch = ImportBatch.objects.select_related("pole").get(pk=batch_id)
        by = Account.objects.filter(pk=account_id).first() if account_id is not None else None
        now = timezone.now()
        batch = apply_batch(batch=batch, by=by, on=timezone.localdate(), at=now, progress=progress)
        report = read_report(batch.report)
        written = report.to_write if report else 0
        message = f"{number(written)}{NBSP}{plural(written, 'ligne enregistrée', 'lignes enregistrées')}."
        return message, reverse("importing:done", args=[batch.pole.slug, batch.pk])

    carry_out(task_id=task_id, work=work)


def _told(batch: ImportBatch) -> str:
    from maillage.importers.database import read_report  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    report = read_report(batch.report)
    if report is None:
        return "Le fichier est vérifié."
    right = f"{number(report.to_write)}{NBSP}{plural(report.to_write, 'ligne à enregistrer', 'lignes à enregistrer')}"
    wrong = f"{number(report.faulty)}{NBSP}{plural(report.faulty, 'à corriger', 'à corriger')}"
    return f"Le fichier est vérifié : {right}, {wrong}."
