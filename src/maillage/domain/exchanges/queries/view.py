"""An intent as a page may show it: plain values, nothing in them that the viewer may not know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges import describe
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.position import Area, Point, place_of, position_of
from maillage.domain.exchanges.sight import Sight, sight_of
from maillage.domain.places.models import Municipality

NO_NAME = {"need": "Besoin sans type", "offer": "Offre sans type"}
SOMEWHERE = "Dans le territoire du pôle"


@dataclass(frozen=True, slots=True)
class AuthorRef:
    """The structure that said it."""

    pk: int
    name: str
    family: str


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A line of the catalogue."""

    code: str
    label: str
    kind: str
    hazardous: bool


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """Where it is: ``label`` is the commune, or the intermunicipal body when the commune is not said."""

    label: str
    municipality: str
    body: str
    body_siren: str


@dataclass(frozen=True, slots=True)
class IntentView:
    """A need or an offer, masked as the viewer's sight asks; ``is_masked`` says that only the outline shows."""

    pk: int
    pole_id: int
    kind: str
    kind_label: str
    state: str
    state_text: str
    visibility: str
    visibility_text: str
    is_masked: bool
    is_mine: bool
    title: str
    words: str
    author: AuthorRef | None
    site: str
    type: TypeRef | None
    place: PlaceRef
    point: Point | None
    quantity: Quantity | None
    minimum: Decimal | None
    period: str
    quantity_text: str
    available_from: date | None
    available_until: date | None
    calendar_text: str
    reach_km: int | None
    reach_text: str
    price_text: str
    conditions: str
    qualities: tuple[str, ...]
    supports: int
    people: int
    support_text: str
    said_on: date
    confirmed_on: date
    freshness_text: str

    @property
    def area(self) -> str:
        """Where it is, in words."""
        return self.place.label

    @property
    def who(self) -> str:
        """Who says it, in words."""
        return self.author.name if self.author else "Une structure du pôle"


def view_of(intent: Intent, viewer: Viewer, areas: Mapping[str, Area], *, is_mine: bool) -> IntentView:
    """Return the view of an intent, whole or in outline; the caller has left out what is not seen at all."""
    is_masked = sight_of(viewer, intent) is not Sight.WHOLE
    return _outline(intent, viewer, areas) if is_masked else _whole(intent, viewer, areas, is_mine=is_mine)


def _type(intent: Intent) -> TypeRef | None:
    found = intent.resource_type
    return TypeRef(found.code, found.label, found.kind, found.hazardous) if found else None


def _quantity(intent: Intent, *, roughly: bool) -> Quantity | None:
    if intent.quantity is None or not intent.unit:
        return None
    value = describe.one_significant_digit(intent.quantity) if roughly else intent.quantity
    return Quantity(value, unit_named(intent.unit))


def _place(municipality: Municipality | None) -> PlaceRef:
    body = municipality.intermunicipal_body if municipality else None
    name, siren = (body.name, body.siren) if body else ("", "")
    if municipality is None:
        return PlaceRef(SOMEWHERE, "", "", "")
    return PlaceRef(municipality.label, municipality.code, name, siren)


def _area(municipality: Municipality | None, areas: Mapping[str, Area]) -> PlaceRef:
    """Return the intermunicipal body alone; nothing when it would name the commune."""
    body = municipality.intermunicipal_body if municipality else None
    area = areas.get(body.siren) if body else None
    if body is None or area is None or not area.is_rough:
        return PlaceRef(SOMEWHERE, "", "", "")
    return PlaceRef(body.name, "", body.name, body.siren)


def place_label(municipality: Municipality | None, areas: Mapping[str, Area], *, is_masked: bool) -> str:
    """Return where an intent of this commune is, in words, for somebody who sees it whole or in outline."""
    return (_area(municipality, areas) if is_masked else _place(municipality)).label


def _whole(intent: Intent, viewer: Viewer, areas: Mapping[str, Area], *, is_mine: bool) -> IntentView:
    supports, people = int(getattr(intent, "support_count", 0)), int(getattr(intent, "people_count", 0))
    return IntentView(
        pk=intent.pk,
        pole_id=intent.pole_id,
        kind=intent.kind,
        kind_label=intent.get_kind_display(),
        state=intent.state,
        state_text=describe.state_sentence(kind=intent.kind, state=intent.state),
        visibility=intent.visibility,
        visibility_text=describe.visibility_sentence(intent.visibility),
        is_masked=False,
        is_mine=is_mine,
        title=intent.title,
        words=intent.words,
        author=AuthorRef(intent.author.pk, intent.author.name, intent.author.family),
        site=str(intent.site) if intent.site else "",
        type=_type(intent),
        place=_place(place_of(intent)),
        point=position_of(intent, areas),
        quantity=_quantity(intent, roughly=False),
        minimum=intent.minimum,
        period=intent.period,
        quantity_text=describe.quantity_sentence(
            quantity=intent.quantity, unit=intent.unit, period=intent.period, minimum=intent.minimum
        ),
        available_from=intent.available_from,
        available_until=intent.available_until,
        calendar_text=describe.calendar_sentence(
            start=intent.available_from,
            end=intent.available_until,
            weekly=intent.weekly,
            seasonality=intent.seasonality,
        ),
        reach_km=intent.reach_km,
        reach_text=describe.reach_sentence(intent.reach_km),
        price_text=describe.price_sentence(price_kind=intent.price_kind, price=intent.price),
        conditions=intent.conditions,
        qualities=tuple(intent.qualities),
        supports=supports,
        people=people,
        support_text=describe.support_sentence(structures=supports, people=people),
        said_on=intent.said_on,
        confirmed_on=intent.confirmed_on,
        freshness_text=describe.freshness_sentence(
            kind=intent.kind, said_on=intent.said_on, confirmed_on=intent.confirmed_on, on=viewer.on
        ),
    )


def _outline(intent: Intent, viewer: Viewer, areas: Mapping[str, Area]) -> IntentView:
    """Return type, order of magnitude and area; every other value is empty."""
    kind = _type(intent)
    quantity = _quantity(intent, roughly=True)
    place = _area(place_of(intent), areas)
    return IntentView(
        pk=intent.pk,
        pole_id=intent.pole_id,
        kind=intent.kind,
        kind_label=intent.get_kind_display(),
        state=intent.state,
        state_text=describe.state_sentence(kind=intent.kind, state=intent.state),
        visibility=intent.visibility,
        visibility_text=describe.visibility_sentence(intent.visibility),
        is_masked=True,
        is_mine=False,
        title=kind.label if kind else NO_NAME[intent.kind],
        words="",
        author=None,
        site="",
        type=kind,
        place=place,
        point=areas[place.body_siren].rough_centre if place.body_siren else None,
        quantity=quantity,
        minimum=None,
        period=intent.period,
        quantity_text=describe.quantity_sentence(
            quantity=quantity.value if quantity else None,
            unit=intent.unit,
            period=intent.period,
            roughly=True,
        ),
        available_from=None,
        available_until=None,
        calendar_text="",
        reach_km=None,
        reach_text="",
        price_text="",
        conditions="",
        qualities=(),
        supports=0,
        people=0,
        support_text="",
        said_on=intent.said_on,
        confirmed_on=intent.confirmed_on,
        freshness_text=describe.freshness_sentence(
            kind=intent.kind, said_on=intent.said_on, confirmed_on=intent.confirmed_on, on=viewer.on
        ),
    )
