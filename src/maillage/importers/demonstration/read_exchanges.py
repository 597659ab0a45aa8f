"""From lines to needs, offers, material flows, decisions, and what the matching must find."""

from decimal import Decimal
from typing import Any

from maillage.core.french import number
from maillage.core.periods import PERIOD_LABELS, Period
from maillage.core.quantities import Quantity
from maillage.domain.catalogue.files import CatalogueFiles
from maillage.importers.demonstration.entry import Entry
from maillage.importers.demonstration.schema import (
    AnsweredRow,
    DecisionRow,
    Expected,
    ExpectedPair,
    FlowFacts,
    IntentRow,
    SaidRow,
    SupportRow,
)
from maillage.importers.demonstration.shorthand import months_of, price_of, quantity_of, slots_of

Amount = tuple[Decimal | None, Decimal | None, str, str]


def intent_row(entry: Entry) -> IntentRow:
    """Read a need or an offer."""
    quantity, minimum, unit, period = _amount(entry)
    unsaid: tuple[str, Decimal | None] = ("unsaid", None)
    price_kind, price = entry.parsed("price", entry.text("price", "unsaid"), price_of, unsaid)
    when = entry.entry("when") if entry.has("when") else None
    row = IntentRow(
        key=entry.text("key"),
        kind=entry.text("side"),
        author=entry.text("by"),
        type_code=entry.text("type"),
        title=entry.text("title"),
        words=entry.text("words"),
        quantity=quantity,
        minimum=minimum,
        unit=unit,
        period=period,
        commune=entry.text("commune", ""),
        reach_km=entry.number("reach"),
        from_days=when.maybe_number("from") if when else None,
        until_days=when.maybe_number("until") if when else None,
        week=entry.parsed("week", entry.texts("week"), slots_of, ()),
        months=_months(entry),
        price_kind=price_kind,
        price=price,
        conditions=entry.text("conditions", ""),
        qualities=entry.texts("qualities"),
        holds=entry.texts("holds"),
        requires=entry.texts("requires"),
        visibility=entry.text("visible", "members"),
        said=_said(entry.entry("said")),
        supports=tuple(_support(one) for one in entry.entries("supports")),
        answered=_answered(entry.entry("answered")) if entry.has("answered") else None,
        flow=None,
        file=entry.file,
    )
    if when:
        when.done()
    entry.done()
    return row


def _amount(entry: Entry) -> Amount:
    """Quantity, minimum, unit, period; a quantity may be unknown."""
    minimum = entry.maybe_decimal("minimum")
    if not entry.has("quantity"):
        return None, None, "", Period.ONCE.value
    nothing = (Decimal(1), "u", Period.ONCE.value)
    quantity, unit, period = entry.parsed("quantity", entry.text("quantity"), quantity_of, nothing)
    return quantity, Decimal(minimum) if minimum else None, unit, period


def _months(entry: Entry) -> tuple[int, ...]:
    value: Any = entry.raw("months")
    if value is not None and not isinstance(value, list | dict):
        entry.fault("« months » est une liste de mois.")
        value = None
    return entry.parsed("months", value or [], months_of, ())


def _said(entry: Entry) -> SaidRow:
    row = SaidRow(
        days=entry.number("days"),
        by=entry.text("by"),
        how=entry.text("how"),
        place=entry.text("where", ""),
        people=entry.maybe_number("people"),
    )
    entry.done()
    return row


def _answered(entry: Entry) -> AnsweredRow:
    row = AnsweredRow(days=entry.number("days"), reason=entry.text("reason"))
    entry.done()
    return row


def _support(entry: Entry) -> SupportRow:
    row = SupportRow(
        organisation=entry.text("by"), people=entry.maybe_number("people"), note=entry.text("note", "")
    )
    entry.done()
    return row


def flow_row(entry: Entry, catalogue: CatalogueFiles) -> IntentRow:
    """Read a material flow: what goes out is an offer, unless it seeks somebody to take it; what comes in, a need."""
    facts = FlowFacts(
        way=entry.text("way"),
        waste_code=entry.text("waste_code", ""),
        today=entry.text("today"),
        seeks=entry.text("seeks", ""),
    )
    quantity, minimum, unit, period = _amount(entry)
    type_code, said_by = entry.text("type"), entry.text("by")
    row = IntentRow(
        key=entry.text("key"),
        kind="offer" if facts.way == "out" and not facts.seeks else "need",
        author=said_by,
        type_code=type_code,
        title=entry.text("title", "") or _flow_title(catalogue, type_code, facts, quantity, unit, period),
        words=entry.text("words"),
        quantity=quantity,
        minimum=minimum,
        unit=unit,
        period=period,
        commune="",
        reach_km=entry.number("reach"),
        from_days=None,
        until_days=entry.maybe_number("until"),
        week=(),
        months=_months(entry),
        price_kind="unsaid",
        price=None,
        conditions=f"Aujourd’hui : {facts.today}.",
        qualities=(f"Code déchet {facts.waste_code}",) if facts.waste_code else (),
        holds=(),
        requires=(),
        visibility=entry.text("visible", "members"),
        said=SaidRow(days=entry.number("days"), by="", how="interview", place="", people=None),
        supports=(),
        answered=None,
        flow=facts,
        file=entry.file,
    )
    entry.done()
    return row


def _flow_title(
    catalogue: CatalogueFiles,
    type_code: str,
    facts: FlowFacts,
    quantity: Decimal | None,
    unit: str,
    period: str,
) -> str:
    known = catalogue.by_code.get(type_code)
    label = known.label if known else type_code
    if facts.seeks:
        label = f"{label} à faire reprendre"
    if quantity is None:
        return label
    amount = number(quantity) if unit == "u" else str(Quantity.of(quantity, unit))
    often = "" if period == Period.ONCE else f" {PERIOD_LABELS[Period(period)]}"
    return f"{label}, {amount}{often}"


def decision_row(entry: Entry) -> DecisionRow:
    """Read a lead that was set aside."""
    if entry.text("kind") != "set_aside":
        entry.fault("« kind » est « set_aside ».")
    row = DecisionRow(
        need=entry.text("need"),
        offer=entry.text("offer"),
        reason=entry.text("reason"),
        words=entry.text("words"),
        by=entry.text("by"),
        days=entry.number("days"),
    )
    entry.done()
    return row


def expected_of(entry: Entry) -> Expected:
    """Read what the matching must find."""
    expected = Expected(
        pairs=tuple(_expected_pair(one) for one in entry.entries("pairs")),
        together={one.text("need"): one.texts("offers") for one in entry.entries("together")},
        unanswered=entry.texts("unanswered"),
    )
    entry.done()
    return expected


def _expected_pair(entry: Entry) -> ExpectedPair:
    verdict = entry.text("verdict")
    if verdict not in {"feasible", "best", "refused"}:
        entry.fault("« verdict » est feasible, best ou refused.")
    row = ExpectedPair(
        need=entry.text("need"),
        offer=entry.text("offer"),
        refusal=entry.text("by") if verdict == "refused" else "",
        best=verdict == "best",
        why=entry.text("why"),
    )
    entry.done()
    return row
