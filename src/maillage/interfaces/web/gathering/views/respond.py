"""The public questionnaire: no account; kept from the first word by a private link, sent once."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.gathering import policies
from maillage.domain.gathering.models import Answer, Campaign
from maillage.domain.gathering.operations import answers
from maillage.domain.gathering.queries.campaigns import answer_keyed, campaign_addressed, campaign_numbered
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.gathering.addresses import answer_key, answer_token
from maillage.interfaces.web.gathering.answer_form import TRAP, AnswerForm, initial_of
from maillage.interfaces.web.gathering.senders import imprint_of, start_token, started

TOO_FAST = "Relisez un instant, puis envoyez de nouveau. Rien n’est perdu."


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def respond(request: PoleRequest, slug: str) -> HttpResponse:
    """Answer a campaign from its public address."""
    campaign = campaign_addressed(pole=request.pole, slug=slug)
    if campaign is None:
        raise Http404("Ce questionnaire n’existe pas, ou n’existe plus.")
    return _answered(request, campaign, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def resume(request: PoleRequest, slug: str, reponse: str) -> HttpResponse:
    """Go on with an answer that was kept, or see what was sent."""
    campaign = campaign_addressed(pole=request.pole, slug=slug)
    key = answer_key(reponse)
    answer = answer_keyed(campaign=campaign, key=key) if campaign is not None else None
    if campaign is None or answer is None:
        raise Http404("Ce lien privé n’est pas le bon. Reprenez celui que vous avez gardé.")
    if answer.sent_at is not None:
        return render(
            request,
            "gathering/thanks.html",
            _bare(request, campaign) | {"answer": answer, "lines": lines_of(campaign, answer)},
        )
    return _answered(request, campaign, answer)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def from_paper(request: PoleRequest, pk: int) -> HttpResponse:
    """Type in what was answered on paper, in the same questions."""
    policies.check_user_can_gather(request.viewer, request.pole)
    campaign = campaign_numbered(pole=request.pole, pk=pk)
    if campaign is None:
        raise Http404("Cette campagne n’existe pas.")
    return _answered(request, campaign, None, is_from_paper=True)


def _answered(
    request: PoleRequest, campaign: Campaign, answer: Answer | None, *, is_from_paper: bool = False
) -> HttpResponse:
    if not (is_from_paper or answers.is_open(campaign, today())) and request.method != "POST":
        return render(request, "gathering/respond_closed.html", _bare(request, campaign))
    if request.method != "POST":
        kept = initial_of(answer.said, consents=answer.consented_at is not None) if answer is not None else {}
        form = AnswerForm(campaign=campaign, initial=kept)
        return _page(request, campaign, answer, form, is_from_paper=is_from_paper)
    form = AnswerForm(request.POST, campaign=campaign)
    form.is_valid()
    key, is_slow_enough = started(request.POST.get("debut", ""))
    if request.POST.get(TRAP) and not is_from_paper:
        return render(
            request, "gathering/thanks.html", _bare(request, campaign) | {"answer": None, "lines": []}
        )
    if not (is_from_paper or answer is not None or is_slow_enough):
        form.tell({"": TOO_FAST})
        return _page(request, campaign, answer, form, is_from_paper=is_from_paper, status=422)
    given = answers.Answering(
        said=form.typed(),
        consents=bool(form.cleaned_data.get("consents")),
        key="" if answer is not None else key,
        sender="" if is_from_paper else imprint_of(request, today()),
        is_from_paper=is_from_paper,
        by=account_of(request),
    )
    return _written(request, campaign, answer, form, given)


def _written(
    request: PoleRequest,
    campaign: Campaign,
    answer: Answer | None,
    form: AnswerForm,
    given: answers.Answering,
) -> HttpResponse:
    try:
        if "garder" in request.POST:
            kept = answers.keep_answer(campaign=campaign, answer=answer, given=given, on=today(), at=now())
            messages.success(request, "C’est gardé. Copiez l’adresse de cette page pour reprendre plus tard.")
            return redirect(_private(request, campaign, kept))
        sent = answers.send_answer(campaign=campaign, answer=answer, given=given, on=today(), at=now())
    except answers.AlreadySent as before:
        return redirect(_private(request, campaign, before.answer))
    except answers.Unsent as unsent:
        answer = unsent.answer
        form.tell(unsent.by_field)
    except UserMistakes as several:
        form.tell(several.by_field)
    except UserMistake as mistake:
        form.tell({"": mistake.message})
    else:
        if given.is_from_paper:
            messages.success(request, "La feuille est saisie. En voici une autre ?")
            return redirect("gathering:from_paper", request.pole.slug, campaign.pk)
        return redirect(_private(request, campaign, sent))
    return _page(request, campaign, answer, form, is_from_paper=given.is_from_paper, status=422)


def _private(request: PoleRequest, campaign: Campaign, answer: Answer) -> str:
    return reverse("gathering:resume", args=[request.pole.slug, campaign.slug, answer_token(answer.key)])


def _bare(request: PoleRequest, campaign: Campaign) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "is_before": today() < campaign.opens_on,
        "no_bar": True,
        "no_capture": True,
    }


def _page(
    request: PoleRequest,
    campaign: Campaign,
    answer: Answer | None,
    form: AnswerForm,
    *,
    is_from_paper: bool,
    status: int = 200,
) -> HttpResponse:
    slug = request.pole.slug
    here = (
        reverse("gathering:from_paper", args=[slug, campaign.pk])
        if is_from_paper
        else (
            _private(request, campaign, answer)
            if answer is not None
            else reverse("gathering:respond", args=[slug, campaign.slug])
        )
    )
    key = answer.key if answer is not None else started(request.POST.get("debut", ""))[0]
    context = _bare(request, campaign) | {
        "form": form,
        "answer": answer,
        "here": here,
        "link": request.build_absolute_uri(here) if answer is not None and not is_from_paper else "",
        "start": start_token(key or secrets.token_urlsafe(16)),
        "is_from_paper": is_from_paper,
        "trap": TRAP,
        "places_url": f"{reverse('places:search')}?pole={slug}",
        "draft_key": f"campagne-{campaign.pk}" + ("-papier" if is_from_paper else ""),
    }
    return render(request, "gathering/respond.html", context, status=status)


def lines_of(campaign: Campaign, answer: Answer) -> list[tuple[str, str]]:
    """Return what was answered, question by question, as a person reads it."""
    form = AnswerForm(campaign=campaign, initial=initial_of(answer.said, consents=True))
    found = []
    for name, field in form.fields.items():
        value = answer.said.get(name, "")
        if name == "consents" or not value:
            continue
        labels = dict(getattr(field, "choices", []))
        values = value if isinstance(value, list) else [value]
        found.append((str(field.label), ", ".join(str(labels.get(one, one)) for one in values)))
    return found
