"""A fresh proof before what touches the security of an account that has neither password nor second proof.

The others prove who they are by allauth's own page; those who only ever come by link receive one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.interfaces.web.door import account_of, now

_KEY = "proved_at"
FRESH = timedelta(minutes=10)


def note_proof(request: HttpRequest) -> None:
    """Remember that this session just proved, by a link, who it is."""
    request.session[_KEY] = now().isoformat()


def has_fresh_proof(request: HttpRequest) -> bool:
    """Whether a link was used in this session a few minutes ago."""
    kept = request.session.get(_KEY)
    return isinstance(kept, str) and now() - datetime.fromisoformat(kept) < FRESH


def proved(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of security: an account that comes by link only shows it again when the last is old."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        account = account_of(request)
        if account is None or get_adapter().get_reauthentication_methods(account) or has_fresh_proof(request):
            return view(request, *args, **kwargs)
        messages.info(request, "Avant ce changement, nous vérifions que c’est bien vous, par un lien.")
        return redirect(f"{reverse('accounts:link')}?{urlencode({'next': request.path})}")

    return wrapped
