"""Who looks, at which pole: set once per request, read by every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from maillage.domain.actors.viewer import viewer_of
from maillage.interfaces.web.accounts.switching import CHOSEN


class ViewerMiddleware:
    """Put ``request.viewer`` (who looks) on the request; views put ``request.pole``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the viewer lazily: anonymous pages of static files ask no query."""
        request.viewer = viewer_of(  # type: ignore[attr-defined]  # our own attribute
            account=request.user,
            on=timezone.localdate(),
            chosen_organisation=request.session.get(CHOSEN, {}).get("organisation"),
        )
        return self.get_response(request)
