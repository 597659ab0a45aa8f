"""The bridge to sharing out: who gets what, what stays unmet and why, what would unlock most."""

from collections import defaultdict
from typing import Any

import numpy as np

from maillage.domain.matching.bridge import KeptProblem
from maillage.domain.matching.bridges.mistakes import engine_sentences
from maillage.domain.matching.bridges.sharing_problem import sharing_problem
from maillage.domain.matching.bridges.unlocking import Unlocked, unlocked
from maillage.domain.matching.studies.listening import Listener
from maillage.domain.matching.studies.outcome import StudyOutcome
from maillage.domain.matching.studies.share_rows import Labels, SharingAsked
from maillage_engine.certify.allocate import certify_cut
from maillage_engine.explain.allocation import quantity_fr, why_fr
from maillage_engine.explain.french_numbers import counted_fr, kilometres_fr
from maillage_engine.files.study import Study, study_bytes
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.unmet import UnmetReport, unmet
from maillage_engine.problem.dimensions import BASE_UNITS, DIMENSIONS
from maillage_engine.stop import Stop
from maillage_engine.studies import carry_out

GROUPS = {"none": None, "municipality": "commune", "type": "family"}
LEAST = 1e-9

SEVERAL = 2  # from two on, French takes the plural


def share_out(
    *, problem: KeptProblem, labels: Labels, asked: SharingAsked, seed: int, listener: Listener
) -> StudyOutcome:
    """Share out, certify the sharing and the cuts of what stays unmet, verify what would unlock.

    Raises ``UserMistake`` with the engine's sentence.
    """
    with engine_sentences():
        sharing = sharing_problem(problem, labels, asked)
        arguments = {"seed": seed, "fairness": GROUPS[asked.fairness], "seconds": asked.seconds}
        study = Study("allocate", sharing, arguments, sharing.digest())
        stop = Stop(seconds=asked.seconds, cancelled=listener.cancelled)
        done = carry_out(study, stop=stop)
        result: AllocationResult = done.result
        report = unmet(sharing, result)
        cuts = [certify_cut(sharing, result, cut) for cut in report.cuts]
        listener.step(3, "Chercher ce qui débloquerait le plus")
        found = unlocked(problem, sharing, result, report, stop=stop)
    (proof,) = done.proofs
    certificate = proof.as_dict()
    valid = certificate["valid"] and all(check.passed for check in cuts)
    return StudyOutcome(
        result=_told(problem, sharing, result, report, found),
        problem=study_bytes(study),
        digest=study.digest,
        engine_version=result.engine_version,
        encoder_build="",
        certificate={**certificate, "valid": valid, "cuts": len(cuts)},
        objective=proof.objective,
        bound=proof.bound,
        gap=proof.gap,
        needs=sharing.needs,
        offers=sharing.offers,
    )


def _told(
    problem: KeptProblem,
    sharing: AllocationProblem,
    result: AllocationResult,
    report: UnmetReport,
    found: list[Unlocked],
) -> dict[str, Any]:
    wanted = sharing.need_quantity.sum(axis=1)
    served = result.served(sharing).sum(axis=1)
    whole = served >= wanted * (1 - LEAST)
    part = ~whole & (served > wanted * LEAST)
    figures = {
        "whole": int(whole.sum()),
        "part": int(part.sum()),
        "none": int((~whole & ~part).sum()),
    }
    return {
        "headline": _headline(figures, sharing.needs),
        "status": result.status,
        "way": result.way,
        "figures": figures,
        "dimensions": _dimensions(problem, wanted, served),
        "flows": _flows(problem, sharing, result),
        "received": [
            {"need": sharing.need_ids[row], "words": _words(served[row], sharing.need_unit[row])}
            for row in np.flatnonzero(served > wanted * LEAST).tolist()
        ],
        "unmet": _unmet(problem, sharing, result, report, served),
        "idle": _idle(sharing, result),
        "unlock": [{"sentence": one.sentence, "needs": list(one.needs)} for one in found],
    }


def _headline(figures: dict[str, int], needs: int) -> str:
    whole, part, none = figures["whole"], figures["part"], figures["none"]
    counted = counted_fr(needs, "besoin chiffré", "besoins chiffrés")
    served = "entièrement servi" if whole < SEVERAL else "entièrement servis"
    return f"Sur {counted}, {whole} {served}, {part} en partie, {none} sans rien."


def _words(amount: float, unit: str) -> str:
    return quantity_fr(float(amount), unit)


def _dimensions(problem: KeptProblem, wanted: Any, served: Any) -> list[dict[str, Any]]:
    lines = []
    for at in np.unique(problem.needs.dimension).tolist():
        here = problem.needs.dimension == at
        unit = BASE_UNITS[DIMENSIONS[at]]
        asked, given = float(wanted[here].sum()), float(served[here].sum())
        lines.append(
            {
                "dimension": DIMENSIONS[at],
                "wanted": asked,
                "served": given,
                "wanted_words": _words(asked, unit),
                "served_words": _words(given, unit),
            }
        )
    return lines


def _flows(
    problem: KeptProblem, sharing: AllocationProblem, result: AllocationResult
) -> list[dict[str, Any]]:
    totals: dict[int, float] = defaultdict(float)
    for edge, quantity in zip(result.edge.tolist(), result.quantity.tolist(), strict=True):
        totals[edge] += quantity
    lines = []
    for edge, quantity in totals.items():
        need, offer = int(sharing.edge_need[edge]), int(sharing.edge_offer[edge])
        metres = _metres(problem, need, offer)
        lines.append(
            {
                "need": sharing.need_ids[need],
                "offer": sharing.offer_ids[offer],
                "quantity": quantity / float(sharing.need_quantity[need].sum()),
                "words": _words(quantity, sharing.need_unit[need]),
                "distance": kilometres_fr(metres) if metres >= 0 else "",
            }
        )
    return sorted(lines, key=lambda line: (line["need"], line["offer"]))


def _metres(problem: KeptProblem, need: int, offer: int) -> int:
    from maillage_engine.pairs import Pairs  # noqa: PLC0415 - one pair at a time, for the words only

    return int(Pairs.single(problem, need, offer).distance_m[0])


def _unmet(
    problem: KeptProblem,
    sharing: AllocationProblem,
    result: AllocationResult,
    report: UnmetReport,
    served: Any,
) -> list[dict[str, Any]]:
    """One line a need: what is missing over the year, the reason of the slot that lacks most."""
    worst: dict[int, Any] = {}
    missing: dict[int, float] = defaultdict(float)
    for line in report.lines:
        missing[line.need] += line.missing
        if line.need not in worst or line.missing > worst[line.need].missing:
            worst[line.need] = line
    return [
        {
            "need": sharing.need_ids[row],
            "missing": _words(missing[row], sharing.need_unit[row]),
            "is_part": bool(served[row] > 0),
            "reason": worst[row].reason,
            "sentence": why_fr(sharing, report, worst[row]),
        }
        for row in sorted(
            worst, key=lambda one: (-missing[one] / float(sharing.need_quantity[one].sum()), one)
        )
    ]


def _idle(sharing: AllocationProblem, result: AllocationResult) -> list[dict[str, Any]]:
    there = sharing.offer_quantity.sum(axis=1)
    left = there - result.used(sharing).sum(axis=1)
    return [
        {"offer": sharing.offer_ids[row], "words": _words(left[row], sharing.offer_unit[row])}
        for row in np.flatnonzero(left > there * LEAST).tolist()
    ]
