"""Read what was heard: note it, join it to what was already said, set it aside."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.operations.organisations import DuplicateSuspected
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import choices, visible_intent
from maillage.domain.gathering import policies
from maillage.domain.gathering.enums import AsideReason, DraftState
from maillage.domain.gathering.models import Draft
from maillage.domain.gathering.operations import review
from maillage.domain.gathering.operations.inbox import turn_draft
from maillage.domain.gathering.queries.review import (
    draft_numbered,
    drafts_of,
    file_of,
    files_of,
    waiting_counts,
)
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today
from maillage.interfaces.web.exchanges import typed
from maillage.interfaces.web.exchanges.drafting import Drafted, drafted
from maillage.interfaces.web.exchanges.forms import IntentForm
from maillage.interfaces.web.exchanges.nearby import Nearby
from maillage.interfaces.web.gathering.origins import ORIGIN_LABELS, origin_of
from maillage.interfaces.web.kept_files import as_kept_file

A_PAGE = 30
STATES = {"": DraftState.WAITING, "cote": DraftState.ASIDE}
GONE = "Cette ligne n’existe pas, ou n’existe plus."


@require_safe
@in_pole
def listing(request: PoleRequest) -> HttpResponse:
    """List what waits to be read; ``?origine=`` keeps a kind of listening, ``?etat=cote`` what was set aside."""
    policies.check_user_can_gather(request.viewer, request.pole)
    origin = request.GET.get("origine", "")
    asked = request.GET.get("etat", "")
    rows = drafts_of(pole=request.pole, state=STATES.get(asked, DraftState.WAITING), origin=origin)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counts = waiting_counts(request.pole)
    context = {
        "page_obj": found,
        "lines": [(one, origin_of(one)) for one in found.object_list],
        "origins": [(code, label, counts[code]) for code, label in ORIGIN_LABELS.items() if counts[code]],
        "waiting": counts["all"],
        "origin": origin,
        "is_aside": asked == "cote",
    }
    return render(request, "gathering/drafts.html", context)


def _draft(request: PoleRequest, pk: int) -> Draft:
    policies.check_user_can_gather(request.viewer, request.pole)
    found = draft_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404(GONE)
    return found


def _initial(draft: Draft) -> dict[str, Any]:
    return {
        "words": draft.words or draft.title,
        "title": draft.title if draft.words else "",
        "author": draft.organisation_id or "",
        "author_text": draft.organisation.name if draft.organisation else draft.organisation_name,
        "municipality": draft.municipality_id or "",
        "municipality_text": draft.municipality.label if draft.municipality else "",
        "resource_type": draft.resource_type_id or "",
        "visibility": "members",
        "period": "once",
        "price_kind": "unsaid",
        "channel": draft.channel,
        "said_by": draft.said_by,
        "evidence_on": draft.said_on.isoformat(),
        "place": draft.place,
        "people_concerned": "" if draft.people_concerned is None else str(draft.people_concerned),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def draft(request: PoleRequest, pk: int) -> HttpResponse:
    """Read one line, in the form that notes a need or an offer, filled with what was heard."""
    found = _draft(request, pk)
    known = choices.authorisations()
    if request.method != "POST":
        form = IntentForm(kind=found.kind, authorisations=known, initial=_initial(found))
        read = drafted(form, viewer=request.viewer, pole=request.pole, on=today())
        near = typed.nearby_of(request, form, read, answers=False)
        return _page(request, found, form, near, read)
    form = IntentForm(request.POST, kind=found.kind, authorisations=known)
    read = drafted(form, viewer=request.viewer, pole=request.pole, on=today())
    done = _join(request, found, read) if request.POST.get("join") else _accept(request, found, read)
    if done is None:
        near = typed.nearby_of(request, form, read, answers=False)
        return _page(request, found, form, near, read, status=422)
    messages.success(request, "C’est regroupé." if request.POST.get("join") else "C’est noté.")
    following = drafts_of(pole=request.pole).first() if "suivant" in request.POST else None
    if following is not None:
        return redirect("gathering:draft", request.pole.slug, following.pk)
    if "suivant" in request.POST:
        return redirect("gathering:drafts", request.pole.slug)
    return redirect("exchanges:detail", request.pole.slug, done.pk)


def _accept(request: PoleRequest, found: Draft, read: Drafted) -> Intent | None:
    """Note it; None when there are mistakes, which then stand under their fields."""
    if read.draft is None:
        return None
    try:
        return review.accept_draft(
            draft=found,
            data=read.draft,
            newcomer=read.who.newcomer,
            distinct_from=read.who.distinct_from,
            by=account_of(request),
            on=today(),
            at=now(),
        )
    except DuplicateSuspected as mistake:
        read.mistakes["author"] = mistake.message
    except UserMistakes as several:
        read.mistakes.update(several.by_field)
    except UserMistake as mistake:
        read.mistakes[mistake.field or "words"] = mistake.message
    return None


def _join(request: PoleRequest, found: Draft, read: Drafted) -> Intent | None:
    """Join it to what was already said; who said it is not always known, the evidence stays anyway."""
    pk = line_number(request.POST["join"]) or 0
    intent = visible_intent(viewer=request.viewer, pole=request.pole, pk=pk)
    if intent is None:
        raise Http404("Ce besoin ou cette offre n’existe plus.")
    read.mistakes.clear()
    try:
        return review.merge_draft(
            draft=found,
            intent=intent,
            organisation=read.who.organisation,
            by=account_of(request),
            on=today(),
            at=now(),
        )
    except UserMistakes as several:
        read.mistakes.update(several.by_field)
    except UserMistake as mistake:
        read.mistakes["words"] = mistake.message
    return None


def _page(
    request: PoleRequest,
    found: Draft,
    form: IntentForm,
    near: Nearby,
    read: Drafted,
    *,
    status: int = 200,
) -> HttpResponse:
    if form.is_bound:
        typed.tell(form, read.mistakes)
    context = typed.page_context(request, form, read, near, intent=None)
    context |= {
        "draft": found,
        "files": files_of(found),
        "origin": origin_of(found),
        "reasons": AsideReason.choices,
        "is_waiting": found.state == DraftState.WAITING,
        "is_aside": found.state == DraftState.ASIDE,
        "draft_key": f"{request.pole.slug}-brouillon-{found.pk}",
        "here": reverse("gathering:draft", args=[request.pole.slug, found.pk]),
    }
    return render(request, "gathering/draft.html", context, status=status)


@require_safe
@in_pole
def mail_file(request: PoleRequest, pk: int, number: int) -> HttpResponse:
    """Hand over a file that came with the e-mail of a line, to who may read the line."""
    stored = file_of(draft=_draft(request, pk), pk=number)
    if stored is None:
        raise Http404("Ce fichier n’a pas été gardé, ou n’existe plus.")
    return as_kept_file(stored)


@require_POST
@in_pole
def set_aside(request: PoleRequest, pk: int) -> HttpResponse:
    """Set it aside, with a reason."""
    found = _draft(request, pk)
    try:
        review.set_draft_aside(
            draft=found,
            reason=request.POST.get("reason", ""),
            words=request.POST.get("reason_words", ""),
            by=account_of(request),
            at=now(),
        )
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return redirect("gathering:draft", request.pole.slug, pk)
    messages.success(request, "C’est mis de côté. La raison reste entre animateurs.")
    return redirect("gathering:drafts", request.pole.slug)


@require_POST
@in_pole
def take_back(request: PoleRequest, pk: int) -> HttpResponse:
    """Bring back what was set aside."""
    found = _draft(request, pk)
    try:
        review.take_draft_back(draft=found, by=account_of(request), at=now())
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    return redirect("gathering:draft", request.pole.slug, pk)


@require_POST
@in_pole
def turn(request: PoleRequest, pk: int) -> HttpResponse:
    """Say that it is an offer, or a need."""
    found = _draft(request, pk)
    try:
        turn_draft(draft=found)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    return redirect("gathering:draft", request.pole.slug, pk)
