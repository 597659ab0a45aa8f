"""One's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.domain.actors.viewer import Viewer
from maillage.interfaces.web.door import account_of


def me(request: HttpRequest) -> HttpResponse:
    """Show who one is in each pole."""
    account = account_of(request)
    if account is None:
        return redirect("account_login")
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return render(request, "accounts/me.html", {"account": account, "mandates": viewer.mandates()})
