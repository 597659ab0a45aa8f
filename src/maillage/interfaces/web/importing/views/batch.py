"""Look at the dry run of a file, correct it, write it, give it up."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP
from maillage.importers.database import Report, answer_questions, cancel_batch, read_report
from maillage.importers.export import write_csv
from maillage.importers.models import BatchKind, BatchState, ImportBatch
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.importing.steps import (
    apply_now_or_later,
    batch_here,
    check_now_or_later,
    to_its_page,
)
from maillage.interfaces.web.importing.views.home import as_download

_WAITING = (BatchState.CHECKING, BatchState.APPLYING)


@require_safe
@in_pole
def review(request: PoleRequest, pk: int) -> HttpResponse:
    """Show what the file would do."""
    batch = batch_here(request, pk)
    report = read_report(batch.report)
    if batch.state not in {BatchState.CHECKED, *_WAITING} and not (
        report and batch.state == BatchState.UPLOADED
    ):
        return to_its_page(request, batch)
    return render(request, "importing/review.html", _context(batch, report))


def _context(batch: ImportBatch, report: Report | None) -> dict[str, object]:
    return {
        "batch": batch,
        "report": report,
        "wrong": report.groups(blocking=True) if report else [],
        "remarks": report.groups(blocking=False) if report else [],
        "is_waiting": batch.state in _WAITING,
        "is_stale": batch.state == BatchState.UPLOADED,
        "is_of_organisations": batch.kind == BatchKind.ORGANISATIONS,
    }


@require_POST
@in_pole
def check(request: PoleRequest, pk: int) -> HttpResponse:
    """Check the file again."""
    batch = batch_here(request, pk)
    return _checked(request, batch)


def _checked(request: PoleRequest, batch: ImportBatch) -> HttpResponse:
    try:
        return check_now_or_later(request, batch)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        batch.refresh_from_db()
        return to_its_page(request, batch)


@require_POST
@in_pole
def answer(request: PoleRequest, pk: int) -> HttpResponse:
    """Take what was said of the look-alikes, and check the file again."""
    batch = batch_here(request, pk)
    report = read_report(batch.report)
    same: dict[str, int] = {}
    for number, question in enumerate(report.questions if report else ()):
        said = request.POST.get(f"question-{number}", "")
        known = {str(one.pk) for one in question.candidates} | {"0"}
        if said in known:
            same[question.key] = int(said)
    try:
        batch = answer_questions(batch=batch, same=same)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return to_its_page(request, batch)
    return _checked(request, batch)


@require_POST
@in_pole
def apply(request: PoleRequest, pk: int) -> HttpResponse:
    """Write the right lines, as they were shown."""
    batch = batch_here(request, pk)
    try:
        return apply_now_or_later(request, batch)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        batch.refresh_from_db()
        if batch.state == BatchState.UPLOADED and batch.report:
            return redirect("importing:review", request.pole.slug, batch.pk)
        return to_its_page(request, batch)


@require_POST
@in_pole
def cancel(request: PoleRequest, pk: int) -> HttpResponse:
    """Give the import up."""
    batch = batch_here(request, pk)
    try:
        cancel_batch(batch=batch)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return to_its_page(request, batch)
    messages.success(request, f"«{NBSP}{batch.filename}{NBSP}» est abandonné : rien n’a été enregistré.")
    return redirect("importing:home", request.pole.slug)


@require_safe
@in_pole
def done(request: PoleRequest, pk: int) -> HttpResponse:
    """Show what was written and where to find it."""
    batch = batch_here(request, pk)
    if batch.state != BatchState.APPLIED:
        return to_its_page(request, batch)
    slug = request.pole.slug
    if batch.kind == BatchKind.ORGANISATIONS:
        links = [(reverse("actors:list", args=[slug]), "Voir les structures")]
    else:
        links = [
            (reverse("exchanges:list", args=[slug]), "Voir les besoins et les offres"),
            (reverse("matching:desk", args=[slug]), "Chercher les rapprochements"),
        ]
    context = {"batch": batch, "report": read_report(batch.report), "links": links}
    return render(request, "importing/done.html", context)


@require_safe
@in_pole
def faults(request: PoleRequest, pk: int, extension: str) -> HttpResponse:
    """Give every faulty cell and every remark, to correct the file beside."""
    batch = batch_here(request, pk)
    report = read_report(batch.report)
    if report is None or extension != "csv":
        raise Http404("Cette liste n’existe pas : le fichier n’a pas encore été vérifié.")
    file = BytesIO()
    headers = ("Ligne", "Colonne", "Case", "Ce qui ne va pas", "Empêche l’enregistrement")
    ordered = sorted(report.faults, key=lambda one: (not one.blocking, one.line))
    rows = (
        (one.line, one.column, one.cell, one.sentence, "oui" if one.blocking else "non") for one in ordered
    )
    write_csv(file, headers, rows)
    return as_download(file, f"a-corriger-{batch.pk}.csv", "text/csv; charset=utf-8")
