"""Words of the pages: French typography, numbers, quantities, how long ago."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

from maillage.core import french
from maillage.core.quantities import Quantity
from maillage.interfaces.web.typography import french_html


def fr(value: object) -> SafeString:
    """Set French spaces and apostrophes: ``{{ title|fr }}`` or ``{% filter fr %}…{% endfilter %}`` around HTML."""
    if isinstance(value, SafeData):
        return mark_safe(french_html(str(value)))  # noqa: S308 - it was safe; only spaces and apostrophes change
    return conditional_escape(french.typography(str(value)))


def number(value: Decimal | float | int | None, digits: int = 2) -> str:
    """Write a number the French way, ``1 250,5``; nothing for None."""
    return "" if value is None else french.number(value, digits=digits)


def quantity(value: Quantity | Decimal | float | int | None, unit: str = "") -> str:
    """Write a quantity, ``{{ quantity|quantity }}`` or ``{{ number|quantity:"t" }}``; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Quantity):
        return str(value)
    return str(Quantity.of(str(value), unit)) if unit else french.number(value)


def since(value: datetime | date | None, now: datetime | date | None = None) -> str:
    """Say how long ago: « à l’instant », « il y a 20 minutes », « hier », « il y a 3 jours », « il y a 2 ans »."""
    if value is None:
        return ""
    at = now or timezone.now()
    if isinstance(value, datetime) and isinstance(at, datetime) and _local_day(value) == _local_day(at):
        return _since_minutes(int((at - value).total_seconds() // 60))
    return _since_days((_local_day(at) - _local_day(value)).days)


def _local_day(value: datetime | date) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def _since_minutes(minutes: int) -> str:
    if minutes < 1:
        return "à l’instant"
    count, one = (minutes, "minute") if minutes < 60 else (minutes // 60, "heure")
    return f"il y a {count} {french.plural(count, one, one + 's')}".replace(
        f" {count} ", f" {count}{french.NBSP}"
    )


def _since_days(days: int) -> str:
    if days < 0:
        return "dans " + _span(-days) if days < -1 else "demain"
    if days < 2:
        return "hier" if days else "aujourd’hui"
    return "il y a " + _span(days)


def _span(days: int) -> str:
    if days < 14:
        return f"{days}{french.NBSP}jours"
    if days < 61:
        return f"{days // 7}{french.NBSP}semaines"
    if days < 730:
        return f"{days * 12 // 365}{french.NBSP}mois"
    return f"{days // 365}{french.NBSP}ans"


def plural(count: Decimal | float | int, forms: str) -> str:
    """Choose a word after a count: ``{{ n }} {{ n|plural:"besoin,besoins" }}``; 0 and 1 take the first."""
    one, many = forms.split(",", 1)
    return french.plural(count, one, many)


def counted(count: Decimal | float | int, forms: str) -> str:
    """Write a count and its word, held together: ``{{ n|counted:"besoin,besoins" }}``."""
    return f"{french.number(count)}{french.NBSP}{plural(count, forms)}"
