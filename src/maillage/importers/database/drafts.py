"""From a line of a table to what a need or an offer says."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, fold, number
from maillage.core.quantities import units
from maillage.domain.catalogue.models import Authorisation, ResourceType
from maillage.domain.exchanges.drafts import EvidenceDraft, IntentDraft
from maillage.domain.exchanges.enums import EvidenceChannel, PriceKind
from maillage.domain.exchanges.models import Intent
from maillage.importers.rows import Fault, TypedRow
from maillage.importers.schemas.flows import STATES

_FOUR_DECIMALS, _CENTS = Decimal("0.0001"), Decimal("0.01")
_PLAIN = ("title", "available_from", "available_until", "visibility", "said_on", "period", "unit")
_STATES = {choice.code: choice.label for choice in STATES}


@dataclass(frozen=True, slots=True)
class Said:
    """The columns that a line gives, and the remarks about how they were understood."""

    columns: dict[str, Any]
    remarks: tuple[Fault, ...]


def said_by(
    row: TypedRow, resource_type: ResourceType | None, authorisations: Mapping[str, Authorisation]
) -> Said:
    """Return what a line says, place and author left out; empty cells say nothing.

    Raises ``UserMistake`` when a quantity has no unit and the type does not give its usual one.
    """
    remarks: list[Fault] = []
    columns: dict[str, Any] = {name: row.get(name) for name in _PLAIN}
    columns |= {
        "title": " ".join(row.text("title").split()) or None,
        "words": _words(row),
        "resource_type": resource_type,
        "quantity": _exact(row.get("quantity")),
        "minimum": _exact(row.get("minimum")),
        "weekly": tuple(row.get("weekly", ())),
        "seasonality": tuple(row.get("months", ())),
        "reach_km": _kilometres(row, remarks),
        "qualities": tuple(one.strip() for one in row.get("qualities", ()) if one.strip()),
    }
    columns |= _unit(row, resource_type, remarks) | _price(row)
    columns["holds"], unknown_holds = _authorised(row, "holds", authorisations)
    columns["requires"], unknown_requires = _authorised(row, "requires", authorisations)
    columns["conditions"] = _conditions(row, unknown_holds, unknown_requires, remarks)
    kept = {name: value for name, value in columns.items() if value not in (None, "", ())}
    return Said(kept, tuple(remarks))


def evidence_of(row: TypedRow) -> EvidenceDraft:
    """Return who said it, where and when, as the file tells."""
    return EvidenceDraft(
        said_by=row.text("said_by")[:200],
        channel=EvidenceChannel.FILE,
        place=row.text("said_at")[:200],
        on=row.get("said_on"),
        people_concerned=row.get("people_concerned"),
    )


def draft_of(intent: Intent) -> IntentDraft:
    """Return what an intent says now, to change a part of it."""
    return IntentDraft(
        kind=intent.kind,
        pole=intent.pole,
        author=intent.author,
        title=intent.title,
        words=intent.words,
        site=intent.site,
        municipality=intent.municipality,
        latitude=intent.latitude,
        longitude=intent.longitude,
        resource_type=intent.resource_type,
        quantity=intent.quantity,
        minimum=intent.minimum,
        unit=intent.unit,
        period=intent.period,
        available_from=intent.available_from,
        available_until=intent.available_until,
        weekly=tuple(intent.weekly),
        seasonality=tuple(intent.seasonality),
        reach_km=intent.reach_km,
        price_kind=intent.price_kind,
        price=intent.price,
        conditions=intent.conditions,
        qualities=tuple(intent.qualities),
        holds=tuple(intent.holds.all()),
        requires=tuple(intent.requires.all()),
        visibility=intent.visibility,
        said_on=intent.said_on,
        source=intent.source,
        source_id=intent.source_id,
    )


def _exact(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_FOUR_DECIMALS).normalize() + 0


def _unit(row: TypedRow, resource_type: ResourceType | None, remarks: list[Fault]) -> dict[str, Any]:
    if row.get("quantity") is None or row.get("unit"):
        return {}
    if resource_type is None:
        raise UserMistake(
            "La quantité n’a pas d’unité, et le type ne la donne pas. Écrivez par exemple 12 t/an, ou videz la case.",
            field="unit",
        )
    unit = units()[resource_type.unit]
    sentence = f"Compté en {unit.plural}, l’unité habituelle de «{NBSP}{resource_type.label}{NBSP}»."
    remarks.append(Fault(row.line, "Unité", number(row.get("quantity")), sentence, blocking=False))
    return {"unit": unit.code}


def _kilometres(row: TypedRow, remarks: list[Fault]) -> int | None:
    said: Decimal | None = row.get("reach_km")
    if said is None:
        return None
    whole = math.ceil(said)
    if whole != said:
        sentence = f"La distance est comptée en kilomètres entiers : {whole}{NBSP}km."
        remarks.append(Fault(row.line, "Distance maximale (km)", number(said), sentence, blocking=False))
    return whole


def _price(row: TypedRow) -> dict[str, Any]:
    """Return the price asked; what a flow costs today is told in its conditions, it is not what is asked."""
    price: Decimal | None = row.get("price")
    if price is None or row.get("direction"):
        return {}
    price = price.quantize(_CENTS)
    return {"price_kind": PriceKind.PAID, "price": price} if price else {"price_kind": PriceKind.FREE}


def _words(row: TypedRow) -> str:
    """Return the words, then what a table of flows tells and no column holds."""
    state = _STATES.get(row.text("state"), "")
    told = (
        ("Site", row.text("site")),
        ("État physique", state if state != _STATES["none"] else ""),
        ("Conditionnement", row.text("packaging")),
        ("Exutoire actuel", row.text("current_outlet")),
        ("Code déchet", row.text("waste_code") + (" (dangereux)" if row.get("hazardous") else "")),
        ("Code de traitement", row.text("treatment_code")),
    )
    extra = [f"{label} : {value.strip()}." for label, value in told if value.strip()]
    return "\n".join([*filter(None, [row.text("words").strip()]), *([" ".join(extra)] if extra else [])])


def _authorised(
    row: TypedRow, column: str, known: Mapping[str, Authorisation]
) -> tuple[tuple[Authorisation, ...], list[str]]:
    words: Sequence[str] = row.get(column, ())
    found = {known[fold(word)].pk: known[fold(word)] for word in words if fold(word) in known}
    return tuple(found[pk] for pk in sorted(found)), [word for word in words if fold(word) not in known]


def _conditions(
    row: TypedRow, unknown_holds: list[str], unknown_requires: list[str], remarks: list[Fault]
) -> str:
    parts = [row.text("conditions").strip()]
    for label, words in (
        ("Autorisations détenues", unknown_holds),
        ("Autorisations demandées", unknown_requires),
    ):
        if words:
            said = ", ".join(words)
            parts.append(f"{label} : {said}.")
            sentence = f"Autorisation inconnue, notée dans les conditions : {said[:80]}."
            remarks.append(Fault(row.line, label, said[:60], sentence, blocking=False))
    price: Decimal | None = row.get("price")
    if price is not None and row.get("direction"):
        word = "Coût actuel" if price >= 0 else "Recette actuelle"
        parts.append(f"{word} : {number(abs(price))}{NBSP}€ par unité.")
    return "\n".join(part for part in parts if part)
