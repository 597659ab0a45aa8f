"""From points to a matrix: the question in the calculator's words, block by block, and its answer in ours."""

import math
from collections.abc import Sequence
from typing import Any

from maillage.core.errors import UserMistake
from maillage.importers.roads.fetch import ask
from maillage.importers.roads.schema import Matrix

Point = tuple[float, float]
Rows = list[list[int]]

MOST_AT_ONCE = 50
"""Sources, and as many destinations, asked together: public defaults accept a hundred points."""


def road_matrix(points: Sequence[Point], address: str) -> Matrix:
    """Return the matrix of points (latitude, longitude) by the calculator at ``address``.

    Raises ``UserMistake`` when it does not answer, or when a point cannot be reached.
    """
    kind, url = _kind(address)
    size = len(points)
    metres: Rows = [[0] * size for _ in range(size)]
    seconds: Rows = [[0] * size for _ in range(size)]
    blocks = [range(start, min(start + MOST_AT_ONCE, size)) for start in range(0, size, MOST_AT_ONCE)]
    for sources in blocks:
        for targets in blocks:
            told = (_valhalla if kind == "valhalla" else _osrm)(points, sources, targets, url)
            for row, source in enumerate(sources):
                for column, target in enumerate(targets):
                    if source != target:
                        metres[source][target] = _whole(told[0], row, column, source, target)
                        seconds[source][target] = _whole(told[1], row, column, source, target)
    names = {"osrm": "OSRM", "valhalla": "Valhalla"}
    source_words = f"par la route, {names[kind]} ({url}), © les contributeurs d’OpenStreetMap"
    return Matrix(tuple(map(tuple, metres)), tuple(map(tuple, seconds)), source_words)


def _kind(address: str) -> tuple[str, str]:
    for kind in ("osrm", "valhalla"):
        if address.startswith(f"{kind}+"):
            return kind, address.removeprefix(f"{kind}+").rstrip("/")
    return "osrm", address.rstrip("/")


def _osrm(points: Sequence[Point], sources: range, targets: range, url: str) -> tuple[Any, Any]:
    asked = sorted({*sources, *targets})
    rank = {point: at for at, point in enumerate(asked)}
    path = ";".join(f"{points[at][1]:.6f},{points[at][0]:.6f}" for at in asked)
    froms = ";".join(str(rank[at]) for at in sources)
    tos = ";".join(str(rank[at]) for at in targets)
    address = (
        f"{url}/table/v1/driving/{path}?annotations=duration,distance&sources={froms}&destinations={tos}"
    )
    answer = ask(address)
    if answer.get("code") != "Ok":
        told = answer.get("message") or answer.get("code") or "sans raison donnée"
        raise UserMistake(f"Le calculateur d’itinéraires a refusé : {told}.")
    return answer.get("distances"), answer.get("durations")


def _valhalla(points: Sequence[Point], sources: range, targets: range, url: str) -> tuple[Any, Any]:
    body = {
        "sources": [{"lat": points[at][0], "lon": points[at][1]} for at in sources],
        "targets": [{"lat": points[at][0], "lon": points[at][1]} for at in targets],
        "costing": "auto",
        "units": "kilometers",
    }
    table = ask(f"{url}/sources_to_targets", body=body).get("sources_to_targets")
    if not isinstance(table, list):
        raise UserMistake("Le calculateur d’itinéraires n’a pas donné de table : vérifiez son adresse.")
    try:
        kilometres = [[cell.get("distance") for cell in row] for row in table]
        metres = [[None if one is None else one * 1000 for one in row] for row in kilometres]
        return metres, [[cell.get("time") for cell in row] for row in table]
    except (AttributeError, TypeError) as error:
        raise UserMistake("La table du calculateur d’itinéraires ne se lit pas.") from error


def _whole(table: Any, row: int, column: int, source: int, target: int) -> int:
    try:
        value = table[row][column]
    except (IndexError, TypeError, KeyError) as error:
        raise UserMistake("La table du calculateur d’itinéraires n’a pas la taille demandée.") from error
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        raise UserMistake(
            f"Aucune route entre le lieu {source + 1} et le lieu {target + 1} : vérifiez leurs coordonnées."
        )
    return math.ceil(value)
