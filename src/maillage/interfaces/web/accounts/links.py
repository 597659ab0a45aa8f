"""Coming in by a link sent by e-mail: ask for it, open it, use it."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import SignInLink
from maillage.domain.actors.operations import link_to_use, use_link
from maillage.domain.actors.queries import account_by_email
from maillage.interfaces.web.accounts.forms import LinkForm
from maillage.interfaces.web.accounts.letters import send_sign_in_link
from maillage.interfaces.web.accounts.proof import note_proof
from maillage.interfaces.web.accounts.throttle import too_many
from maillage.interfaces.web.door import account_of, now


def own_page(address: str) -> str:
    """Return the address when it is a page of this site, else nothing."""
    return address if address and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether the address has an account or not."""
    signed_in = account_of(request)
    next_page = own_page(request.POST.get("next", request.GET.get("next", "")))
    form = LinkForm(request.POST or None, initial={"email": signed_in.email if signed_in else ""})
    if request.method == "POST" and form.is_valid():
        email = signed_in.email if signed_in else form.cleaned_data["email"].lower()
        wait = too_many(request, "sign_in_link", email)
        if wait is not None:
            return wait
        account = account_by_email(email)
        if account is not None:
            send_sign_in_link(account=account, next_page=next_page, at=now())
        return redirect("accounts:link_sent")
    context = {"form": form, "next_page": next_page, "signed_in": signed_in}
    return render(request, "accounts/link.html", context, status=422 if form.errors else 200)


def link_sent(request: HttpRequest) -> HttpResponse:
    """Say where the link went."""
    return render(request, "accounts/link_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a button; the link serves when it is pressed, so that a mail filter that opens it spends nothing."""
    wait = too_many(request, "use_link", "")
    if wait is not None:
        return wait
    try:
        if request.method == "POST":
            return _come_in(request, use_link(secret=secret, at=now()))
        link = link_to_use(secret=secret, at=now())
    except UserMistake as mistake:
        return render(request, "accounts/link_spent.html", {"reason": mistake.message}, status=410)
    return render(request, "accounts/link_open.html", {"link": link})


def _come_in(request: HttpRequest, link: SignInLink) -> HttpResponse:
    signed_in = account_of(request)
    next_page = own_page(link.next_page)
    if signed_in is not None and signed_in.pk == link.account_id:
        note_proof(request)
        messages.success(request, "C’est bien vous.")
        return redirect(next_page or "accounts:me")
    record_authentication(request, link.account, method="link")
    answer: HttpResponse = perform_login(request, link.account, redirect_url=next_page or None)
    note_proof(request)
    return answer
