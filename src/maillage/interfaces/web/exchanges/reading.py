"""Reads what was typed into plain values; what cannot be read becomes a sentence under its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from maillage.core.errors import UserMistake
from maillage.core.periods import Period, Slot
from maillage.core.quantities import UnknownUnit, unit_named
from maillage.domain.exchanges.drafts import EvidenceDraft
from maillage.domain.exchanges.enums import EvidenceChannel, PeriodChoice, PriceKind, Visibility
from maillage.importers.cells import dates, numbers, quantities
from maillage.importers.cells.weekly import weekly
from maillage.importers.cells.words import word_list
from maillage.interfaces.web.exchanges.forms import HALF_DAYS, IntentForm
from maillage.interfaces.web.exchanges.understanding import Understood

Value = TypeVar("Value")
TITLE_LENGTH = 120
_HOURS = {code: (start, end) for code, _, start, end in HALF_DAYS}


def whole_number(text: str, *, field: str) -> int | None:
    """Return a whole number, None when nothing was typed; raise ``UserMistake`` of that field."""
    if not text.strip():
        return None
    try:
        return numbers.whole(text.strip()[:40])
    except UserMistake as mistake:
        raise UserMistake(mistake.message, field=field) from mistake


@dataclass(slots=True)
class Reader:
    """Reads the fields of a form one by one and gathers the mistakes."""

    form: IntentForm
    mistakes: dict[str, str] = field(default_factory=dict)

    def _read(self, name: str, act: Callable[[str], Value]) -> Value | None:
        text = self.form.text(name)
        if not text:
            return None
        try:
            return act(text[:200])
        except UserMistake as mistake:
            self.mistakes.setdefault(name, mistake.message)
            return None

    def number(self, name: str) -> Decimal | None:
        """A number, decimal comma welcome."""
        return self._read(name, numbers.decimal)

    def whole(self, name: str) -> int | None:
        """A whole number."""
        return self._read(name, numbers.whole)

    def kilometres(self, name: str) -> int | None:
        """A distance, to the kilometre."""
        found = self._read(name, numbers.kilometres)
        return None if found is None else int(found.to_integral_value())

    def start(self, name: str) -> date | None:
        """A day from which."""
        found = self._read(name, dates.start_date)
        return found.value if found else None

    def end(self, name: str) -> date | None:
        """A day until which."""
        found = self._read(name, dates.end_date)
        return found.value if found else None

    def choice(self, name: str, known: list[str], otherwise: str) -> str:
        """One of a closed list."""
        text = self.form.text(name)
        return text if text in known else otherwise


@dataclass(frozen=True, slots=True)
class Details:
    """The folded part of the form, read."""

    quantity: Decimal | None
    minimum: Decimal | None
    unit: str
    period: str
    start: date | None
    end: date | None
    week: tuple[Slot, ...]
    seasonality: tuple[int, ...]
    reach_km: int | None
    price_kind: str
    price: Decimal | None
    qualities: tuple[str, ...]
    visibility: str
    evidence: EvidenceDraft | None


def read_details(reader: Reader, *, said: Understood, kept: Mapping[str, int] | None = None) -> Details:
    """Read the folded part; ``said`` is what was understood of the words and not refused, for the empty fields.

    ``kept`` gives the weights of the months of an intent being changed, which boxes cannot show.
    """
    quantity, unit, period = _amount(reader, said)
    start, end = reader.start("available_from"), reader.end("available_until")
    has_dates = bool(reader.form.text("available_from") or reader.form.text("available_until"))
    price_kind = reader.choice("price_kind", PriceKind.values, PriceKind.UNSAID.value)
    price = reader.number("price")
    if price is not None and price_kind == PriceKind.UNSAID:
        price_kind = PriceKind.FREE.value if price == 0 else PriceKind.PAID.value
    if price == 0 and price_kind == PriceKind.FREE:
        price = None
    return Details(
        quantity=quantity,
        minimum=reader.number("minimum"),
        unit=unit,
        period=period,
        start=start if has_dates else said.start,
        end=end if has_dates else said.end,
        week=_week(reader) or (() if _has_week(reader) else said.week),
        seasonality=_months(reader, kept or {}),
        reach_km=reader.kilometres("reach_km"),
        price_kind=price_kind,
        price=price,
        qualities=tuple(word_list(reader.form.text("qualities"))) if reader.form.text("qualities") else (),
        visibility=reader.choice("visibility", Visibility.values, Visibility.MEMBERS.value),
        evidence=_evidence(reader),
    )


def _amount(reader: Reader, said: Understood) -> tuple[Decimal | None, str, str]:
    """Read quantity, unit and period; « 12 t/an » in the first field says the three."""
    form = reader.form
    period = reader.choice("period", PeriodChoice.values, Period.ONCE.value)
    if not form.text("quantity"):
        if said.amount is None:
            return None, form.text("unit"), period
        return said.amount.value, said.amount.unit, said.amount.period.value
    try:
        typed = quantities.quantity(form.text("quantity")[:200])
    except UnknownUnit as mistake:
        reader.mistakes.setdefault("unit", mistake.message)
        return None, form.text("unit"), period
    except UserMistake as mistake:
        reader.mistakes.setdefault("quantity", mistake.message)
        return None, form.text("unit"), period
    unit = form.text("unit") or typed.unit or ""
    if form.text("unit") and typed.unit and unit_named(typed.unit).code != _code(unit):
        reader.mistakes.setdefault(
            "unit", "La quantité et l’unité ne disent pas la même chose. Gardez-en une."
        )
    return typed.value, unit, (typed.period.value if typed.period else period)


def _code(unit: str) -> str:
    try:
        return unit_named(unit).code
    except UnknownUnit:
        return ""


def _has_week(reader: Reader) -> bool:
    return bool(reader.form.several("slots") or reader.form.text("hours"))


def _week(reader: Reader) -> tuple[Slot, ...]:
    found = [slot for one in reader.form.several("slots") if (slot := _slot(one)) is not None]
    text = reader.form.text("hours")
    if text:
        try:
            found += weekly(text[:500]).value
        except UserMistake as mistake:
            reader.mistakes.setdefault("hours", mistake.message)
    return tuple(sorted(found, key=lambda one: (one["day"], one["from_hour"])))


def _slot(code: str) -> Slot | None:
    day, _, half = code.partition("-")
    if day not in {str(number) for number in range(7)} or half not in _HOURS:
        return None
    start, end = _HOURS[half]
    return Slot(day=int(day), from_hour=start, to_hour=end)


def _months(reader: Reader, kept: Mapping[str, int]) -> tuple[int, ...]:
    ticked = {one for one in reader.form.several("months") if one in {str(at) for at in range(12)}}
    if not ticked or (len(ticked) == 12 and not kept):
        return ()
    return tuple((kept.get(str(at)) or 100) if str(at) in ticked else 0 for at in range(12))


def _evidence(reader: Reader) -> EvidenceDraft | None:
    form = reader.form
    people = reader.whole("people_concerned")
    if not any(form.text(name) for name in ("said_by", "place", "people_concerned", "evidence_on")):
        return None
    return EvidenceDraft(
        said_by=form.text("said_by"),
        channel=reader.choice("channel", EvidenceChannel.values, EvidenceChannel.OTHER.value),
        place=form.text("place"),
        on=reader.start("evidence_on"),
        people_concerned=people,
    )


def title_of(words: str) -> str:
    """Return the title of what was said: the whole when it is short, its first sentence otherwise."""
    text = " ".join(words.split())
    first = text
    for at, char in enumerate(text[:-1]):
        if char in ".!?;" and text[at + 1] == " ":
            first = text[: at + 1].rstrip(" .;")
            break
    if len(text) <= TITLE_LENGTH and len(first) == len(text):
        return text.rstrip(" .")
    return first if len(first) <= TITLE_LENGTH else first[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
