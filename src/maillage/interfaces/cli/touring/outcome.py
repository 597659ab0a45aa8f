"""What a command has planned: one day or several, each certified before it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.french import typography
from maillage.interfaces.cli.certified import refuse_faults
from maillage.interfaces.drawing.map_frame import Town
from maillage_engine.certify import Proof
from maillage_engine.certify.proof import relative_gap
from maillage_engine.certify.tour import certify_tour
from maillage_engine.explain.tour import KINDS_FR, clock_fr, why_left_out
from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.methods.tour.result import Round, TourResult


@dataclass(frozen=True, slots=True)
class Emissions:
    """Kilograms of CO₂e a kilometre, and where the factor comes from."""

    per_km: float
    source: str

    def of(self, metres: int) -> dict[str, Any]:
        """Return the figure with its factor and source."""
        return {"kg": round(metres / 1000 * self.per_km, 3), "kg_per_km": self.per_km, "source": self.source}


@dataclass(frozen=True, slots=True)
class Planned:
    """One day; ``day`` is None when the plan is of a single day."""

    day: int | None
    problem: TourProblem
    result: TourResult
    proof: Proof


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is written or said: ``unit`` is that of costs (« € », « km » without prices, nothing for the
    published instances); ``notes`` say what was supposed; ``ground`` are the communes of the map."""

    plans: tuple[Planned, ...]
    notes: tuple[str, ...]
    emissions: Emissions | None
    seconds: float
    unit: str
    published: bool
    ground: tuple[Town, ...] = ()

    @property
    def metres(self) -> int:
        """Of every round of every day."""
        return sum(one.result.metres for one in self.plans)


def certified(problem: TourProblem, result: TourResult, *, day: int | None = None) -> Planned:
    """Return the plan with its certificate; raise ``NotCertified`` when it does not hold."""
    proof = certify_tour(problem, result)
    refuse_faults(
        proof.faults, "Le plan trouvé n’a pas passé sa vérification, il n’est pas montré : {faults}."
    )
    return Planned(day, problem, result, proof)


def as_json(told: Told) -> dict[str, Any]:
    """Return the plan as ``--sortie`` writes it; costs in the unit that people read."""
    plans = told.plans
    unit = plans[0].problem.cost_unit
    cost = sum(one.result.cost for one in plans)
    bounds = [one.result.bound for one in plans]
    bound = None if None in bounds else sum(one for one in bounds if one is not None)
    proofs = [one.proof.as_dict() for one in plans]
    found = {
        "cost": _readable(cost, unit),
        "bound": None if bound is None else _readable(bound, unit),
        "gap": relative_gap(float(cost), None if bound is None else float(bound)),
        "seconds": round(told.seconds, 3),
        "status": status_of(plans),
        "certificate": proofs[0] if len(proofs) == 1 else proofs,
        "cost_unit": told.unit,
        "cost_of_rounds": _readable(sum(each.cost for one in plans for each in one.result.rounds), unit),
        "convention": plans[0].problem.convention,
        "numbering": "identifiants des arrêts tels que lus ; dans les formats publiés, 0 est le dépôt et les clients "
        "suivent dans l’ordre du fichier",
        "km": told.metres / 1000,
        "hours": round(sum(one.result.seconds for one in plans) / 3600, 4),
        "co2e": None if told.emissions is None else told.emissions.of(told.metres),
        "notes": list(told.notes),
    }
    if told.published:
        # distances of the published instances are no kilometres
        del found["km"], found["hours"]
    if len(plans) == 1 and plans[0].day is None:
        return {**found, **_day(plans[0])}
    days = [{"day": (one.day or 0) + 1, **_day(one)} for one in plans]
    return {**found, "routes": [route for day in days for route in day["routes"]], "days": days}


def status_of(plans: Sequence[Planned]) -> str:
    """Return the worst of the days."""
    order = ("infeasible", "stopped", "feasible", "optimal")
    return min((one.result.status for one in plans), key=order.index)


def _readable(value: int, unit: int) -> float | int:
    return value if unit == 1 else value / unit


def _day(one: Planned) -> dict[str, Any]:
    problem, result = one.problem, one.result
    return {
        "routes": [[problem.visits[row].id for row in each.visits] for each in result.rounds],
        "timetable": [_round(problem, each) for each in result.rounds],
        "left_out": [
            {
                "id": problem.visits[each.visit].id,
                "required": problem.visits[each.visit].prize is None,
                "reason": each.reason,
                "why": typography(why_left_out(problem, each)),
            }
            for each in result.left_out
        ],
    }


def _round(problem: TourProblem, each: Round) -> dict[str, Any]:
    return {
        "vehicle": vehicle_name(problem, each),
        "km": each.metres / 1000,
        "seconds": each.seconds,
        "cost": _readable(each.cost, problem.cost_unit),
        "lines": [
            {
                "kind": line.kind,
                "id": problem.visits[line.visit].id if line.visit >= 0 else None,
                "place": problem.places[line.place] if problem.places else str(line.place),
                "arrival": line.arrival,
                "begin": line.begin,
                "leave": line.leave,
                "load": dict(zip(problem.dimensions, line.load, strict=True)),
            }
            for line in each.lines
        ],
    }


def vehicle_name(problem: TourProblem, each: Round) -> str:
    """Return the name of the vehicle, numbered when there are several alike."""
    about = problem.vehicles[each.vehicle]
    return about.id if about.number == 1 else f"{about.id} n° {each.copy + 1}"


HEADERS = (
    *("Jour", "Véhicule", "Ordre", "Étape", "Arrêt", "Lieu", "Arrivée", "Début", "Départ"),
    *(
        "À bord (kg)",
        "À bord (m³)",
        "Km depuis l’étape d’avant",
        "Pas desservi, parce que",
        "latitude",
        "longitude",
    ),
)


def table_rows(plans: Sequence[Planned]) -> list[list[Any]]:
    """Return one line a step, then one for each stop left out."""
    found: list[list[Any]] = []
    for one in plans:
        day = None if one.day is None else one.day + 1
        for each in one.result.rounds:
            name = vehicle_name(one.problem, each)
            for order, line in enumerate(each.lines):
                stop = one.problem.visits[line.visit].id if line.visit >= 0 else None
                loads: list[float | None] = []
                loads.extend(round(load / 1000, 3) for load in line.load[:2])
                loads += [None] * (2 - len(loads))
                hours = [clock_fr(moment) for moment in (line.arrival, line.begin, line.leave)]
                where = [_place(one.problem, line.place), *hours, *loads, round(line.metres / 1000, 3), None]
                found.append(
                    [day, name, order, KINDS_FR[line.kind], stop, *where, *_point(one.problem, line.place)]
                )
        for left in one.result.left_out:
            visit = one.problem.visits[left.visit]
            why = typography(why_left_out(one.problem, left))
            blank = [None] * 6
            row = [day, None, None, "Pas desservi", visit.id, _place(one.problem, visit.place), *blank, why]
            found.append([*row, *_point(one.problem, visit.place)])
    return found


def _place(problem: TourProblem, place: int) -> str:
    return problem.places[place] if problem.places else str(place)


def _point(problem: TourProblem, place: int) -> list[float | None]:
    if problem.coordinates is None:
        return [None, None]
    return [float(one) for one in problem.coordinates[place]]
