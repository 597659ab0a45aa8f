"""Create and change the sheet of a structure; a look-alike is shown before anything is written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors import operations, policies
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.queries import (
    PossibleDuplicates,
    organisation_anywhere,
    organisation_in,
    sites_of,
)
from maillage.interfaces.web.actors.forms import OrganisationForm
from maillage.interfaces.web.actors.reading import (
    Reading,
    form_mistakes,
    organisation_initial,
    read_organisation,
    read_site,
    says_a_place,
)
from maillage.interfaces.web.actors.views.sheet import NOT_HERE
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now

_FOLDED = (
    "short_name",
    "rna",
    "naf_code",
    "naf_version",
    "ess_ground",
    "inclusion_type",
    "esus_until",
    "staff_band",
    "website",
    "email",
    "phone",
    "verified_on",
    "latitude",
    "longitude",
    "is_fictional",
    "site_name",
)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest) -> HttpResponse:
    """Add a structure to the directory."""
    policies.check_user_can_create_organisation(request.viewer, request.pole)
    if request.method != "POST":
        form = OrganisationForm(initial={"name": request.GET.get("nom", "")[:200]})
        return _page(request, form, Reading())
    if request.POST.get("meme"):
        return _same(request, request.POST["meme"])
    form = OrganisationForm(request.POST)
    form.is_valid()
    reading = Reading(form_mistakes(form))
    fields = read_organisation(form, reading)
    site = read_site(form, reading, pole=request.pole)
    found: PossibleDuplicates | None = None
    if not reading.mistakes:
        try:
            made = operations.create_organisation(
                fields=fields,
                site=site if says_a_place(site) else None,
                pole=request.pole,
                distinct_from=_numbers(request.POST.getlist("vue")) if request.POST.get("autre") else (),
                at=now(),
                by=account_of(request),
            )
        except operations.DuplicateSuspected as suspected:
            found = suspected.found
        except (UserMistake, UserMistakes) as refused:
            reading.take(refused)
        else:
            messages.success(request, f"« {made.name} » est dans l’annuaire.")
            return redirect("actors:detail", request.pole.slug, made.pk)
    form.tell(reading.mistakes)
    return _page(request, form, reading, found=found, status=422)


def _same(request: PoleRequest, number: str) -> HttpResponse:
    """« C’est la même »: nothing is created, the sheet that exists joins the directory if it was not there."""
    known = organisation_anywhere(pk=int(number)) if number.isascii() and number.isdigit() else None
    if known is None:
        raise Http404("Cette structure n’existe pas, ou n’existe plus.")
    operations.make_known(organisation=known, pole=request.pole)
    messages.success(request, "Rien n’a été créé : voici sa fiche. Complétez-la si besoin.")
    return redirect("actors:detail", request.pole.slug, known.pk)


def _numbers(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10}


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change a sheet."""
    organisation = organisation_in(pole=request.pole, pk=pk)
    if organisation is None:
        raise Http404(NOT_HERE)
    policies.check_user_can_edit_organisation(request.viewer, request.pole, organisation)
    if request.method != "POST":
        form = OrganisationForm(initial=organisation_initial(organisation))
        return _page(request, form, Reading(), organisation=organisation)
    form = OrganisationForm(request.POST)
    form.is_valid()
    reading = Reading(form_mistakes(form))
    fields = read_organisation(form, reading, organisation=organisation)
    if not reading.mistakes:
        try:
            operations.update_organisation(organisation=organisation, fields=fields)
        except (UserMistake, UserMistakes) as refused:
            reading.take(refused)
        else:
            messages.success(request, "La fiche est à jour.")
            return redirect("actors:detail", request.pole.slug, pk)
    form.tell(reading.mistakes)
    return _page(request, form, reading, organisation=organisation, status=422)


def _page(
    request: PoleRequest,
    form: OrganisationForm,
    reading: Reading,
    *,
    organisation: Organisation | None = None,
    found: PossibleDuplicates | None = None,
    status: int = 200,
) -> HttpResponse:
    slug = request.pole.slug
    context: dict[str, Any] = {
        "form": form,
        "organisation": organisation,
        "found": found,
        "sites": sites_of(organisation) if organisation is not None else [],
        "municipality_text": reading.where.text or form.text("municipality_text"),
        "repairs": [
            (one.value, ", ".join(part for part in (one.words, one.detail) if part))
            for one in reading.where.repairs
        ],
        "places_url": f"{reverse('places:search')}?pole={slug}",
        "is_open": any(name in form.errors for name in _FOLDED)
        or (organisation is not None and status == 200),
        "draft_key": f"{slug}-structure-{organisation.pk if organisation is not None else 'nouvelle'}",
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "actors/edit.html", context, status=status)
