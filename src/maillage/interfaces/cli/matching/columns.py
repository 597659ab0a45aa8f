"""Which column feeds which field: proposed, completed from what the cells hold, corrected by the person."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.mapping import Mapping, propose
from maillage.importers.schemas import NEEDS, OFFERS, Schema, schema_named
from maillage.importers.tabular import Row, Table
from maillage.interfaces.cli.matching.line import WORD_OF_SIDE, SideName

SCHEMA_OF: dict[SideName, Schema] = {"needs": NEEDS, "offers": OFFERS}
NOTHING = "rien"
GUESSED = 0.5
"""How sure a column is that was chosen only because its texts are the longest."""
_SAMPLE = 200
_LEAST_TEXT = 20
_LEAST_LETTERS = 0.6

Corrections = Sequence[tuple[SideName | None, str, str]]


def read_corrections(words: Sequence[str]) -> Corrections:
    """Read « besoin=nom_du_projet,offres:commune=ville »: the field, then the header it is found under."""
    sides: dict[str, SideName] = {"besoins": "needs", "offres": "offers"}
    found: list[tuple[SideName | None, str, str]] = []
    for pair in (pair.strip() for one in words for pair in one.split(",") if pair.strip()):
        field, equal, header = pair.partition("=")
        if not (equal and field.strip() and header.strip()):
            raise UserMistake(
                f"« {pair} » ne dit pas quelle colonne va où. Écrivez champ=titre, par exemple "
                "--colonnes besoin=nom_du_projet."
            )
        side, colon, name = field.partition(":")
        if colon and side.strip() not in sides:
            raise UserMistake(f"« {side.strip()} » : devant les deux points, écrivez besoins ou offres.")
        found.append(
            (sides[side.strip()] if colon else None, (name if colon else field).strip(), header.strip())
        )
    return found


def mapping_of(table: Table, side: SideName, *, kept: Mapping | None, corrections: Corrections) -> Mapping:
    """Return the mapping to use: the one kept for these headers, else the proposal; then the corrections."""
    schema = SCHEMA_OF[side]
    sample = table.sample(_SAMPLE)
    mapping = propose(table.headers, schema, sample, kept)
    for asked_side, field, header in corrections:
        if asked_side in {None, side}:
            mapping = _corrected(mapping, schema, field, header)
    return mapping if mapping.remembered else _with_words(mapping, sample)


def check_corrections(corrections: Corrections, mappings: dict[SideName, Mapping]) -> None:
    """Raise ``UserMistake`` for a correction that fits neither file: a header or a field nobody has."""
    for asked_side, field, header in corrections:
        sides = [asked_side] if asked_side else list(mappings)
        if any(_header(mappings[side], header) and _field_known(side, field) for side in sides):
            continue
        headers = " ; ".join(choice.header for side in sides for choice in mappings[side].choices)
        if not any(_field_known(side, field) for side in sides):
            known = ", ".join(column.label.lower() for column in SCHEMA_OF[sides[0]].columns)
            raise UserMistake(f"« {field} » n’est pas un champ connu. Choisissez parmi : {known}.")
        raise UserMistake(f"Aucune colonne ne s’appelle « {header} ». Colonnes des fichiers : {headers}.")


def corrected(mapping: Mapping, field: str, header: str) -> Mapping:
    """Return the mapping of any kind of list where this header feeds this field; raise ``UserMistake`` otherwise."""
    schema = schema_named(mapping.schema)
    if field != NOTHING and _field(schema, field) is None:
        known = ", ".join(column.label.lower() for column in schema.columns)
        raise UserMistake(f"« {field} » n’est pas un champ connu. Choisissez parmi : {known}.")
    if _header(mapping, header) is None:
        headers = " ; ".join(choice.header for choice in mapping.choices)
        raise UserMistake(f"Aucune colonne ne s’appelle « {header} ». Colonnes du fichier : {headers}.")
    return _corrected(mapping, schema, field, header)


def read_kept(path: Path | None) -> dict[SideName, Mapping]:
    """Read the mappings that ``--correspondance`` keeps; none when the file is not there yet."""
    if path is None or not path.exists():
        return {}
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        return {side: Mapping.from_json(content[side]) for side in SCHEMA_OF if side in content}
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UserMistake(
            f"« {path.name} » n’est pas une correspondance enregistrée par maillage. Effacez-le, ou donnez "
            "un autre nom."
        ) from error


def write_kept(path: Path, mappings: dict[SideName, Mapping]) -> None:
    """Write the mappings, to be read again or corrected by hand."""
    content = {side: mapping.to_json() for side, mapping in mappings.items()}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def describe(mapping: Mapping) -> list[tuple[str, str, str]]:
    """Return (header, label of the field or empty, how sure) of each column, to be shown."""
    schema = next(one for one in SCHEMA_OF.values() if one.name == mapping.schema)
    labels = {column.name: column.label for column in schema.columns}
    sure = [(0.9, "sûr"), (0.8, "probable"), (0.0, "à vérifier")]
    return [
        (
            choice.header,
            labels.get(choice.field or "", ""),
            next(word for least, word in sure if choice.confidence >= least) if choice.field else "",
        )
        for choice in mapping.choices
    ]


def _header(mapping: Mapping, header: str) -> str | None:
    exact = [choice.header for choice in mapping.choices if choice.header == header]
    near = [choice.header for choice in mapping.choices if fold(choice.header) == fold(header)]
    return next(iter(exact or near), None)


def _field_known(side: SideName, field: str) -> bool:
    return field == NOTHING or _field(SCHEMA_OF[side], field) is not None


def _field(schema: Schema, field: str) -> str | None:
    asked = fold(field)
    for column in schema.columns:
        if asked in {fold(column.name), fold(column.label)}:
            return column.name
    for column in schema.columns:
        if asked in {fold(alias) for alias in column.aliases}:
            return column.name
    return None


def _corrected(mapping: Mapping, schema: Schema, field: str, header: str) -> Mapping:
    known, name = _header(mapping, header), _field(schema, field)
    if known is None or (name is None and field != NOTHING):
        return mapping
    return mapping.corrected(known, name)


def _with_words(mapping: Mapping, sample: Sequence[Row]) -> Mapping:
    """Give the column of the longest texts to the description, when nothing else feeds it."""
    if "words" in mapping.fields:
        return mapping
    lengths = {
        choice.header: length
        for index, choice in enumerate(mapping.choices)
        if choice.field is None
        and (length := _text_length([row.cells[index] for row in sample])) >= _LEAST_TEXT
    }
    if not lengths:
        if "title" in mapping.fields:
            return mapping
        raise UserMistake(_no_text(mapping))
    longest = max(lengths, key=lambda header: lengths[header])
    corrected = mapping.corrected(longest, "words")
    choices = tuple(
        type(new)(new.header, new.field, GUESSED if new.header == longest else old.confidence)
        for new, old in zip(corrected.choices, mapping.choices, strict=True)
    )
    return Mapping(mapping.schema, choices)


def _text_length(cells: Sequence[object]) -> float:
    """Return the mean length of the cells that are texts, 0 when most are numbers, codes or empty."""
    filled = [" ".join(str(cell).split()) for cell in cells if cell is not None]
    texts = [one for one in filled if sum(char.isalpha() for char in one) >= _LEAST_LETTERS * len(one)]
    return mean(len(one) for one in texts) if filled and len(texts) * 2 > len(filled) else 0.0


def _no_text(mapping: Mapping) -> str:
    side: SideName = "needs" if mapping.schema == "needs" else "offers"
    headers = ", ".join(f"« {choice.header} »" for choice in mapping.choices)
    return (
        f"Aucune colonne ne semble dire ce que chaque {WORD_OF_SIDE[side]} est. Colonnes lues : {headers}. "
        f"Dites laquelle : --colonnes {WORD_OF_SIDE[side]}=TITRE."
    )
