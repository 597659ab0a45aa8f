"""A quantity may be said in one cell or in three: number, unit, period are joined, and contradictions are
told.
"""

from collections.abc import Sequence
from decimal import Decimal

from maillage.core.errors import UserMistake
from maillage.core.french import number
from maillage.core.periods import PERIOD_LABELS, Period
from maillage.core.quantities import Quantity, units
from maillage.importers.cells.quantities import SaidQuantity
from maillage.importers.rows import Fault, TypedRow


def join_amount(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """Replace what was said by ``quantity`` (a number), ``unit`` (a code), ``period`` and ``minimum``."""
    said: SaidQuantity | None = row.get("quantity")
    column_unit, column_period = row.get("unit") or (None, None)
    faults: list[Fault] = []
    unit = (said.unit if said else None) or column_unit
    period = _period(row, said, column_period, faults)
    if said and said.unit and column_unit and said.unit != column_unit:
        faults.append(
            _fault(
                row,
                "Unité",
                f"La quantité est en {_name(said.unit)} et la colonne Unité dit {_name(column_unit)} : "
                "gardez une seule unité.",
            )
        )
    if said and not unit:
        faults.append(
            _fault(row, "Unité", "La quantité n’a pas d’unité : écrivez par exemple 12 t/an.", blocking=False)
        )
    minimum = _minimum(row, said, unit, faults)
    slots = row.get("weekly")
    if said and said.weekly is not None and slots is None:
        slots = said.weekly
    joined = row.having(
        quantity=said.value if said else None, unit=unit, period=period, minimum=minimum, weekly=slots
    )
    return joined, faults


def _period(
    row: TypedRow, said: SaidQuantity | None, of_unit: Period | None, faults: list[Fault]
) -> Period | None:
    told = [one for one in (said.period if said else None, of_unit, row.get("period")) if one is not None]
    if len(set(told)) > 1:
        words = " et ".join(PERIOD_LABELS[one] for one in dict.fromkeys(told))
        faults.append(_fault(row, "Période", f"La période est dite de deux façons : {words}. Gardez-en une."))
    return told[0] if told else None


def _minimum(
    row: TypedRow, said: SaidQuantity | None, unit: str | None, faults: list[Fault]
) -> Decimal | None:
    least: SaidQuantity | None = row.get("minimum")
    if least is None:
        return None
    if said is None:
        faults.append(
            _fault(row, "Quantité minimale", "Une quantité minimale va avec une quantité : écrivez les deux.")
        )
        return None
    value = least.value
    if least.unit and unit and least.unit != unit:
        try:
            value = Quantity(least.value, units()[least.unit]).to(units()[unit]).value
        except UserMistake as mistake:
            faults.append(_fault(row, "Quantité minimale", mistake.message))
            return None
    if value > said.value:
        faults.append(
            _fault(
                row,
                "Quantité minimale",
                f"La quantité minimale ({number(value)}) est plus grande que la quantité ({number(said.value)}).",
            )
        )
    return value


def _name(code: str) -> str:
    return units()[code].plural


def _fault(row: TypedRow, column: str, sentence: str, *, blocking: bool = True) -> Fault:
    return Fault(row.line, column, "", sentence, blocking)
