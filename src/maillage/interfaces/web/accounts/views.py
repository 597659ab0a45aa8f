"""One's own account."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.domain.actors.queries import public_poles
from maillage.domain.actors.viewer import Viewer
from maillage.interfaces.web.accounts.identity import identity_shown
from maillage.interfaces.web.door import account_of


def _own(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return {"account": viewer.account, "mandates": viewer.mandates()}


def me(request: HttpRequest) -> HttpResponse:
    """Show who one is in each pole, and how the account is guarded."""
    account = account_of(request)
    if account is None:
        return redirect("account_login")
    return render(request, "accounts/me.html", _own(request))


@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask somebody who comes for the first time how they will come back."""
    return render(request, "accounts/welcome.html", _own(request))


def ask(request: HttpRequest) -> HttpResponse:
    """Choose the pole one asks to come into."""
    return render(
        request, "accounts/ask.html", {"poles": public_poles(), "identity": identity_shown(request)}
    )
