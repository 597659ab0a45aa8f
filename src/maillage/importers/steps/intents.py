"""What a need, an offer or a flow says of its author agrees, and it has a title."""

import re
from collections.abc import Sequence

from maillage.importers.rows import Fault, TypedRow

_TITLE_LENGTH = 120


def check_identifiers(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """Complete the SIREN from the SIRET; refuse the line when the two disagree, or when a price is negative."""
    siret, siren = row.text("siret"), row.text("siren")
    if siret and siren and siret[:9] != siren:
        sentence = f"Le SIRET commence par {siret[:9]}, le SIREN est {siren} : ils ne vont pas ensemble."
        return row, [Fault(row.line, "SIREN", siren, sentence)]
    price = row.get("price")
    if price is not None and price < 0 and row.get("direction") is None:
        return row, [
            Fault(row.line, "Prix (€)", str(price), "Un prix n’est pas négatif ; 0 veut dire gratuit.")
        ]
    return (row.having(siren=siret[:9]) if siret else row), []


def title_the_untitled(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """Without a title, the first sentence of the words serves."""
    words = " ".join(row.text("words").split())
    if row.get("title") or not words:
        return row, []
    first = re.split(r"(?<=[.!?;])\s", words, maxsplit=1)[0]
    title = first if len(first) <= _TITLE_LENGTH else first[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    sentence = "La ligne n’a pas d’intitulé : le début de la description en tient lieu."
    return row.having(title=title), [Fault(row.line, "Intitulé", "", sentence, blocking=False)]
