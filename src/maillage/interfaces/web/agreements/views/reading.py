"""Read a text, say yes to it, take it away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.document import from_json
from maillage.domain.agreements.drafting import draft_extra, drafting_of
from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.models import Amendment
from maillage.domain.agreements.operations import Signature, sign, sign_amendment
from maillage.domain.agreements.policies import check_user_can_read_text, check_user_can_sign
from maillage.domain.agreements.queries import paper_sheet
from maillage.domain.agreements.queries.signing import (
    ShownText,
    amendment_numbered,
    consents_to,
    may_sign_for,
    shown_text,
    text_numbered,
    waiting_for,
)
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations.attachments import keep_file
from maillage.domain.synergies.operations import follow_agreement
from maillage.interfaces.web.agreements.forms import FileSignForm, SignForm
from maillage.interfaces.web.agreements.papers import ENDINGS, Paper, made_paper
from maillage.interfaces.web.agreements.views.reach import agreement_or_404
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today


def readable_or_refuse(request: PoleRequest, pk: int) -> Agreement:
    """Return an agreement whose text this person may read; refuse while somebody is unnamed to them."""
    agreement = agreement_or_404(request, pk)
    found = paper_sheet(viewer=request.viewer, agreement=agreement)
    if found is None or found.template is None:
        raise Http404("Cet accord a été noté sans modèle : il n’a pas de texte à signer.")
    check_user_can_read_text(request.viewer, agreement, has_unnamed=found.has_unnamed)
    return agreement


def amendment_or_404(agreement: Agreement, number: int) -> Amendment:
    """Return an amendment of the agreement by its number."""
    found = amendment_numbered(agreement=agreement, number=number)
    if found is None:
        raise Http404("Cet avenant n’existe pas.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def read(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the text of the agreement; a POST says yes to it."""
    return _read(request, readable_or_refuse(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def read_amendment(request: PoleRequest, pk: int, number: int) -> HttpResponse:
    """Show the text of an amendment; a POST says yes to it."""
    agreement = readable_or_refuse(request, pk)
    return _read(request, agreement, amendment_or_404(agreement, number))


def _read(request: PoleRequest, agreement: Agreement, amendment: Amendment | None) -> HttpResponse:
    shown = shown_text(agreement=agreement, amendment=amendment)
    if shown is None:
        raise Http404("Ce texte n’est pas encore prêt.")
    is_open = (amendment or agreement).state == "to_sign"
    waiting = waiting_for(agreement=agreement, text=shown.kept) if is_open else []
    mine = may_sign_for(viewer=request.viewer, agreement=agreement, text=shown.kept) if is_open else []
    own = _form(SignForm, request, mine, shown) if mine else None
    on_paper = (
        _form(FileSignForm, request, waiting, shown)
        if waiting and request.viewer.runs(request.pole.pk)
        else None
    )
    status = 200
    if request.method == "POST":
        form = on_paper if request.POST.get("comment") == "papier" else own
        if form is None:
            check_user_can_sign(request.viewer, agreement, may=False)
        elif form.is_valid() and _signed(request, agreement, amendment, form, waiting):
            messages.success(request, "C’est noté. Merci.")
            return redirect("agreements:detail", request.pole.slug, agreement.pk)
        status = 422
    return _text_page(request, agreement, amendment, shown, own, on_paper, status)


def _form(
    kind: type[SignForm], request: PoleRequest, parties: list[Organisation], shown: ShownText
) -> SignForm:
    named = [(str(one.pk), one.name) for one in parties]
    is_paper = kind is FileSignForm
    is_mine = request.method == "POST" and (request.POST.get("comment") == "papier") == is_paper
    prefix = "papier" if is_paper else "signer"
    person = getattr(account_of(request), "person", None)
    return kind(
        request.POST if is_mine else None,
        request.FILES if is_mine else None,
        parties=named,
        auto_id=f"{prefix}_%s",
        initial={"digest": shown.digest, "signer": "" if is_paper or person is None else str(person)},
    )


def _signed(
    request: PoleRequest,
    agreement: Agreement,
    amendment: Amendment | None,
    form: SignForm,
    waiting: list[Organisation],
) -> bool:
    kept = form.cleaned_data
    party = next((one for one in waiting if str(one.pk) == kept["organisation"]), None)
    if party is None:
        form.add_error("organisation", "Choisissez une structure qui n’a pas encore signé.")
        return False
    is_paper = isinstance(form, FileSignForm)
    try:
        file = (
            keep_file(
                pole=request.pole,
                name=kept["file"].name,
                content=kept["file"],
                by=account_of(request),
                at=now(),
                purpose="signed-agreement",
            )
            if is_paper
            else None
        )
        signature = Signature(
            organisation=party,
            digest=kept["digest"],
            signer=kept["signer"],
            capacity=kept["capacity"],
            way=ConsentWay.FILE if is_paper else ConsentWay.ACCOUNT,
            account=account_of(request),
            file=file,
        )
        if amendment is None:
            sign(agreement=agreement, signature=signature, at=now(), on=today())
            follow_agreement(agreement=agreement, by=account_of(request), at=now(), on=today())
        else:
            sign_amendment(amendment=amendment, signature=signature, at=now())
    except (UserMistake, UserMistakes) as refused:
        form.tell(refused)
        return False
    return True


def _text_page(
    request: PoleRequest,
    agreement: Agreement,
    amendment: Amendment | None,
    shown: ShownText,
    own: SignForm | None,
    on_paper: SignForm | None,
    status: int,
) -> HttpResponse:
    context: dict[str, Any] = {
        "agreement": agreement,
        "amendment": amendment,
        "shown": shown,
        "consents": consents_to(shown.kept),
        "own": own,
        "on_paper": on_paper,
        "no_bar": own is not None,
        "no_capture": True,
    }
    return render(request, "agreements/text.html", context, status=status)


@require_safe
@in_pole
def earlier(request: PoleRequest, pk: int, number: int) -> HttpResponse:
    """Show an earlier text, as it was."""
    agreement = readable_or_refuse(request, pk)
    kept = text_numbered(agreement=agreement, number=number)
    if kept is None:
        raise Http404("Ce texte n’existe pas.")
    shown = ShownText(from_json(kept.blocks), kept.digest, kept)
    return _text_page(request, agreement, None, shown, None, None, 200)


@require_safe
@in_pole
def take_away(request: PoleRequest, pk: int, what: str, ending: str) -> HttpResponse:
    """Give a paper as a PDF or a DOCX: the agreement, another of its papers, or one of its amendments."""
    if ending not in ENDINGS:
        raise Http404("Ce format n’existe pas. Choisissez PDF ou DOCX.")
    agreement = readable_or_refuse(request, pk)
    paper = _paper(request, agreement, what, ending)
    return HttpResponse(
        paper.content,
        content_type=paper.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{paper.name}"',
            "Cache-Control": "no-store",
        },
    )


def _paper(request: PoleRequest, agreement: Agreement, what: str, ending: str) -> Paper:
    common: dict[str, Any] = {"agreement": agreement, "what": what, "ending": ending, "at": now()}
    if what == "accord" or (what.startswith("avenant-") and what[8:].isdecimal() and len(what) < 13):
        amendment = amendment_or_404(agreement, int(what[8:])) if what != "accord" else None
        shown = shown_text(agreement=agreement, amendment=amendment)
        if shown is None:
            raise Http404("Ce texte n’est pas encore prêt.")
        text = shown.kept
        return made_paper(
            document=shown.document,
            digest=shown.digest,
            consents=consents_to(text),
            is_draft=text is None,
            **common,
        )
    drafting = drafting_of(agreement)
    extra = next((one for one in drafting.template.extra_documents if one.code == what), None)
    if extra is None:
        raise Http404("Ce document n’existe pas.")
    document = draft_extra(drafting, extra)
    return made_paper(document=document, digest="", consents=(), is_draft=False, **common)
