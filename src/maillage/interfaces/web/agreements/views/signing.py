"""The gestures around signing: send to be signed, take back, end, cancel; invite by a link; join annexes."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.agreements import operations
from maillage.domain.agreements.models import ConsentInvitation
from maillage.domain.agreements.operations.inviting import LASTS_DAYS, PURPOSE, TOO_OLD, USED
from maillage.domain.agreements.policies import check_user_can_open_agreement
from maillage.domain.agreements.queries.signing import (
    amendment_to_sign,
    annex_of,
    consents_to,
    invitation_numbered,
    shown_text,
    waiting_for,
)
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations import cancel_agreement, end_agreement
from maillage.domain.ledger.policies import check_user_can_change_agreement, check_user_can_move_agreement
from maillage.domain.mail.links import read as read_link
from maillage.domain.synergies.operations import follow_agreement
from maillage.interfaces.web.agreements.forms import AnnexForm, InviteForm, SignForm
from maillage.interfaces.web.agreements.views.reach import agreement_or_404, back, told
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today

_SAID = {
    "propose": "Le texte est à la signature. Chaque partie peut le lire et dire oui.",
    "revise": "Le texte est repris. Une fois changé, il sera à signer de nouveau.",
    "end": "L’accord est terminé.",
    "cancel": "L’accord est annulé.",
}


@require_POST
@in_pole
def move(request: PoleRequest, pk: int, verb: str) -> HttpResponse:
    """Send to be signed, take back, end or cancel."""
    if verb not in _SAID:
        raise Http404("Ce geste n’existe pas.")
    agreement = agreement_or_404(request, pk)
    check_user_can_move_agreement(request.viewer, agreement, verb=verb)
    acts: dict[str, Callable[[], object]] = {
        "propose": lambda: operations.propose(agreement=agreement, at=now(), by=account_of(request)),
        "revise": lambda: operations.revise(agreement=agreement),
        "end": lambda: end_agreement(agreement=agreement, on=today()),
        "cancel": lambda: cancel_agreement(agreement=agreement),
    }
    told(request, acts[verb], _SAID[verb])
    follow_agreement(agreement=agreement, by=account_of(request), at=now(), on=today())
    return back(request, pk)


@require_POST
@in_pole
def invite(request: PoleRequest, pk: int) -> HttpResponse:
    """Write to somebody without account: a link to read and sign, once."""
    agreement = agreement_or_404(request, pk)
    check_user_can_open_agreement(request.viewer, request.pole.pk)
    amendment = amendment_to_sign(agreement=agreement)
    shown = shown_text(agreement=agreement, amendment=amendment)
    waiting = waiting_for(agreement=agreement, text=shown.kept if shown else None)
    form = InviteForm(request.POST, parties=[(str(one.pk), one.name) for one in waiting])
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return back(request, pk, "signatures")
    party = next((one for one in waiting if str(one.pk) == form.cleaned_data["organisation"]), None)
    if party is None:
        messages.error(request, "Choisissez une structure qui n’a pas encore signé.")
        return back(request, pk, "signatures")
    chosen, email = party, form.cleaned_data["email"]
    told(
        request,
        lambda: operations.invite_to_sign(
            agreement=agreement,
            amendment=amendment,
            organisation=chosen,
            email=email,
            base_url=_base_url(request),
            at=now(),
            by=account_of(request),
        ),
        f"La lettre part à {email}. Le lien vaut {LASTS_DAYS} jours et sert une fois.",
    )
    return back(request, pk, "signatures")


def _base_url(request: PoleRequest) -> str:
    """The whole address of the signing page without its token; from the settings, never from the request."""
    path = reverse("agreements:link", args=[request.pole.slug, "jeton"]).removesuffix("jeton/")
    return settings.SITE_ADDRESS.rstrip("/") + path


@require_POST
@in_pole
def annexes(request: PoleRequest, pk: int) -> HttpResponse:
    """Join a file to the draft, or take one out."""
    agreement = agreement_or_404(request, pk)
    check_user_can_change_agreement(request.viewer, agreement)
    number = request.POST.get("annexe", "")
    if number.isascii() and number.isdigit() and len(number) < 18:
        found = annex_of(agreement=agreement, pk=int(number))
        if found is None:
            raise Http404("Cette annexe n’existe pas, ou n’existe plus.")
        annex = found
        told(request, lambda: operations.take_annex_out(annex=annex), f"« {annex.title} » n’est plus jointe.")
        return back(request, pk, "annexes")
    form = AnnexForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Choisissez un fichier.")
        return back(request, pk, "annexes")
    file = form.cleaned_data["file"]
    told(
        request,
        lambda: operations.join_annex(
            agreement=agreement,
            title=form.cleaned_data["annex_title"],
            name=file.name,
            content=file,
            at=now(),
            by=account_of(request),
        ),
        "L’annexe est jointe. Le texte la nomme.",
    )
    return back(request, pk, "annexes")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, pole: str, token: str) -> HttpResponse:
    """Read and sign without account, through a link that serves once."""
    payload = read_link(PURPOSE, token, LASTS_DAYS * 86_400)
    number = payload.get("invitation") if payload else None
    invitation = invitation_numbered(number) if isinstance(number, int) else None
    if invitation is None or invitation.agreement.pole.slug != pole:
        return _closed(request, TOO_OLD)
    if invitation.used_at is not None:
        return _closed(request, USED)
    return _open_link(request, invitation)


def _closed(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "no_bar": True, "no_capture": True}
    return render(request, "agreements/link_closed.html", context, status=410)


def _open_link(request: HttpRequest, invitation: ConsentInvitation) -> HttpResponse:
    agreement: Agreement = invitation.agreement
    shown = shown_text(agreement=agreement, amendment=invitation.amendment)
    stands = (invitation.amendment or agreement).state
    if shown is None or shown.kept is None or stands != "to_sign":
        return _closed(request, "Ce texte n’est plus à signer. L’animation du pôle vous dira pourquoi.")
    form = SignForm(request.POST if request.method == "POST" else None, initial={"digest": shown.digest})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.sign_by_link(
                    invitation=invitation,
                    digest=form.cleaned_data["digest"],
                    signer=form.cleaned_data["signer"],
                    capacity=form.cleaned_data["capacity"],
                    at=timezone.now(),
                )
            except (UserMistake, UserMistakes) as refused:
                form.tell(refused)
            else:
                follow_agreement(agreement=agreement, by=None, at=now(), on=today())
                context = {"invitation": invitation, "agreement": agreement, "digest": shown.digest}
                return render(request, "agreements/link_done.html", context | {"no_bar": True})
    context = {
        "agreement": agreement,
        "amendment": invitation.amendment,
        "invitation": invitation,
        "shown": shown,
        "consents": consents_to(shown.kept),
        "own": form,
        "on_paper": None,
        "by_link": True,
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "agreements/text.html", context, status=status)
