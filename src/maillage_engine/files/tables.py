"""The canonical tables: two CSV files whose columns are those of ``schema.csv``, and a catalogue in JSON.

UTF-8, comma, one heading line. A column may be missing when the schema gives it a default; an empty cell takes
that default. ``type`` holds codes of the catalogue, ``party`` any label, ``holds`` and ``requires`` codes of
authorisations parted by ``|``. People's own files are read elsewhere: nothing is guessed here.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from maillage_engine.errors import InvalidFile, InvalidProblem
from maillage_engine.files.cells import PLAIN_FORMATS, BadCell
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.schema import Attribute, attributes
from maillage_engine.problem.side import Side
from maillage_engine.problem.types import Link, ResourceType, TypeTable, authorisation_bits
from maillage_engine.text.analysis import MAX_CHARACTERS
from maillage_engine.text.encode import need_vectors, offer_vectors
from maillage_engine.text.encoder import Encoder

LONGEST_CELL = 50_000_000


@dataclass
class _Codes:
    """What the cells name: types of the catalogue, authorisations, and parties as they come."""

    types: TypeTable
    authorisations: tuple[str, ...]
    parties: dict[str, int] = field(default_factory=dict)

    def value(self, attribute: Attribute, text: str) -> object:
        """Return the value of a cell; raise ``BadCell``."""
        if attribute.format in PLAIN_FORMATS:
            return PLAIN_FORMATS[attribute.format](text)
        if attribute.format == "label":
            return self.parties.setdefault(text, len(self.parties))
        if attribute.format == "code":
            if text not in self.types.index:
                raise BadCell(f"le type « {text} » n’est pas dans le catalogue ; vérifiez le code.")
            return self.types.index[text]
        try:
            return authorisation_bits(text.split("|"), self.authorisations)
        except InvalidProblem as error:
            raise BadCell(f"« {text} » : autorisation inconnue ; connues : {self.authorisations}.") from error


def read_problem(
    needs: Path, offers: Path, *, encoder: Encoder, today: int, catalogue: Path | None = None
) -> Problem:
    """Return the problem of two canonical tables and a catalogue (none: every type is unknown).

    ``today``: days since 1970-01-01. Raises ``InvalidFile`` naming the file, the line and the column.
    """
    types, authorisations = read_catalogue(catalogue) if catalogue else (TypeTable(), ())
    codes = _Codes(types, authorisations)
    sides = [_side(path, codes) for path in (needs, offers)]
    vectors = (need_vectors(encoder, sides[0]["texts"]), offer_vectors(encoder, sides[1]["texts"]))
    built = []
    for path, side, encoded in zip((needs, offers), sides, vectors, strict=True):
        try:
            built.append(Side.build(vectors=encoded, **side))
        except InvalidProblem as error:
            line = None if error.row is None else error.row + 2
            raise InvalidFile(str(path), error.message, line=line, column=error.attribute) from error
    return Problem.from_arrays(
        needs=built[0],
        offers=built[1],
        types=types,
        authorisations=authorisations,
        today=today,
        meaning_scale=encoder.scale,
    )


def read_catalogue(path: Path) -> tuple[TypeTable, tuple[str, ...]]:
    """Return the types with their links, and the codes of authorisations, of a JSON file.

    ``{"authorisations": [code…], "types": [{code, label, kind, parent, dimension, hazardous, requires}…],
    "links": [{offer, need, closeness, relation, condition}…]}``. Raises ``InvalidFile``.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        types = tuple(_from(ResourceType, one) for one in content["types"])
        links = tuple(_from(Link, one) for one in content.get("links", ()))
        return TypeTable(types, links), tuple(content.get("authorisations", ()))
    except FileNotFoundError as error:
        raise InvalidFile(str(path), "ce fichier n’existe pas ; vérifiez son nom.") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidFile(str(path), f"ce n’est pas un catalogue ({error}).") from error
    except InvalidProblem as error:
        raise InvalidFile(str(path), error.message) from error


def _from(kind: type[Any], plain: Mapping[str, Any]) -> Any:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    return kind(**values)


def _side(path: Path, codes: _Codes) -> dict[str, Any]:
    columns: dict[str, list[object]] = {}
    ids: list[str] = []
    texts: list[str] = []
    for line, cells in _lines(path):
        ids.append(cells.pop("id"))
        texts.append(cells.pop("text"))
        for name, text in cells.items():
            columns.setdefault(name, []).append(_value(path, line, name, text, codes))
    arrays = {name: np.array(values, dtype=attributes()[name].dtype) for name, values in columns.items()}
    renamed = {"types" if name == "type" else name: array for name, array in arrays.items()}
    return {"ids": ids, "texts": texts, **renamed}


def _value(path: Path, line: int, name: str, text: str, codes: _Codes) -> object:
    attribute = attributes()[name]
    if not text.strip():
        default = attribute.default_value
        return [default] * attribute.width if attribute.width else default
    try:
        return codes.value(attribute, text.strip())
    except BadCell as error:
        raise InvalidFile(str(path), str(error), line=line, column=name) from error


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            heading = next(reader, [])
            _check_heading(path, heading)
            for cells in reader:
                if len(cells) != len(heading):
                    message = f"{len(cells)} cellules au lieu de {len(heading)} ; vérifiez les guillemets."
                    raise InvalidFile(str(path), message, line=reader.line_num)
                named = dict(zip(heading, cells, strict=True))
                named["text"] = named["text"][:MAX_CHARACTERS]
                yield reader.line_num, named
    except FileNotFoundError as error:
        raise InvalidFile(str(path), "ce fichier n’existe pas ; vérifiez son nom.") from error
    except UnicodeDecodeError as error:
        raise InvalidFile(str(path), "le fichier n’est pas en UTF-8 ; enregistrez-le ainsi.") from error
    except (OSError, csv.Error) as error:
        raise InvalidFile(str(path), f"le fichier ne se lit pas ({error}).") from error


def _check_heading(path: Path, heading: list[str]) -> None:
    known = {name for name, one in attributes().items() if one.status != "computed"}
    for name in heading:
        if name not in known:
            raise InvalidFile(
                str(path), f"colonne inconnue ; connues : {', '.join(sorted(known))}.", column=name
            )
        if heading.count(name) > 1:
            raise InvalidFile(str(path), "la colonne est là deux fois ; gardez-en une.", column=name)
    for name, one in attributes().items():
        if one.status == "required" and name not in heading:
            raise InvalidFile(str(path), "cette colonne manque ; ajoutez-la.", column=name)
