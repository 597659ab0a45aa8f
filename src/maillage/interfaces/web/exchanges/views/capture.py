"""Noter un besoin, une offre: one page, three fields, what appears while one writes; the same form to change one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.operations.organisations import DuplicateSuspected
from maillage.domain.exchanges import operations, policies
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import choices, visible_intent
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.exchanges import typed
from maillage.interfaces.web.exchanges.drafting import Drafted, drafted
from maillage.interfaces.web.exchanges.filters import SIDE_OF, SIDES
from maillage.interfaces.web.exchanges.forms import IntentForm
from maillage.interfaces.web.exchanges.initial import initial_of
from maillage.interfaces.web.exchanges.nearby import Nearby, side_words

NOTE_LENGTH = 300
WORDS_LENGTH = 2000


def _kind(request: PoleRequest) -> str:
    return SIDES.get(request.GET.get("sens", ""), IntentKind.NEED.value)


def _heard(request: PoleRequest) -> str:
    """The words typed on another page, « Qu’avez-vous entendu ? »."""
    return request.GET.get("mots", "")[:WORDS_LENGTH]


def _acts_for(request: PoleRequest) -> int | str:
    """The structure chosen by who speaks for several; the team says each time for whom it notes."""
    pole_id = request.pole.pk
    return "" if request.viewer.runs(pole_id) else request.viewer.acts_for(pole_id) or ""


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def capture(request: PoleRequest) -> HttpResponse:
    """Note a need or an offer."""
    kind = _kind(request)
    if not request.viewer.is_signed_in:
        return render(request, "exchanges/say.html", {"words": side_words(kind), "kind": kind})
    policies.check_user_can_note_intent(request.viewer, request.pole.pk)
    known = choices.authorisations()
    if request.method != "POST":
        form = IntentForm(
            kind=kind,
            authorisations=known,
            initial={
                "visibility": "members",
                "period": "once",
                "words": _heard(request),
                "author": _acts_for(request),
            },
        )
        return _page(request, form, Nearby())
    form = IntentForm(request.POST, kind=kind, authorisations=known)
    found = drafted(form, viewer=request.viewer, pole=request.pole, on=today())
    if "chercher" in request.POST:
        return _page(request, form, typed.nearby_of(request, form, found), found)
    if request.POST.get("join"):
        joined = _join(request, form, found)
        if joined is not None:
            return joined
    elif found.draft is not None:
        saved = _save(request, found)
        if saved is not None:
            return _after(request, saved, found)
    return _page(request, form, typed.nearby_of(request, form, found), found, status=422)


def _save(request: PoleRequest, found: Drafted) -> Intent | None:
    """Write; None when the room refuses, its sentences then stand among the mistakes."""
    if found.draft is None:
        return None
    try:
        if found.who.newcomer is not None:
            return operations.note_with_newcomer(
                data=found.draft,
                newcomer=found.who.newcomer,
                distinct_from=found.who.distinct_from,
                by=account_of(request),
                on=today(),
                at=now(),
            )
        return operations.note_intent(data=found.draft, by=account_of(request), on=today(), at=now())
    except DuplicateSuspected as mistake:
        found.mistakes["author"] = mistake.message
    except UserMistakes as several:
        found.mistakes.update(several.by_field)
    except UserMistake as mistake:
        found.mistakes[mistake.field or "words"] = mistake.message
    return None


def _after(request: PoleRequest, intent: Intent, found: Drafted) -> HttpResponse:
    words = side_words(intent.kind)
    understood = typed.understood_words(found) if not request.POST.getlist("shown") else []
    said = f" Nous avons compris : {', '.join(understood)}." if understood else ""
    new = (
        f" La fiche de {intent.author.name} est créée, vous la compléterez plus tard."
        if found.who.newcomer
        else ""
    )
    messages.success(request, f"{words['saved']}{said}{new}")
    if "encore" in request.POST:
        return redirect(
            f"{reverse('exchanges:capture', args=[request.pole.slug])}?sens={SIDE_OF[intent.kind]}"
        )
    return redirect("exchanges:detail", request.pole.slug, intent.pk)


def _join(request: PoleRequest, form: IntentForm, found: Drafted) -> HttpResponse | None:
    """« Les regrouper »: the structure supports what was already said; None when it is not known who."""
    number = request.POST["join"]
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    intent = visible_intent(viewer=request.viewer, pole=request.pole, pk=pk)
    if intent is None:
        raise Http404("Ce besoin ou cette offre n’existe plus.")
    who = found.who.organisation
    found.mistakes.clear()
    if who is None:
        found.mistakes["author"] = "Dites d’abord quelle structure le partage, puis regroupez."
        return None
    policies.check_user_can_support_intent(request.viewer, intent, organisation_id=who.pk)
    try:
        operations.support(intent=intent, organisation=who, on=today(), note=form.text("words")[:NOTE_LENGTH])
    except UserMistake as mistake:
        found.mistakes["author"] = mistake.message
        return None
    messages.success(request, f"C’est regroupé : {who.name} le soutient.")
    return redirect("exchanges:detail", request.pole.slug, intent.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change what an intent says, in the same form."""
    intent = choices.intent_for_form(viewer=request.viewer, pole=request.pole, pk=pk)
    if intent is None:
        raise Http404("Ce besoin ou cette offre n’existe pas, ou n’est pas visible pour vous.")
    policies.check_user_can_edit_intent(request.viewer, intent)
    known = choices.authorisations()
    if request.method != "POST":
        form = IntentForm(kind=intent.kind, authorisations=known, initial=initial_of(intent))
        return _page(request, form, Nearby(), intent=intent)
    form = IntentForm(request.POST, kind=intent.kind, authorisations=known)
    found = drafted(form, viewer=request.viewer, pole=request.pole, on=today(), intent=intent)
    if found.who.newcomer is not None:
        found.mistakes["author"] = (
            "Choisissez une structure de l’annuaire : la fiche d’une nouvelle se crée à part."
        )
    if found.draft is not None and not found.mistakes:
        try:
            operations.update_intent(intent=intent, data=found.draft, by=account_of(request), on=today())
        except UserMistakes as several:
            found.mistakes.update(several.by_field)
        except UserMistake as mistake:
            found.mistakes[mistake.field or "words"] = mistake.message
        else:
            messages.success(request, "C’est enregistré, et confirmé aujourd’hui.")
            return redirect("exchanges:detail", request.pole.slug, pk)
    return _page(request, form, Nearby(), found, intent=intent, status=422)


def _page(
    request: PoleRequest,
    form: IntentForm,
    near: Nearby,
    found: Drafted | None = None,
    *,
    intent: Intent | None = None,
    status: int = 200,
) -> HttpResponse:
    if found is not None:
        typed.tell(form, found.mistakes)
    context: dict[str, Any] = typed.page_context(request, form, found, near, intent=intent)
    return render(request, "exchanges/capture.html", context, status=status)


@require_POST
@in_pole
def live(request: PoleRequest) -> HttpResponse:
    """Answer while one writes: the chips of what is understood, and what was already said."""
    policies.check_user_can_note_intent(request.viewer, request.pole.pk)
    form = IntentForm(request.POST, kind=_kind(request))
    found = drafted(form, viewer=request.viewer, pole=request.pole, on=today())
    near = typed.nearby_of(request, form, found, answers=False)
    return render(request, "exchanges/_live_answer.html", typed.live_context(request, form, found, near))


@require_POST
@in_pole
def leads(request: PoleRequest) -> HttpResponse:
    """Answer while one writes, a little later: the first leads, which take a model of the language to find."""
    policies.check_user_can_note_intent(request.viewer, request.pole.pk)
    form = IntentForm(request.POST, kind=_kind(request))
    found = drafted(form, viewer=request.viewer, pole=request.pole, on=today())
    near = typed.nearby_of(request, form, found, alike=False)
    return render(request, "exchanges/_leads_answer.html", typed.live_context(request, form, found, near))


@require_POST
@in_pole
def hints(request: PoleRequest, subject: str) -> HttpResponse:
    """Answer when one leaves « Qui » or « Où »: a new structure, a commune spelt otherwise."""
    policies.check_user_can_note_intent(request.viewer, request.pole.pk)
    form = IntentForm(request.POST, kind=_kind(request))
    found = drafted(form, viewer=request.viewer, pole=request.pole, on=today())
    context = typed.live_context(request, form, found, Nearby())
    return render(request, f"exchanges/_hint_{'who' if subject == 'qui' else 'where'}.html", context)
