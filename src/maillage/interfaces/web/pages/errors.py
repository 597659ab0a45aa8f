"""Error pages: a plain sentence and what to do; the last one needs neither database nor session."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be read, or that what was sent is too big."""
    if isinstance(exception, RequestDataTooBig):
        return too_big(request)
    return render(request, "400.html", status=400)


def too_big(request: HttpRequest) -> HttpResponse:
    """Say that a file is too big."""
    return render(request, "413.html", status=413)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say why this page is closed, when a policy gave its reason."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page does not exist."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; no context processor runs, since the database may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)
