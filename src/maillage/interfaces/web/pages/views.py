"""The pages that belong to no room."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from maillage.core.errors import Refused
from maillage.domain.actors import policies
from maillage.domain.actors.queries import pole_by_slug, poles_for, public_poles
from maillage.domain.actors.viewer import Viewer
from maillage.domain.days.policies import user_can_see_cockpit, user_can_see_member_day
from maillage.domain.places.queries import territory_map
from maillage.interfaces.web.accounts.switching import chosen_pole
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.pages.gallery import drawings
from maillage.interfaces.web.pages.home import home_map, home_of
from maillage.interfaces.web.pages.network import network_lines
from maillage.interfaces.web.pages.styleguide import StyleForm, samples


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the poles; somebody who has a role goes straight to their pole, or chooses among theirs."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by our middleware
    own = poles_for(viewer)
    if own and "tous" not in request.GET:
        kept = own[0].pole.slug if len(own) == 1 else chosen_pole(request)
        here = next((one.pole for one in own if one.pole.slug == kept), None)
        if here is None:
            return redirect("accounts:switch")
        has_a_day = user_can_see_cockpit(viewer, here) or user_can_see_member_day(viewer, here)
        return redirect("days:today" if has_a_day else "pages:pole", here.slug)
    return render(request, "pages/poles.html", {"poles": public_poles()})


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show the poles side by side, for the networks."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by our middleware
    try:
        policies.check_user_can_read_across_poles(viewer)
    except Refused as refused:
        if not viewer.is_signed_in:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied(refused.message) from refused
    lines = network_lines(viewer=viewer, on=timezone.localdate())
    return render(request, "pages/network.html", {"lines": lines})


@require_safe
@in_pole
def pole(request: PoleRequest) -> HttpResponse:
    """Show the public home of a pole."""
    contents = home_of(pole=request.pole, viewer=request.viewer, at=timezone.localtime())
    return render(request, "pages/pole.html", contents)


@require_safe
@in_pole
def pole_map(request: PoleRequest) -> HttpResponse:
    """Answer the map of the home page."""
    return JsonResponse(home_map(pole=request.pole, viewer=request.viewer))


@require_safe
@cache_control(max_age=3600)
@in_pole
def ground(request: PoleRequest) -> HttpResponse:
    """Answer the ground of the pole's maps: outlines or schematic mesh, kept one hour by the browser."""
    return JsonResponse(territory_map(request.pole.territory))


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Show how to write to the pole of ``?pole=``, and to whoever publishes the site."""
    slug = request.GET.get("pole", "")
    found = pole_by_slug(slug) if slug else None
    if found is not None:
        request.pole = found  # type: ignore[attr-defined]  # our own attribute, read by the context processor
    return render(request, "pages/contact.html", {"legal": settings.LEGAL_NOTICE})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, why, and for whom."""
    return render(request, "pages/privacy.html")


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Show who publishes and hosts, as the settings say."""
    return render(request, "pages/legal.html", {"legal": settings.LEGAL_NOTICE})


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer a watcher: 200 when the database answers, an error otherwise."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component on one page, on development machines only."""
    if not settings.DEBUG:
        raise Http404
    form = StyleForm(request.GET or None)
    shown = {"form": form, "places_url": reverse("places:search"), "drawings": drawings()}
    return render(request, "pages/style.html", samples() | shown)
