"""A sharing made, proved and explained, whatever it was read from."""

import time
from dataclasses import dataclass, field

from maillage.core.errors import UserMistake
from maillage_engine.certify import Check, Proof
from maillage_engine.certify.allocate import certify_allocation, certify_cut
from maillage_engine.errors import EngineError
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


class UnprovedSharing(EngineError):
    """The certificate of a sharing fails: nothing of it is shown."""


@dataclass(frozen=True, eq=False)
class Shared:
    """``seconds``: the sharing and its certificate, once the engine is loaded.

    ``why``: words of the rules for needs that nobody can serve, by row; ``reach_km``: the distance that was asked.
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

    Raises ``UnprovedSharing`` when a certificate does not hold.
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
    _refuse(proof.faults)
    report = unmet(problem, result)
    _refuse(
        tuple(
            check
            for check in (certify_cut(problem, result, cut) for cut in report.cuts[:MOST_CUTS])
            if not check.passed
        )
    )
    found: tuple[Unlock, ...] = ()
    if result.status == "optimal" and result.way == "flow" and most_unlocks:
        found = unlocks(problem, result, most=most_unlocks)
    return Shared(problem, result, proof, report, found, spent, remarks)


def _refuse(faults: tuple[Check, ...]) -> None:
    if faults:
        fault = faults[0]
        raise UnprovedSharing(
            f"Le partage n’a pas passé sa vérification, il n’est pas montré : {fault.name} ({fault.detail})."
        )
