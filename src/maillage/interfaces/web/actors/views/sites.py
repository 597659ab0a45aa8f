"""The sites of a structure: add, change, remove, choose the head."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors import operations, policies
from maillage.domain.actors.models import Organisation, Site
from maillage.domain.actors.queries import organisation_in, sites_of
from maillage.interfaces.web.actors.forms import SiteForm
from maillage.interfaces.web.actors.reading import (
    Reading,
    form_mistakes,
    read_site,
    site_field,
    site_initial,
)
from maillage.interfaces.web.actors.views.sheet import NOT_HERE
from maillage.interfaces.web.door import PoleRequest, in_pole

REMOVE, HEAD = "retirer", "siege"


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def site(request: PoleRequest, pk: int) -> HttpResponse:
    """Add a site, or change the one of ``?site=``; two gestures remove it or make it the head."""
    organisation = organisation_in(pole=request.pole, pk=pk)
    if organisation is None:
        raise Http404(NOT_HERE)
    policies.check_user_can_edit_organisation(request.viewer, request.pole, organisation)
    chosen = _chosen(request, organisation)
    if request.method != "POST":
        initial = site_initial(chosen) if chosen is not None else {}
        return _page(request, organisation, chosen, SiteForm(initial=initial), Reading())
    gesture = request.POST.get("geste", "")
    if chosen is not None and gesture in {REMOVE, HEAD}:
        return _moved(request, organisation, chosen, gesture)
    return _saved(request, organisation, chosen)


def _chosen(request: PoleRequest, organisation: Organisation) -> Site | None:
    number = request.GET.get("site", "")
    if not number:
        return None
    for one in sites_of(organisation):
        if str(one.pk) == number:
            return one
    raise Http404("Ce site n’existe pas, ou n’existe plus.")


def _moved(request: PoleRequest, organisation: Organisation, chosen: Site, gesture: str) -> HttpResponse:
    if gesture == HEAD:
        operations.set_head_site(site=chosen)
        messages.success(request, f"Le siège est maintenant : {chosen}.")
    else:
        operations.remove_site(site=chosen)
        messages.success(request, "Le site est retiré.")
    return redirect("actors:edit", request.pole.slug, organisation.pk)


def _saved(request: PoleRequest, organisation: Organisation, chosen: Site | None) -> HttpResponse:
    form = SiteForm(request.POST)
    form.is_valid()
    reading = Reading(form_mistakes(form))
    fields = read_site(form, reading, pole=request.pole)
    if not reading.mistakes and not (fields.municipality or fields.address or fields.latitude):
        reading.mistakes["municipality"] = "Dites au moins la commune."
    if not reading.mistakes:
        try:
            if chosen is None:
                operations.create_site(organisation=organisation, fields=fields)
            else:
                operations.update_site(site=chosen, fields=fields)
        except UserMistakes as several:
            reading.mistakes |= {site_field(name): said for name, said in several.by_field.items()}
        except UserMistake as mistake:
            reading.mistakes[site_field(mistake.field)] = mistake.message
        else:
            messages.success(request, "Le site est noté.")
            return redirect("actors:edit", request.pole.slug, organisation.pk)
    form.tell(reading.mistakes)
    return _page(request, organisation, chosen, form, reading, status=422)


def _page(
    request: PoleRequest,
    organisation: Organisation,
    chosen: Site | None,
    form: SiteForm,
    reading: Reading,
    *,
    status: int = 200,
) -> HttpResponse:
    known = chosen.municipality.label if chosen is not None and chosen.municipality else ""
    typed = form.text("municipality_text") if form.is_bound else known
    context = {
        "organisation": organisation,
        "site": chosen,
        "form": form,
        "municipality_text": reading.where.text or typed,
        "repairs": [
            (one.value, ", ".join(part for part in (one.words, one.detail) if part))
            for one in reading.where.repairs
        ],
        "places_url": f"{reverse('places:search')}?pole={request.pole.slug}",
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "actors/site.html", context, status=status)
