"""The sheets somebody opened last, kept in their session; an address they may no longer see answers for itself."""

import html
import re
from collections.abc import Callable
from typing import TypedDict

from django.http import HttpRequest, HttpResponse

KEY = "recent"
MOST = 8
SHEETS = ("actors:detail", "exchanges:detail", "synergies:detail", "agreements:detail", "projects:detail")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class Recent(TypedDict):
    """One page: its address and the title it bore."""

    url: str
    title: str


def recent_pages(request: HttpRequest) -> list[Recent]:
    """Return the last sheets of the pole of the request, newest first."""
    pole = getattr(request, "pole", None)
    start = f"/p/{pole.slug}/" if pole is not None else "/"
    return [one for one in request.session.get(KEY, []) if one["url"].startswith(start)]


class RecentPagesMiddleware:
    """Note each sheet that somebody signed in opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note."""
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match is not None
            and match.view_name in SHEETS
            and request.method == "GET"
            and response.status_code == HttpResponse.status_code
            and request.user.is_authenticated
        ):
            _note(request, response)
        return response


def _note(request: HttpRequest, response: HttpResponse) -> None:
    found = _TITLE.search(response.content.decode(errors="replace"))
    if found is None:
        return
    title = html.unescape(found[1]).rpartition(" — ")[0].strip()
    before = request.session.get(KEY, [])
    kept = [one for one in before if one["url"] != request.path]
    after = [Recent(url=request.path, title=title), *kept][:MOST]
    if after != before:  # a sheet opened twice in a row writes nothing
        request.session[KEY] = after
