"""The bridge to the engine's measures of a network. Actors are marks, not names: names come when somebody reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.domain.matching.bridges.mistakes import engine_sentences
from maillage.domain.matching.studies.outcome import StudyOutcome
from maillage_engine.explain.network import DEFINITIONS, meeting_fr, single_point_fr, summary_fr
from maillage_engine.files.study import Study, study_bytes
from maillage_engine.methods.network import STILL, NetworkProblem, NetworkResult
from maillage_engine.methods.network.seeing import neighbours
from maillage_engine.stop import Stop
from maillage_engine.studies import carry_out

EPOCH = date(1970, 1, 1)
TOP = 10


@dataclass(frozen=True, slots=True)
class DatedLink:
    """Two actors that deal with each other from a day to another (None: it goes on), and in which project."""

    one: str
    other: str
    first: date
    last: date | None
    project: str


def network_study(
    links: Sequence[DatedLink],
    *,
    today: date,
    facilitator: str | None,
    needs: Mapping[str, frozenset[str]],
    offers: Mapping[str, frozenset[str]],
    cancelled: Callable[[], bool],
) -> StudyOutcome:
    """Measure, certify and tell a network. Raises ``UserMistake``."""
    with engine_sentences():
        problem = NetworkProblem.from_links(
            [(one.one, one.other, _day(one.first), _last(one.last), one.project) for one in links],
            today=_day(today),
            facilitator=facilitator,
            needs=dict(needs),
            offers=dict(offers),
        )
        study = Study("network", problem, {"k": TOP}, problem.digest())
        done = carry_out(study, stop=Stop(cancelled=cancelled))
    result: NetworkResult = done.result
    return StudyOutcome(
        result=_told(problem, result),
        problem=study_bytes(study),
        digest=study.digest,
        engine_version=result.engine_version,
        encoder_build="",
        certificate=done.proofs[0].as_dict(),
        objective=None,
        bound=None,
        gap=None,
        needs=result.actors,
        offers=result.links,
    )


def _day(day: date) -> int:
    return (day - EPOCH).days


def _last(day: date | None) -> int:
    return STILL if day is None else _day(day)


def _told(problem: NetworkProblem, result: NetworkResult) -> dict[str, Any]:
    around = neighbours(problem)
    points = {one.actor for one in result.single_points}
    return {
        "headline": summary_fr(problem, result)[0],
        "summary": summary_fr(problem, result)[1:],
        "definitions": {name: [one.label, one.definition, one.source] for name, one in DEFINITIONS.items()},
        "actors": [
            {"key": name, "links": len(around[row]), "cut": row in points, "core": row in result.core}
            for row, name in enumerate(problem.actors)
        ],
        "links": [
            [problem.actors[one], problem.actors[other]]
            for one, others in enumerate(around)
            for other in sorted(others)
            if one < other
        ],
        "proposed": [[problem.actors[one.one], problem.actors[one.other]] for one in result.meetings],
        "brokers": [[problem.actors[one.actor], round(100 * one.share, 1)] for one in result.brokers],
        "single_points": [single_point_fr(problem, one) for one in result.single_points],
        "meetings": [meeting_fr(problem, one) for one in result.meetings],
        "quarters": [
            [f"{one.year}, trimestre {one.quarter}", one.actors, one.links, one.new_links, one.components]
            for one in result.quarters
        ],
    }
