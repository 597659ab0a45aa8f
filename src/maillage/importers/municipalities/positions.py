"""The point of each commune, from GeoNames.

A GeoNames place carries the INSEE code of its commune (fourth administrative level). Among the places of one
commune, the one that bears its name is taken, then a seat before a village before a quarter, then the most
populous. A place that carries the code of a commune that has since joined another gives its point to the new
commune only when nothing better does. A place without a code is matched by name inside its département, when
one commune alone bears that name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from maillage.core.french import fold
from maillage.importers.municipalities.schema import MunicipalityRow

COUNTRIES = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF"})
_DEPARTMENT_OF = {
    "GP": "971",
    "MQ": "972",
    "GF": "973",
    "RE": "974",
    "PM": "975",
    "YT": "976",
    "BL": "977",
    "MF": "978",
    "WF": "986",
    "PF": "987",
    "NC": "988",
}
_RANKS = {
    "PPLC": 6,
    "PPLA": 5,
    "PPLA2": 5,
    "PPLA3": 4,
    "PPLA4": 4,
    "PPLA5": 3,
    "PPL": 3,
    "PPLL": 1,
    "PPLX": 0,
}
Point = tuple[float, float]
_Rank = tuple[int, int, int, int]


def locate(
    municipalities: Sequence[MunicipalityRow], places: Iterable[Sequence[str]], successors: Mapping[str, str]
) -> dict[str, Point]:
    """Return (latitude, longitude) by commune code; ``successors`` gives the present code of a former one."""
    names = {row.code: fold(row.name) for row in municipalities}
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in municipalities:
        by_name[row.department, fold(row.name)].append(row.code)
    best: dict[str, tuple[_Rank, Point]] = {}
    for cells in places:
        found = _commune_of(cells, names, by_name, successors)
        if found is None:
            continue
        code, own_code = found
        rank = _rank(cells, names[code], own_code)
        point = (float(cells[4]), float(cells[5]))
        if code not in best or (rank, point) > best[code]:
            best[code] = (rank, point)
    return {code: point for code, (_, point) in best.items()}


def _commune_of(
    cells: Sequence[str],
    names: Mapping[str, str],
    by_name: Mapping[tuple[str, str], list[str]],
    successors: Mapping[str, str],
) -> tuple[str, bool] | None:
    code = cells[13]
    if code in names:
        return code, True
    if code in successors:
        return successors[code], False
    department = _DEPARTMENT_OF.get(cells[8], cells[11])
    for name in (cells[1], cells[2]):
        codes = by_name.get((department, fold(name)), [])
        if len(codes) == 1:
            return codes[0], True
    return None


def _rank(cells: Sequence[str], name: str, own_code: bool) -> _Rank:
    spellings = {fold(cells[1]), fold(cells[2])}
    same = 2 if name in spellings else 1 if name in {fold(one) for one in cells[3].split(",")} else 0
    return (same, int(own_code), _RANKS.get(cells[7], 2), int(cells[14] or 0))
