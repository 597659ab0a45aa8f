"""The lines of the API, from what the rooms return."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.core.paginator import Paginator

from maillage.core.quantities import Quantity
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.ledger.queries import AgreementRow, Progress
from maillage.domain.ledger.queries.history import Fact
from maillage.interfaces.api.schemas import Asked, IntentOut
from maillage.interfaces.web.exchanges.records import INTENTS
from maillage.interfaces.web.ledger.words import advance_of

Row = TypeVar("Row")
_KEPT = frozenset(IntentOut.model_fields)
_INTENT = tuple((name, read) for name, _, read in INTENTS.columns if name in _KEPT)


def paged(rows: Any, asked: Asked, shown: Callable[[Sequence[Any]], list[dict[str, Any]]]) -> dict[str, Any]:
    """Return one page of a list; a page beyond the last is empty."""
    pages = Paginator(rows, asked.par_page)
    found = list(pages.page(asked.page).object_list) if asked.page <= pages.num_pages else []
    return {"page": asked.page, "pages": pages.num_pages, "total": pages.count, "resultats": shown(found)}


def _number(value: Decimal | None) -> float | None:
    return float(value) if value is not None else None


def _value(quantity: Quantity | None) -> float | None:
    return float(quantity.value) if quantity is not None else None


def intent_row(view: IntentView) -> dict[str, Any]:
    """Return a need or an offer through the same columns as the file one takes away: masked the same way."""
    told = {name: read(view) for name, read in _INTENT}
    body = told.get("epci")
    return told | {"epci": str(body) if body else None, "quantite": _number(told["quantite"])}


def agreement_row(row: AgreementRow) -> dict[str, Any]:
    """Return an agreement."""
    return {
        "numero": row.pk,
        "titre": row.title,
        "etat": row.state_text,
        "a_partir_du": row.starts_on,
        "jusquau": row.ends_on,
    }


def promise_row(one: Progress) -> dict[str, Any]:
    """Return a promise and its progress."""
    return {
        "numero": one.pk,
        "de": one.provider,
        "a": one.receiver,
        "geste": one.action,
        "type": one.type_label,
        "ressource": one.resource,
        "promis": _value(one.promised),
        "fait": _value(one.done),
        "reste": _value(one.remaining),
        "unite": one.promised.unit.code if one.promised else "",
        "echeance": one.due_on,
        "etat": one.state_text,
        "en_retard": one.is_late,
        "avancement": advance_of(one).sentence,
    }


def fact_row(one: Fact) -> dict[str, Any]:
    """Return a fact."""
    return {
        "numero": one.pk,
        "le": one.happened_on,
        "geste": one.action,
        "de": one.provider,
        "a": one.receiver,
        "type": one.type_label,
        "ressource": one.resource,
        "quantite": float(one.quantity.value),
        "unite": one.quantity.unit.code,
        "engagement": one.commitment_id,
        "preuve": one.evidence_kind,
        "reference": one.evidence,
        "remarque": one.note,
        "venu_par": one.source_text,
        "note_le": one.recorded_at,
        "corrige": one.is_correction,
        "annule": one.is_cancelled,
        "a_verifier": one.is_to_check,
    }
