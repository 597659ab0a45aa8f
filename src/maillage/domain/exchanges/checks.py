"""The rules of a draft, one function a subject; each yields the mistakes it finds, by field, in French."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from maillage.core.errors import UserMistake, UserMistakes
from maillage.core.french import NBSP
from maillage.core.periods import check_seasonality, week_mask
from maillage.core.quantities import DIMENSION_LABELS, Dimension, UnknownUnit, unit_named, units
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.describe import amount
from maillage.domain.exchanges.drafts import EvidenceDraft, IntentDraft
from maillage.domain.exchanges.enums import (
    EvidenceChannel,
    IntentKind,
    PeriodChoice,
    PriceKind,
    Visibility,
)

TITLE_LENGTH = 200
WORDS_LENGTH = 20_000
QUALITY_LENGTH = 80
QUALITIES = 20
FARTHEST_KM = 20_000
LARGEST = Decimal("999999999999")
LARGEST_PRICE = Decimal("9999999999")
MOST_PEOPLE = 100_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2200

Mistake = tuple[str, str]


def check_draft(data: IntentDraft, *, on: date, retired_allowed: bool = False) -> None:
    """Raise ``UserMistakes`` with every mistake of the draft, the first of each field."""
    found: dict[str, str] = {}
    for check in (_choices, _texts, _place, _quantity, _minimum, _calendar, _price, _reach, _days):
        for field, sentence in check(data):
            found.setdefault(field, sentence)
    for field, sentence in (
        *_type(data, retired_allowed=retired_allowed),
        *_said(data, on=on),
        *evidence_mistakes(data.evidence, on=on),
    ):
        found.setdefault(field, sentence)
    if found:
        raise UserMistakes(found)


def _choices(data: IntentDraft) -> Iterator[Mistake]:
    if data.kind not in IntentKind.values:
        yield "kind", "Dites s’il s’agit d’un besoin ou d’une offre."
    if data.visibility not in Visibility.values:
        yield "visibility", "Choisissez qui peut voir."
    if data.period not in PeriodChoice.values:
        yield "period", "Choisissez une fréquence : une fois, par jour, par semaine, par mois, par an."
    if data.price_kind not in PriceKind.values:
        yield "price_kind", "Choisissez : gratuit, échange, prix coûtant ou payant."


def _texts(data: IntentDraft) -> Iterator[Mistake]:
    if not data.title.strip():
        yield "title", "Dites en quelques mots ce qui manque ou ce qui est proposé."
    yield from _too_long("title", data.title.strip(), TITLE_LENGTH)
    yield from _too_long("words", data.words, WORDS_LENGTH)
    yield from _too_long("conditions", data.conditions, WORDS_LENGTH)
    yield from _too_long("source", data.source, 60)
    yield from _too_long("source_id", data.source_id, 100)
    if len(data.qualities) > QUALITIES:
        yield "qualities", f"Gardez {QUALITIES} qualités au plus."
    for quality in data.qualities:
        yield from _too_long("qualities", quality, QUALITY_LENGTH)


def _too_long(field: str, text: str, limit: int) -> Iterator[Mistake]:
    if len(text) > limit:
        yield field, f"Ce texte est trop long : {len(text)} caractères, {limit} au plus."
    if "\x00" in text:
        yield field, "Ce texte contient un caractère illisible. Recopiez-le à la main."


def _place(data: IntentDraft) -> Iterator[Mistake]:
    if data.author.merged_into_id is not None:
        yield "author", "Cette fiche a été réunie à une autre. Choisissez la fiche gardée."
    if data.site is not None and data.site.organisation_id != data.author.pk:
        yield "site", f"Ce site n’est pas à {data.author.name}. Choisissez un de ses sites."
    if (data.latitude is None) != (data.longitude is None):
        yield "latitude", "Donnez la latitude et la longitude, ou aucune des deux."
    elif not (-90 <= (data.latitude or 0) <= 90 and -180 <= (data.longitude or 0) <= 180):
        yield "latitude", "La latitude va de −90 à 90, la longitude de −180 à 180."


def _type(data: IntentDraft, *, retired_allowed: bool) -> Iterator[Mistake]:
    if data.resource_type is not None and data.resource_type.retired and not retired_allowed:
        yield (
            "resource_type",
            f"« {data.resource_type.label} » n’est plus au catalogue. Choisissez un autre type.",
        )


def _quantity(data: IntentDraft) -> Iterator[Mistake]:
    if data.quantity is not None and not (data.quantity.is_finite() and 0 < data.quantity <= LARGEST):
        yield "quantity", "La quantité est un nombre plus grand que zéro."
    if data.unit:
        yield from _unit(data.unit, data.resource_type)
    elif data.quantity is not None:
        offered = units_offered(data.resource_type) if data.resource_type else "kg, t, m², h, places ou €"
        yield "unit", f"Dites en quelle unité : {offered}."


def _unit(text: str, resource_type: ResourceType | None) -> Iterator[Mistake]:
    try:
        unit = unit_named(text)
    except UnknownUnit as mistake:
        yield "unit", mistake.message
        return
    if resource_type is not None and unit.dimension != resource_type.dimension:
        yield (
            "unit",
            f"« {unit.label} » mesure {DIMENSION_LABELS[unit.dimension]} ; « {resource_type.label} » se compte "
            f"en {units_offered(resource_type)}.",
        )


def units_offered(resource_type: ResourceType) -> str:
    """Name the units that fit a type, its usual one first: « t, g ou kg »."""
    usual = units().get(resource_type.unit)
    others = [unit for unit in units().values() if unit.dimension == Dimension(resource_type.dimension)]
    ordered = [*([usual] if usual else []), *(unit for unit in others if unit is not usual)]
    names = list(dict.fromkeys(unit.symbol or unit.plural for unit in ordered))[:6]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " ou " + names[-1]


def _minimum(data: IntentDraft) -> Iterator[Mistake]:
    if data.minimum is None:
        return
    if not (data.minimum.is_finite() and data.minimum > 0):
        yield "minimum", "Le minimum est un nombre plus grand que zéro."
    elif data.quantity is None:
        yield "minimum", "Donnez aussi la quantité, ou effacez le minimum."
    elif data.quantity.is_finite() and data.minimum > data.quantity:
        yield "minimum", f"Le minimum dépasse la quantité ({_said_amount(data)})."


def _said_amount(data: IntentDraft) -> str:
    try:
        return amount(value=data.quantity or Decimal(0), unit=data.unit)
    except UnknownUnit:
        return str(data.quantity)


def _calendar(data: IntentDraft) -> Iterator[Mistake]:
    if data.available_from and data.available_until and data.available_until < data.available_from:
        yield "available_until", "La fin vient avant le début. Échangez les deux dates."
    try:
        week_mask(data.weekly)
    except UserMistake as mistake:
        yield "weekly", mistake.message
    if data.seasonality:
        try:
            check_seasonality(data.seasonality)
        except UserMistake as mistake:
            yield "seasonality", mistake.message


def _days(data: IntentDraft) -> Iterator[Mistake]:
    for field in ("available_from", "available_until", "said_on", "confirmed_on"):
        value: date | None = getattr(data, field)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            yield field, f"L’année {value.year} n’est pas possible. Vérifiez la date."


def _price(data: IntentDraft) -> Iterator[Mistake]:
    if data.price is None:
        return
    if not (data.price.is_finite() and 0 <= data.price <= LARGEST_PRICE):
        yield "price", f"Le prix est un nombre d’euros, 0{NBSP}€ ou plus."
    elif data.price_kind not in {PriceKind.PAID, PriceKind.COST}:
        yield "price", "Un prix ne va qu’avec « payant » ou « à prix coûtant »."


def _reach(data: IntentDraft) -> Iterator[Mistake]:
    if data.reach_km is not None and not 0 <= data.reach_km <= FARTHEST_KM:
        yield (
            "reach_km",
            f"La distance va de 0 à {FARTHEST_KM}{NBSP}km. Laissez vide s’il n’y a pas de limite.",
        )


def _said(data: IntentDraft, *, on: date) -> Iterator[Mistake]:
    if data.said_on is not None and data.said_on > on:
        yield "said_on", "Cette date est dans l’avenir. Quand l’a-t-on dit ?"
    if data.confirmed_on is not None and data.confirmed_on > on:
        yield "confirmed_on", "Cette date est dans l’avenir. Quand l’a-t-on confirmé ?"


def evidence_mistakes(evidence: EvidenceDraft | None, *, on: date) -> Iterator[Mistake]:
    """Yield the mistakes of a piece of evidence."""
    if evidence is None:
        return
    if evidence.channel not in EvidenceChannel.values:
        yield "channel", "Choisissez comment on l’a su : au téléphone, en réunion, par courriel…"
    if evidence.on is not None and evidence.on > on:
        yield "evidence_on", "Cette date est dans l’avenir. Quand l’a-t-on dit ?"
    yield from people_mistakes(evidence.people_concerned)
    yield from _too_long("said_by", evidence.said_by, 200)
    yield from _too_long("place", evidence.place, 200)
    yield from _too_long("evidence_words", evidence.words, WORDS_LENGTH)


def people_mistakes(people_concerned: int | None) -> Iterator[Mistake]:
    """Yield the mistake of a number of people."""
    if people_concerned is not None and not 0 <= people_concerned <= MOST_PEOPLE:
        yield "people_concerned", "Le nombre de personnes est un nombre entier, 0 ou plus."
