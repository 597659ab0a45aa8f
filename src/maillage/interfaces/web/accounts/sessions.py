"""The sessions of an account: where it is open, and closing one or all the others."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.domain.actors.models import Account
from maillage.interfaces.web.door import account_of, line_number

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux|X11", "Linux"),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One place where the account is open, in words."""

    pk: int
    where: str
    ip: str
    since: datetime
    is_current: bool


def device(agent: str) -> str:
    """Say a browser's long name in two words: « Firefox sous Linux »."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for signs, name in _SYSTEMS if re.search(signs, agent)), "")
    if browser and system:
        return f"{browser} sous {system}"
    return browser or system or "Appareil inconnu"


def _open(account: Account) -> list[UserSession]:
    found: list[UserSession] = UserSession.objects.purge_and_list(account)
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def close_other_sessions(account: Account, *, kept: str) -> int:
    """Close every session of the account but the one of this key; return how many."""
    others = [one for one in _open(account) if one.session_key != kept]
    for one in others:
        one.end()
    return len(others)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions; close one, or all the others."""
    account = account_of(request)
    if account is None:
        return redirect("account_login")
    if request.method == "POST":
        return _closed(request, account)
    shown = [
        OpenSession(one.pk, device(one.user_agent), one.ip, one.created_at, one.is_current())
        for one in _open(account)
    ]
    return render(request, "accounts/sessions.html", {"sessions": shown})


def _closed(request: HttpRequest, account: Account) -> HttpResponse:
    if request.POST.get("geste") == "autres":
        closed = close_other_sessions(account, kept=request.session.session_key or "")
        messages.success(
            request, "Les autres sessions sont fermées." if closed else "Il n’y en avait pas d’autre."
        )
        return redirect("accounts:sessions")
    number = line_number(request.POST.get("numero", ""))
    chosen = next((one for one in _open(account) if one.pk == number), None)
    if chosen is None:
        raise Http404("Cette session n’existe plus.")
    if chosen.is_current():
        get_adapter(request).logout(request)
        return redirect("account_login")
    chosen.end()
    messages.success(request, "Cette session est fermée.")
    return redirect("accounts:sessions")
