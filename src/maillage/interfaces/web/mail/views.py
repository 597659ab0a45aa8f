"""What one receives, what one was told, and the letters of the pole."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import Refused, UserMistake
from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.queries import pole_by_pk
from maillage.domain.mail.enums import Rhythm
from maillage.domain.mail.letters import read_letter
from maillage.domain.mail.links import read
from maillage.domain.mail.models import Message
from maillage.domain.mail.operations import choose_rhythm, mark_all_read, mark_read, send_again
from maillage.domain.mail.policies import check_user_can_see_letters
from maillage.domain.mail.queries import (
    letter_of,
    letters_of,
    notifications_of,
    rhythm_of,
    troubled_letters,
)
from maillage.interfaces.jobs.post import UNSUBSCRIBE, preferences_url
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now

A_PAGE = 50
ONE_CLICK = "List-Unsubscribe"


@csrf_exempt  # a mail program posts « List-Unsubscribe=One-Click » without cookie; the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Choose what one receives, without an account."""
    email, pole = _reader(token)
    if request.method == "POST":
        asked = Rhythm.NEVER if ONE_CLICK in request.POST else request.POST.get("rythme", "")
        if asked not in Rhythm.values:
            return _preferences_page(request, email, pole, "Choisissez une des quatre façons de recevoir.")
        choose_rhythm(email=email, pole=pole, rhythm=Rhythm(asked), at=now())
        if ONE_CLICK in request.POST:
            return HttpResponse(status=204)
        messages.success(request, "C’est noté.")
        return redirect(request.path)
    return _preferences_page(request, email, pole, "")


def _reader(token: str) -> tuple[str, Pole]:
    found = read(UNSUBSCRIBE, token)
    pole = pole_by_pk(int(found["pole"])) if found else None
    if found is None or pole is None:
        raise Http404("Cette adresse est incomplète. Reprenez le lien au bas de notre dernière lettre.")
    return str(found["email"]), pole


def _preferences_page(request: HttpRequest, email: str, pole: Pole, mistake: str) -> HttpResponse:
    context = {
        "email": email,
        "of_pole": pole,
        "rhythms": Rhythm.choices,
        "kept": rhythm_of(email=email, pole=pole),
        "mistake": mistake,
    }
    return render(request, "mail/preferences.html", context, status=422 if mistake else 200)


def _account(request: PoleRequest) -> Account:
    account = account_of(request)
    if account is None:
        raise Refused("Connectez-vous pour lire ce qui vous est dit.")
    return account


@require_safe
@never_cache
@in_pole
def notifications(request: PoleRequest) -> HttpResponse:
    """List what the account was told, and say how it wants to hear of the pole."""
    account = _account(request)
    rows = notifications_of(account=account, pole=request.pole)
    context = {
        "shown": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "rhythm": Rhythm(rhythm_of(email=account.email, pole=request.pole)).label,
        "preferences_url": preferences_url(Message(to=account.email, pole=request.pole)),
    }
    return render(request, "mail/notifications.html", context)


@require_POST
@in_pole
def follow(request: PoleRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    found = mark_read(account=_account(request), pk=pk, at=now())
    if found is None:
        raise Http404("Cette nouvelle n’existe pas, ou n’est pas pour vous.")
    return redirect(found.url)


@require_POST
@in_pole
def all_read(request: PoleRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(account=_account(request), pole=request.pole, at=now())
    return redirect("mail:notifications", request.pole.slug)


@require_safe
@never_cache
@in_pole
def letters(request: PoleRequest) -> HttpResponse:
    """List the letters of the pole, those in trouble first."""
    check_user_can_see_letters(request.viewer, request.pole)
    context = {
        "troubled": list(troubled_letters(pole=request.pole)[:A_PAGE]),
        "shown": Paginator(letters_of(pole=request.pole), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "mail/letters.html", context)


def _letter(request: PoleRequest, pk: int) -> Message:
    check_user_can_see_letters(request.viewer, request.pole)
    found = letter_of(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cette lettre n’existe pas, ou n’est pas de ce pôle.")
    return found


@require_safe
@never_cache
@in_pole
def letter(request: PoleRequest, pk: int) -> HttpResponse:
    """Show one letter as it was written; its buttons are named, not given: they answer in the reader's place."""
    found = _letter(request, pk)
    return render(
        request, "mail/letter.html", {"one": found, "letter": read_letter(found.subject, found.letter)}
    )


@require_POST
@in_pole
def again(request: PoleRequest, pk: int) -> HttpResponse:
    """Queue a troubled letter once more."""
    found = _letter(request, pk)
    try:
        send_again(message=found, at=now())
    except UserMistake as mistake:
        messages.error(cast(HttpRequest, request), mistake.message)
    else:
        messages.success(cast(HttpRequest, request), "La lettre repart dans la minute.")
    return redirect("mail:letter", request.pole.slug, pk)
