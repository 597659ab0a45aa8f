"""First leads while somebody types: the draft against the open intents of the other side, nothing stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db.models import Q

from maillage.core.periods import Period
from maillage.core.quantities import units
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.learning import weights_in_force
from maillage.domain.matching.problem_rows import IntentRow, PairFound
from maillage.domain.matching.rows import catalogue_table, open_intents, rows_of
from maillage.domain.places.models import Municipality
from maillage.domain.places.queries import positions_of

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far of the intent being typed."""

    kind: str
    text: str
    type_code: str | None = None
    municipality_code: str | None = None
    organisation_id: int | None = None
    quantity: Decimal | None = None
    unit: str = ""
    period: str = Period.ONCE.value
    reach_km: int | None = None


@dataclass(frozen=True, slots=True)
class FirstLead:
    """An open intent that answers the draft."""

    intent: Intent
    found: PairFound


def first_leads(
    *,
    pole: Pole,
    draft: Draft,
    on: date,
    encoder: str,
    vector_folder: Path,
    limit: int = 3,
    among: Q | None = None,
) -> list[FirstLead]:
    """Return the best open answers to a draft, best first; none when it says nothing yet.

    ``among`` is what the reader sees whole: what is hidden from them takes no part, or its rank would tell where it is.
    """
    if not draft.text.strip() and draft.type_code is None:
        return []
    other = IntentKind.OFFER if draft.kind == IntentKind.NEED else IntentKind.NEED
    intents = list(open_intents(pole=pole, kind=other, on=on).filter(among or Q()))
    if not intents:
        return []
    mine, theirs = [_row(draft, on)], rows_of(intents)
    problem = bridge.build_problem(
        needs=mine if draft.kind == IntentKind.NEED else theirs,
        offers=theirs if draft.kind == IntentKind.NEED else mine,
        catalogue=catalogue_table(),
        set_aside=(),
        encoder=bridge.encoder_named(encoder, vector_folder),
        today=on,
    )
    found = bridge.best_for_one(
        problem=problem, kind=draft.kind, k=limit, weights=weights_in_force(pole=pole)
    )
    by_key = {str(one.pk): one for one in intents}
    return [
        FirstLead(by_key[pair.offer if draft.kind == IntentKind.NEED else pair.need], pair) for pair in found
    ]


def _row(draft: Draft, on: date) -> IntentRow:
    towns = Municipality.objects.filter(code=draft.municipality_code) if draft.municipality_code else ()
    point = positions_of(towns).get(draft.municipality_code or "")
    known = units().get(draft.unit)
    return IntentRow(
        key="draft",
        text=draft.text,
        type_code=draft.type_code,
        quantity=draft.quantity if known else None,
        minimum=None,
        dimension=known.dimension.value if known else None,
        unit=draft.unit if known else "",
        period=draft.period,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        approximate=point.approximate if point else False,
        reach_km=draft.reach_km,
        available_from=None,
        available_until=None,
        weekly=(),
        seasonality=(),
        confirmed_on=on,
        party=draft.organisation_id if draft.organisation_id is not None else NOBODY,
        holds=frozenset(),
        requires=frozenset(),
    )
