"""Note a promise in a draft: who gives what to whom, how much, when."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.operations import add_line
from maillage.domain.agreements.queries import parties_of, terms_of
from maillage.domain.agreements.queries.promising import (
    gestures_for,
    has_promises,
    money_type,
    said_before,
    thing_of,
    things_of,
)
from maillage.domain.agreements.templates import Template, read_templates
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.catalogue.queries import search_types
from maillage.domain.exchanges.queries import choices
from maillage.domain.ledger.drafts import CommitmentDraft
from maillage.domain.ledger.models import Agreement
from maillage.importers.cells import numbers
from maillage.interfaces.web.agreements.forms import LineForm
from maillage.interfaces.web.agreements.views.changing import draft_or_refuse
from maillage.interfaces.web.agreements.views.reach import back
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number
from maillage.interfaces.web.exchanges.forms import unit_choices


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def promise(request: PoleRequest, pk: int) -> HttpResponse:
    """Add a promise."""
    agreement = draft_or_refuse(request, pk)
    terms, parties = terms_of(agreement), parties_of(agreement)
    template = read_templates().get(terms.template) if terms else None
    if request.method != "POST":
        giver = terms.giver if terms and terms.giver else None
        return line_page(
            request, agreement, line_form(parties, template, initial=_first(agreement, parties, giver))
        )
    form = line_form(parties, template, data=request.POST)
    if form.is_valid():
        try:
            add_line(
                agreement=agreement,
                data=draft_typed(agreement, parties, form),
                thing=form.text("thing")[:300],
            )
        except (UserMistake, UserMistakes) as refused:
            form.tell(on_its_field(refused))
        else:
            messages.success(request, "L’engagement est noté.")
            return back(request, pk, "engagements")
    return line_page(request, agreement, form, status=422)


def line_form(
    parties: list[Organisation],
    template: Template | None,
    *,
    data: object = None,
    initial: dict[str, str] | None = None,
) -> LineForm:
    """Return the form of a promise between these parties."""
    return LineForm(
        data,
        initial=initial,
        parties=[(str(one.pk), one.name) for one in parties],
        actions=gestures_for(template),
        resources=things_of(parties),
    )


def _first(agreement: Agreement, parties: list[Organisation], giver: Organisation | None) -> dict[str, str]:
    """Start from what the offer, or the need, already says: the first line is half written."""
    first = giver or (parties[0] if parties else None)
    others = [one for one in parties if first is None or one.pk != first.pk]
    values = {
        "provider": str(first.pk) if first else "",
        "receiver": str(others[0].pk) if others else "",
    }
    if has_promises(agreement):
        return values
    return values | (said_before(agreement.offer) or said_before(agreement.need))


def draft_typed(agreement: Agreement, parties: list[Organisation], form: LineForm) -> CommitmentDraft:
    """Read a promise from what was typed."""
    kept = form.cleaned_data
    by_number = {str(one.pk): one for one in parties}
    resource = None
    number = line_number(form.text("resource"))
    if number is not None:
        resource = thing_of(parties=parties, pk=number)
    if kept["provider"] not in by_number or kept["receiver"] not in by_number:
        raise UserMistake("Dites qui donne et qui reçoit.", field="provider")
    return CommitmentDraft(
        pole=agreement.pole,
        agreement=agreement,
        action=kept["action"],
        provider=by_number[kept["provider"]],
        receiver=by_number[kept["receiver"]],
        resource=resource,
        resource_type=None if resource is not None else _type(form, kept["action"]),
        quantity=quantity_typed(form.text("quantity")),
        unit=form.text("unit") or ("€" if kept["action"] == "pay" else ""),
        starts_at=kept["starts_at"],
        ends_at=kept["ends_at"],
        due_on=kept["due_on"],
        note=form.text("note"),
    )


def _type(form: LineForm, action: str) -> ResourceType | None:
    code, text = form.text("resource_type"), form.text("resource_type_text")[:200]
    found = choices.type_coded(code) if code else None
    if found is None and text:
        near = search_types(text=text, limit=1)
        found = choices.type_coded(near[0].code) if near else None
        if found is None:
            raise UserMistake(f"Rien ne s’appelle « {text} ». Essayez un autre mot.", field="resource_type")
    return found or (money_type() if action == "pay" else None)


def quantity_typed(text: str) -> Decimal | None:
    """Read a quantity; nothing typed is none."""
    if not text:
        return None
    try:
        return numbers.decimal(text[:40])
    except (UserMistake, InvalidOperation) as mistake:
        raise UserMistake("Écrivez un nombre, par exemple 12,5.", field="quantity") from mistake


def on_its_field(refused: UserMistake | UserMistakes) -> UserMistake | UserMistakes:
    """Put a mistake about a time range on the field where it starts."""
    if isinstance(refused, UserMistake) and refused.field == "during":
        return UserMistake(refused.message, field="starts_at")
    return refused


def line_page(
    request: PoleRequest,
    agreement: Agreement,
    form: LineForm,
    *,
    status: int = 200,
    by_amendment: bool = False,
) -> HttpResponse:
    """Show the form of a promise, in a draft or by an amendment."""
    code = form["resource_type"].value() or ""
    known = choices.type_coded(str(code)) if code else None
    context = {
        "agreement": agreement,
        "form": form,
        "type_text": form.text("resource_type_text") or (known.label if known else ""),
        "units": unit_choices(),
        "types_url": reverse("exchanges:types", args=[request.pole.slug]),
        "draft_key": f"{request.pole.slug}-accord-{agreement.pk}-engagement",
        "by_amendment": by_amendment,
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "agreements/promise.html", context, status=status)
