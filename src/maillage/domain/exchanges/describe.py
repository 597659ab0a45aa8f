"""What an intent says, in French: fragments that begin in lower case, with the right spaces."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from maillage.core.french import NBSP, number, plural, typography
from maillage.core.periods import MONTHS, PERIOD_LABELS, Period, Slot, describe_months, describe_week
from maillage.core.quantities import counted, unit_named
from maillage.domain.exchanges.enums import IntentKind, IntentState, PriceKind, Visibility

_STATES: dict[tuple[str, str], str] = {
    (IntentKind.NEED, IntentState.OPEN): "attend une réponse",
    (IntentKind.NEED, IntentState.COVERED): "a trouvé une réponse",
    (IntentKind.NEED, IntentState.WITHDRAWN): "retiré",
    (IntentKind.OFFER, IntentState.OPEN): "disponible",
    (IntentKind.OFFER, IntentState.COVERED): "a trouvé preneur",
    (IntentKind.OFFER, IntentState.WITHDRAWN): "retirée",
}
_ALREADY: dict[tuple[str, str], str] = {
    (IntentKind.NEED, IntentState.OPEN): "Ce besoin attend déjà une réponse.",
    (IntentKind.NEED, IntentState.COVERED): "Ce besoin a déjà trouvé une réponse.",
    (IntentKind.NEED, IntentState.WITHDRAWN): "Ce besoin est retiré. Rouvrez-le d’abord.",
    (IntentKind.OFFER, IntentState.OPEN): "Cette offre est déjà disponible.",
    (IntentKind.OFFER, IntentState.COVERED): "Cette offre a déjà trouvé preneur.",
    (IntentKind.OFFER, IntentState.WITHDRAWN): "Cette offre est retirée. Rouvrez-la d’abord.",
}
_VISIBILITIES: dict[str, str] = {
    Visibility.PUBLIC: "visible par tout le monde",
    Visibility.MEMBERS: "visible par les membres du pôle",
    Visibility.FACILITATORS: "visible par l’animation seulement",
    Visibility.ANONYMOUS: "visible par les membres, sans le nom de la structure",
}


def this_one(kind: str) -> str:
    """Return « ce besoin » or « cette offre »."""
    return "ce besoin" if kind == IntentKind.NEED else "cette offre"


def state_sentence(*, kind: str, state: str) -> str:
    """Say where an intent stands, with the gender of its word."""
    return _STATES[kind, state]


def already_sentence(*, kind: str, state: str) -> str:
    """Say why a move is not possible: where the intent stands already."""
    return _ALREADY[kind, state]


def visibility_sentence(visibility: str) -> str:
    """Say who may read it."""
    return _VISIBILITIES[visibility]


def one_significant_digit(value: Decimal) -> Decimal:
    """Return the order of magnitude of a positive value: 12.4 gives 10, 0.0187 gives 0.02."""
    step = Decimal(1).scaleb(value.adjusted())
    rounded = (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    return Decimal(format(rounded, "f"))


def amount(*, value: Decimal, unit: str) -> str:
    """Write a value and its unit, exact to four decimals: « 12,5 t », « 3 places »."""
    return counted(value, unit_named(unit), digits=4)


def quantity_sentence(
    *,
    quantity: Decimal | None,
    unit: str,
    period: str,
    minimum: Decimal | None = None,
    roughly: bool = False,
) -> str:
    """Say how much: « 12 t par an, par 2 t au moins », « environ 10 t par an »; nothing said gives ""."""
    if quantity is None or not unit:
        return ""
    said = ("environ " if roughly else "") + amount(value=quantity, unit=unit)
    said += ", en une fois" if period == Period.ONCE else f" {PERIOD_LABELS[Period(period)]}"
    if minimum is not None and minimum < quantity:
        said += f", par {amount(value=minimum, unit=unit)} au moins"
    return said


def day(value: date) -> str:
    """Write a date: « 3 mars 2026 », « 1er mai 2026 »."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first}{NBSP}{MONTHS[value.month - 1]} {value.year}"


def dates_sentence(*, start: date | None, end: date | None) -> str:
    """Say from when to when: « du 3 mars 2026 au 5 juin 2026 »; nothing said gives ""."""
    if start and end:
        return f"le {day(start)}" if start == end else f"du {day(start)} au {day(end)}"
    if start:
        return f"à partir du {day(start)}"
    return f"jusqu’au {day(end)}" if end else ""


def calendar_sentence(
    *, start: date | None, end: date | None, weekly: Sequence[Slot], seasonality: Sequence[int]
) -> str:
    """Say when: dates, slots of the week, months; « à tout moment » when nothing limits it."""
    parts = [dates_sentence(start=start, end=end)]
    if weekly:
        parts.append(describe_week(weekly))
    if seasonality and not all(seasonality):
        parts.append(describe_months(seasonality))
    return typography(", ".join(part for part in parts if part)) or "à tout moment"


def reach_sentence(reach_km: int | None) -> str:
    """Say how far it can go."""
    if reach_km is None:
        return "sans limite de distance"
    return f"jusqu’à {number(reach_km)}{NBSP}km" if reach_km else "sur place seulement"


def price_sentence(*, price_kind: str, price: Decimal | None) -> str:
    """Say what is asked in return: « gratuit », « à prix coûtant, 12,50 € »."""
    words = {
        PriceKind.UNSAID: "prix non précisé",
        PriceKind.FREE: "gratuit",
        PriceKind.SWAP: "en échange d’autre chose",
        PriceKind.COST: "à prix coûtant",
        PriceKind.PAID: "payant",
    }[PriceKind(price_kind)]
    return words if price is None else f"{words}, {_euros(price)}"


def _euros(price: Decimal) -> str:
    whole = price == price.to_integral_value()
    cents = "" if whole else f",{abs(price) % 1:.2f}".replace("0.", "")
    return f"{number(price.to_integral_value('ROUND_FLOOR'))}{cents}{NBSP}€"


def since(then: date, *, on: date) -> str:
    """Say how long ago: « aujourd’hui », « hier », « il y a 3 semaines », « il y a 2 ans »."""
    days = (on - then).days
    if days <= 0:
        return "aujourd’hui"
    if days == 1:
        return "hier"
    for limit, length, one, many in (
        (14, 1, "jour", "jours"),
        (61, 7, "semaine", "semaines"),
        (730, 30.4375, "mois", "mois"),
    ):
        if days < limit:
            count = int(days / length)
            return f"il y a {count}{NBSP}{plural(count, one, many)}"
    return f"il y a {int(days / 365.25)}{NBSP}ans"


def freshness_sentence(*, kind: str, said_on: date, confirmed_on: date, on: date) -> str:
    """Say how fresh it is: « dit il y a 3 mois, confirmé hier »; « dite » for an offer."""
    e = "e" if kind == IntentKind.OFFER else ""
    if confirmed_on <= said_on:
        return f"dit{e} {since(said_on, on=on)}"
    return f"dit{e} {since(said_on, on=on)}, confirmé{e} {since(confirmed_on, on=on)}"


def support_sentence(*, structures: int, people: int) -> str:
    """Say who shares it: « 3 autres structures, 120 personnes concernées »; nobody gives ""."""
    parts = []
    if structures:
        parts.append(
            f"{number(structures)}{NBSP}{plural(structures, 'autre structure', 'autres structures')}"
        )
    if people:
        parts.append(f"{number(people)}{NBSP}{plural(people, 'personne concernée', 'personnes concernées')}")
    return ", ".join(parts)
