"""The sign NUL, which nobody types and which no text of the database may hold, is taken out of whatever is sent."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class NoNulMiddleware:
    """Give every view a question and a form without NUL: a hostile form ends in a page, never in a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Clean what was sent; the form was read before, to check where it comes from."""
        request.GET = without_nul(request.GET)  # type: ignore[assignment]  # immutable as the one it replaces
        if request.method == "POST":
            request.POST = without_nul(request.POST)  # type: ignore[assignment]  # as above


def without_nul(sent: QueryDict) -> QueryDict:
    """Return what was sent without NUL; itself when there is none."""
    if not any(NUL in value for _, values in sent.lists() for value in values):
        return sent
    kept = sent.copy()
    for name, values in sent.lists():
        kept.setlist(name, [value.replace(NUL, "") for value in values])
    kept._mutable = False
    return kept
