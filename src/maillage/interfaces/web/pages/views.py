"""The pages that belong to no room."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.interfaces.web.pages.styleguide import StyleForm, samples


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "pages/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, why, and for whom."""
    return render(request, "pages/privacy.html")


def legal(request: HttpRequest) -> HttpResponse:
    """Show who publishes and hosts, as the settings say."""
    return render(request, "pages/legal.html", {"legal": getattr(settings, "LEGAL_NOTICE", {})})


def health(request: HttpRequest) -> JsonResponse:
    """Answer a watcher: 200 when the database answers, an error otherwise."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def style(request: HttpRequest) -> HttpResponse:
    """Show every component on one page, on development machines only."""
    if not settings.DEBUG:
        raise Http404
    form = StyleForm(request.GET or None)
    return render(
        request, "pages/style.html", samples() | {"form": form, "places_url": reverse("places:search")}
    )
