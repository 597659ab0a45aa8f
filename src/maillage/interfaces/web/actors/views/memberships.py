"""The link of a structure with the pole: it joins, changes college, leaves; partnerships too."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors import operations, policies
from maillage.domain.actors.models import College, Organisation
from maillage.domain.actors.queries import (
    colleges_of,
    membership_in,
    organisation_in,
    organisation_sheet,
    partner_in,
)
from maillage.interfaces.web.actors.forms import EndForm, JoinForm, KeptForm, PartnerForm
from maillage.interfaces.web.actors.reading import form_mistakes
from maillage.interfaces.web.actors.views.sheet import NOT_HERE
from maillage.interfaces.web.door import PoleRequest, in_pole, today

_FIELD_OF = {"on": "until", "since": "since"}
Forms = dict[str, KeptForm]


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def memberships(request: PoleRequest, pk: int) -> HttpResponse:
    """Show how a structure belongs to the pole, and change it."""
    organisation = organisation_in(pole=request.pole, pk=pk)
    if organisation is None:
        raise Http404(NOT_HERE)
    policies.check_user_can_manage_memberships(request.viewer, request.pole)
    colleges = colleges_of(request.pole)
    forms = _forms(request, colleges)
    if request.method == "POST":
        gesture = _GESTURES.get(request.POST.get("geste", ""))
        if gesture is None:
            raise Http404("Ce geste n’existe pas.")
        sentence = _tried(request, organisation, forms, colleges, gesture)
        if sentence:
            messages.success(request, sentence)
            return redirect("actors:memberships", request.pole.slug, pk)
    sheet = organisation_sheet(viewer=request.viewer, pole=request.pole, pk=pk)
    context = forms | {
        "organisation": organisation,
        "sheet": sheet,
        "colleges": colleges,
        "membership": next((one for one in sheet.memberships if one.is_running), None) if sheet else None,
        "partnership": next((one for one in sheet.partnerships if one.is_running), None) if sheet else None,
        "no_capture": True,
    }
    return render(
        request, "actors/memberships.html", context, status=422 if request.method == "POST" else 200
    )


def _forms(request: PoleRequest, colleges: list[College]) -> Forms:
    """Every form of the page; the one that was sent holds what was typed."""
    gesture = request.POST.get("geste", "")
    named = [(str(one.pk), one.name) for one in colleges]
    day = {"since": today(), "until": today(), "partner_since": today()}

    def sent(*gestures: str) -> Any:
        return request.POST if gesture in gestures else None

    return {
        "join": JoinForm(sent("adherer"), colleges=named, initial=day),
        "college": JoinForm(sent("college"), colleges=named, initial=day, prefix=None, auto_id="college_%s"),
        "leave": EndForm(sent("quitter"), initial=day, auto_id="quitter_%s"),
        "partner": PartnerForm(sent("partenaire"), initial=day),
        "end_partner": EndForm(sent("fin-partenaire"), initial=day, auto_id="fin_%s"),
    }


Gesture = tuple[str, Callable[[PoleRequest, Organisation, KeptForm, list[College]], str]]


def _tried(
    request: PoleRequest, organisation: Organisation, forms: Forms, colleges: list[College], gesture: Gesture
) -> str:
    """Return the sentence of what was done; nothing when the form is to be shown again with its mistakes."""
    name, act = gesture
    form = forms[name]
    mistakes = form_mistakes(form)
    if not mistakes:
        try:
            return act(request, organisation, form, colleges)
        except UserMistakes as several:
            mistakes |= several.by_field
        except UserMistake as mistake:
            mistakes[mistake.field or "__all__"] = mistake.message
    form.tell(mistakes)
    return ""


def _college(form: KeptForm, colleges: list[College]) -> College | None:
    return next((one for one in colleges if str(one.pk) == form.text("college")), None)


def _join(request: PoleRequest, organisation: Organisation, form: KeptForm, colleges: list[College]) -> str:
    operations.join_pole(
        pole=request.pole,
        organisation=organisation,
        on=form.cleaned_data["since"],
        college=_college(form, colleges),
    )
    return f"« {organisation.name} » est membre du pôle."


def _change(request: PoleRequest, organisation: Organisation, form: KeptForm, colleges: list[College]) -> str:
    found = membership_in(pole=request.pole, organisation=organisation, pk=_number(request))
    if found is None:
        raise Http404("Cette adhésion n’existe pas.")
    college = _college(form, colleges)
    operations.change_college(membership=found, college=college, on=form.cleaned_data["since"])
    return f"Collège : {college.name}." if college else "La structure n’a plus de collège."


def _leave(request: PoleRequest, organisation: Organisation, form: KeptForm, colleges: list[College]) -> str:
    found = membership_in(pole=request.pole, organisation=organisation, pk=_number(request))
    if found is None:
        raise Http404("Cette adhésion n’existe pas.")
    operations.leave_pole(membership=found, on=form.cleaned_data["until"])
    return "Le départ est noté. Son histoire dans le pôle reste."


def _partner(
    request: PoleRequest, organisation: Organisation, form: KeptForm, colleges: list[College]
) -> str:
    operations.add_partner(
        pole=request.pole,
        organisation=organisation,
        on=form.cleaned_data["partner_since"],
        kind=form.text("kind"),
        note=form.text("note"),
    )
    return f"« {organisation.name} » est partenaire du pôle."


def _end(request: PoleRequest, organisation: Organisation, form: KeptForm, colleges: list[College]) -> str:
    found = partner_in(pole=request.pole, organisation=organisation, pk=_number(request))
    if found is None:
        raise Http404("Ce partenariat n’existe pas.")
    operations.end_partner(partner=found, on=form.cleaned_data["until"])
    return "La fin du partenariat est notée."


def _number(request: PoleRequest) -> int:
    text = request.POST.get("numero", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


_GESTURES: dict[str, Gesture] = {
    "adherer": ("join", _join),
    "college": ("college", _change),
    "quitter": ("leave", _leave),
    "partenaire": ("partner", _partner),
    "fin-partenaire": ("end_partner", _end),
}
