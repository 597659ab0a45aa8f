"""What the parties answer: from their letter without account, on the site, or noted by the team."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake
from maillage.domain.synergies import operations
from maillage.domain.synergies.enums import Answer, AnswerChannel, ClosingReason
from maillage.domain.synergies.models import SynergyParty
from maillage.domain.synergies.policies import check_user_can_answer, check_user_can_go_on_without
from maillage.domain.synergies.queries import invitation_of, party_of
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today
from maillage.interfaces.web.synergies.addresses import addresses
from maillage.interfaces.web.synergies.views.sheet import page, synergy_or_404

WORDS = {"oui": Answer.YES, "non": Answer.NO}
SAID = {Answer.YES: "Oui noté.", Answer.NO: "Non noté, avec sa raison."}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@in_pole
def by_link(request: PoleRequest, token: str) -> HttpResponse:
    """Answer without account: opening the link shows a page that asks to confirm, posting answers, once."""
    link = operations.read_link(token=token, at=now())
    if link is None or link.introduction.party.synergy.pole_id != request.pole.pk:
        raise Http404("Ce lien est incomplet. Reprenez celui de notre lettre.")
    mistake, typed = "", {"reason": "", "words": "", "answer": request.GET.get("reponse", "")}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("reason", "words", "answer")}
        try:
            operations.answer_by_link(
                link=link,
                answer=WORDS.get(typed["answer"], ""),
                reason=typed["reason"] if typed["answer"] == "non" else "",
                words=typed["words"] if typed["answer"] == "non" else "",
                at=now(),
                addresses=addresses(),
            )
            return redirect(request.path)
        except UserMistake as error:
            mistake = error.message
            link = operations.read_link(token=token, at=now()) or link
    context = {
        "link": link,
        "invitation": invitation_of(introduction=link.introduction, on=today()),
        "mistake": mistake,
        "typed": typed,
        "reasons": ClosingReason.choices,
        "no_bar": True,
        "no_capture": True,
    }
    status = 422 if mistake and link.state == operations.LinkState.OPEN else 200
    answer = render(cast(HttpRequest, request), "synergies/answer.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _party(request: PoleRequest, pk: int) -> SynergyParty:
    synergy = synergy_or_404(request, pk)
    wanted = line_number(request.POST.get("partie", ""))
    party = party_of(synergy=synergy, pk=wanted) if wanted is not None else None
    if party is None:
        raise Http404("Cette structure n’est pas dans la synergie.")
    return party


@require_POST
@in_pole
def on_site(request: PoleRequest, pk: int) -> HttpResponse:
    """Answer for one's structure, or note what a structure said by phone."""
    party = _party(request, pk)
    check_user_can_answer(request.viewer, party)
    answer = WORDS.get(request.POST.get("answer", ""), "")
    mine = party.organisation_id in request.viewer.organisations_in(request.pole.pk)
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    try:
        operations.record_answer(
            party=party,
            answer=answer,
            channel=AnswerChannel.SITE if mine else AnswerChannel.TEAM,
            by=account_of(request),
            reason=reason if answer == Answer.NO else "",
            words=words if answer == Answer.NO else "",
            at=now(),
            addresses=addresses(),
        )
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        typed = {"party": str(party.pk), "reason": reason, "words": words}
        return page(request, party.synergy, typed=typed, status=422)
    messages.success(request, SAID[Answer(answer)])
    return redirect("synergies:detail", request.pole.slug, pk)


@require_POST
@in_pole
def leave_out(request: PoleRequest, pk: int) -> HttpResponse:
    """Go on without a structure."""
    party = _party(request, pk)
    check_user_can_go_on_without(request.viewer, party)
    try:
        operations.go_on_without(party=party, by=account_of(request), at=now(), addresses=addresses())
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    else:
        messages.success(request, f"La synergie continue sans {party.organisation.name}.")
    return redirect("synergies:detail", request.pole.slug, pk)
