"""Signing out, here and at the identity provider one came by."""

import secrets
from urllib.parse import urlencode

from allauth.account import views as allauth_views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_KEY = "came_by"


def remember_provider(request: HttpRequest, *, provider: str, id_token: str, end_address: str) -> None:
    """Keep what signing out at the provider will ask."""
    request.session[_KEY] = {"provider": provider, "id_token": id_token, "end": end_address}


def log_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out; who came by a provider goes there to sign out too."""
    came_by = request.session.get(_KEY) if request.method == "POST" else None
    answer: HttpResponseBase = allauth_views.logout(request)
    if not came_by or not came_by["end"] or request.user.is_authenticated:
        return answer
    query = {
        "id_token_hint": came_by["id_token"],
        "post_logout_redirect_uri": settings.SITE_ADDRESS.rstrip("/") + "/",
        "state": secrets.token_urlsafe(16),
    }
    return HttpResponse(status=302, headers={"Location": f"{came_by['end']}?{urlencode(query)}"})
