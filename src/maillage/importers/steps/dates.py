"""A period of time has its beginning before its end."""

from collections.abc import Sequence

from maillage.importers.rows import Fault, TypedRow


def check_order(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """Refuse a line that ends before it begins."""
    start, end = row.get("available_from"), row.get("available_until")
    if start and end and end < start:
        sentence = (
            f"La fin ({end:%d/%m/%Y}) est avant le début ({start:%d/%m/%Y}) : corrigez l’une des deux dates."
        )
        return row, [Fault(row.line, "Jusqu’au", f"{end:%d/%m/%Y}", sentence)]
    return row, []
