"""What the sheet shows of the ledger: promises as lines with a bar, what was given and received as two bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from maillage.core.french import plural
from maillage.core.quantities import Quantity
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.queries import Balance, OrganisationPromise

Parts = list[tuple[str, Decimal, str]]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise as a line: with whom, for what, until when, how far."""

    pk: int
    other_id: int
    other: str
    what: str
    why: str
    until: date | None
    parts: Parts
    sentence: str
    is_given: bool
    is_late: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class BalanceSide:
    """One of the two bars: its width beside the other one of the same line, its words, its lines."""

    words: str
    width: int
    url: str


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What was given and received of one type."""

    label: str
    given: BalanceSide | None
    received: BalanceSide | None


def promise_rows(promises: Iterable[OrganisationPromise]) -> list[PromiseRow]:
    """Return the lines of the promises."""
    return [_promise_row(one) for one in promises]


def _promise_row(one: OrganisationPromise) -> PromiseRow:
    found = one.progress
    parts, sentence = _advance(one)
    what = found.resource or found.type_label
    if found.promised is not None:
        what = f"{what}, {found.promised}"
    return PromiseRow(
        pk=found.pk,
        other_id=one.other_id,
        other=one.other,
        what=what,
        why=one.agreement or found.note,
        until=one.until,
        parts=parts,
        sentence=sentence,
        is_given=one.is_given,
        is_late=found.is_late,
        is_done=found.state == CommitmentState.FULFILLED,
    )


def _advance(one: OrganisationPromise) -> tuple[Parts, str]:
    """Say how much is done; what is late is missing, what is not due yet stays promised."""
    found = one.progress
    if found.promised is None:
        times = len(found.lines)
        is_done = found.state == CommitmentState.FULFILLED
        return [], "Fait" if is_done else (
            f"{times} {plural(times, 'fois', 'fois')}" if times else "Pas commencé"
        )
    done = found.done.value if found.done else Decimal(0)
    left = found.remaining.value if found.remaining else Decimal(0)
    parts: Parts = [("done", done, ""), ("missing" if found.is_late else "promised", left, "")]
    return parts, f"{Quantity(done, found.promised.unit)} sur {found.promised}"


def promises_sentence(rows: Sequence[PromiseRow]) -> str:
    """Say in words how the promises go."""
    going = [row for row in rows if not row.is_done]
    late = sum(row.is_late for row in going)
    if not going:
        return "Tous sont tenus."
    said = f"{len(going)} en cours."
    if late:
        said += f" {late} {plural(late, 'prend', 'prennent')} du retard."
    return said


def balance_rows(balances: Iterable[Balance], *, lines_url: str) -> list[BalanceRow]:
    """Return the two bars of each type: they compare on one line only, never from a line to another."""
    rows = []
    for one in balances:
        most = max(side.value for side in (one.given, one.received) if side is not None)
        rows.append(
            BalanceRow(
                one.type_label,
                _side(one.given, most, lines_url, {"type": one.type_code, "sens": "donne"}),
                _side(one.received, most, lines_url, {"type": one.type_code, "sens": "recu"}),
            )
        )
    return rows


def _side(
    quantity: Quantity | None, most: Decimal, lines_url: str, query: dict[str, Any]
) -> BalanceSide | None:
    if quantity is None:
        return None
    width = max(2, round(100 * quantity.value / most)) if most else 0
    return BalanceSide(str(quantity), int(width), f"{lines_url}?{urlencode(query)}")
