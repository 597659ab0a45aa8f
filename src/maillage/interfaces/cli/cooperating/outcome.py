"""A process network solved and certified, then told as JSON and as lines of French."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.french import number, plural, typography
from maillage.interfaces.cli.certified import refuse_faults
from maillage_engine.certify.proof import Proof
from maillage_engine.certify.synthesis import balances, certify_synthesis
from maillage_engine.explain.synthesis import obstacle_fr
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.methods.cooperate.solution_structures import solution_structures
from maillage_engine.methods.cooperate.structure import Structure
from maillage_engine.methods.cooperate.synthesis import Synthesis, synthesise
from maillage_engine.stop import Stop

STATUS_FR = {
    "optimal": "prouvé : rien de moins cher n’existe",
    "feasible": "limite atteinte : c’est le mieux trouvé",
    "infeasible": "aucune solution n’existe",
    "stopped": "limite atteinte avant la première solution",
}
NOT_CONFIRMED = "Le moteur ne confirme pas son propre résultat, il n’est pas montré : {faults}. Signalez-le."
IDLE = 1e-9
MOST_COUNTED = 10
"""Units up to which every structure is listed, to be counted: there may be 2 to that power."""


@dataclass(frozen=True, eq=False)
class Assembled:
    """A network, its result, the certificate of the result, which holds, and the seconds of the search alone."""

    network: ProcessNetwork
    result: Synthesis
    proof: Proof
    seconds: float


def assembled(network: ProcessNetwork, *, k: int, stop: Stop, seed: int) -> Assembled:
    """Solve and certify. Raises ``NotCertified`` when the certificate fails."""
    begun = time.perf_counter()
    result = synthesise(network, k=k, stop=stop, seed=seed)
    seconds = time.perf_counter() - begun
    proof = certify_synthesis(network, result)
    refuse_faults(proof.faults, NOT_CONFIRMED)
    return Assembled(network, result, proof, seconds)


def as_json(made: Assembled, *, name: str, notes: Sequence[str]) -> dict[str, Any]:
    """Return the result as ``--sortie`` writes it, cheapest structure first."""
    network, result = made.network, made.result
    finite = result.bound not in {float("inf"), float("-inf")}
    return {
        "problem": name,
        "cost": result.cost,
        "bound": result.bound if finite else None,
        "gap": result.gap,
        "seconds": round(made.seconds, 6),
        "status": result.status,
        "certificate": _certificate(made.proof),
        "k": result.k,
        "measures": {
            "mass": network.measures.mass,
            "time": network.measures.time,
            "money": network.measures.money,
        },
        "structures": [
            {"rank": rank, **structure_lines(network, one)}
            for rank, one in enumerate(result.structures, start=1)
        ],
        "maximal_structure": {
            "materials": [network.materials[row].name for row in result.maximal.materials],
            "units": [network.units[row].name for row in result.maximal.units],
        },
        "solution_structures": structures_by_recipes(network, result),
        "circular": [list(names) for names in network.circular()],
        "reasons": [typography(obstacle_fr(one)) for one in result.obstacles],
        "notes": list(notes),
    }


def structures_by_recipes(network: ProcessNetwork, result: Synthesis) -> int | None:
    """Return how many structures hold the axioms, quantities left aside; None past ``MOST_COUNTED`` units."""
    if len(result.maximal.units) > MOST_COUNTED:
        return None
    return sum(1 for _ in solution_structures(network))


def _certificate(proof: Proof) -> dict[str, Any]:
    said = proof.as_dict()
    if not abs(proof.objective) < float("inf"):
        said["objective"] = None
    return said


def structure_lines(network: ProcessNetwork, one: Structure) -> dict[str, Any]:
    """Return the cost, the units and the materials of a structure; what is bought has a flow under 0."""
    prices = {material.name: material.price for material in network.materials}
    flows = balances(network, one)
    return {
        "cost": one.cost,
        "units": [
            {
                "name": network.units[row].name,
                "size": size,
                "cost": network.units[row].fixed_cost + network.units[row].proportional_cost * size,
            }
            for row, size in zip(one.units, one.sizes.tolist(), strict=True)
        ],
        "materials": [
            {
                "name": material.name,
                "flow": _flow(flows[material.name]),
                "cost": _flow(-prices[material.name] * flows[material.name]),
            }
            for material in network.materials
            if material.name in flows
        ],
    }


def told(made: Assembled) -> list[str]:
    """Return the lines of the terminal."""
    network, result = made.network, made.result
    money = f"{network.measures.money}/{network.measures.time}"
    lines = [
        f"{number(len(network.units))} unités, {number(len(network.materials))} matières ; "
        f"{number(len(result.maximal.units))} unités peuvent servir."
    ]
    lines += [obstacle_fr(one) for one in result.obstacles]
    for rank, one in enumerate(result.structures, start=1):
        units = ", ".join(
            f"{network.units[row].name} × {number(size, digits=4)}"
            if size > IDLE
            else f"{network.units[row].name} (à l’arrêt)"
            for row, size in zip(one.units, one.sizes.tolist(), strict=True)
        )
        lines.append(f"{rank}. {number(one.cost)} {money} : {units}")
    lines += _ending(network, result)
    lines.append(
        f"{typography(STATUS_FR[result.status]).capitalize()}. Résultat vérifié ({number(made.seconds, digits=2)} s)."
    )
    return lines


def _ending(network: ProcessNetwork, result: Synthesis) -> list[str]:
    count = len(result.structures)
    if result.status == "optimal" and count < result.k:
        possible = structures_by_recipes(network, result)
        among = f" Les recettes en permettraient {number(possible)}, les quantités non." if possible else ""
        only = f"Il n’y a que {number(count)} {plural(count, 'solution', 'solutions')}."
        return [only + among if possible != count else only]
    if result.status == "feasible" and result.gap is not None:
        return [f"Une meilleure solution peut exister, moins chère de {number(100 * result.gap)} % au plus."]
    return []


def _flow(value: float) -> float:
    return 0.0 if abs(value) < IDLE else value


CHECKS_FR: Mapping[str, str] = {
    "problem": "Le résultat est celui de ce fichier",
    "axioms": "Chaque solution obtient tous les produits, sans étape orpheline (axiomes S1 à S5)",
    "sizes": "Chaque unité reste entre ses bornes",
    "balances": "Les bilans de matière sont justes, ligne à ligne",
    "costs": "Les coûts sont recomptés ligne à ligne",
    "order": "De la moins chère à la plus chère, sans doublon",
    "bound": "La borne prouvée ne dépasse pas le coût, et rien n’est oublié",
    "enumeration": "Toutes les combinaisons ont été essayées : les mêmes solutions",
}
