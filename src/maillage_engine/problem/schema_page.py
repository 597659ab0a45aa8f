"""The reference page of the schema, made from ``schema.csv``: ``python -m maillage_engine.problem.schema_page``."""

import sys
from collections.abc import Iterator

from maillage_engine.problem.dimensions import BASE_UNITS
from maillage_engine.problem.schema import Attribute, attributes

HEAD = """# Le schéma d’un besoin ou d’une offre

Page produite à partir de `schema.csv` par `python -m maillage_engine.problem.schema_page` : ne la modifiez pas
à la main.

Un problème a deux côtés, les besoins et les offres, décrits par les mêmes colonnes. Ce sont aussi les colonnes des
deux fichiers CSV que lit `maillage_engine.files.read_problem` (UTF-8, virgule, une ligne d’en-tête). Une colonne
facultative peut manquer ; une cellule vide prend la valeur par défaut.

| colonne | type | unité | par défaut | ce que c’est | présence |
|---|---|---|---|---|---|
"""

FORMATS = """
## Comment s’écrit une cellule

| forme | exemple |
|---|---|
| nombre | `12,5` ou `12.5` |
| date | `2026-05-01` |
| heures de la semaine | `2:8-18 4:14-16` : le mardi de 8 h à 18 h et le jeudi de 14 h à 16 h (lundi 1, dimanche 7) |
| mois | douze nombres de 0 à 100, de janvier à décembre, séparés par des espaces |
| type | le code d’un type du catalogue |
| structure (`party`) | n’importe quel nom, le même pour toutes les lignes d’une structure |
| autorisations | des codes séparés par une barre verticale |

## Dimensions et unités de base

| dimension | unité de base |
|---|---|
"""

PRESENCE = {"required": "obligatoire", "optional": "facultative", "computed": "calculée"}


def page() -> str:
    """Return the whole page, in Markdown."""
    units = "".join(f"| `{name}` | {unit or 'un'} |\n" for name, unit in BASE_UNITS.items())
    return HEAD + "".join(_lines()) + FORMATS + units


def _lines() -> Iterator[str]:
    for one in attributes().values():
        cells = (f"`{one.name}`", _type(one), one.unit, one.default, one.description, PRESENCE[one.status])
        yield f"| {' | '.join(cells)} |\n"


def _type(one: Attribute) -> str:
    if one.width is None:
        return one.kind
    return f"{one.kind} × {one.width or 'd'}"


if __name__ == "__main__":
    sys.stdout.write(page())
