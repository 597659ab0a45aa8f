"""Keys of the API: made, shown once, revoked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake
from maillage.domain.ledger.operations.tokens import make_token, revoke_token
from maillage.domain.ledger.policies import check_user_can_hold_token, check_user_can_see_ledger
from maillage.domain.ledger.queries.tokens import holders_of, token_in, tokens_of
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now
from maillage.interfaces.web.ledger.forms import TokenForm
from maillage.interfaces.web.ledger.reading import form_mistakes, mistakes_of

NO_TOKEN = "Cette clé n’existe pas, ou n’est pas à vous."  # noqa: S105 - a sentence


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def tokens(request: PoleRequest) -> HttpResponse:
    """Show the keys and the form that makes one; a new secret is shown on this answer only."""
    check_user_can_see_ledger(request.viewer, request.pole.pk)
    holders = holders_of(viewer=request.viewer, pole=request.pole)
    named = [(str(one.pk), one.name) for one in holders]
    form, secret = TokenForm(holders=named, initial={"scopes": ["read"]}), ""
    if request.method == "POST":
        form = TokenForm(request.POST, holders=named)
        mistakes = form_mistakes(form)
        if not mistakes:
            organisation = next(one for one in holders if str(one.pk) == form.text("organisation"))
            check_user_can_hold_token(request.viewer, request.pole.pk, organisation_id=organisation.pk)
            try:
                _, secret = make_token(
                    pole=request.pole,
                    organisation=organisation,
                    name=form.text("name"),
                    scopes=form.cleaned_data["scopes"],
                    by=account_of(request),
                    at=now(),
                )
            except UserMistake as mistake:
                mistakes = mistakes_of(mistake, {})
        form.tell(mistakes)
        if secret:
            form = TokenForm(holders=named, initial={"scopes": ["read"]})
    context = {
        "form": form,
        "secret": secret,
        "tokens": tokens_of(viewer=request.viewer, pole=request.pole),
        "no_capture": True,
    }
    answer = render(request, "ledger/tokens.html", context, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@in_pole
def revoke(request: PoleRequest, pk: int) -> HttpResponse:
    """Revoke a key."""
    found = token_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        check_user_can_see_ledger(request.viewer, request.pole.pk)
        raise Http404(NO_TOKEN)
    check_user_can_hold_token(request.viewer, request.pole.pk, organisation_id=found.organisation_id)
    revoke_token(token=found, by=account_of(request), at=now())
    messages.success(request, f"La clé « {found.name} » ne sert plus.")
    return redirect("ledger:tokens", request.pole.slug)
