"""Begin an import: what the table holds, its file, the templates to fill, the imports of before."""

from io import BytesIO
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.errors import UserMistake
from maillage.importers.database import check_user_can_import, receive_file
from maillage.importers.database.queries import batches_of
from maillage.importers.models import BatchKind
from maillage.importers.schemas import SCHEMAS, schema_named
from maillage.importers.templates import write_csv_template, write_xlsx_template
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now
from maillage.interfaces.web.importing.forms import UploadForm

_BY_PAGE = 10
_WRITERS = {"csv": write_csv_template, "xlsx": write_xlsx_template}
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KINDS = {
    "structures": BatchKind.ORGANISATIONS,
    "besoins": BatchKind.NEEDS,
    "offres": BatchKind.OFFERS,
    "flux": BatchKind.FLOWS,
    "faits": BatchKind.FACTS,
}


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def home(request: PoleRequest) -> HttpResponse:
    """Show the form, or receive a file."""
    check_user_can_import(request.viewer, request.pole)
    asked = KINDS.get(request.GET.get("liste", ""))
    form = UploadForm(initial={"kind": asked} if asked else None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            uploaded = cast("UploadedFile[bytes]", form.cleaned_data["file"])
            try:
                batch = receive_file(
                    pole=request.pole,
                    kind=form.cleaned_data["kind"],
                    file=cast(BinaryIO, uploaded.file),
                    filename=uploaded.name or "fichier",
                    by=account_of(request),
                    at=now(),
                )
            except UserMistake as mistake:
                form.add_error("file", mistake.message)
            else:
                return redirect("importing:mapping", request.pole.slug, batch.pk)
    return _page(request, form)


def _page(request: PoleRequest, form: UploadForm) -> HttpResponse:
    pages = Paginator(batches_of(request.pole), _BY_PAGE)
    context = {
        "form": form,
        "page_obj": pages.get_page(request.GET.get("page")),
        "templates": [(slug, SCHEMAS[kind.value].label) for slug, kind in KINDS.items()],
    }
    return render(request, "importing/home.html", context, status=400 if form.errors else 200)


@require_safe
@in_pole
def template(request: PoleRequest, kind: str, extension: str) -> HttpResponse:
    """Give the file to fill in."""
    check_user_can_import(request.viewer, request.pole)
    if kind not in KINDS or extension not in _WRITERS:
        raise Http404(
            "Ce modèle n’existe pas. Choisissez structures, besoins, offres, flux ou faits, en xlsx ou csv."
        )
    file = BytesIO()
    _WRITERS[extension](file, schema_named(KINDS[kind].value))
    return as_download(file, f"modele-{kind}.{extension}", _TYPES[extension])


def as_download(file: BytesIO, name: str, content_type: str) -> HttpResponse:
    """Return a file to keep."""
    return HttpResponse(
        file.getvalue(),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
