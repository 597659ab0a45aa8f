"""Keep a need or an offer, and change it."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.core.quantities import unit_named
from maillage.domain.actors.models import Account
from maillage.domain.exchanges.checks import check_draft
from maillage.domain.exchanges.drafts import EvidenceDraft, IntentDraft
from maillage.domain.exchanges.enums import EvidenceChannel, IntentState
from maillage.domain.exchanges.models import Intent, StateChange
from maillage.domain.exchanges.operations.support import write_evidence
from maillage.domain.exchanges.promised import keeping_promises


def note_intent(*, data: IntentDraft, by: Account | None, on: date, at: datetime) -> Intent:
    """Keep a need or an offer with its first evidence and the first line of its history.

    Raises ``UserMistakes`` (by field) when the draft does not hold, ``UserMistake`` when its source line is known.
    """
    check_draft(data, on=on)
    evidence = data.evidence or EvidenceDraft(channel=EvidenceChannel.FORM)
    said_on = data.said_on or evidence.on or on
    intent = Intent(
        **_columns(data),
        kind=data.kind,
        pole=data.pole,
        state=IntentState.OPEN,
        said_on=said_on,
        confirmed_on=max(data.confirmed_on or said_on, said_on),
        created_by=by,
        source=data.source,
        source_id=data.source_id,
    )
    with transaction.atomic():
        _keep(intent, data)
        write_evidence(intent=intent, data=evidence, on=said_on)
        StateChange.objects.create(intent=intent, starts="", ends=intent.state, at=at, by=by)
    return intent


def update_intent(*, intent: Intent, data: IntentDraft, by: Account | None, on: date) -> Intent:
    """Change what an intent says; that also confirms it. Its pole, side and source stay.

    Raises ``UserMistake`` when something was promised of an offer that it would no longer give.
    """
    with transaction.atomic():
        kept = Intent.objects.select_for_update().get(pk=intent.pk)
        if data.kind != kept.kind or data.pole.pk != kept.pole_id:
            raise UserMistake(
                "Le sens et le pôle ne changent pas. Retirez-le et notez-en un autre.", field="kind"
            )
        if kept.state == IntentState.WITHDRAWN:
            raise UserMistake("Il est retiré : rouvrez-le avant de le changer.")
        same_type = data.resource_type is not None and data.resource_type.pk == kept.resource_type_id
        check_draft(data, on=on, retired_allowed=same_type)
        for column, value in _columns(data).items():
            setattr(kept, column, value)
        kept.said_on = data.said_on or kept.said_on
        kept.confirmed_on = max(kept.confirmed_on, on)
        _keep(kept, data)
        if data.evidence is not None:
            write_evidence(intent=kept, data=data.evidence, on=on)
    return kept


def _columns(data: IntentDraft) -> dict[str, Any]:
    """Return the columns that both a new and a changed intent take from the draft."""
    site = data.site
    municipality = data.municipality or (site.municipality if site is not None else None)
    return {
        "author": data.author,
        "site": site,
        "municipality": municipality,
        "latitude": data.latitude,
        "longitude": data.longitude,
        "resource_type": data.resource_type,
        "title": " ".join(data.title.split()),
        "words": data.words.strip(),
        "quantity": data.quantity,
        "minimum": data.minimum,
        "unit": unit_named(data.unit).code if data.unit else "",
        "period": data.period,
        "available_from": data.available_from,
        "available_until": data.available_until,
        "weekly": [dict(slot) for slot in data.weekly],
        "seasonality": list(data.seasonality),
        "reach_km": data.reach_km,
        "price_kind": data.price_kind,
        "price": data.price,
        "conditions": data.conditions.strip(),
        "qualities": [quality.strip() for quality in data.qualities if quality.strip()],
        "visibility": data.visibility,
    }


def _keep(intent: Intent, data: IntentDraft) -> None:
    try:
        with keeping_promises():
            intent.save()
            intent.holds.set(data.holds)
            intent.requires.set(data.requires)
    except IntegrityError as error:
        if "intent_source_once" in str(error):
            raise UserMistake(
                "Cette ligne est déjà dans le pôle. Changez celle qui existe.", field="source_id"
            ) from error
        raise
