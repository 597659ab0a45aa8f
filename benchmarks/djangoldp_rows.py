"""The rows of the peer: the same as ours, read by SQL from the filled database and written as they come."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

SITE = "http://djangoldp.example.org"  # every row of the peer bears its address


@dataclass(frozen=True, slots=True)
class Copied:
    """One table of the peer: its columns, and the query that gives them in that order."""

    table: str
    columns: tuple[str, ...]
    query: str


def _sheet(table: str, path: str, columns: tuple[str, ...], values: str) -> Copied:
    """Return a table of sheets, with what DjangoLDP keeps beside each: its address, its times."""
    kept = ("id", "urlid", "is_backlink", "allow_create_backlink", "created_at", "updated_at")
    own = f"one.id, '{SITE}/{path}/' || one.id || '/', false, false, now(), now()"
    return Copied(table, (*kept, *columns), f"SELECT {own}, {values}")


TABLES = (
    _sheet(
        "pole_organisation",
        "organisations",
        ("name", "family", "legal_form", "town", "description", "website"),
        """one.name, one.family, one.legal_form, coalesce(town.name, ''), one.description, one.website
        FROM actors_organisation one
        LEFT JOIN actors_site site ON site.organisation_id = one.id AND site.is_head
        LEFT JOIN places_municipality town ON town.code = site.municipality_id""",
    ),
    _sheet(
        "pole_intent",
        "intents",
        (
            *("kind", "title", "words", "author_id", "resource_type", "town", "quantity", "unit", "period"),
            *("state", "confirmed_on"),
        ),
        """one.kind, one.title, one.words, one.author_id, coalesce(type.label, ''), coalesce(town.name, ''),
            one.quantity, one.unit, one.period, one.state, one.confirmed_on
        FROM exchanges_intent one
        LEFT JOIN catalogue_resourcetype type ON type.code = one.resource_type_id
        LEFT JOIN places_municipality town ON town.code = one.municipality_id""",
    ),
    _sheet(
        "pole_agreement",
        "agreements",
        ("title", "state", "starts_on", "ends_on", "conditions"),
        "one.title, one.state, one.starts_on, one.ends_on, one.conditions FROM ledger_agreement one",
    ),
    Copied(
        "pole_agreement_parties",
        ("agreement_id", "organisation_id"),
        "SELECT agreement_id, organisation_id FROM ledger_agreementparty ORDER BY id",
    ),
    _sheet(
        "pole_economicevent",
        "events",
        (
            *("action", "provider_id", "receiver_id", "resource_type", "quantity", "unit", "happened_on"),
            "note",
        ),
        """one.action_id, one.provider_id, one.receiver_id, type.label, one.quantity, one.unit,
            one.happened_on, one.note
        FROM ledger_economicevent one
        JOIN catalogue_resourcetype type ON type.code = one.resource_type_id""",
    ),
)


def copy_rows(ours: Any, theirs: psycopg.Connection) -> dict[str, int]:
    """Copy every table from our database to the peer's; return how many rows each one got.

    ``ours`` may be a cursor of Django's. Raise ``psycopg.Error`` when the peer's tables are not those described here.
    """
    got = {}
    for table in TABLES:
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.table), columns)
        out = sql.SQL("COPY ({}) TO STDOUT").format(sql.SQL(table.query))
        with theirs.cursor() as written:
            with ours.copy(out) as rows, written.copy(into) as lines:
                for chunk in rows:
                    lines.write(chunk)
            got[table.table] = written.rowcount
    return got
