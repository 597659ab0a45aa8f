"""The gestures around signing: send to be signed, take back, end, cancel; invite by a link; join annexes."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from maillage.core.errors import UserMistake, UserMistakes
from maillage.core.french import listed
from maillage.domain.agreements import operations
from maillage.domain.agreements.operations.inviting import LASTS_DAYS
from maillage.domain.agreements.policies import check_user_can_open_agreement
from maillage.domain.agreements.queries.signing import amendment_to_sign, annex_of, parties_awaited
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations import cancel_agreement, end_agreement
from maillage.domain.ledger.policies import check_user_can_change_agreement, check_user_can_move_agreement
from maillage.domain.synergies.operations import follow_agreement
from maillage.interfaces.web.agreements.doors import doors_of
from maillage.interfaces.web.agreements.forms import AnnexForm
from maillage.interfaces.web.agreements.views.reach import agreement_or_404, back, told, tried
from maillage.interfaces.web.agreements.views.sheet import invite_form, page
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today

_SAID = {
    "revise": "Le texte est repris. Une fois changé, il sera à signer de nouveau.",
    "end": "L’accord est terminé.",
    "cancel": "L’accord est annulé.",
}


@require_POST
@in_pole
def move(request: PoleRequest, pk: int, verb: str) -> HttpResponse:
    """Send to be signed, take back, end or cancel."""
    if verb not in {"propose", *_SAID}:
        raise Http404("Ce geste n’existe pas.")
    agreement = agreement_or_404(request, pk)
    check_user_can_move_agreement(request.viewer, agreement, verb=verb)
    if verb == "propose":
        return _send(request, agreement)
    acts: dict[str, Callable[[], object]] = {
        "revise": lambda: operations.revise(agreement=agreement),
        "end": lambda: end_agreement(agreement=agreement, on=today()),
        "cancel": lambda: cancel_agreement(agreement=agreement),
    }
    told(request, acts[verb], _SAID[verb])
    follow_agreement(agreement=agreement, by=account_of(request), at=now(), on=today())
    return back(request, pk)


def _send(request: PoleRequest, agreement: Agreement) -> HttpResponse:
    sending = tried(
        request,
        lambda: operations.send_to_sign(
            agreement=agreement, doors=doors_of(agreement), at=now(), on=today(), by=account_of(request)
        ),
    )
    if sending is not None:
        say_sent(request, "Le texte est à la signature.", sending)
        follow_agreement(agreement=agreement, by=account_of(request), at=now(), on=today())
    return back(request, agreement.pk, "signatures" if sending and sending.unreached else "")


def say_sent(request: PoleRequest, first: str, sending: operations.Sending) -> None:
    """Say who received a link, and for whom nobody is known."""
    emails: dict[str, list[str]] = {}
    for one in sending.invited:
        emails.setdefault(one.organisation.name, []).append(one.email)
    sent = [f"{name} ({', '.join(found)})" for name, found in emails.items()]
    if sent:
        messages.success(request, f"{first} Un lien pour lire et signer part à {listed(sent)}.")
    else:
        messages.success(request, first)
    if sending.unreached:
        names = listed([one.name for one in sending.unreached])
        messages.warning(request, f"Pour {names}, le pôle ne connaît pas d’adresse : tapez-la ci-dessous.")


@require_POST
@in_pole
def invite(request: PoleRequest, pk: int) -> HttpResponse:
    """Write to somebody without account: a link to read and answer, once; a mistake keeps what was typed."""
    agreement = agreement_or_404(request, pk)
    check_user_can_open_agreement(request.viewer, request.pole.pk)
    amendment = amendment_to_sign(agreement=agreement)
    waiting = {str(one.pk): one for one in parties_awaited(agreement=agreement, amendment=amendment)}
    if not waiting:
        messages.error(request, "Plus personne n’est attendu : toutes les parties ont répondu.")
        return back(request, pk, "signatures")
    form = invite_form(waiting.values(), data=request.POST)
    if not form.is_valid():
        return page(request, agreement, invite=form, status=422)
    email = form.cleaned_data["email"]
    try:
        operations.invite_to_sign(
            agreement=agreement,
            amendment=amendment,
            organisation=waiting[form.cleaned_data["organisation"]],
            email=email,
            base_url=doors_of(agreement).reading,
            at=now(),
            by=account_of(request),
        )
    except UserMistake as mistake:
        form.tell(mistake)
        return page(request, agreement, invite=form, status=422)
    messages.success(request, f"La lettre part à {email}. Le lien vaut {LASTS_DAYS} jours et sert une fois.")
    return back(request, pk, "avenants" if amendment else "signatures")


@require_POST
@in_pole
def annexes(request: PoleRequest, pk: int) -> HttpResponse:
    """Join a file to the draft, or take one out."""
    agreement = agreement_or_404(request, pk)
    check_user_can_change_agreement(request.viewer, agreement)
    number = line_number(request.POST.get("annexe", ""))
    if number is not None:
        found = annex_of(agreement=agreement, pk=number)
        if found is None:
            raise Http404("Cette annexe n’existe pas, ou n’existe plus.")
        annex = found
        told(request, lambda: operations.take_annex_out(annex=annex), f"« {annex.title} » n’est plus jointe.")
        return back(request, pk, "annexes")
    form = AnnexForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, agreement, annex=form, status=422)
    file = form.cleaned_data["file"]
    try:
        operations.join_annex(
            agreement=agreement,
            title=form.cleaned_data["annex_title"],
            name=file.name,
            content=file,
            at=now(),
            by=account_of(request),
        )
    except (UserMistake, UserMistakes) as refused:
        form.tell(refused)
        return page(request, agreement, annex=form, status=422)
    messages.success(request, "L’annexe est jointe. Le texte la nomme.")
    return back(request, pk, "annexes")
