"""Read a GeoJSON file of outlines."""

import json
from pathlib import Path
from typing import Any, BinaryIO

from maillage.core.errors import UserMistake

_LARGEST = 500 * 1024 * 1024


def features(source: Path | BinaryIO) -> list[dict[str, Any]]:
    """Return the features of a ``FeatureCollection``; raise ``UserMistake`` when the file is something else."""
    name = source.name if isinstance(source, Path) else "fichier"
    try:
        content = source.read_bytes() if isinstance(source, Path) else source.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise UserMistake(
                f"Le fichier « {name} » dépasse 500 Mo : importez les contours par département."
            )
        document = json.loads(content)
    except (OSError, ValueError, RecursionError) as error:
        raise UserMistake(
            f"Le fichier « {name} » n’est pas un GeoJSON lisible. Téléchargez-le de nouveau."
        ) from error
    found = document.get("features") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise UserMistake(f"Le fichier « {name} » n’est pas une collection de contours (FeatureCollection).")
    return [feature for feature in found if isinstance(feature, dict)]
