"""The bridge to the engine's bundles: several offers that together answer one need."""

from collections.abc import Callable
from typing import Any

import numpy as np

from maillage.domain.matching.bridge import KeptProblem
from maillage.domain.matching.bridges.mistakes import engine_sentences
from maillage.domain.matching.studies.outcome import StudyOutcome
from maillage_engine.explain.french_numbers import amount_fr, kilometres_fr, number_fr
from maillage_engine.files.study import Study, study_bytes
from maillage_engine.methods.cooperate.bundles import Bundle, BundleResult, Goal
from maillage_engine.problem.dimensions import DIMENSIONS
from maillage_engine.stop import Stop
from maillage_engine.studies import carry_out

PER_MILLE = 1000


def bundle_study(
    *, problem: KeptProblem, need: str, goal: Goal, k: int, seed: int, cancelled: Callable[[], bool]
) -> StudyOutcome:
    """Find, certify and tell the bundles of one need. Raises ``UserMistake``."""
    row = problem.needs.ids.index(need)
    study = Study("bundle", problem, {"need": row, "k": k, "goal": goal, "seed": seed}, problem.digest())
    with engine_sentences():
        done = carry_out(study, stop=Stop(cancelled=cancelled))
    found: BundleResult = done.result
    (proof,) = done.proofs
    return StudyOutcome(
        result=_told(problem, found),
        problem=study_bytes(study),
        digest=study.digest,
        engine_version=found.engine_version,
        encoder_build="",
        certificate=proof.as_dict(),
        objective=proof.objective if found.bundles else None,
        bound=proof.bound,
        gap=proof.gap,
        needs=1,
        offers=found.candidates,
    )


def _told(problem: KeptProblem, found: BundleResult) -> dict[str, Any]:
    fewest = len(found.bundles[0].members) if found.bundles else 0
    words = {
        0: "Aucune réponse, même à plusieurs.",
        1: "Une seule offre suffit.",
        2: "La meilleure réponse est à deux.",
    }
    return {
        "kind": "bundle",
        "need": problem.needs.ids[found.need],
        "headline": words.get(fewest, f"La meilleure réponse est à {fewest}."),
        "bundles": [_bundle(problem, found, one) for one in found.bundles],
        "exhausted": found.exhausted,
        "shortfall": _shortfall(problem, found),
    }


def _bundle(problem: KeptProblem, found: BundleResult, one: Bundle) -> dict[str, Any]:
    dimension = int(problem.needs.dimension[found.need])
    wanted = float(problem.needs.quantity[found.need])
    members = []
    for member in one.members:
        counted = dimension >= 0 and not np.isnan(member.amount)
        members.append(
            {
                "offer": problem.offers.ids[member.offer],
                "words": amount_fr(member.amount, DIMENSIONS[dimension]) if counted else "",
                "per_mille": round(PER_MILLE * member.amount / wanted) if counted and wanted > 0 else None,
                "distance": kilometres_fr(member.distance_m) if member.distance_m >= 0 else "",
                "months": [round(amount, 6) for amount in member.months],
            }
        )
    return {"members": members, "cost": number_fr(one.cost, 0)}


def _shortfall(problem: KeptProblem, found: BundleResult) -> str:
    lack = found.shortfall
    if lack is None:
        return ""
    dimension = int(problem.needs.dimension[found.need])
    if dimension >= 0 and not np.isnan(lack.wanted) and lack.reachable < lack.wanted:
        reachable = amount_fr(lack.reachable, DIMENSIONS[dimension])
        wanted = amount_fr(lack.wanted, DIMENSIONS[dimension])
        return f"Toutes les offres qui conviennent, ensemble, donnent {reachable} sur {wanted}."
    if lack.empty_hours:
        return "À certaines heures voulues, aucune offre n’est là."
    return "Aucune offre ne convient à ce besoin."
