"""Read a text, say yes to it, take it away."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.document import from_json
from maillage.domain.agreements.drafting import draft_extra, drafting_of
from maillage.domain.agreements.enums import ConsentWay, RefusalWay
from maillage.domain.agreements.models import Amendment
from maillage.domain.agreements.operations import (
    Declining,
    Signature,
    decline,
    sign,
    sign_amendment,
    take_refusal_back,
)
from maillage.domain.agreements.policies import (
    check_user_can_note_refusal,
    check_user_can_read_text,
    check_user_can_sign,
    user_can_note_refusal,
)
from maillage.domain.agreements.queries import is_written, names_everybody, parties_of
from maillage.domain.agreements.queries.signing import (
    Answers,
    ShownText,
    amendment_numbered,
    annexes_of,
    answers_to,
    consents_to,
    file_of,
    refusal_of,
    shown_text,
    spoken_among,
    text_numbered,
)
from maillage.domain.ledger.models import Agreement, StoredFile
from maillage.domain.ledger.operations.attachments import keep_file
from maillage.domain.synergies.operations import follow_agreement
from maillage.interfaces.web.agreements.doors import doors_of
from maillage.interfaces.web.agreements.forms import DeclineForm, FileSignForm, KeptForm, SignForm, ToldNoForm
from maillage.interfaces.web.agreements.papers import ENDINGS, Paper, made_paper
from maillage.interfaces.web.agreements.views.reach import agreement_or_404, back, told
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.kept_files import as_kept_file

_NOTED_NO = "C’est noté : l’équipe du pôle est prévenue, et revient vers vous. Rien n’est promis."


def readable_or_refuse(request: PoleRequest, pk: int) -> Agreement:
    """Return an agreement whose text this person may read; refuse while somebody is unnamed to them."""
    agreement = agreement_or_404(request, pk)
    if not is_written(agreement=agreement):
        raise Http404("Cet accord a été noté sans modèle : il n’a pas de texte à signer.")
    has_unnamed = not names_everybody(viewer=request.viewer, agreement=agreement)
    check_user_can_read_text(request.viewer, agreement, has_unnamed=has_unnamed)
    return agreement


def amendment_or_404(agreement: Agreement, number: int) -> Amendment:
    """Return an amendment of the agreement by its number."""
    found = amendment_numbered(agreement=agreement, number=number)
    if found is None:
        raise Http404("Cet avenant n’existe pas.")
    return found


@require_safe
@in_pole
def file(request: PoleRequest, pk: int, file: int) -> HttpResponse:
    """Hand over an annex, or a paper that was signed, to who may read the text."""
    agreement = agreement_or_404(request, pk)
    has_unnamed = not names_everybody(viewer=request.viewer, agreement=agreement)
    check_user_can_read_text(request.viewer, agreement, has_unnamed=has_unnamed)
    stored = file_of(agreement=agreement, pk=file, viewer=request.viewer)
    if stored is None:
        raise Http404("Ce fichier n’existe pas, ou n’existe plus.")
    return as_kept_file(stored)


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
    answers = answers_to(shown.kept, viewer=request.viewer)
    is_open = (amendment or agreement).state == "to_sign"
    waiting = answers.waiting(parties_of(agreement)) if is_open else []
    mine = spoken_among(viewer=request.viewer, agreement=agreement, parties=waiting)
    forms: dict[str, KeptForm | None] = {
        "en-ligne": _form(SignForm, request, mine, shown) if mine else None,
        "non": _form(DeclineForm, request, mine, shown) if mine else None,
        "papier": _form(FileSignForm, request, waiting, shown)
        if waiting and request.viewer.runs(request.pole.pk)
        else None,
        "non-dit": _form(ToldNoForm, request, waiting, shown)
        if waiting and user_can_note_refusal(request.viewer, agreement)
        else None,
    }
    status = 200
    if request.method == "POST":
        form = forms[_meant(request)]
        if form is None:
            check_user_can_sign(request.viewer, agreement, may=False)
        elif form.is_valid() and _answered(request, agreement, amendment, form, waiting):
            messages.success(request, _said(form))
            return redirect("agreements:detail", request.pole.slug, agreement.pk)
        status = 422
    return _text_page(request, agreement, amendment, shown, answers, forms, status)


def _said(form: KeptForm) -> str:
    if isinstance(form, ToldNoForm):
        return "Le refus est noté. Si c’était une erreur, retirez-le ci-dessous."
    return _NOTED_NO if isinstance(form, DeclineForm) else "C’est noté. Merci."


def _meant(request: PoleRequest) -> str:
    """Which of the four forms was sent."""
    said = request.POST.get("comment", "")
    return said if said in {"papier", "non", "non-dit"} else "en-ligne"


_COMES_AS = {SignForm: "en-ligne", FileSignForm: "papier", DeclineForm: "non", ToldNoForm: "non-dit"}


def _form(
    kind: type[SignForm] | type[DeclineForm],
    request: PoleRequest,
    parties: list[Organisation],
    shown: ShownText,
) -> KeptForm:
    named = [(str(one.pk), one.name) for one in parties]
    is_mine = request.method == "POST" and _meant(request) == _COMES_AS[kind]
    person = getattr(account_of(request), "person", None)
    me = "" if kind in {FileSignForm, ToldNoForm} or person is None else str(person)
    return kind(
        request.POST if is_mine else None,
        request.FILES if is_mine else None,
        parties=named,
        auto_id=f"{_COMES_AS[kind]}_%s",
        initial={"digest": shown.digest, "signer": me, "said_by": me, "told_on": today()},
    )


def _answered(
    request: PoleRequest,
    agreement: Agreement,
    amendment: Amendment | None,
    form: KeptForm,
    waiting: list[Organisation],
) -> bool:
    party = next((one for one in waiting if str(one.pk) == form.cleaned_data["organisation"]), None)
    if party is None:
        form.add_error("organisation", "Choisissez une structure qui n’a pas encore répondu.")
        return False
    try:
        if isinstance(form, DeclineForm):
            _decline(request, agreement, amendment, form, party)
        else:
            _sign(request, agreement, amendment, form, party)
    except (UserMistake, UserMistakes) as refused:
        form.tell(refused)
        return False
    return True


def _decline(
    request: PoleRequest,
    agreement: Agreement,
    amendment: Amendment | None,
    form: DeclineForm,
    party: Organisation,
) -> None:
    kept, is_told = form.cleaned_data, isinstance(form, ToldNoForm)
    answer = Declining(
        organisation=party,
        digest=kept["digest"],
        reason=kept["reason"],
        words=kept["words"],
        said_by=kept["said_by"],
        way=RefusalWay(kept["way"]) if is_told else RefusalWay.ACCOUNT,
        account=account_of(request),
        told_on=kept["told_on"] if is_told else None,
        file=_kept_file(request, kept["file"], "refused-agreement") if is_told and kept["file"] else None,
    )
    decline(
        agreement=agreement,
        amendment=amendment,
        answer=answer,
        at=now(),
        on=today(),
        doors=doors_of(agreement),
    )
    follow_agreement(agreement=agreement, by=account_of(request), at=now(), on=today())


def _kept_file(request: PoleRequest, file: Any, purpose: str) -> StoredFile:
    return keep_file(
        pole=request.pole, name=file.name, content=file, by=account_of(request), at=now(), purpose=purpose
    )


def _sign(
    request: PoleRequest,
    agreement: Agreement,
    amendment: Amendment | None,
    form: KeptForm,
    party: Organisation,
) -> None:
    kept, file = form.cleaned_data, None
    if isinstance(form, FileSignForm):
        file = _kept_file(request, kept["file"], "signed-agreement")
    signature = Signature(
        organisation=party,
        digest=kept["digest"],
        signer=kept["signer"],
        capacity=kept["capacity"],
        way=ConsentWay.FILE if file else ConsentWay.ACCOUNT,
        account=account_of(request),
        file=file,
    )
    if amendment is None:
        sign(agreement=agreement, signature=signature, at=now(), on=today(), doors=doors_of(agreement))
        follow_agreement(agreement=agreement, by=account_of(request), at=now(), on=today())
    else:
        sign_amendment(
            amendment=amendment, signature=signature, at=now(), on=today(), doors=doors_of(agreement)
        )


def _text_page(
    request: PoleRequest,
    agreement: Agreement,
    amendment: Amendment | None,
    shown: ShownText,
    answers: Answers,
    forms: Mapping[str, KeptForm | None],
    status: int,
) -> HttpResponse:
    context: dict[str, Any] = {
        "agreement": agreement,
        "amendment": amendment,
        "shown": shown,
        "answers": answers,
        "own": forms.get("en-ligne"),
        "no": forms.get("non"),
        "on_paper": forms.get("papier"),
        "told_no": forms.get("non-dit"),
        "annexes": annexes_of(agreement)
        if forms and amendment is None
        else (),  # an earlier text had its own
        "no_bar": forms.get("en-ligne") is not None,
        "no_capture": True,
    }
    return render(request, "agreements/text.html", context, status=status)


@require_POST
@in_pole
def take_back(request: PoleRequest, pk: int, refusal: int) -> HttpResponse:
    """Take back a no that the team noted by mistake."""
    agreement = agreement_or_404(request, pk)
    check_user_can_note_refusal(request.viewer, agreement)
    found = refusal_of(agreement=agreement, pk=refusal)
    if found is None:
        raise Http404("Ce refus n’existe pas, ou n’existe plus.")
    kept = found
    told(
        request,
        lambda: take_refusal_back(
            refusal=kept, by=account_of(request), at=now(), on=today(), doors=doors_of(agreement)
        ),
        f"Le refus est retiré : la réponse de {kept.organisation.name} est de nouveau attendue.",
    )
    return back(request, pk)


@require_safe
@in_pole
def earlier(request: PoleRequest, pk: int, number: int) -> HttpResponse:
    """Show an earlier text, as it was."""
    agreement = readable_or_refuse(request, pk)
    kept = text_numbered(agreement=agreement, number=number)
    if kept is None:
        raise Http404("Ce texte n’existe pas.")
    shown = ShownText(from_json(kept.blocks), kept.digest, kept)
    answers = answers_to(kept, viewer=request.viewer)
    return _text_page(request, agreement, None, shown, answers, {}, 200)


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
