"""From read lines to a problem of rounds: grams, litres, seconds, metres, millionths of a euro."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from maillage.core.errors import UserMistake
from maillage.importers.municipalities import Gazetteer
from maillage.importers.roads import assumptions, road_matrix
from maillage.importers.rows import TypedRow
from maillage.interfaces.cli.touring.columns import STOPS, VEHICLES
from maillage.interfaces.cli.touring.ground import Ground
from maillage.interfaces.cli.touring.rows import ReadRows, read_rows
from maillage_engine.errors import InvalidProblem
from maillage_engine.methods.tour.distances import crow_flies
from maillage_engine.methods.tour.problem import FOREVER, Pause, TourProblem, Vehicle, Visit
from maillage_engine.methods.tour.week import Rhythm

EURO = 1_000_000
DEFAULT_PAUSE = (11 * 3600 + 1800, 14 * 3600)
MANY = 50
"""Supposed vans: as many as needed in practice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The files and choices of the command; ``depot`` is where vehicles that say nothing start and end."""

    stops: Path
    vehicles: Path | None = None
    depot: str | None = None
    apart: tuple[tuple[str, str], ...] = ()
    roads: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """``rhythms`` is empty when no stop comes back; ``notes`` say what was supposed; ``priced``: costs are in euros."""

    problem: TourProblem
    rhythms: tuple[Rhythm, ...]
    notes: tuple[str, ...]
    priced: bool
    filename: str


def build(asked: Asked, gazetteer: Gazetteer | None) -> Built:
    """Read the files and return the problem; raise ``UserMistake`` with what to do."""
    ground, notes = Ground(gazetteer), list[str]()
    depot = None if asked.depot is None else ground.named(asked.depot)
    fleet = None if asked.vehicles is None else read_rows(asked.vehicles, VEHICLES)
    vehicles, priced = _vehicles(fleet, ground, depot, notes)
    stops = read_rows(asked.stops, STOPS)
    visits, rhythms = _visits(stops, ground, notes)
    metres, seconds, convention = _matrices(ground, asked.roads, notes)
    dearest = _dearest(vehicles, metres, seconds)
    try:
        problem = TourProblem(
            visits=tuple(one if wished is None else wished(dearest) for one, wished in visits),
            vehicles=tuple(vehicles),
            metres=metres,
            seconds=seconds,
            dimensions=("kg", "m3"),
            apart=asked.apart,
            places=tuple(ground.names),
            coordinates=np.array(ground.points),
            cost_unit=EURO,
            convention=convention,
        )
    except InvalidProblem as error:
        rows = stops if error.attribute in VISIT_ATTRIBUTES else fleet
        raise UserMistake(_told(error, rows)) from error
    returning = any(one.every > 1 for one in rhythms) or "every" in stops.headers
    notes.extend(f"{one}" for one in ground.remarks)
    return Built(problem, tuple(rhythms) if returning else (), tuple(notes), priced, asked.stops.name)


VISIT_ATTRIBUTES = frozenset(
    {"visits", "deliver", "collect", "window", "service", "prize", "priority", "place", "every"}
)


def _told(error: InvalidProblem, rows: ReadRows | None) -> str:
    if rows is None or error.row is None:
        return error.message
    line = rows.lines[error.row][0] if error.row < len(rows.lines) else error.row
    return f"« {rows.filename} », ligne {line} : {error.message.split(' : ', 1)[-1]}"


def _visits(stops: ReadRows, ground: Ground, notes: list[str]) -> tuple[list[Any], list[Rhythm]]:
    """Return (visit, what gives it a price once distances are known or None) and the rhythm of each line."""
    usual = round(assumptions()["service_minutes"].value * 60)
    names: set[str] = set()
    found, rhythms, silent = [], [], 0
    for number, values in stops.lines:
        row = TypedRow(number, values)
        name = row.text("name") or row.text("municipality") or f"ligne {number}"
        name = name if name not in names else f"{name} (ligne {number})"
        names.add(name)
        silent += "service" not in values
        amounts = (values.get("kg", 0), values.get("m3", 0))
        delivers = values.get("side") == "deliver"
        visit = Visit(
            id=name,
            place=ground.of_row(row, name),
            deliver=amounts if delivers else (0, 0),
            collect=(0, 0) if delivers else amounts,
            window=(values.get("early", 0), values.get("late", FOREVER)),
            service=values.get("service", usual),
            material=row.text("material").strip().lower(),
        )
        found.append(_prized(visit, values, number))
        rhythms.append(Rhythm(max(1, int(values.get("every", 1)))))
        if values.get("every", 1) < 1:
            raise UserMistake(f"Ligne {number} : un arrêt revient tous les 1 jour au moins.")
    if silent:
        notes.append(assumptions()["service_minutes"].sentence)
    return found, rhythms


def _prized(visit: Visit, values: dict[str, Any], number: int) -> Any:
    price: Decimal | None = values.get("price")
    priority = values.get("priority", "must" if price is None else "spare")
    if priority == "must":
        return visit, None
    if price is not None:
        return _with(visit, round(price * EURO)), None
    if priority == "spare":
        raise UserMistake(
            f"Ligne {number} : un arrêt facultatif dit ce qu’il vaut. Remplissez « Valeur (€) », "
            "ou écrivez « souhaité » pour le desservir dès qu’une tournée le peut."
        )
    return visit, lambda dearest: _with(visit, dearest)


def _with(visit: Visit, prize: int) -> Visit:
    return replace(visit, prize=prize)


def _vehicles(
    fleet: ReadRows | None, ground: Ground, depot: int | None, notes: list[str]
) -> tuple[list[Vehicle], bool]:
    """Return the vehicles, and whether one of them at least says a price."""
    if fleet is None:
        if depot is None:
            raise UserMistake("D’où partent les tournées ? Ajoutez --depot COMMUNE, ou --vehicules FICHIER.")
        known = assumptions()
        notes.extend(known[code].sentence for code in ("van_kg", "van_m3", "day_start", "day_end"))
        capacity = (round(known["van_kg"].value * 1000), round(known["van_m3"].value * 1000))
        shift = (round(known["day_start"].value * 3600), round(known["day_end"].value * 3600))
        van = Vehicle("fourgon supposé", capacity, depot, depot, MANY, shift, metre_cost=1000)
        return [van], False
    found = [_vehicle(number, values, ground, depot) for number, values in fleet.lines]
    priced = any({"per_km", "per_hour", "fixed"} & set(values) for _, values in fleet.lines)
    return found, priced


def _vehicle(number: int, values: dict[str, Any], ground: Ground, depot: int | None) -> Vehicle:
    start = ground.named(values["start"]) if "start" in values else depot
    if start is None:
        raise UserMistake(
            f"Véhicules, ligne {number} : d’où part-il ? Remplissez « Départ », ou ajoutez --depot."
        )
    per_km, per_hour = values.get("per_km", 0), values.get("per_hour", 0)
    costs = any(name in values for name in ("per_km", "per_hour", "fixed"))
    materials = values.get("materials")
    return Vehicle(
        id=str(values.get("name", f"véhicule {number}")),
        capacity=(values.get("kg", FOREVER), values.get("m3", FOREVER)),
        start=start,
        end=ground.named(values["end"]) if "end" in values else start,
        number=int(values.get("number", 1)),
        shift=(values.get("early", 0), values.get("late", FOREVER)),
        longest_seconds=values.get("longest", FOREVER),
        longest_metres=round(values["furthest"] * 1000) if "furthest" in values else FOREVER,
        fixed_cost=round(values.get("fixed", 0) * EURO),
        metre_cost=round(per_km * EURO / 1000) if costs else 1000,
        second_cost=round(per_hour * EURO / 3600),
        materials=None if not materials else tuple(one.strip().lower() for one in materials),
        reload_at=tuple(ground.named(one) for one in values.get("unload", ())),
        reload_seconds=values.get("unload_time", 0),
        pause=_pause(values),
    )


def _pause(values: dict[str, Any]) -> Pause | None:
    if not values.get("pause"):
        return None
    early, late = DEFAULT_PAUSE
    return Pause(values.get("pause_early", early), values.get("pause_late", late), values["pause"])


def _matrices(ground: Ground, roads: str | None, notes: list[str]) -> tuple[Any, Any, str]:
    if roads:
        matrix = road_matrix(ground.points, roads)
        return np.array(matrix.metres), np.array(matrix.seconds), matrix.source
    factor, speed = assumptions()["road_factor"], assumptions()["mean_speed"]
    notes.extend((factor.sentence, speed.sentence))
    metres, seconds = crow_flies(np.array(ground.points), factor=factor.value, kmh=speed.value)
    words = f"vol d’oiseau × {factor.value:g}, à {speed.value:g} km/h (à préciser)".replace(".", ",")
    return metres, seconds, words


def _dearest(vehicles: Sequence[Vehicle], metres: Any, seconds: Any) -> int:
    """Return more than any round trip costs: the price of a stop that is wished, whatever the detour."""
    far, long = int(metres.max()) * 2, int(seconds.max()) * 2 + 8 * 3600
    return 1 + max(one.fixed_cost + one.metre_cost * far + one.second_cost * long for one in vehicles)
