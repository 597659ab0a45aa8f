"""A plan of rounds as its page tells it."""

from dataclasses import dataclass
from typing import Any

from maillage.core.periods import DAYS
from maillage.domain.actors.viewer import Viewer
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.shared_out import proof
from maillage.domain.matching.studies.shown import intents_shown

KINDS_FR = {"start": "départ", "end": "retour", "pause": "pause", "reload": "déchargement"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of a timetable; times in seconds since midnight."""

    label: str
    key: str
    kind: str
    point: tuple[float, float]
    arrival: int
    begin: int
    leave: int
    at: str
    load: tuple[float, ...]
    load_words: str


@dataclass(frozen=True, slots=True)
class RoundShown:
    """One vehicle's day."""

    label: str
    capacity: tuple[float, ...]
    about: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day: its rounds, and what could not be served."""

    label: str
    rounds: tuple[RoundShown, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RoundsShown:
    """Everything the page shows of a plan."""

    headline: str
    facts: tuple[tuple[str, str], ...]
    proof: str
    rests_on: tuple[str, ...]
    days: tuple[DayShown, ...]
    without_place: tuple[str, ...]


def read_rounds(*, viewer: Viewer, run: MatchingRun) -> RoundsShown:
    """Return a plan as its reader may see it: a stop they may not see keeps its hour and loses its name."""
    told = run.result
    keys = {line["intent"] for day in told["days"] for one in day["rounds"] for line in one["lines"]}
    keys |= {one["intent"] for day in told["days"] for one in day["left_out"]} | set(told["without_place"])
    seen = intents_shown(viewer=viewer, keys=keys)
    names = {key: f"{view.title} ({view.who})" for key, view in seen.items()}
    depot = run.parameters["depot"]["label"]
    return RoundsShown(
        headline=told["headline"],
        facts=(("Distance", told["kilometres"]), ("Temps", told["hours"]), ("Coût", f"{told['cost']} €")),
        proof=proof(run),
        rests_on=tuple(run.parameters["rests_on"]),
        days=tuple(_day(day, names, depot) for day in told["days"] if day["rounds"] or day["left_out"]),
        without_place=tuple(names[key] for key in told["without_place"] if key in names),
    )


def _day(day: dict[str, Any], names: dict[str, str], depot: str) -> DayShown:
    week, rank = divmod(day["day"], len(DAYS))
    label = f"{DAYS[rank].capitalize()}{f', semaine {week + 1}' if week else ''}"
    return DayShown(
        label,
        tuple(_round(one, names, depot) for one in day["rounds"]),
        tuple((names.get(one["intent"], "Un arrêt"), one["sentence"]) for one in day["left_out"]),
    )


def _round(one: dict[str, Any], names: dict[str, str], depot: str) -> RoundShown:
    return RoundShown(
        label=f"{one['vehicle']} {one['copy'] + 1}",
        capacity=tuple(one["capacity"]),
        about=f"{one['kilometres']}, {one['hours']}, {one['cost']} €",
        stages=tuple(
            Stage(
                label=names.get(line["intent"], "Un arrêt")
                if line["intent"]
                else f"{depot} ({KINDS_FR[line['kind']]})",
                key=line["intent"],
                kind=line["kind"],
                point=(line["point"][0], line["point"][1]),
                arrival=line["arrival"],
                begin=line["begin"],
                leave=line["leave"],
                at=line["at"],
                load=tuple(line["load"]),
                load_words=", ".join(line["load_words"]) or "rien à bord",
            )
            for line in one["lines"]
        ),
    )
