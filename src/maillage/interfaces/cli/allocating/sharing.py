"""A sharing made, proved and explained, whatever it was read from."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from maillage.core.errors import UserMistake
from maillage.interfaces.cli.certified import refuse_faults
from maillage.interfaces.drawing.map_frame import Point, Town
from maillage_engine.certify import Proof
from maillage_engine.certify.allocate import certify_allocation, certify_cut
from maillage_engine.methods.allocate.fairness import Group
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.methods.allocate.unlock import Unlock, unlocks
from maillage_engine.methods.allocate.unmet import UnmetReport, unmet
from maillage_engine.methods.allocate.warm import prepare
from maillage_engine.scale.allocate_parts import allocate_parts
from maillage_engine.scale.runners import Runner
from maillage_engine.stop import Stop

FAIRNESS: dict[str, Group] = {"commune": "commune", "famille": "family"}
MOST_CUTS = 1_000
"""Cuts that are checked one by one, the first ones."""
MOST_UNLOCKS = 3
NOT_SHOWN = "Le partage n’a pas passé sa vérification, il n’est pas montré : {faults}."


@dataclass(frozen=True, slots=True)
class Where:
    """Where each need and each offer is, None when it is not known; the communes of the map."""

    needs: Sequence[Point | None]
    offers: Sequence[Point | None]
    ground: Sequence[Town]


@dataclass(frozen=True, eq=False)
class Shared:
    """``seconds``: the sharing and its certificate, once the engine is loaded.

    ``why``: words of the rules for needs that nobody can serve, by row; ``reach_km``: the distance that was asked;
    ``where``: None when the file says no places.
    """

    problem: AllocationProblem
    result: AllocationResult
    proof: Proof
    report: UnmetReport
    unlocks: tuple[Unlock, ...]
    seconds: float
    remarks: tuple[str, ...] = ()
    why: dict[int, str] = field(default_factory=dict)
    reach_km: float | None = None
    where: Where | None = None


def share(
    problem: AllocationProblem,
    *,
    seconds: float | None,
    fairness: str | None = None,
    most_unlocks: int = MOST_UNLOCKS,
    remarks: tuple[str, ...] = (),
    runner: Runner | None = None,
) -> Shared:
    """Share out (by parts when a ``runner`` is given, without fairness), certify, explain.

    Raises ``NotCertified`` when a certificate does not hold.
    """
    prepare()
    begun = time.monotonic()
    stop = Stop(seconds=seconds or None)
    if runner is not None and fairness:
        raise UserMistake("--equite lie toutes les parties du partage : retirez --processus ou --grappe.")
    if runner is None:
        result = allocate(problem, stop=stop, fairness=FAIRNESS[fairness] if fairness else None)
    else:
        result = allocate_parts(problem, runner=runner, stop=stop)
    proof = certify_allocation(problem, result)
    spent = time.monotonic() - begun
    refuse_faults(proof.faults[:1], NOT_SHOWN)
    report = unmet(problem, result)
    cuts = (certify_cut(problem, result, cut) for cut in report.cuts[:MOST_CUTS])
    refuse_faults([check for check in cuts if not check.passed][:1], NOT_SHOWN)
    found: tuple[Unlock, ...] = ()
    if result.status == "optimal" and result.way == "flow" and most_unlocks:
        found = unlocks(problem, result, most=most_unlocks)
    return Shared(problem, result, proof, report, found, spent, remarks)
