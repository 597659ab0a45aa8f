"""The facilitators' side of a campaign: prepare it, read the answers, take them away, print it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.gathering import policies
from maillage.domain.gathering.core_questions import CORE, OFTEN_CHOICES, WHO, CoreQuestion
from maillage.domain.gathering.models import Answer, Campaign
from maillage.domain.gathering.operations import answers, campaigns
from maillage.domain.gathering.queries.campaigns import answer_numbered, answers_of, campaign_numbered
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, today
from maillage.interfaces.web.gathering.answer_form import GROUPS
from maillage.interfaces.web.gathering.forms import CampaignForm, QuestionForm
from maillage.interfaces.web.gathering.qr import qr_svg
from maillage.interfaces.web.gathering.views.respond import lines_of
from maillage.interfaces.web.takeaway import FORMATS, Takeaway

A_PAGE = 50
ENDINGS = ("csv", "xlsx", "json")
_TEXTS = ("title", "title_easy", "introduction", "introduction_easy", "opens_on", "closes_on", "consent_text")


def _campaign(request: PoleRequest, pk: int) -> Campaign:
    policies.check_user_can_gather(request.viewer, request.pole)
    found = campaign_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cette campagne n’existe pas, ou n’existe plus.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest) -> HttpResponse:
    """Prepare a campaign."""
    policies.check_user_can_gather(request.viewer, request.pole)
    if request.method != "POST":
        return _form(
            request, CampaignForm(initial={"opens_on": today(), "consent_text": campaigns.CONSENT}), None
        )
    form = CampaignForm(request.POST)
    if form.is_valid():
        try:
            made = campaigns.prepare_campaign(
                pole=request.pole,
                fields=campaigns.CampaignFields(**form.cleaned_data),
                by=account_of(request),
                on=today(),
            )
        except UserMistakes as several:
            form.tell(several.by_field)
        except UserMistake as mistake:
            form.tell({mistake.field or "": mistake.message})
        else:
            messages.success(
                request, "La campagne est prête. Ajoutez vos questions, puis donnez son adresse."
            )
            return redirect("gathering:campaign", request.pole.slug, made.pk)
    return _form(request, form, None, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change a campaign."""
    found = _campaign(request, pk)
    if request.method != "POST":
        return _form(request, CampaignForm(initial={name: getattr(found, name) for name in _TEXTS}), found)
    form = CampaignForm(request.POST)
    if form.is_valid():
        fields = campaigns.CampaignFields(**form.cleaned_data)
        try:
            campaigns.update_campaign(campaign=found, fields=fields, on=today())
        except UserMistakes as several:
            form.tell(several.by_field)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("gathering:campaign", request.pole.slug, pk)
    return _form(request, form, found, status=422)


def _form(
    request: PoleRequest, form: CampaignForm, found: Campaign | None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "campaign": found, "no_bar": True, "no_capture": True}
    return render(request, "gathering/campaign_form.html", context, status=status)


def _address(request: PoleRequest, found: Campaign) -> str:
    return request.build_absolute_uri(reverse("gathering:respond", args=[request.pole.slug, found.slug]))


@require_safe
@in_pole
def campaign(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a campaign: its address, its questions, what was answered."""
    return _page(request, _campaign(request, pk), QuestionForm())


def _page(request: PoleRequest, found: Campaign, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    address = _address(request, found)
    sent = Paginator(answers_of(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": found,
        "question_form": form,
        "address": address,
        "qr": qr_svg(address, label=f"Répondre à {found.title}"),
        "core": CORE,
        "questions": list(found.questions.all()),
        "page_obj": sent,
        "lines": [(one, _headline(one)) for one in sent.object_list],
        "begun": answers_of(found, is_sent=False).count(),
        "is_open": answers.is_open(found, today()),
        "is_before": today() < found.opens_on,
    }
    return render(request, "gathering/campaign.html", context, status=status)


def _headline(answer: Answer) -> str:
    return str(answer.said.get("lacks") or answer.said.get("has") or f"Réponse n° {answer.pk}")


@require_POST
@in_pole
def add_question(request: PoleRequest, pk: int) -> HttpResponse:
    """Add a question of the pole's own."""
    found = _campaign(request, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["choices"] = given["choices"].splitlines()
        try:
            campaigns.add_question(campaign=found, **given)
        except UserMistakes as several:
            form.tell(several.by_field)
        except UserMistake as mistake:
            form.tell({"": mistake.message})
        else:
            messages.success(request, "La question est ajoutée.")
            return redirect("gathering:campaign", request.pole.slug, pk)
    return _page(request, found, form, status=422)


@require_POST
@in_pole
def remove_question(request: PoleRequest, pk: int) -> HttpResponse:
    """Take a question away."""
    found = _campaign(request, pk)
    number = line_number(request.POST.get("question", ""))
    for question in found.questions.all():
        if question.pk == number:
            try:
                campaigns.remove_question(question=question)
                messages.success(request, "La question est retirée.")
            except UserMistake as mistake:
                messages.error(request, mistake.message)
    return redirect("gathering:campaign", request.pole.slug, pk)


@require_safe
@in_pole
def answer(request: PoleRequest, pk: int) -> HttpResponse:
    """Read one answer, and what it became."""
    policies.check_user_can_gather(request.viewer, request.pole)
    found = answer_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cette réponse n’existe pas.")
    context = {
        "answer": found,
        "campaign": found.campaign,
        "lines": lines_of(found.campaign, found),
        "drafts": list(found.drafts.all()),
    }
    return render(request, "gathering/answer.html", context)


@require_safe
@in_pole
def paper(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the questionnaire as a sheet to print."""
    found = _campaign(request, pk)
    by_name = {one.name: one for one in CORE}
    context = {
        "campaign": found,
        "groups": [(title, [by_name[name] for name in names]) for title, names in GROUPS],
        "often": [label for value, label in OFTEN_CHOICES if value],
        "who": WHO,
        "questions": list(found.questions.all()),
        "address": _address(request, found),
        "qr": qr_svg(_address(request, found), label="Répondre en ligne"),
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "gathering/paper.html", context)


@require_safe
@in_pole
def export(request: PoleRequest, pk: int, ending: str) -> HttpResponse:
    """Give the answers that were sent as a file."""
    found = _campaign(request, pk)
    if ending not in ENDINGS:
        raise Http404("Ce format n’existe pas. Choisissez CSV, Excel ou JSON.")
    content = _table(found).written(answers_of(found), ending=ending)
    name = f"reponses-{found.slug}-{today():%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _table(found: Campaign) -> Takeaway[Answer]:
    columns: list[tuple[str, str, Callable[[Answer], Any]]] = [
        ("number", "Réponse", lambda row: row.pk),
        ("sent_on", "Envoyée le", lambda row: localdate(row.sent_at).isoformat() if row.sent_at else ""),
        ("paper", "Sur papier", lambda row: "oui" if row.is_from_paper else "non"),
    ]
    columns += [(one.name, _header(one), _reader(one.name)) for one in (*CORE, *WHO)]
    columns += [
        (answers.key_of(one), one.text, _reader(answers.key_of(one))) for one in found.questions.all()
    ]
    return Takeaway("Réponses", tuple(columns))


def _header(one: CoreQuestion) -> str:
    side = (
        " (ce qui manque)"
        if one.name.startswith("lacks_")
        else " (ce qu’on a)"
        if one.name.startswith("has_")
        else ""
    )
    return f"{one.text}{side}"


def _reader(name: str) -> Callable[[Answer], str]:
    def read(row: Answer) -> str:
        value = row.said.get(name, "")
        return ", ".join(value) if isinstance(value, list) else str(value)

    return read
