"""Several poles, several structures: where one is, and in whose name; kept in the session."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.domain.actors.viewer import Viewer
from maillage.interfaces.web.door import line_number

CHOSEN = "chosen_place"


@dataclass(frozen=True, slots=True)
class Place:
    """A pole, and the structure in whose name one acts there; none for who runs or reads it."""

    pole_slug: str
    pole_name: str
    organisation_id: int | None
    organisation_name: str
    roles: tuple[str, ...]
    is_chosen: bool


def places_of(viewer: Viewer, chosen: dict[str, Any]) -> list[Place]:
    """Return the places somebody may act from, by pole then structure."""
    found: dict[tuple[int, int | None], list[Any]] = {}
    for mandate in viewer.mandates():
        speaks = mandate.organisation_id in viewer.organisations_in(mandate.pole_id)
        found.setdefault((mandate.pole_id, mandate.organisation_id if speaks else None), []).append(mandate)
    places = [
        Place(
            rows[0].pole.slug,
            rows[0].pole.name,
            organisation_id,
            rows[0].organisation.name if organisation_id and rows[0].organisation else "",
            tuple(dict.fromkeys(row.get_role_display() for row in rows)),
            chosen == {"pole": rows[0].pole.slug, "organisation": organisation_id},
        )
        for (_, organisation_id), rows in found.items()
    ]
    return sorted(places, key=lambda one: (one.pole_name, one.organisation_name))


def chosen_pole(request: HttpRequest) -> str:
    """Return the pole chosen in this session, when one still has a role there."""
    slug = str(request.session.get(CHOSEN, {}).get("pole", ""))
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return slug if any(mandate.pole.slug == slug for mandate in viewer.mandates()) else ""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Choose the pole one works in, and in whose name."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    places = places_of(viewer, request.session.get(CHOSEN, {}))
    if request.method != "POST":
        return render(request, "accounts/switch.html", {"places": places})
    number = line_number(request.POST.get("structure", ""))
    wanted = next(
        (
            one
            for one in places
            if one.pole_slug == request.POST.get("pole") and one.organisation_id == number
        ),
        None,
    )
    if wanted is None:
        raise Http404("Vous n’avez pas de rôle là-bas.")
    request.session[CHOSEN] = {"pole": wanted.pole_slug, "organisation": wanted.organisation_id}
    name = f", pour {wanted.organisation_name}" if wanted.organisation_name else ""
    messages.success(request, f"Vous êtes dans {wanted.pole_name}{name}.")
    return redirect("pages:pole", wanted.pole_slug)
