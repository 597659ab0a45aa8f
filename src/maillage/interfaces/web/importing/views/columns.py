"""Say which column of the file feeds which field."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake
from maillage.domain.actors.enums import ActorFamily
from maillage.importers.database import choose_sheet, set_mapping
from maillage.importers.database.queries import same_file_before
from maillage.importers.mapping import ColumnChoice, Mapping
from maillage.importers.models import BatchKind, BatchState, ImportBatch
from maillage.importers.schemas import Schema, schema_named
from maillage.interfaces.web.door import PoleRequest, in_pole, now
from maillage.interfaces.web.importing.steps import batch_here, check_now_or_later, to_its_page

_SURE = 0.9
_OPEN = (BatchState.UPLOADED, BatchState.CHECKED, BatchState.FAILED)


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the file, its first values, the field it feeds."""

    number: int
    header: str
    samples: tuple[str, ...]
    chosen: str
    is_guess: bool
    is_twice: bool


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def mapping(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the proposed columns, or take the corrected ones and check the file."""
    batch = batch_here(request, pk)
    if batch.state not in _OPEN:
        return to_its_page(request, batch)
    if request.method != "POST":
        return _page(request, batch, [one.field or "" for one in _choices(batch)], batch.error)
    chosen = [request.POST.get(f"colonne-{number}", "") for number in range(len(_choices(batch)))]
    try:
        batch = set_mapping(
            batch=batch,
            fields=[field or None for field in chosen],
            at=now(),
            default_family=request.POST.get("famille") or None,
        )
        return check_now_or_later(request, batch)
    except UserMistake as mistake:
        return _page(request, batch, chosen, mistake.message, status=400)


@require_POST
@in_pole
def sheet(request: PoleRequest, pk: int) -> HttpResponse:
    """Read another sheet of the workbook."""
    batch = batch_here(request, pk)
    try:
        choose_sheet(batch=batch, sheet=request.POST.get("feuille", ""))
    except UserMistake as mistake:
        if batch.state not in _OPEN:
            return to_its_page(request, batch)
        return _page(
            request, batch, [one.field or "" for one in _choices(batch)], mistake.message, status=400
        )
    return redirect("importing:mapping", request.pole.slug, batch.pk)


def _choices(batch: ImportBatch) -> tuple[ColumnChoice, ...]:
    return Mapping.from_json(batch.mapping).choices if batch.mapping else ()


def _page(
    request: PoleRequest, batch: ImportBatch, chosen: list[str], error: str, *, status: int = 200
) -> HttpResponse:
    schema = schema_named(batch.kind)
    context = {
        "batch": batch,
        "lines": _lines(batch, chosen),
        "fields": [(column.name, column.label, column.help) for column in schema.columns],
        "needed": _needed(schema),
        "reading": {"sheets": [], "notes": [], "skipped": [], "remembered": False, **batch.reading},
        "families": ActorFamily.choices,
        "family": request.POST.get("famille") or batch.answers.get("family", ""),
        "asks_family": "family" not in chosen and batch.kind != BatchKind.FACTS,
        "is_of_organisations": batch.kind == "organisations",
        "before": same_file_before(batch),
        "error": error,
    }
    return render(request, "importing/mapping.html", context, status=status)


def _lines(batch: ImportBatch, chosen: list[str]) -> list[ColumnLine]:
    samples = batch.reading.get("samples", [])
    return [
        ColumnLine(
            number=number,
            header=choice.header,
            samples=tuple(samples[number]) if number < len(samples) else (),
            chosen=field,
            is_guess=bool(field) and field == choice.field and choice.confidence < _SURE,
            is_twice=bool(field) and chosen.count(field) > 1,
        )
        for number, (choice, field) in enumerate(zip(_choices(batch), chosen, strict=True))
    ]


def _needed(schema: Schema) -> list[str]:
    return [column.label for column in schema.columns if column.required]
