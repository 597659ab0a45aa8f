"""What is seen of a network, as plain values: each measure with its definition and its source."""

from dataclasses import asdict
from typing import Any

from maillage.core.french import typography
from maillage_engine.certify import Proof
from maillage_engine.explain.network import DEFINITIONS, meeting_fr, single_point_fr
from maillage_engine.methods.network import STILL, NetworkProblem, NetworkResult


def as_json(
    problem: NetworkProblem, result: NetworkResult, proof: Proof, *, seconds: float
) -> dict[str, Any]:
    """Return the network as ``--sortie`` writes it; nothing is optimised: no cost, no bound."""
    return {
        "cost": None,
        "bound": None,
        "gap": None,
        "seconds": round(seconds, 3),
        "status": result.status,
        "certificate": proof.as_dict(),
        "actors": result.actors,
        "links": result.links,
        "measures": {
            name: {**asdict(DEFINITIONS[name]), "value": value}
            for name, value in _measures(problem, result).items()
        },
    }


def _measures(problem: NetworkProblem, result: NetworkResult) -> dict[str, Any]:
    names = problem.actors
    reach = result.reach
    return {
        "density": result.density,
        "components": {
            "groups": [[names[row] for row in group] for group in result.components],
            "isolated": [names[row] for row in result.isolated],
        },
        "brokers": [{"actor": names[one.actor], "share": one.share} for one in result.brokers],
        "single_points": [
            {
                "actor": names[one.actor],
                "pieces": list(one.pieces),
                "cut_off": one.cut_off,
                "sentence": typography(single_point_fr(problem, one)),
            }
            for one in result.single_points
        ],
        "core": {
            "core": [names[row] for row in result.core],
            "core_number": max(result.core_numbers, default=0),
            "periphery": [names[row] for row in result.periphery],
            "core_numbers": dict(zip(names, result.core_numbers, strict=True)),
        },
        "quarters": [asdict(one) for one in result.quarters],
        "lasting_projects": [
            {
                "project": problem.projects[one.project],
                "actors": [names[row] for row in one.actors],
                "days": one.days,
                "goes_on": one.last_day == STILL or one.last_day >= problem.today,
            }
            for one in result.lasting_projects
        ],
        "reach": None if reach is None else {**asdict(reach), "alone": [names[row] for row in reach.alone]},
        "meetings": [
            {
                "one": names[one.one],
                "other": names[one.other],
                "common": [names[row] for row in one.common],
                "closeness": one.closeness,
                "complements": list(one.complements),
                "score": one.score,
                "why": typography(meeting_fr(problem, one)),
            }
            for one in result.meetings
        ],
    }
