"""The bridge to the engine's rounds."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from maillage.domain.matching.bridges.mistakes import engine_sentences
from maillage.domain.matching.studies.outcome import StudyOutcome
from maillage.domain.matching.studies.round_rows import RoundsAsked, RoundStop, RoundVehicle
from maillage_engine.certify.proof import relative_gap
from maillage_engine.explain.french_numbers import counted_fr, kilometres_fr
from maillage_engine.explain.tour import clock_fr, cost_fr, duration_fr, quantity_fr, why_left_out
from maillage_engine.files.study import Study, study_bytes
from maillage_engine.methods.tour.distances import crow_flies
from maillage_engine.methods.tour.problem import TourProblem, Vehicle, Visit
from maillage_engine.methods.tour.result import Round
from maillage_engine.methods.tour.week import Day
from maillage_engine.stop import Stop
from maillage_engine.studies import carry_out
from maillage_engine.version import ENGINE_VERSION

DIMENSIONS = ("kg", "m3")
THOUSAND, MINUTE, HOUR = 1000, 60, 3600
MICROS = 1_000_000
"""Cost units in a euro."""
WEEK = 7


def plan_rounds(asked: RoundsAsked, *, seed: int, cancelled: Callable[[], bool]) -> StudyOutcome:
    """Plan, certify and tell the rounds of some days. Raises ``UserMistake`` with the engine's sentence."""
    with engine_sentences():
        problem = _problem(asked)
        study = Study("tour_week", problem, _arguments(asked, seed), problem.digest())
        done = carry_out(study, stop=Stop(cancelled=cancelled))
    plan, bound = done.result, done.bound
    return StudyOutcome(
        result={**_totals(problem, plan.days), "days": [_day(problem, asked, day) for day in plan.days]},
        problem=study_bytes(study),
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
        encoder_build="",
        certificate={"valid": done.valid, "days": [one.as_dict() for one in done.proofs]},
        objective=done.objective / MICROS,
        bound=None if bound is None else bound / MICROS,
        gap=relative_gap(done.objective, bound),
        needs=len(asked.stops),
        offers=sum(one.number for one in asked.vehicles),
    )


def _arguments(asked: RoundsAsked, seed: int) -> dict[str, Any]:
    return {
        "days": asked.days,
        "every": [one.every for one in asked.stops],
        "allowed": [sorted(_allowed(one, asked.days)) for one in asked.stops],
        "iterations": asked.iterations,
        "seed": seed,
    }


def _problem(asked: RoundsAsked) -> TourProblem:
    points = np.array([asked.depot, *((one.latitude, one.longitude) for one in asked.stops)])
    metres, seconds = crow_flies(points, factor=asked.factor, kmh=asked.kmh)
    return TourProblem(
        visits=tuple(
            Visit(
                id=one.key,
                place=row,
                collect=(_small(one.kg), _small(one.m3)),
                window=(one.opens * MINUTE, one.closes * MINUTE),
                service=asked.service_minutes * MINUTE,
            )
            for row, one in enumerate(asked.stops, start=1)
        ),
        vehicles=tuple(_vehicle(one) for one in asked.vehicles),
        metres=metres,
        seconds=seconds,
        dimensions=DIMENSIONS,
        coordinates=points,
        cost_unit=MICROS,
    )


def _vehicle(one: RoundVehicle) -> Vehicle:
    return Vehicle(
        id=one.name,
        capacity=(_small(one.kg), _small(one.m3)),
        number=one.number,
        shift=(one.leaves * MINUTE, one.back * MINUTE),
        metre_cost=round(one.km_cost * MICROS / THOUSAND),
        second_cost=round(one.hour_cost * MICROS / HOUR),
    )


def _small(amount: float) -> int:
    """Grams of kilogrammes, litres of cubic metres; rounded up, so that nothing is overloaded."""
    return int(np.ceil(round(amount * THOUSAND, 6)))


def _allowed(stop: RoundStop, days: int) -> frozenset[int]:
    return frozenset(day for day in range(days) if day % WEEK in stop.open_days)


def _totals(problem: TourProblem, days: Sequence[Day]) -> dict[str, Any]:
    results = [day.result for day in days if day.result is not None]
    served = sum(len(one.visits) for result in results for one in result.rounds)
    left = sum(len(result.left_out) for result in results)
    rounds = sum(len(result.rounds) for result in results)
    metres = sum(result.metres for result in results)
    kilometres = kilometres_fr(metres)
    return {
        "headline": f"{counted_fr(served, 'passage', 'passages')} sur {served + left}, "
        f"en {counted_fr(rounds, 'tournée', 'tournées')} et {kilometres}.",
        "passages": served,
        "left_out": left,
        "rounds": rounds,
        "metres": metres,
        "kilometres": kilometres,
        "hours": duration_fr(sum(result.seconds for result in results)),
        "cost": cost_fr(problem, sum(one.cost for result in results for one in result.rounds)),
    }


def _day(whole: TourProblem, asked: RoundsAsked, day: Day) -> dict[str, Any]:
    if day.problem is None or day.result is None:
        return {"day": day.day, "rounds": [], "left_out": []}
    problem = day.problem
    return {
        "day": day.day,
        "rounds": [_round(problem, one, asked) for one in day.result.rounds],
        "left_out": [
            {"intent": problem.visits[one.visit].id, "sentence": why_left_out(problem, one)}
            for one in day.result.left_out
        ],
    }


def _round(problem: TourProblem, one: Round, asked: RoundsAsked) -> dict[str, Any]:
    vehicle = problem.vehicles[one.vehicle]
    return {
        "vehicle": vehicle.id,
        "copy": one.copy,
        "capacity": [amount / THOUSAND for amount in vehicle.capacity],
        "kilometres": kilometres_fr(one.metres),
        "hours": duration_fr(one.seconds),
        "cost": cost_fr(problem, one.cost),
        "lines": [
            {
                "kind": line.kind,
                "intent": problem.visits[line.visit].id if line.visit >= 0 else "",
                "point": [float(value) for value in _point(asked, line.place)],
                "arrival": line.arrival,
                "begin": line.begin,
                "leave": line.leave,
                "at": clock_fr(line.begin),
                "load": [amount / THOUSAND for amount in line.load],
                "load_words": [
                    quantity_fr(amount, name)
                    for amount, name in zip(line.load, DIMENSIONS, strict=True)
                    if amount
                ],
            }
            for line in one.lines
        ],
    }


def _point(asked: RoundsAsked, place: int) -> tuple[float, float]:
    return asked.depot if place == 0 else (asked.stops[place - 1].latitude, asked.stops[place - 1].longitude)
