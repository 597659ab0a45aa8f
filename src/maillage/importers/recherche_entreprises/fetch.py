"""Read a saved answer of the search: one page, several pages in a list, or one result a line."""

import json
from pathlib import Path
from typing import Any, BinaryIO

from maillage.core.errors import UserMistake

_LARGEST = 200 * 1024 * 1024


def results(source: Path | BinaryIO) -> list[dict[str, Any]]:
    """Return the results; raise ``UserMistake`` when the file is something else."""
    name = source.name if isinstance(source, Path) else "fichier"
    try:
        content = source.read_bytes() if isinstance(source, Path) else source.read(_LARGEST + 1)
    except OSError as error:
        raise UserMistake(f"Le fichier « {name} » ne se lit pas.") from error
    if len(content) > _LARGEST:
        raise UserMistake(f"Le fichier « {name} » dépasse 200 Mo : découpez-le.")
    found = _flattened(_document(content, name))
    if not found:
        raise UserMistake(f"Le fichier « {name} » ne contient aucun résultat de « recherche d’entreprises ».")
    return found


def _document(content: bytes, name: str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        pass  # not one document: perhaps one a line
    try:
        return [json.loads(line) for line in content.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise UserMistake(f"Le fichier « {name} » n’est pas un fichier JSON lisible.") from error


def _flattened(document: Any) -> list[dict[str, Any]]:
    if isinstance(document, dict):
        if isinstance(document.get("results"), list):
            return _flattened(document["results"])
        return [document] if "siren" in document else []
    if isinstance(document, list):
        return [one for part in document for one in _flattened(part)]
    return []
