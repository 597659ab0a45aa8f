"""What the page of the form shows of what was typed: chips, hints, texts of the fields that complete themselves."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from maillage.core.quantities import units
from maillage.domain.exchanges.describe import visibility_sentence
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import choices
from maillage.interfaces.web.door import PoleRequest
from maillage.interfaces.web.exchanges.drafting import Drafted
from maillage.interfaces.web.exchanges.filters import SIDE_OF
from maillage.interfaces.web.exchanges.forms import HALF_DAYS, IntentForm, unit_choices
from maillage.interfaces.web.exchanges.kinds import Kind, Proposed
from maillage.interfaces.web.exchanges.nearby import Nearby, Sought, alike_of, answers_of, side_words
from maillage.interfaces.web.exchanges.professions import Professions, professions_of
from maillage.interfaces.web.exchanges.understanding import hours_text
from maillage.interfaces.web.exchanges.who import represented

FOLDED = (
    "title",
    "quantity",
    "unit",
    "period",
    "minimum",
    "available_from",
    "available_until",
    "slots",
    "hours",
    "months",
    "reach_km",
    "price_kind",
    "price",
    "conditions",
    "qualities",
    "requires",
    "holds",
    "visibility",
    "said_by",
    "channel",
    "evidence_on",
    "place",
    "people_concerned",
)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something understood of the words; unticking it opens the fields that say it, filled."""

    subject: str
    words: str
    is_on: bool
    fields: dict[str, str]


def tell(form: IntentForm, mistakes: dict[str, str]) -> None:
    """Put each sentence under its field."""
    form.is_valid()
    for name, sentence in mistakes.items():
        form.add_error(name if name in form.fields else None, sentence)


def chips_of(form: IntentForm, found: Drafted) -> list[Chip]:
    """Return the chips; a subject that the fields already say has none."""
    kept = set(form.several("keep")) | ({"amount", "dates", "week"} - set(form.several("shown")))
    chips = []
    said = found.said
    if said.amount and not form.text("quantity"):
        unit = units()[said.amount.unit]
        chips.append(
            Chip(
                "amount",
                said.amount.words,
                "amount" in kept,
                {
                    "quantity": f"{said.amount.value:f}".replace(".", ","),
                    "unit": unit.symbol or unit.plural,
                    "period": said.amount.period.value,
                },
            )
        )
    if said.dates_words and not (form.text("available_from") or form.text("available_until")):
        days = {
            "available_from": said.start.isoformat() if said.start else "",
            "available_until": said.end.isoformat() if said.end else "",
        }
        chips.append(Chip("dates", said.dates_words, "dates" in kept, days))
    if said.week and not (form.several("slots") or form.text("hours")):
        chips.append(Chip("week", said.week_words, "week" in kept, {"hours": hours_text(said.week)}))
    return chips


def understood_words(found: Drafted) -> list[str]:
    """Say what was taken from the words when nobody saw the chips."""
    said = (
        [found.kind.chosen.label] if found.kind.chosen and found.kind.chosen.code == found.kind.guess else []
    )
    if found.used.amount:
        said.append(found.used.amount.words)
    return said + [words for words in (found.used.dates_words, found.used.week_words) if words]


def nearby_of(
    request: PoleRequest, form: IntentForm, found: Drafted, *, alike: bool = True, answers: bool = True
) -> Nearby:
    """Return the panel for what is typed so far, or one half of it."""
    sought = Sought(
        kind=form.kind,
        text=form.text("words")[:2_000],
        about=found.kind,
        where=found.where.municipality,
        who=found.who.organisation,
        used=found.used,
    )
    if not sought.is_enough:
        return Nearby()
    viewer, pole = request.viewer, request.pole
    return Nearby(
        alike_of(viewer=viewer, pole=pole, sought=sought) if alike else (),
        answers_of(viewer=viewer, pole=pole, sought=sought) if answers else (),
        has_looked=True,
    )


def _repairs(found: Drafted | None) -> dict[str, list[tuple[str, str]]]:
    return {
        name: [(one.value, ", ".join(part for part in (one.words, one.detail) if part)) for one in shown]
        for name, shown in (found.repairs if found else {}).items()
    }


def live_context(request: PoleRequest, form: IntentForm, found: Drafted, near: Nearby) -> dict[str, Any]:
    """What the fragments show."""
    return {
        "form": form,
        "found": found,
        "kind": form.kind,
        "kinds": found.kind,
        "professions": professions_of(form, found.kind),
        "chips": chips_of(form, found),
        "near": near,
        "words": side_words(form.kind),
        "types_url": reverse("exchanges:types", args=[request.pole.slug]),
        "has_said": bool(form.text("words")),
        "repairs": _repairs(found),
    }


def page_context(
    request: PoleRequest, form: IntentForm, found: Drafted | None, near: Nearby, *, intent: Intent | None
) -> dict[str, Any]:
    """What the whole page shows."""
    slug = request.pole.slug
    here = reverse("exchanges:capture", args=[slug])
    about = found.kind if found else _kind_of(intent)
    texts = {"author": form.text("author_text"), "municipality": form.text("municipality_text")}
    if found is not None:
        texts["author"] = found.who.text or texts["author"]
        texts["municipality"] = found.where.text or texts["municipality"]
    return {
        "form": form,
        "found": found,
        "kind": form.kind,
        "kinds": about,
        "professions": professions_of(form, about) if intent is None else Professions(),
        "chips": chips_of(form, found) if found and intent is None else [],
        "near": near,
        "words": side_words(form.kind),
        "side": SIDE_OF[form.kind],
        "intent": intent,
        "texts": texts,
        "mine": represented(viewer=request.viewer, pole=request.pole),
        "is_open": any(name in form.errors for name in FOLDED),
        "has_said": bool(form.text("words")),
        "week": _week(form),
        "units": unit_choices(),
        "repairs": _repairs(found),
        "visibility_text": visibility_sentence(form.text("visibility") or "members"),
        "draft_key": f"{slug}-{SIDE_OF[form.kind]}" if intent is None else f"{slug}-{intent.pk}",
        "leads_url": f"{reverse('exchanges:leads', args=[slug])}?sens={SIDE_OF[form.kind]}",
        "live_url": f"{reverse('exchanges:live', args=[slug])}?sens={SIDE_OF[form.kind]}",
        "who_hint_url": f"{reverse('exchanges:hints', args=[slug, 'qui'])}?sens={SIDE_OF[form.kind]}",
        "where_hint_url": f"{reverse('exchanges:hints', args=[slug, 'ou'])}?sens={SIDE_OF[form.kind]}",
        "capture_address": here,
        "organisations_url": reverse("exchanges:organisations", args=[slug]),
        "municipalities_url": reverse("exchanges:municipalities", args=[slug]),
        "types_url": reverse("exchanges:types", args=[slug]),
        "no_bar": True,
        "no_capture": True,
        "wide": True,
    }


def _kind_of(intent: Intent | None) -> Kind:
    if intent is None or intent.resource_type is None:
        return Kind(is_none=intent is not None)
    found = intent.resource_type
    return Kind(choices.type_coded(found.code), (Proposed(found.code, found.label, ""),))


def _week(form: IntentForm) -> list[dict[str, Any]]:
    """The grid of the week: a line a day, a box a half-day."""
    ticked = set(form.several("slots"))
    options = list(form.fields["slots"].choices)  # type: ignore[attr-defined]  # a multiple choice field, given at birth
    lines = []
    for at in range(0, len(options), len(HALF_DAYS)):
        cells = [
            {"value": value, "label": label, "is_on": value in ticked}
            for value, label in options[at : at + len(HALF_DAYS)]
        ]
        lines.append({"day": cells[0]["label"].split()[0], "cells": cells})
    return lines
