"""Open intents of a pole as plain rows for the bridge."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Max, Q, QuerySet

from maillage.core.quantities import unit_named
from maillage.domain.actors.models import Pole
from maillage.domain.catalogue.models import ResourceType, TypeLink
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.catalogue_table import authorisation_codes, link_lines, type_lines
from maillage.domain.matching.enums import DecisionKind
from maillage.domain.matching.models import Decision
from maillage.domain.matching.problem_rows import CatalogueTable, IntentRow
from maillage.domain.places.models import Municipality
from maillage.domain.places.queries import Position, positions_of


def open_intents(*, pole: Pole, kind: str, on: date) -> QuerySet[Intent]:
    """The intents of one side that still wait, ended ones included: the engine says that they ended.

    An intent that ended more than a year ago is left out.
    """
    return (
        Intent.objects.filter(pole=pole, kind=kind, state=IntentState.OPEN)
        .filter(Q(available_until__isnull=True) | Q(available_until__gte=on - timedelta(days=365)))
        .defer("document", "folded")
        .select_related("municipality", "site__municipality")
        .prefetch_related("holds", "requires")
        .order_by("pk")
    )


def rows_of(intents: Iterable[Intent]) -> list[IntentRow]:
    """Return one row an intent, in their order."""
    kept = list(intents)
    towns = {town.code: town for one in kept if (town := _municipality(one)) is not None}
    points = positions_of(towns.values())
    return [row_of(one, points) for one in kept]


def _municipality(intent: Intent) -> Municipality | None:
    if intent.municipality is not None:
        return intent.municipality
    return intent.site.municipality if intent.site is not None else None


def _point(intent: Intent, points: dict[str, Position]) -> Position | None:
    if intent.latitude is not None and intent.longitude is not None:
        return Position(intent.latitude, intent.longitude, approximate=False)
    site = intent.site
    if site is not None and site.latitude is not None and site.longitude is not None:
        return Position(site.latitude, site.longitude, approximate=False)
    town = _municipality(intent)
    return points.get(town.code) if town is not None else None


def row_of(intent: Intent, points: dict[str, Position]) -> IntentRow:
    """Return the row of one intent."""
    point = _point(intent, points)
    return IntentRow(
        key=str(intent.pk),
        text=f"{intent.title}. {intent.words}".strip(),
        type_code=intent.resource_type_id,
        quantity=intent.quantity,
        minimum=intent.minimum,
        dimension=unit_named(intent.unit).dimension.value if intent.unit else None,
        unit=intent.unit,
        period=intent.period,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        approximate=point.approximate if point else False,
        reach_km=intent.reach_km,
        available_from=intent.available_from,
        available_until=intent.available_until,
        weekly=tuple(intent.weekly),
        seasonality=tuple(intent.seasonality),
        confirmed_on=intent.confirmed_on,
        party=intent.author_id,
        holds=frozenset(one.code for one in intent.holds.all()),
        requires=frozenset(one.code for one in intent.requires.all()),
    )


def catalogue_table() -> CatalogueTable:
    """The catalogue of the database, as the bridge wants it; read again only when it was loaded again."""
    state = ResourceType.objects.aggregate(
        version=Max("version"), codes=StringAgg("code", delimiter=" ", order_by="code")
    )
    return _table_of(f"{state['version']} {TypeLink.objects.count()} {state['codes']}")


def forget_catalogue() -> None:
    """Forget the catalogue that was read: for those who change it without loading another version."""
    _table_of.cache_clear()


@lru_cache(maxsize=2)
def _table_of(_state: str) -> CatalogueTable:
    return CatalogueTable(
        types=tuple(type_lines()), links=tuple(link_lines()), authorisations=authorisation_codes()
    )


def set_aside_pairs(*, pole: Pole) -> list[tuple[str, str]]:
    """The pairs that people set aside: keys of the need and of the offer."""
    pairs = Decision.objects.filter(pole=pole, kind=DecisionKind.SET_ASIDE).values_list("need_id", "offer_id")
    return [(str(need), str(offer)) for need, offer in pairs.order_by("need_id", "offer_id")]


def sides_of(*, pole: Pole, on: date) -> tuple[list[IntentRow], list[IntentRow]]:
    """The needs and the offers of a pole."""
    needs = rows_of(open_intents(pole=pole, kind=IntentKind.NEED, on=on))
    offers = rows_of(open_intents(pole=pole, kind=IntentKind.OFFER, on=on))
    return needs, offers
