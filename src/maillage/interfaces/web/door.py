"""What every view leans on: the pole of the address, refusals that say why, the day."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from maillage.core.errors import Refused
from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.queries import pole_for
from maillage.domain.actors.viewer import Viewer

Arguments = ParamSpec("Arguments")
LONGEST_NUMBER = 18  # what fits in a bigint


class PoleRequest(HttpRequest):
    """A request inside a pole: what ``in_pole`` guarantees to its views."""

    pole: Pole
    viewer: Viewer


PoleView = Callable[Concatenate[PoleRequest, Arguments], HttpResponse]


def today() -> date:
    """The day it is here: the doors give it to the rooms, which have no clock."""
    return timezone.localdate()


def now() -> datetime:
    """The present moment."""
    return timezone.now()


def line_number(text: str) -> int | None:
    """Return the number of a line as a form or an address gives it; None when it is none, « ² » and « ٣ » included."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


def account_of(request: HttpRequest) -> Account | None:
    """The account that is signed in, if any."""
    viewer = cast(Viewer, getattr(request, "viewer", None))
    return viewer.account


def in_pole(view: PoleView[Arguments]) -> Callable[..., HttpResponse]:
    """Wrap a view of ``/p/<pole>/…``: find the pole, and turn a refusal into its page.

    The view receives a ``PoleRequest``. A refusal sends somebody who is not signed in to the sign-in page, and shows
    the reason to anybody else.
    """

    @wraps(view)
    def wrapped(
        request: HttpRequest, /, pole: str, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        inside = cast(PoleRequest, request)
        found = pole_for(viewer=inside.viewer, slug=pole)
        if found is None:
            raise Http404("Ce pôle n’existe pas, ou n’existe plus.")
        inside.pole = found
        try:
            return view(inside, *args, **kwargs)
        except Refused as refused:
            if not inside.viewer.is_signed_in:
                return redirect(f"/compte/login/?{urlencode({'next': request.get_full_path()})}")
            raise PermissionDenied(refused.message) from refused

    return wrapped
