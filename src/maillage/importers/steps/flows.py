"""What a flow says of itself agrees: the star of a waste code, and the box « dangereux »."""

from collections.abc import Sequence

from maillage.core import identifiers
from maillage.importers.rows import Fault, TypedRow


def check_hazard(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """Take the hazard from the waste code; a box that says the contrary is a fault. Add the kind of intent."""
    kind = {"in": "need", "out": "offer"}.get(row.text("direction"))
    row = row.having(kind=kind)
    code, said = row.text("waste_code"), row.get("hazardous")
    if not code:
        return row, []
    hazardous = identifiers.is_hazardous(code)
    if said is not None and said != hazardous:
        sentence = (
            f"Le code {code} est celui d’un déchet dangereux, mais la colonne Dangereux dit non."
            if hazardous
            else f"La colonne Dangereux dit oui, mais le code {code} n’a pas d’étoile : vérifiez le code."
        )
        return row, [Fault(row.line, "Dangereux", "oui" if said else "non", sentence)]
    return row.having(hazardous=hazardous), []
