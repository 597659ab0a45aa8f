"""One declarative schema a kind of table."""

from maillage.core.errors import UserMistake
from maillage.importers.schemas.column import Choice, Column, Kind, Schema
from maillage.importers.schemas.facts import FACTS
from maillage.importers.schemas.flows import FLOWS
from maillage.importers.schemas.intents import NEEDS, OFFERS
from maillage.importers.schemas.organisations import ORGANISATIONS

__all__ = [
    "FACTS",
    "FLOWS",
    "NEEDS",
    "OFFERS",
    "ORGANISATIONS",
    "SCHEMAS",
    "Choice",
    "Column",
    "Kind",
    "Schema",
    "schema_named",
]

SCHEMAS: dict[str, Schema] = {schema.name: schema for schema in (ORGANISATIONS, NEEDS, OFFERS, FLOWS, FACTS)}
_FRENCH = {
    "structures": "organisations",
    "besoins": "needs",
    "offres": "offers",
    "flux": "flows",
    "faits": "facts",
}


def schema_named(name: str) -> Schema:
    """Return the schema of that name, English or French; raise ``UserMistake`` otherwise."""
    found = SCHEMAS.get(_FRENCH.get(name, name))
    if found is None:
        raise UserMistake(
            f"« {name} » ne s’importe pas. Choisissez structures, besoins, offres, flux ou faits."
        )
    return found
