"""Sheets that look alike: review them, compare two, reunite them or say that they are different."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.domain.actors import operations, policies
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.queries import (
    dismissal_numbered,
    dismissals_in,
    duplicates_to_review,
    merge_preview,
    organisation_in,
)
from maillage.domain.exchanges.queries import choices
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now

MOST_PAIRS = 50


@require_safe
@in_pole
def review(request: PoleRequest) -> HttpResponse:
    """List the pairs that nobody has decided on."""
    policies.check_user_can_merge_organisations(request.viewer, request.pole)
    pairs = duplicates_to_review(request.pole, limit=MOST_PAIRS)
    said = dismissals_in(request.pole)
    return render(request, "actors/duplicates.html", {"pairs": pairs, "most": MOST_PAIRS, "dismissed": said})


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def compare(request: PoleRequest) -> HttpResponse:
    """Put two sheets side by side, say what would move; a POST reunites them."""
    policies.check_user_can_merge_organisations(request.viewer, request.pole)
    given = request.POST if request.method == "POST" else request.GET
    first = _sheet(request, given.get("une", ""))
    if first is None:
        raise Http404("Choisissez d’abord une fiche dans l’annuaire.")
    second = _sheet(request, given.get("autre", "")) or _named(request, given.get("autre_text", ""))
    if second is None or second.pk == first.pk:
        return _ask_the_other(request, first, given.get("autre_text", ""))
    kept, absorbed = _in_order(first, second, given.get("garder", ""))
    mistake = ""
    if request.method == "POST":
        try:
            operations.merge_organisations(kept=kept, absorbed=absorbed, by=account_of(request), at=now())
        except UserMistake as refused:
            mistake = refused.message
        else:
            messages.success(request, f"Les deux fiches n’en font plus qu’une : « {kept.name} ».")
            return redirect("actors:detail", request.pole.slug, kept.pk)
    context = {
        "first": first,
        "second": second,
        "sides": _sides(request, first, second, kept),
        "preview": merge_preview(kept=kept, absorbed=absorbed),
        "mistake": mistake,
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "actors/compare.html", context, status=422 if mistake else 200)


def _sides(
    request: PoleRequest, first: Organisation, second: Organisation, kept: Organisation
) -> list[dict[str, Any]]:
    """The two sheets as a choice of which to keep."""
    here = reverse("actors:compare", args=[request.pole.slug])
    return [
        {
            "pk": one.pk,
            "name": one.name,
            "url": f"{here}?une={first.pk}&autre={second.pk}&garder={one.pk}",
            "is_kept": one.pk == kept.pk,
        }
        for one in (first, second)
    ]


def _ask_the_other(request: PoleRequest, first: Organisation, text: str) -> HttpResponse:
    context = {
        "first": first,
        "text": text,
        "mistake": f"Aucune autre structure du pôle ne s’appelle « {text} »." if text else "",
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
    }
    return render(request, "actors/compare_with.html", context, status=200)


def _sheet(request: PoleRequest, number: str) -> Organisation | None:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return organisation_in(pole=request.pole, pk=int(number))


def _named(request: PoleRequest, text: str) -> Organisation | None:
    return choices.organisation_named(pole=request.pole, name=text[:200]) if text else None


def _in_order(first: Organisation, second: Organisation, wanted: str) -> tuple[Organisation, Organisation]:
    """The sheet to keep, then the other: the one asked, else the one that has a SIREN, else the older."""
    if wanted == str(second.pk):
        return second, first
    if wanted == str(first.pk) or first.siren or not second.siren:
        return first, second
    return second, first


@require_POST
@in_pole
def dismiss(request: PoleRequest) -> HttpResponse:
    """Record that two sheets are two structures."""
    policies.check_user_can_merge_organisations(request.viewer, request.pole)
    first, second = (_sheet(request, request.POST.get(name, "")) for name in ("une", "autre"))
    if first is None or second is None:
        raise Http404("Une de ces fiches n’existe plus.")
    operations.dismiss_duplicate(first=first, second=second, at=now(), by=account_of(request))
    messages.success(
        request, "C’est noté : ce sont deux structures. Elles ne seront plus proposées ensemble."
    )
    return redirect("actors:duplicates", request.pole.slug)


@require_POST
@in_pole
def propose_again(request: PoleRequest, pk: int) -> HttpResponse:
    """Take « ce ne sont pas les mêmes » back."""
    policies.check_user_can_merge_organisations(request.viewer, request.pole)
    found = dismissal_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("C’est déjà annulé.")
    operations.review_again(dismissal=found)
    messages.success(request, "C’est annulé : les deux fiches peuvent de nouveau être proposées ensemble.")
    return redirect("actors:duplicates", request.pole.slug)
