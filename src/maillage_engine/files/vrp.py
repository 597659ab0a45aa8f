"""Published instances of rounds: VRPLIB (CVRP, VRPTW, PCVRPTW and their like) and Solomon's text.

Read by the package ``vrplib``. Each family has its rounding, and a cost only compares under it:

- ``round``: distances to the nearest whole number (CVRPLIB, sets A to X);
- ``dimacs``: times ten, then cut, so that one decimal is kept (DIMACS 2021 challenge; Solomon, Gehring and Homberger,
  and the prize-collecting ones); costs are told divided by ten;
- ``trunc``: cut to a whole number; ``exact``: times a thousand, to the nearest (costs divided by a thousand).

Travel takes as long as it is far. Stops are numbered as CVRPLIB's solutions do: 0 is the first depot of the file, the
first customer after one depot is 1, which in Solomon's text is also the number written on the line.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.errors import InvalidFile, InvalidProblem
from maillage_engine.files.plain_text import text_of
from maillage_engine.methods.tour.problem import FOREVER, TourProblem, Vehicle, Visit


@dataclass(frozen=True, slots=True)
class Rounding:
    """``whole`` makes integers; a cost is divided by ``unit`` to be told; ``french`` says so."""

    name: str
    unit: int
    whole: Callable[[Floats], Int64s]
    french: str


def _nearest(values: Floats) -> Int64s:
    return np.rint(values).astype(np.int64)


ROUNDINGS: dict[str, Rounding] = {
    one.name: one
    for one in (
        Rounding("round", 1, _nearest, "distances arrondies à l’entier le plus proche (CVRPLIB)"),
        Rounding(
            "dimacs",
            10,
            lambda values: np.trunc(10 * values).astype(np.int64),
            "distances tronquées à une décimale (DIMACS 2021)",
        ),
        Rounding(
            "trunc", 1, lambda values: np.trunc(values).astype(np.int64), "distances tronquées à l’entier"
        ),
        Rounding(
            "exact", 1000, lambda values: _nearest(1000 * values), "distances arrondies à trois décimales"
        ),
    )
}
UNKNOWN = ("mutually_exclusive_group", "pickup_and_delivery", "vehicles_allowed_clients")
"""Sections that are not read: a file that has one is refused rather than misread."""


def looks_published(text: str) -> bool:
    """Whether the beginning of a file is VRPLIB or Solomon's."""
    words = text[:4000].upper()
    return _is_solomon(words) or ("DIMENSION" in words and ":" in words and "TYPE" in words)


def read_vrp(path: Path, *, rounding: str | None = None) -> TourProblem:
    """Return the problem of a published instance; ``rounding`` None takes the one of its family.

    Raises ``InvalidFile`` with what is wrong.
    """
    import vrplib  # noqa: PLC0415 - loaded at the first use

    text = text_of(path)
    if not text.strip():
        raise InvalidFile(str(path), "le fichier est vide.")
    kind = "solomon" if _is_solomon(text.upper()) else "vrplib"
    try:
        instance = vrplib.read_instance(str(path), instance_format=kind)
        return _problem(instance, rounding or _family(kind, instance))
    except InvalidProblem as error:
        raise InvalidFile(str(path), error.message) from error
    except _Unreadable as error:
        raise InvalidFile(str(path), str(error)) from error
    except (RuntimeError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        words = "le fichier ne suit ni VRPLIB ni le format de Solomon ; vérifiez ses sections, et qu’il est entier."
        raise InvalidFile(str(path), words) from error


class _Unreadable(Exception):
    """What is wrong with an instance, in French."""


def _is_solomon(words: str) -> bool:
    return "CUSTOMER" in words and "VEHICLE" in words and "NODE_COORD_SECTION" not in words


def _family(kind: str, instance: Mapping[str, Any]) -> str:
    return "dimacs" if kind == "solomon" or "time_window" in instance else "round"


def _problem(instance: Mapping[str, Any], name: str) -> TourProblem:
    rounding = ROUNDINGS[name]
    for section in UNKNOWN:
        if section in instance:
            raise _Unreadable(f"la section {section.upper()}_SECTION n’est pas prise en charge.")
    if str(instance.get("type", "")).upper() == "VRPB":
        raise _Unreadable(
            "les tournées avec retours obligatoires en fin (VRPB) ne sont pas prises en charge."
        )
    lengths = np.asarray(instance["edge_weight"], dtype=np.float64)
    size = int(instance.get("dimension", len(lengths)))
    if lengths.shape != (size, size):
        raise _Unreadable(f"{size} lieux annoncés, {len(lengths)} lus.")
    if not np.isfinite(lengths).all():
        raise _Unreadable("des coordonnées ne sont pas des nombres.")
    metres = rounding.whole(lengths)
    np.fill_diagonal(metres, 0)
    depots = [int(one) for one in np.atleast_1d(instance.get("depot", 0))]
    coordinates = instance.get("node_coord")
    quantities = _quantities(instance, size)
    return TourProblem(
        visits=_visits(instance, rounding, depots, quantities),
        vehicles=_vehicles(instance, rounding, depots, size - len(depots), quantities["demand"].shape[1]),
        metres=metres,
        seconds=metres,
        dimensions=tuple(f"q{at + 1}" for at in range(quantities["demand"].shape[1])),
        places=tuple(str(place) for place in range(size)),
        coordinates=None if coordinates is None else np.asarray(coordinates, dtype=np.float64),
        cost_unit=rounding.unit,
        convention=rounding.french,
    )


def _quantities(instance: Mapping[str, Any], size: int) -> dict[str, Int64s]:
    found = {}
    for name in ("demand", "backhaul"):
        said = np.asarray(instance.get(name, np.zeros(size)), dtype=np.float64)
        said = said[:, None] if said.ndim == 1 else said
        if len(said) != size:
            raise _Unreadable(f"{size} lieux, mais {len(said)} quantités.")
        if (said < 0).any() or not np.isfinite(said).all():
            raise _Unreadable("une quantité est négative ou n’est pas un nombre.")
        if (said != np.rint(said)).any():
            raise _Unreadable("les quantités doivent être entières.")
        found[name] = said.astype(np.int64)
    if found["backhaul"].shape != found["demand"].shape:
        found["backhaul"] = np.broadcast_to(found["backhaul"], found["demand"].shape)
    return found


def _each(instance: Mapping[str, Any], name: str, size: int, rounding: Rounding) -> Int64s:
    """Return one whole number a place (or a row of them); 0 when the file says nothing."""
    said = np.asarray(instance.get(name, 0), dtype=np.float64)
    if not np.isfinite(said).all():
        raise _Unreadable(f"{name.upper()} contient autre chose que des nombres.")
    return rounding.whole(np.broadcast_to(said, (size,)))


def _visits(
    instance: Mapping[str, Any], rounding: Rounding, depots: list[int], quantities: Mapping[str, Int64s]
) -> tuple[Visit, ...]:
    size = len(quantities["demand"])
    services = _each(instance, "service_time", size, rounding)
    releases = _each(instance, "release_time", size, rounding)
    prizes = _each(instance, "prize", size, rounding)
    windows = _windows(instance, size, rounding)
    return tuple(
        Visit(
            id=str(place),
            place=place,
            deliver=tuple(int(one) for one in quantities["demand"][place]),
            collect=tuple(int(one) for one in quantities["backhaul"][place]),
            window=windows[place],
            service=int(services[place]),
            release=int(releases[place]),
            # in the published prize-collecting instances, no prize means that the customer must be served
            prize=int(prizes[place]) or None,
        )
        for place in range(size)
        if place not in depots
    )


def _windows(instance: Mapping[str, Any], size: int, rounding: Rounding) -> list[tuple[int, int]]:
    if "time_window" not in instance:
        return [(0, FOREVER)] * size
    said = rounding.whole(np.asarray(instance["time_window"], dtype=np.float64))
    if said.shape != (size, 2):
        raise _Unreadable(f"{size} lieux, mais {len(said)} horaires.")
    return [(int(first), int(last)) for first, last in said]


def _vehicles(
    instance: Mapping[str, Any], rounding: Rounding, depots: list[int], visits: int, width: int
) -> tuple[Vehicle, ...]:
    """Return the vehicles, those alike counted together."""
    count = int(instance.get("vehicles", visits))
    if count < 1:
        raise _Unreadable("aucun véhicule.")
    capacities = _capacities(instance, count, width)
    starts = np.broadcast_to(np.asarray(instance.get("vehicles_depot", depots[0] + 1)) - 1, (count,))
    shifts = _windows(instance, len(np.asarray(instance["edge_weight"])), rounding)
    longest = _limits(instance, "vehicles_max_duration", count, rounding, FOREVER)
    furthest = _limits(instance, "vehicles_max_distance", count, rounding, FOREVER)
    fixed = _limits(instance, "vehicles_fixed_cost", count, rounding, 0)
    reloads = _reloads(instance, count)
    kinds = Counter(
        Vehicle(
            id="",
            capacity=tuple(int(one) for one in capacities[row]),
            start=int(starts[row]),
            end=int(starts[row]),
            shift=shifts[int(starts[row])],
            longest_seconds=longest[row],
            longest_metres=furthest[row],
            fixed_cost=fixed[row],
            reload_at=reloads[row],
        )
        for row in range(count)
    )
    return tuple(
        replace(kind, id=f"v{rank}", number=number)
        for rank, (kind, number) in enumerate(kinds.items(), start=1)
    )


def _capacities(instance: Mapping[str, Any], count: int, width: int) -> Floats:
    said = np.asarray(instance.get("capacity", FOREVER), dtype=np.float64)
    return np.broadcast_to(said[:, None] if said.ndim == 1 else said, (count, width))


def _limits(
    instance: Mapping[str, Any], name: str, count: int, rounding: Rounding, otherwise: int
) -> list[int]:
    if name not in instance:
        return [otherwise] * count
    said = np.broadcast_to(np.asarray(instance[name], dtype=np.float64), (count,))
    return [int(one) for one in rounding.whole(said)]


def _reloads(instance: Mapping[str, Any], count: int) -> list[tuple[int, ...]]:
    if "vehicles_reload_depot" not in instance:
        return [()] * count
    said = instance["vehicles_reload_depot"]
    return [tuple(int(one) - 1 for one in np.atleast_1d(row)) for row in said]
