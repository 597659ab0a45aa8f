"""The same need said by several becomes one: its voices, its supporters and what was tied to it come along.

Every relation that points to an intent is found through the models, so that a room added later is served too. What a
row of the kept one stands in the way of stays where it is. What was disclosed stays with what was disclosed: who said
yes to one learns nothing of the other; « ce ne sont pas les mêmes » stays with the two of which it was said. The record
holds the number of each line that moved, so that it can go back.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import Any

import pgtrigger
from django.db import IntegrityError, models, transaction
from django.db.models import Max

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.actors.relations import relations_to
from maillage.domain.exchanges.describe import already_sentence
from maillage.domain.exchanges.enums import IntentState, Visibility
from maillage.domain.exchanges.models import (
    Disclosure,
    Intent,
    IntentMerge,
    StateChange,
    Support,
    TwinDismissal,
)
from maillage.domain.exchanges.promised import keeping_promises

# From the most open to the most closed.
CLOSED = (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.ANONYMOUS, Visibility.FACILITATORS)
STAY = (StateChange, Disclosure, IntentMerge, TwinDismissal)
Moved = dict[str, list[int]]


def merge_mistake(*, kept: Intent, absorbed: Intent) -> str:
    """Return why two intents cannot become one, or ""."""
    if kept.pk == absorbed.pk:
        return "Il en faut deux différents pour les réunir."
    if kept.pole_id != absorbed.pole_id or kept.kind != absorbed.kind:
        return "On réunit deux besoins, ou deux offres, du même pôle."
    if IntentMerge.objects.filter(absorbed__in=(kept, absorbed)).exists():
        return "L’un des deux a déjà été réuni à un autre. Rechargez la page."
    for one in (kept, absorbed):
        if one.state == IntentState.WITHDRAWN:
            return already_sentence(kind=one.kind, state=one.state)
    if CLOSED.index(Visibility(kept.visibility)) < CLOSED.index(Visibility(absorbed.visibility)):
        return "Celui que vous réunissez se montre moins que l’autre : gardez-le plutôt, ou demandez à sa structure."
    return ""


@transaction.atomic
def merge_intents(
    *, kept: Intent, absorbed: Intent, by: Account | None, on: date, at: datetime
) -> IntentMerge:
    """Move the lines of ``absorbed`` to ``kept``; its author becomes a supporter; it is withdrawn, with the reason."""
    rows = Intent.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    kept, absorbed = found[kept.pk], found[absorbed.pk]
    mistake = merge_mistake(kept=kept, absorbed=absorbed)
    if mistake:
        raise UserMistake(mistake)
    people = absorbed.evidence.aggregate(most=Max("people_concerned"))["most"]
    moved = {
        f"{relation.related_model._meta.label}.{relation.field.name}": numbers
        for relation in tied_to_intents()
        if (numbers := _move_all(relation.related_model, relation.field, absorbed, kept))
    }
    made = _becomes_supporter(kept, absorbed, people)
    _withdraw(absorbed, f"Réuni au n° {kept.pk}", by=by, at=at)
    kept.confirmed_on = max(kept.confirmed_on, absorbed.confirmed_on)
    kept.save(update_fields=["confirmed_on"])
    return IntentMerge.objects.create(
        kept=kept,
        absorbed=absorbed,
        at=at,
        by=by,
        moved={"lines": moved, "support": made, "on": on.isoformat()},
    )


def tied_to_intents() -> Iterator[Any]:
    """Return what moves with an intent: every foreign key to it, but its own history and what was disclosed."""
    return (one for one in relations_to(Intent) if not issubclass(one.related_model, STAY))


def _move_all(
    model: type[models.Model], key: models.ForeignKey[Any, Any], old: Intent, new: Intent
) -> list[int]:
    """Move the lines one by one, each unless the database refuses it beside one of the kept; return their numbers."""
    numbers = list(model._base_manager.filter(**{key.name: old}).order_by("pk").values_list("pk", flat=True))
    if model is Support:
        own = Support.objects.filter(intent=old, organisation=new.author_id).values_list("pk", flat=True)
        numbers = [one for one in numbers if one not in set(own)]
    with _writable(model):
        return [one for one in numbers if _moves(model, key, one, new)]


def _moves(model: type[models.Model], key: models.ForeignKey[Any, Any], number: int, new: Intent) -> bool:
    try:
        with transaction.atomic():
            return bool(model._base_manager.filter(pk=number).update(**{key.name: new}))
    except IntegrityError:
        return False


def _writable(model: type[models.Model]) -> AbstractContextManager[None]:
    """Set an append-only trigger aside for the time of a move: what a line says does not change."""
    protections = [
        f"{model._meta.label}:{trigger.name}"
        for trigger in getattr(model._meta, "triggers", ())
        if isinstance(trigger, pgtrigger.Protect)
    ]
    return pgtrigger.ignore(*protections) if protections else nullcontext()


def _becomes_supporter(kept: Intent, absorbed: Intent, people: int | None) -> int | None:
    """The structure that said the absorbed one shares the kept one, from the day it said it."""
    if absorbed.author_id == kept.author_id:
        return None
    line, is_new = Support.objects.get_or_create(
        intent=kept,
        organisation_id=absorbed.author_id,
        defaults={"on": absorbed.said_on, "people_concerned": people, "note": "L’a dit aussi, à part."},
    )
    return line.pk if is_new else None


def _withdraw(intent: Intent, reason: str, *, by: Account | None, at: datetime) -> None:
    StateChange.objects.create(
        intent=intent, starts=intent.state, ends=IntentState.WITHDRAWN, at=at, by=by, reason=reason
    )
    intent.state = IntentState.WITHDRAWN
    with keeping_promises():
        intent.save(update_fields=["state"])


@transaction.atomic
def separate_intents(*, merge: IntentMerge, by: Account | None, at: datetime) -> Intent:
    """Undo a merge: each line that moved and is still there goes back, the absorbed one is open again."""
    merge = IntentMerge.objects.select_for_update().filter(pk=merge.pk).first() or _gone()
    absorbed = Intent.objects.select_for_update().get(pk=merge.absorbed_id)
    if merge.kept.state == IntentState.WITHDRAWN:
        raise UserMistake(already_sentence(kind=merge.kept.kind, state=merge.kept.state))
    Support.objects.filter(pk=merge.moved.get("support"), intent=merge.kept_id).delete()
    for relation in tied_to_intents():
        model, key = relation.related_model, relation.field.name
        numbers = merge.moved["lines"].get(f"{model._meta.label}.{key}", [])
        with _writable(model):
            model._base_manager.filter(pk__in=numbers, **{key: merge.kept_id}).update(**{key: absorbed.pk})
    StateChange.objects.create(
        intent=absorbed,
        starts=absorbed.state,
        ends=IntentState.OPEN,
        at=at,
        by=by,
        reason=f"Séparé du n° {merge.kept_id}",
    )
    absorbed.state = IntentState.OPEN
    absorbed.save(update_fields=["state"])
    merge.delete()
    return absorbed


def _gone() -> IntentMerge:
    raise UserMistake("Ils sont déjà séparés. Rechargez la page.")
