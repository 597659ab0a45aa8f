"""The report of rounds: map, timetable, loads, what is left out and why, certificate."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from maillage.core.french import number, plural
from maillage.interfaces.cli.report.blocks import (
    Block,
    Certificate,
    Fact,
    Figure,
    Page,
    Prose,
    Reason,
    Reasons,
    Section,
    Table,
    write_page,
)
from maillage.interfaces.cli.touring.outcome import Planned, Told, vehicle_name
from maillage.interfaces.drawing import figure
from maillage.interfaces.drawing.map_figure import Line, Place, map_figure
from maillage.interfaces.drawing.map_frame import Town
from maillage.interfaces.drawing.profile import Step, profile
from maillage.interfaces.drawing.timetable import Interval, Lane, timetable
from maillage_engine.explain.tour import UNITS, clock_fr, duration_fr, quantity_fr, summary_fr, why_left_out
from maillage_engine.methods.tour.problem import FOREVER
from maillage_engine.methods.tour.result import Round

MOST_PROFILES = 12
KINDS = {"visit": "work", "reload": "promised", "pause": "rest"}
CHECKS = {
    "digest": "Le plan est celui de ces données",
    "once": "Chaque arrêt est servi une fois, ou dit non servi",
    "fleet": "Aucun véhicule n’est à deux endroits",
    "ends": "Départs et retours",
    "hours": "Trajets et horaires",
    "pause": "Pauses des conducteurs",
    "load": "Capacités",
    "materials": "Matières à ne pas mêler",
    "length": "Durées et longueurs",
    "cost": "Coût recompté",
    "bound": "Borne",
}


def write_rounds(path: Path, told: Told, *, day: date) -> None:
    """Write the page; a published instance has no map, its points are not on Earth."""
    plans = told.plans
    sections = []
    for one in plans:
        name = "" if one.day is None else f" du jour {one.day + 1}"
        sections.append(
            Section(f"Les tournées{name}", _figures(one, told.ground, on_earth=not told.published))
        )
        if one.result.left_out:
            sections.append(Section(f"Ce qui n’est pas desservi{name}", (_left_out(one),)))
    if told.notes:
        sections.append(Section("Ce qui est supposé", (Prose((), told.notes),)))
    first = plans[0]
    page = Page(
        _title(plans),
        " ".join(summary_fr(first.problem, first.result)) if len(plans) == 1 else "",
        facts=_facts(told),
        sections=tuple(sections),
        certificate=_certificate(told),
        day=day,
    )
    write_page(path, page)


def _title(plans: Sequence[Planned]) -> str:
    rounds = sum(len(one.result.rounds) for one in plans)
    stops = sum(len(one.problem.visits) - len(one.result.left_out) for one in plans)
    return (
        f"{number(rounds)} {plural(rounds, 'tournée', 'tournées')} pour {number(stops)} "
        f"{plural(stops, 'arrêt', 'arrêts')}."
    )


def _facts(told: Told) -> tuple[Fact, ...]:
    seconds = sum(one.result.seconds for one in told.plans)
    left = sum(len(one.result.left_out) for one in told.plans)
    rounds = sum(len(one.result.rounds) for one in told.plans)
    facts = [Fact(number(rounds), plural(rounds, "tournée", "tournées"))]
    if not told.published:
        facts = [
            Fact(f"{number(told.metres / 1000, digits=0)} km", "parcourus"),
            Fact(duration_fr(seconds), "de conduite et d’arrêts, pauses à part"),
        ]
    facts.append(Fact(number(left), plural(left, "arrêt reste de côté", "arrêts restent de côté")))
    if told.emissions is not None:
        kilograms = told.emissions.of(told.metres)["kg"]
        facts.append(Fact(f"{number(kilograms, digits=0)} kg", f"de CO₂e ({told.emissions.source})"))
    return tuple(facts)


def _certificate(told: Told) -> Certificate:
    """Return the certificate of every day, costs in the unit that people read."""
    proofs = [Certificate.of(one.proof, names=CHECKS, unit=told.unit) for one in told.plans]
    if len(proofs) > 1:
        return Certificate(tuple(check for one in proofs for check in one.checks))
    first, scale = proofs[0], told.plans[0].problem.cost_unit
    objective = None if first.objective is None else first.objective / scale
    bound = None if first.bound is None else first.bound / scale
    return replace(first, objective=objective, bound=bound)


def _figures(one: Planned, ground: Sequence[Town], *, on_earth: bool) -> tuple[Block, ...]:
    found: list[Block] = []
    if on_earth and one.problem.coordinates is not None:
        found.append(Figure(_map(one, ground)))
    found.append(Figure(_timetable(one)))
    found.append(Table(_steps(one)))
    for each in one.result.rounds[:MOST_PROFILES]:
        found.extend(Figure(drawing) for drawing in _profiles(one, each))
    return tuple(found)


def _map(one: Planned, ground: Sequence[Town]) -> figure.Drawing:
    problem = one.problem
    if problem.coordinates is None:
        raise AssertionError("a map without points")
    points = [(float(latitude), float(longitude)) for latitude, longitude in problem.coordinates]
    places: list[Place] = []
    lines = []
    depots = {each.lines[0].place for each in one.result.rounds} | {
        each.lines[-1].place for each in one.result.rounds
    }
    places.extend(Place(*points[row], problem.places[row], "square") for row in sorted(depots))
    for each in one.result.rounds:
        name = vehicle_name(problem, each)
        lines.append(Line(tuple(points[line.place] for line in each.lines), name))
        for order, row in enumerate(each.visits, start=1):
            visit = problem.visits[row]
            places.append(Place(*points[visit.place], visit.id, "ring", str(order), name))
    for left in one.result.left_out:
        visit = problem.visits[left.visit]
        places.append(Place(*points[visit.place], visit.id, "diamond", "", "pas desservi"))
    words = {"square": "Dépôt", "ring": "Arrêt, avec son rang", "diamond": "Pas desservi"}
    return map_figure(
        places,
        title="Les tournées sur la carte",
        lines=lines,
        towns=ground,
        words=words,
        source=problem.convention,
    )


def _timetable(one: Planned) -> figure.Drawing:
    lanes = []
    for each in one.result.rounds:
        intervals = []
        for before, line in zip(each.lines[:-1], each.lines[1:], strict=True):
            if line.arrival > before.leave:
                intervals.append(Interval(before.leave / 60, line.arrival / 60, "", "travel"))
            if line.leave > line.begin:
                name = one.problem.visits[line.visit].id if line.visit >= 0 else ""
                intervals.append(
                    Interval(line.begin / 60, line.leave / 60, name, KINDS.get(line.kind, "quiet"))
                )
        lanes.append(Lane(vehicle_name(one.problem, each), tuple(intervals)))
    return timetable(lanes, title="L’horaire de chaque véhicule", words={"promised": "Déchargement"})


def _steps(one: Planned) -> figure.Table:
    problem = one.problem
    rows: list[tuple[str | int | float | None, ...]] = []
    for each in one.result.rounds:
        for order, row in enumerate(each.visits, start=1):
            line = next(line for line in each.lines if line.visit == row)
            load = ", ".join(
                quantity_fr(amount, name) for amount, name in zip(line.load, problem.dimensions, strict=True)
            )
            rows.append(
                (
                    vehicle_name(problem, each),
                    order,
                    problem.visits[row].id,
                    clock_fr(line.begin),
                    clock_fr(line.leave),
                    load,
                )
            )
    return figure.Table(
        "Les arrêts dans l’ordre",
        ("Véhicule", "Rang", "Arrêt", "Début", "Départ", "À bord ensuite"),
        tuple(rows),
    )


def _profiles(one: Planned, each: Round) -> list[figure.Drawing]:
    """Return the load along a round, in each dimension in which something is carried."""
    found = []
    about = one.problem.vehicles[each.vehicle]
    for at, name in enumerate(one.problem.dimensions):
        if not any(line.load[at] for line in each.lines):
            continue
        unit, divisor = UNITS.get(name, ("", 1))
        steps = [
            Step(line.leave / 60, line.load[at] / divisor, _label(one, line.visit, line.place))
            for line in each.lines
        ]
        capacity = None if about.capacity[at] >= FOREVER else about.capacity[at] / divisor
        title = f"{vehicle_name(one.problem, each)} : charge à bord"
        found.append(profile(steps, title=title, unit=unit, capacity=capacity, scale="clock"))
    return found


def _label(one: Planned, visit: int, place: int) -> str:
    return one.problem.visits[visit].id if visit >= 0 else one.problem.places[place]


def _left_out(one: Planned) -> Reasons:
    return Reasons(
        tuple(
            Reason(one.problem.visits[left.visit].id, against=(why_left_out(one.problem, left),))
            for left in one.result.left_out
        )
    )
