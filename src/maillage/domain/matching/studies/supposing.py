"""« Et si… »: the offers of a pole with one of them added, removed, moved or resized. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from maillage.core.errors import UserMistake
from maillage.core.quantities import unit_named
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.matching.problem_rows import IntentRow
from maillage.domain.places.models import Municipality
from maillage.domain.places.queries import positions_of

NEW = "neuve-"
PER_YEAR = "year"


def supposed(
    offers: Sequence[IntentRow], changes: Sequence[Mapping[str, Any]], *, like: IntentRow | None
) -> list[IntentRow]:
    """Return the offers after each change in turn; ``like`` gives a new offer its calendar.

    Raises ``UserMistake`` when an offer that changes is not there any more.
    """
    rows = {one.key: one for one in offers}
    for rank, change in enumerate(changes):
        key = str(change["offer"])
        if change["gesture"] == "add":
            rows[f"{NEW}{rank}"] = _added(f"{NEW}{rank}", change, like)
            continue
        if key not in rows:
            raise UserMistake(
                "L’offre que vous vouliez changer n’est plus ouverte. Recommencez à partir du calcul réel."
            )
        if change["gesture"] == "remove":
            del rows[key]
        elif change["gesture"] == "move":
            rows[key] = _placed(rows[key], change["commune"])
        else:
            rows[key] = _sized(rows[key], change)
    return list(rows.values())


def _sized(row: IntentRow, change: Mapping[str, Any]) -> IntentRow:
    unit = unit_named(change["unit"])
    if row.dimension is not None and unit.dimension.value != row.dimension:
        raise UserMistake("La nouvelle quantité ne mesure pas la même chose que l’offre. Reprenez son unité.")
    return replace(
        row,
        quantity=Decimal(change["quantity"]),
        unit=unit.code,
        period=PER_YEAR,
        dimension=unit.dimension.value,
    )


def _placed(row: IntentRow, commune: str) -> IntentRow:
    town = Municipality.objects.filter(code=commune).first()
    point = positions_of([town]).get(commune) if town is not None else None
    if point is None:
        raise UserMistake("Cette commune n’a pas de point sur la carte ; choisissez-en une voisine.")
    return replace(row, latitude=point.latitude, longitude=point.longitude, approximate=True)


def _added(key: str, change: Mapping[str, Any], like: IntentRow | None) -> IntentRow:
    if like is None:
        raise UserMistake("Il faut au moins une offre dans le pôle pour en supposer une autre.")
    kind = ResourceType.objects.get(pk=change["type"])
    bare = replace(
        like,
        key=key,
        text=kind.label,
        type_code=kind.code,
        minimum=None,
        reach_km=None,
        available_from=None,
        available_until=None,
        weekly=(),
        seasonality=(),
        party=-1,
        holds=frozenset(kind.authorisations.values_list("code", flat=True)),
        requires=frozenset(),
    )
    return _placed(_sized(replace(bare, dimension=None), change), change["commune"])
