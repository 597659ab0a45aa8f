"""What rests on an offer, as the database says it: a room above refuses a change, with how much is held and by what.

The rooms that hold offers stand above this one. They refuse through one constraint, whose detail is told here in
French, so that every door (form, import, return to an older state) says the same and none can be forgotten.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.core.french import number
from maillage.core.quantities import unit_named
from maillage.domain.exchanges.describe import amount

CONSTRAINT = "intent_keeps_its_promises"
ONE_IS_BELOW = 2  # in French, 1.5 takes the singular
# What was asked of the offer: (the field of the form, the sentence).
_SENTENCES: dict[str, tuple[str | None, str]] = {
    "less": ("quantity", "{promised} Gardez au moins {held}, ou libérez {who}."),
    "measure": ("unit", "{promised} Gardez la même unité et la même fréquence, ou libérez {who}."),
    "uncounted": (
        "quantity",
        "Elle est déjà promise en entier plusieurs fois. Laissez la quantité vide, ou libérez {who}.",
    ),
    "kind": ("kind", "Cette offre est déjà promise. Libérez d’abord {who}, puis changez-la."),
    "withdrawn": (None, "Cette offre est promise. Libérez d’abord {who}, puis retirez-la."),
}


@contextmanager
def keeping_promises() -> Iterator[None]:
    """Run a write; what a promise forbids becomes ``UserMistake``, and nothing of it is kept."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        mistake = promise_mistake(error)
        if mistake is None:
            raise
        raise mistake from error


def promise_mistake(error: IntegrityError) -> UserMistake | None:
    """Return what to tell when a promise forbids the change; None when something else refused it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if getattr(diagnosis, "constraint_name", None) != CONSTRAINT:
        return None
    told: dict[str, Any] = json.loads(getattr(diagnosis, "message_detail", "{}"), parse_float=Decimal)
    field, sentence = _SENTENCES[told["refused"]]
    held = _held(told)
    return UserMistake(
        sentence.format(held=held, promised=_promised(told, held), who=_who(told)), field=field
    )


def _held(told: dict[str, Any]) -> str:
    """Write what is held: « 8 t », « une demi-journée »."""
    value = Decimal(told["held"])
    return amount(value=value, unit=told["unit"]) if told["unit"] else number(value)


def _promised(told: dict[str, Any], held: str) -> str:
    """Say that it is promised, in the gender and the number of its unit: « 8 t en sont déjà promises. »."""
    value = Decimal(told["held"])
    if not value:
        return "Elle est déjà promise."
    is_feminine = held.startswith("une ") or (bool(told["unit"]) and unit_named(told["unit"]).is_feminine)
    e = "e" if is_feminine else ""
    told_of = f"en est déjà promis{e}" if value < ONE_IS_BELOW else f"en sont déjà promis{e and 'es'}"
    return f"{held[:1].upper()}{held[1:]} {told_of}."


def _who(told: dict[str, Any]) -> str:
    """Name the synergies that may be named: « la synergie « Compost » », « les synergies « A » et « B » »."""
    titles, others = [f"« {one} »" for one in told["titles"]], int(told["others"])
    if not titles:
        return "la synergie qui la tient" if others == 1 else "les synergies qui la tiennent"
    if len(titles) == 1 and not others:
        return f"la synergie {titles[0]}"
    if others:
        titles.append("une autre" if others == 1 else f"{others} autres")
    return f"les synergies {', '.join(titles[:-1])} et {titles[-1]}"
