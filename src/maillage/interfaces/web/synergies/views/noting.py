"""Note a synergy: by hand, from a kept lead, from an assembling."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import choices
from maillage.domain.matching import queries as matching
from maillage.domain.matching.studies.queries import study
from maillage.domain.synergies.drafts import LineDraft, SynergyDraft
from maillage.domain.synergies.operations import note_assembled, note_pair, note_synergy
from maillage.domain.synergies.policies import check_user_can_run_synergies
from maillage.domain.synergies.queries import decision_of, followed_by, owner_of, owners_of
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now
from maillage.interfaces.web.synergies.forms import NewForm

SLOTS = (
    ("need", "Un besoin", "besoins"),
    ("offer", "Une offre", "offres"),
    ("structure", "Une autre structure", ""),
)
MOST_SLOTS = 12


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the form: what was chosen, as it was typed."""

    name: str
    label: str
    number: int
    value: str
    text: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest) -> HttpResponse:
    """Note a synergy by hand; « Ajouter » gives one more line, nothing typed is lost."""
    check_user_can_run_synergies(request.viewer, request.pole)
    owners = owners_of(pole=request.pole)
    if request.method != "POST":
        me = account_of(request)
        form = NewForm(owners=owners, initial={"owner": str(me.pk) if me else ""})
        return _page(request, form, _slots(request))
    form = NewForm(request.POST, owners=owners)
    if request.POST.get("plus"):
        form.is_valid()
        unbound = NewForm(owners=owners, initial=request.POST.dict())
        return _page(request, unbound, _slots(request, plus=request.POST["plus"]))
    try:
        if form.is_valid():
            synergy = note_synergy(
                pole=request.pole, draft=_draft(request, form), by=account_of(request), at=now()
            )
            messages.success(request, "Synergie notée. Relisez, puis proposez-la aux structures.")
            return redirect("synergies:detail", request.pole.slug, synergy.pk)
    except UserMistake as mistake:
        form.add_error(mistake.field if mistake.field in form.fields else None, mistake.message)
    return _page(request, form, _slots(request), status=422)


def _page(request: PoleRequest, form: NewForm, slots: list[Slot], status: int = 200) -> HttpResponse:
    context = {"form": form, "slots": slots, "kinds": SLOTS, "wide": False}
    return render(request, "synergies/new.html", context, status=status)


def _slots(request: PoleRequest, plus: str = "") -> list[Slot]:
    found: list[Slot] = []
    for name, label, side in SLOTS:
        values = request.POST.getlist(name)[:MOST_SLOTS] or [request.GET.get(name, "")]
        texts = request.POST.getlist(f"{name}_text")[:MOST_SLOTS]
        if plus == name and len(values) < MOST_SLOTS:
            values = [*values, ""]
        url = (
            f"{reverse('matching:options', args=[request.pole.slug])}?cote={side}"
            if side
            else reverse("exchanges:organisations", args=[request.pole.slug])
        )
        for number, value in enumerate(values):
            text = texts[number] if number < len(texts) else _known(request, name, value)
            found.append(Slot(name, label, number, value, text, url))
    return found


def _known(request: PoleRequest, name: str, value: str) -> str:
    """Return the words of a line that the address names."""
    pk = line_number(value)
    if pk is None:
        return ""
    if name == "structure":
        organisation = choices.organisation_known(pole=request.pole, pk=pk)
        return organisation.name if organisation else ""
    intent = matching.intent_at_desk(pole=request.pole, pk=pk)
    return intent.title if intent else ""


def _draft(request: PoleRequest, form: NewForm) -> SynergyDraft:
    told = form.cleaned_data
    intents = [*_intents(request, "need", IntentKind.NEED), *_intents(request, "offer", IntentKind.OFFER)]
    return SynergyDraft(
        lines=tuple(LineDraft(one) for one in dict.fromkeys(intents)),
        organisations=tuple(_organisations(request)),
        title=told["title"],
        owner=owner_of(pole=request.pole, pk=line_number(told["owner"])),
        next_step=told["next_step"],
        due_on=told["due_on"],
    )


def _typed(request: PoleRequest, name: str) -> list[tuple[str, str]]:
    pairs = zip(request.POST.getlist(name), request.POST.getlist(f"{name}_text"), strict=False)
    return [(value, text.strip()) for value, text in pairs if value or text.strip()]


def _intents(request: PoleRequest, name: str, kind: IntentKind) -> list[Intent]:
    found: list[Intent] = []
    for value, text in _typed(request, name):
        pk = line_number(value)
        one = matching.intent_at_desk(pole=request.pole, pk=pk) if pk is not None else None
        if one is None:
            near = matching.named(pole=request.pole, kind=kind, text=text, limit=2)
            one = near[0] if len(near) == 1 else None
        if one is None or one.kind != kind:
            raise UserMistake(f"« {text} » : choisissez une ligne de la liste proposée.")
        found.append(one)
    return found


def _organisations(request: PoleRequest) -> list[Organisation]:
    found: list[Organisation] = []
    for value, text in _typed(request, "structure"):
        pk = line_number(value)
        one = choices.organisation_known(pole=request.pole, pk=pk) if pk is not None else None
        one = one or choices.organisation_named(pole=request.pole, name=text)
        if one is None:
            raise UserMistake(f"« {text} » : choisissez une structure de la liste proposée.")
        found.append(one)
    return found


@require_POST
@in_pole
def from_lead(request: PoleRequest) -> HttpResponse:
    """Follow a kept lead: its synergy, noted now or already there."""
    check_user_can_run_synergies(request.viewer, request.pole)
    need, offer = (line_number(request.POST.get(name, "")) for name in ("besoin", "offre"))
    decision = decision_of(pole=request.pole, need=need, offer=offer)
    if decision is None:
        raise Http404("Cette piste n’est pas gardée, ou n’existe plus.")
    known = followed_by(decision=decision)
    if known is not None:
        return redirect("synergies:detail", request.pole.slug, known.pk)
    me = account_of(request)
    try:
        synergy = note_pair(decision=decision, owner=me, by=me, at=now())
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return redirect("matching:kept", request.pole.slug)
    return redirect("synergies:detail", request.pole.slug, synergy.pk)


@require_POST
@in_pole
def from_run(request: PoleRequest, pk: int) -> HttpResponse:
    """Follow one answer of an assembling."""
    check_user_can_run_synergies(request.viewer, request.pole)
    run, part = study(pole=request.pole, pk=pk), line_number(request.POST.get("reponse", ""))
    if run is None:
        raise Http404("Ce calcul n’existe pas, ou n’est pas de ce pôle.")
    me = account_of(request)
    try:
        synergy = note_assembled(run=run, part=part or 0, owner=me, by=me, at=now())
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return redirect("synergies:board", request.pole.slug)
    return redirect("synergies:detail", request.pole.slug, synergy.pk)
