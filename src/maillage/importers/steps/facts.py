"""A fact is one quantity of one day: number and unit are joined, a period has no place in it."""

from collections.abc import Sequence

from maillage.core.quantities import units
from maillage.importers.cells.quantities import SaidQuantity
from maillage.importers.rows import Fault, TypedRow


def join_amount(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """Replace what was said by ``quantity`` (a number) and ``unit`` (a code)."""
    said: SaidQuantity | None = row.get("quantity")
    if said is None:
        return row, []
    of_column, column_period = row.get("unit") or (None, None)
    unit = said.unit or of_column
    faults = []
    if said.unit and of_column and said.unit != of_column:
        sentence = (
            f"La quantité est en {units()[said.unit].plural} et la colonne Unité dit {units()[of_column].plural} : "
            "gardez une seule unité."
        )
        faults.append(Fault(row.line, "Unité", "", sentence))
    if said.period is not None or column_period is not None:
        sentence = (
            "Un fait est arrivé un jour : écrivez la quantité de ce jour, sans « par an » ni « par mois »."
        )
        faults.append(Fault(row.line, "Quantité", "", sentence))
    if unit is None:
        faults.append(
            Fault(row.line, "Unité", "", "La quantité n’a pas d’unité : écrivez par exemple 84,5 kg.")
        )
    return row.having(quantity=said.value, unit=unit), faults
