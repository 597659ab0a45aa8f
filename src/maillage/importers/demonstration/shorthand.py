"""The short ways of writing of the data files: « 12 t par an », « mar 8-12 », « paid 38 », month numbers."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from maillage.core.errors import UserMistake
from maillage.core.periods import DAYS, PERIOD_LABELS, Period, Slot, check_seasonality, week_mask
from maillage.core.quantities import Quantity

_QUANTITY = re.compile(r"^([0-9]+(?:\.[0-9]+)?) (\S+)(?: (par .+|une fois))?$")
_SLOT = re.compile(r"^(lun|mar|mer|jeu|ven|sam|dim) ([0-9]{1,2})-([0-9]{1,2})$")
_PERIODS = {label: period for period, label in PERIOD_LABELS.items()}
_PRICES = {"unsaid", "free", "swap", "cost", "paid"}
DAY_OF = {name[:3]: rank for rank, name in enumerate(DAYS)}


def quantity_of(text: str) -> tuple[Decimal, str, str]:
    """Return (value, unit code, period) of « 12 t par an »; without a period it counts once."""
    found = _QUANTITY.match(text)
    if not found:
        raise UserMistake(f"« {text} » n’est pas une quantité : écrivez par exemple « 12 t par an ».")
    value, unit, often = found.groups()
    period = _PERIODS.get(often or PERIOD_LABELS[Period.ONCE])
    if period is None:
        raise UserMistake(f"« {often} » n’est pas une fréquence.")
    return Decimal(value), Quantity.of(value, unit).unit.code, period.value


def slots_of(texts: Sequence[str]) -> tuple[Slot, ...]:
    """Return the slots of « mar 8-12 », « sam 0-24 »."""
    slots: list[Slot] = []
    for text in texts:
        found = _SLOT.match(text)
        if not found:
            raise UserMistake(f"« {text} » n’est pas un créneau : écrivez par exemple « mar 8-12 ».")
        day, start, end = found.groups()
        slots.append({"day": DAY_OF[day], "from_hour": int(start), "to_hour": int(end)})
    week_mask(slots)
    return tuple(slots)


def months_of(value: Sequence[int] | Mapping[int, int]) -> tuple[int, ...]:
    """Return twelve weights, from month numbers (``[10, 11]``) or from weights by month (``{8: 0}``)."""
    if not value:
        return ()
    weights = value if isinstance(value, Mapping) else dict.fromkeys(value, 100)
    if not set(weights) <= set(range(1, 13)):
        raise UserMistake("Les mois vont de 1 à 12.")
    twelve = tuple(weights.get(month, 0) for month in range(1, 13))
    check_seasonality(twelve)
    return twelve


def price_of(text: str) -> tuple[str, Decimal | None]:
    """Return (kind, price) of « paid 38 », « cost 21 », « free », « swap »."""
    kind, _, amount = text.partition(" ")
    if kind not in _PRICES or (amount and not re.fullmatch(r"[0-9]+(\.[0-9]+)?", amount)):
        raise UserMistake(f"« {text} » n’est pas un prix : écrivez par exemple « paid 38 » ou « free ».")
    return kind, Decimal(amount) if amount else None
