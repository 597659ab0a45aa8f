"""What an organisation says of itself agrees, and it can be named."""

from collections.abc import Sequence

from maillage.core.identifiers import NafVersion
from maillage.importers.rows import Fault, TypedRow


def check_identifiers(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """Complete the SIREN from the SIRET; refuse the line when the two disagree. A code NAF gets its version."""
    if row.get("naf"):
        row = row.having(naf_version=NafVersion.REV2.value)
    siret, siren = row.text("siret"), row.text("siren")
    if siret and siren and siret[:9] != siren:
        sentence = f"Le SIRET commence par {siret[:9]}, le SIREN est {siren} : ils ne vont pas ensemble."
        return row, [Fault(row.line, "SIREN", siren, sentence)]
    return (row.having(siren=siret[:9]) if siret else row), []


def name_the_nameless(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
    """A list without names (some official lists are) still tells its lines apart: kind, commune and
    reference.
    """
    if row.get("name"):
        return row, []
    kind, place, reference = row.text("inclusion_type"), row.text("municipality"), row.text("external_id")
    if not (kind and place and reference):
        return row, []
    sentence = "La structure n’a pas de nom : elle est désignée par son type, sa commune et sa référence."
    return row.having(name=f"{kind}, {place}, n° {reference}"), [
        Fault(row.line, "Nom", "", sentence, blocking=False)
    ]
