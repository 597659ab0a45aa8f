"""Read a text and answer it without account, through the link of a letter; opening it never answers."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.agreements import operations
from maillage.domain.agreements.models import ConsentInvitation
from maillage.domain.agreements.operations.inviting import LASTS_DAYS, PURPOSE
from maillage.domain.agreements.operations.linking import TOO_OLD, USED
from maillage.domain.agreements.queries.signing import (
    Answers,
    ShownText,
    annexes_of,
    answers_to,
    file_of,
    invitation_numbered,
    shown_text,
)
from maillage.domain.mail.links import read as read_link
from maillage.domain.synergies.operations import follow_agreement
from maillage.interfaces.web.agreements.doors import doors_of
from maillage.interfaces.web.agreements.forms import DeclineForm, KeptForm, SignForm
from maillage.interfaces.web.door import PoleRequest, in_pole, now, today
from maillage.interfaces.web.kept_files import as_kept_file

_MOVED = "Ce texte n’est plus à signer. S’il est changé, une nouvelle lettre vous le dira."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@in_pole
def link(request: PoleRequest, token: str) -> HttpResponse:
    """Read and answer without account, through a link that serves once."""
    answer = _page(request, token)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    return answer


@require_safe
@never_cache
@in_pole
def link_file(request: PoleRequest, token: str, file: int) -> HttpResponse:
    """Hand over an annex to who reads the text through a link, as long as the link is open."""
    found = _behind(request, token)
    if isinstance(found, str):
        return _closed(request, found)
    stored = file_of(agreement=found.invitation.agreement, pk=file, viewer=None)
    if stored is None:
        raise Http404("Ce fichier n’existe pas, ou n’existe plus.")
    answer = as_kept_file(stored)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an open link leads to."""

    invitation: ConsentInvitation
    shown: ShownText
    answers: Answers


def _page(request: PoleRequest, token: str) -> HttpResponse:
    found = _behind(request, token)
    if isinstance(found, str):
        return _closed(request, found)
    return _open(request, token, found)


def _behind(request: PoleRequest, token: str) -> _Reading | str:
    """Return what the link leads to, or why it is closed."""
    payload = read_link(PURPOSE, token, LASTS_DAYS * 86_400)
    number = payload.get("invitation") if payload else None
    invitation = invitation_numbered(number) if isinstance(number, int) else None
    if invitation is None or invitation.agreement.pole_id != request.pole.pk:
        return TOO_OLD
    if invitation.used_at is not None:
        return USED
    shown = shown_text(agreement=invitation.agreement, amendment=invitation.amendment)
    stands = (invitation.amendment or invitation.agreement).state
    if shown is None or shown.kept is None or shown.kept.pk != invitation.text_id or stands != "to_sign":
        return _MOVED
    answers = answers_to(shown.kept, viewer=None)
    if invitation.organisation not in answers.waiting([invitation.organisation]):
        return f"{invitation.organisation.name} a déjà répondu à ce texte."
    return _Reading(invitation, shown, answers)


def _closed(request: PoleRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "no_bar": True, "no_capture": True}
    return render(request, "agreements/link_closed.html", context, status=410)


def _open(request: PoleRequest, token: str, found: _Reading) -> HttpResponse:
    invitation, shown = found.invitation, found.shown
    is_no = request.POST.get("comment") == "non"
    data = request.POST if request.method == "POST" else None
    own = SignForm(None if is_no else data, initial={"digest": shown.digest}, auto_id="signer_%s")
    no = DeclineForm(data if is_no else None, initial={"digest": shown.digest}, auto_id="refuser_%s")
    status = 200
    if data is not None:
        if (_declined if is_no else _signed)(invitation, no if is_no else own):
            agreement = invitation.agreement
            follow_agreement(agreement=agreement, by=None, at=now(), on=today())
            context = {
                "invitation": invitation,
                "agreement": agreement,
                "digest": shown.digest,
                "is_no": is_no,
            }
            return render(
                request, "agreements/link_done.html", context | {"no_bar": True, "no_capture": True}
            )
        status = 422
    context = {
        "agreement": invitation.agreement,
        "amendment": invitation.amendment,
        "invitation": invitation,
        "shown": shown,
        "answers": found.answers,
        "annexes": annexes_of(invitation.agreement) if invitation.amendment is None else (),
        "token": token,
        "own": own,
        "no": no,
        "on_paper": None,
        "by_link": True,
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "agreements/text.html", context, status=status)


def _signed(invitation: ConsentInvitation, form: KeptForm) -> bool:
    if not form.is_valid():
        return False
    kept = form.cleaned_data
    try:
        operations.sign_by_link(
            invitation=invitation,
            digest=kept["digest"],
            signer=kept["signer"],
            capacity=kept["capacity"],
            at=now(),
            on=today(),
            doors=doors_of(invitation.agreement),
        )
    except (UserMistake, UserMistakes) as refused:
        form.tell(refused)
        return False
    return True


def _declined(invitation: ConsentInvitation, form: KeptForm) -> bool:
    if not form.is_valid():
        return False
    kept = form.cleaned_data
    try:
        operations.decline_by_link(
            invitation=invitation,
            digest=kept["digest"],
            reason=kept["reason"],
            words=kept["words"],
            said_by=kept["said_by"],
            at=now(),
            on=today(),
            doors=doors_of(invitation.agreement),
        )
    except (UserMistake, UserMistakes) as refused:
        form.tell(refused)
        return False
    return True
