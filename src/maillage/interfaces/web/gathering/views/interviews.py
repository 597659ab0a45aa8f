"""Interviews: the notes, what the person accepts, the needs drawn from their words."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation
from maillage.domain.exchanges.queries import choices
from maillage.domain.gathering import policies
from maillage.domain.gathering.models import Interview
from maillage.domain.gathering.operations import interviews
from maillage.domain.gathering.queries.interviews import interview_numbered
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, today
from maillage.interfaces.web.gathering.forms import InterviewForm
from maillage.interfaces.web.gathering.marks import marked

_TEXTS = ("subject", "held_on", "place", "notes", "consent", "person_name", "person_contact")


def _interview(request: PoleRequest, pk: int) -> Interview:
    policies.check_user_can_gather(request.viewer, request.pole)
    found = interview_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cet entretien n’existe pas, ou n’existe plus.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest) -> HttpResponse:
    """Note an interview."""
    policies.check_user_can_gather(request.viewer, request.pole)
    if request.method != "POST":
        return _form(request, InterviewForm(initial={"held_on": today(), "consent": "unsaid"}), None)
    form = InterviewForm(request.POST)
    fields = _read(request, form)
    if fields is not None:
        try:
            made = interviews.write_interview(
                pole=request.pole, fields=fields, by=account_of(request), on=today()
            )
        except UserMistakes as several:
            form.tell(several.by_field)
        else:
            messages.success(
                request, "L’entretien est gardé. Choisissez des mots : ils deviennent un besoin."
            )
            return redirect("gathering:interview", request.pole.slug, made.pk)
    return _form(request, form, None, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change the notes, or what the person accepts."""
    found = _interview(request, pk)
    if request.method != "POST":
        initial: dict[str, Any] = {name: getattr(found, name) for name in _TEXTS}
        initial |= {"organisation": found.organisation_id or ""}
        return _form(request, InterviewForm(initial=initial), found)
    form = InterviewForm(request.POST)
    fields = _read(request, form)
    if fields is not None:
        try:
            interviews.update_interview(interview=found, fields=fields, on=today())
        except UserMistakes as several:
            form.tell(several.by_field)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("gathering:interview", request.pole.slug, pk)
    return _form(request, form, found, status=422)


def _read(request: PoleRequest, form: InterviewForm) -> interviews.InterviewFields | None:
    if not form.is_valid():
        return None
    organisation, text = _organisation(request)
    if text and organisation is None:
        form.tell(
            {
                "organisation": "Cette structure n’est pas dans l’annuaire. Choisissez-la dans la liste, ou videz."
            }
        )
        return None
    given = dict(form.cleaned_data)
    given |= {"organisation": organisation, "consent": given["consent"] or "unsaid"}
    return interviews.InterviewFields(**given)


def _organisation(request: PoleRequest) -> tuple[Organisation | None, str]:
    number = line_number(request.POST.get("organisation", ""))
    text = request.POST.get("organisation_text", "").strip()
    if number is not None:
        return choices.organisation_known(pole=request.pole, pk=number), text or str(number)
    return choices.organisation_named(pole=request.pole, name=text[:200]), text


def _form(
    request: PoleRequest, form: InterviewForm, found: Interview | None, *, status: int = 200
) -> HttpResponse:
    known = found.organisation.name if found is not None and found.organisation else ""
    context = {
        "form": form,
        "interview": found,
        "organisation_text": request.POST.get("organisation_text", known),
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "draft_key": f"entretien-{found.pk if found else request.pole.slug}",
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "gathering/interview_form.html", context, status=status)


@require_safe
@in_pole
def interview(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the notes, with what was drawn from them."""
    return _page(request, _interview(request, pk))


def _page(
    request: PoleRequest,
    found: Interview,
    *,
    said: str = "",
    words: str = "",
    kind: str = "need",
    status: int = 200,
) -> HttpResponse:
    drafts = list(found.drafts.all())
    slug = request.pole.slug
    pieces = marked(found.notes, [(one.words or one.title, _where(slug, one.pk)) for one in drafts])
    context = {
        "interview": found,
        "drafts": drafts,
        "pieces": pieces,
        "said": said,
        "words": words,
        "kind": kind,
    }
    return render(request, "gathering/interview.html", context, status=status)


def _where(slug: str, pk: int) -> str:
    return reverse("gathering:draft", args=[slug, pk])


@require_POST
@in_pole
def draw(request: PoleRequest, pk: int) -> HttpResponse:
    """Draw a need or an offer from some words, and open it to be noted."""
    found = _interview(request, pk)
    kind, words = request.POST.get("kind", ""), request.POST.get("words", "")
    try:
        made = interviews.draw_from(interview=found, kind=kind, words=words)
    except UserMistake as mistake:
        return _page(request, found, said=mistake.message, words=words, kind=kind, status=422)
    return redirect("gathering:draft", request.pole.slug, made.pk)


@require_POST
@in_pole
def withdraw(request: PoleRequest, pk: int) -> HttpResponse:
    """Erase who spoke, as they ask."""
    interviews.withdraw_consent(interview=_interview(request, pk))
    messages.success(
        request, "Le nom est effacé, ici et dans ce qui en a été tiré. Les notes restent, sans lui."
    )
    return redirect("gathering:interview", request.pole.slug, pk)
