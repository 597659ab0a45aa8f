"""Two files of needs and offers, the recipes: bundles and chains for one need, certified, told."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maillage.core.errors import UserMistake
from maillage.core.french import typography
from maillage.domain.catalogue.recipes import Recipes, read_recipes
from maillage.domain.matching.bridges.recipes import engine_recipes
from maillage.interfaces.cli.certified import refuse_faults
from maillage.interfaces.cli.cooperating.outcome import NOT_CONFIRMED
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.matching.line import Line, ReadFile
from maillage.interfaces.cli.matching.session import (
    NOT_SAID,
    Knowledge,
    Options,
    Reader,
    faults_told,
    knowledge,
    refuse_empty,
    understood,
)
from maillage.interfaces.drawing.map_frame import Point, Town
from maillage_engine import Problem
from maillage_engine.certify.bundle import certify_bundles
from maillage_engine.certify.chain import certify_chains
from maillage_engine.certify.proof import Proof
from maillage_engine.explain.cooperation import (
    bundle_fr,
    chain_fr,
    missing_fr,
    shortfall_fr,
    to_specify_fr,
    unreachable_fr,
)
from maillage_engine.explain.french_numbers import amount_fr
from maillage_engine.methods.cooperate.bundles import BundleResult, find_bundles
from maillage_engine.methods.cooperate.bundles_cover import Rhythm
from maillage_engine.methods.cooperate.chains import find_chains
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.chains_result import Chain, ChainResult, Flow
from maillage_engine.stop import NO_LIMIT, Stop
from maillage_engine.text import LexicalEncoder


@dataclass(frozen=True, eq=False)
class _Read:
    """The two files, and their problem with the recipes."""

    needs: ReadFile
    offers: ReadFile
    problem: Problem
    recipes: Recipes

    def names(self) -> list[str]:
        """Who each offer is."""
        return [_name(line) for line in self.offers.lines]


@dataclass(frozen=True, slots=True)
class Asked:
    """The two files and what is wanted of them.

    ``recipes``: a folder of recipes; None: ours. ``need``: the identifier of a line; None: each need.
    """

    needs: Path
    offers: Path
    day: date
    recipes: Path | None = None
    need: str | None = None
    k: int = 5
    reach_km: float | None = None
    stop: Stop = NO_LIMIT
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """``content`` is what JSON takes; needs and offers whose place is known, by identifier; the ground of a map."""

    content: dict[str, Any]
    needs: Mapping[str, Point]
    offers: Mapping[str, Point]
    ground: Sequence[Town]


def cooperate_files(entrance: Entrance, asked: Asked) -> Answered:
    """Return the bundles and the chains of one need, or of each need.

    Keys of the content: ``needs``, each with ``bundles`` and ``chains``, both with ``cost, bound, gap, seconds, status,
    certificate`` and the solution; ``told``, the lines to show. Raises ``UserMistake`` and ``NotCertified``.
    """
    known = knowledge(entrance)
    read = _read(known, Options(asked.needs, asked.offers, reach_km=asked.reach_km), asked.recipes, asked.day)
    rows = _rows(read.needs, asked.need)
    answers = [_of_need(read, row, k=asked.k, stop=asked.stop, seed=asked.seed) for row in rows]
    notes = [known.note] if known.note else []
    notes += faults_told(read.needs, read.offers)
    if not read.offers.says_authorisations:
        notes.append(
            "Le fichier des offres ne dit rien des autorisations : vérifiez celles que les rôles demandent."
        )
    told = [line for answer in answers for line in answer["told"]]
    content = {
        "needs": answers,
        "recipes": len(read.recipes.recipes),
        "notes": [typography(note) for note in notes],
        "told": told,
    }
    return Answered(content, _placed(read.needs), _placed(read.offers), known.ground)


def _placed(file: ReadFile) -> dict[str, Point]:
    return {line.key: line.point for line in file.lines if line.point is not None}


def _read(known: Knowledge, options: Options, recipes: Path | None, today: date) -> _Read:
    reader = Reader(known, options)
    needs, offers = reader.read("needs"), reader.read("offers")
    reader.check(needs, offers)
    refuse_empty((needs, offers), where=NOT_SAID, aim="à assembler")
    if recipes is not None and not recipes.is_dir():
        raise UserMistake(f"Le dossier de recettes « {recipes} » n’existe pas. Vérifiez son nom.")
    problem = understood(known, needs, offers, encoder=LexicalEncoder(), today=today)
    return _Read(needs, offers, problem, read_recipes(recipes, known.catalogue))


def _rows(needs: ReadFile, wanted: str | None) -> Sequence[int]:
    if wanted is None:
        return range(len(needs.lines))
    found = [row for row, line in enumerate(needs.lines) if line.key == wanted]
    if not found:
        known = ", ".join(line.key for line in needs.lines[:10])
        raise UserMistake(f"--besoin {wanted} : aucune ligne ne porte cet identifiant. Il y a : {known}.")
    return found


def _of_need(read: _Read, row: int, *, k: int, stop: Stop, seed: int) -> dict[str, Any]:
    line = read.needs.lines[row]
    begun = time.perf_counter()
    bundles = find_bundles(
        read.problem,
        need=row,
        k=k,
        rhythm=_rhythm(line),
        same_type=line.type_code is not None,
        stop=stop,
        seed=seed,
    )
    between = time.perf_counter()
    chain_problem = ChainProblem(
        read.problem,
        engine_recipes(read.recipes.recipes, authorisations_said=read.offers.says_authorisations),
        (row,),
    )
    chains = find_chains(chain_problem, k=k, stop=stop, seed=seed)
    ended = time.perf_counter()
    proofs = certify_bundles(read.problem, bundles), certify_chains(chain_problem, chains)
    for proof in proofs:
        refuse_faults(proof.faults, NOT_CONFIRMED)
    names = read.names()
    return {
        "need": line.key,
        "title": line.title,
        "type": line.type_code,
        "bundles": _bundles(read, bundles, proofs[0], between - begun, names),
        "chains": _chains(read, chain_problem, chains, proofs[1], ended - between, names),
        "told": _told(read, line, bundles, chain_problem, chains, names),
    }


def _rhythm(line: Line) -> Rhythm:
    """Places and surfaces are wanted at each hour; a quantity said once is a stock; the rest is spread over months."""
    if line.unit in {"place", "personne", "m2", "ha"}:
        return "hours"
    return "year" if line.period == "once" else "months"


def _bundles(
    read: _Read, result: BundleResult, proof: Proof, seconds: float, names: list[str]
) -> dict[str, Any]:
    return {
        **_head(result.bundles[0].cost if result.bundles else None, proof, seconds, result.status),
        "exhausted": result.exhausted,
        "reason": typography(shortfall_fr(read.problem, result)),
        "solutions": [
            {
                "cost": bundle.cost,
                "members": [
                    {
                        "offer": read.offers.lines[member.offer].key,
                        "name": names[member.offer],
                        "amount": _finite(member.amount),
                        "distance_m": member.distance_m,
                        "cost": member.cost,
                    }
                    for member in bundle.members
                ],
            }
            for bundle in result.bundles
        ],
    }


def _chains(
    read: _Read,
    chain_problem: ChainProblem,
    result: ChainResult,
    proof: Proof,
    seconds: float,
    names: list[str],
) -> dict[str, Any]:
    return {
        **_head(result.chains[0].cost if result.chains else None, proof, seconds, result.status),
        "exhausted": result.exhausted,
        "reason": [typography(one) for one in unreachable_fr(chain_problem, result)],
        "solutions": [_chain(read, chain_problem, chain, names) for chain in result.chains],
    }


def _chain(read: _Read, chain_problem: ChainProblem, chain: Chain, names: list[str]) -> dict[str, Any]:
    def key(offer: int) -> str | None:
        return None if offer < 0 else read.offers.lines[offer].key

    recipes = chain_problem.recipes
    return {
        "cost": chain.cost,
        "runs": [
            {
                "recipe": recipes[run.recipe].code,
                "label": recipes[run.recipe].label,
                "place": key(run.place),
                "size": run.size,
            }
            for run in chain.runs
        ],
        "flows": [
            {
                "offer": key(flow.offer),
                "name": None if flow.offer < 0 else names[flow.offer],
                "from_run": flow.run if flow.run >= 0 else None,
                "to_run": flow.to_run if flow.to_run >= 0 else None,
                "type": recipes[chain.runs[flow.to_run].recipe].takes[flow.taken].type
                if flow.to_run >= 0
                else None,
                "amount": _finite(flow.amount),
                "told": _quantity(chain_problem, chain, flow),
                "distance_m": flow.distance_m,
                "cost": flow.cost,
            }
            for flow in chain.flows
        ],
        "missing": [
            {
                "role": one.role,
                "label": typography(one.label),
                "to_run": one.run,
                "amount": _finite(one.amount),
            }
            for one in chain.missing
        ],
        "to_specify": [typography(one) for one in to_specify_fr(chain_problem, chain)],
        "conditions": [typography(one) for run in chain.runs for one in recipes[run.recipe].conditions],
        "told": [typography(one) for one in chain_fr(chain_problem, chain, names)],
    }


def _quantity(chain_problem: ChainProblem, chain: Chain, flow: Flow) -> str:
    """Say what passes, and how much of it when it is counted: « Broyat de déchets verts, 5 t »."""
    types = chain_problem.problem.types
    if flow.to_run >= 0:
        code = chain_problem.recipes[chain.runs[flow.to_run].recipe].takes[flow.taken].type
        kind = types.types[types.index[code]]
    else:
        row = int(chain_problem.problem.needs.types[flow.need])
        if row < 0:
            return ""
        kind = types.types[row]
    if not kind.dimension or _finite(flow.amount) is None:
        return typography(kind.label or kind.code)
    return typography(f"{kind.label or kind.code}, {amount_fr(flow.amount, kind.dimension)}")


def _told(
    read: _Read,
    line: Line,
    bundles: BundleResult,
    chain_problem: ChainProblem,
    chains: ChainResult,
    names: list[str],
) -> list[str]:
    told = [f"« {line.title} »"]
    if bundles.bundles:
        told.append("À plusieurs, sans transformation :")
        told += [f"  – {one}" for one in bundle_fr(read.problem, bundles, bundles.bundles[0], names)]
    else:
        told.append(shortfall_fr(read.problem, bundles) or "Aucune réponse à plusieurs.")
    if not chains.chains:
        told += unreachable_fr(chain_problem, chains) or ["Aucune chaîne trouvée."]
    for rank, chain in enumerate(chains.chains, start=1):
        told.append(f"Chaîne {rank} : {missing_fr(chain) or 'tous les rôles sont tenus.'}")
        if rank == 1:
            told += [f"  {one}" for one in chain_fr(chain_problem, chain, names)]
            told += [f"  à préciser : {one}" for one in to_specify_fr(chain_problem, chain)]
    return [typography(one) for one in told]


def _head(cost: float | None, proof: Proof, seconds: float, status: str) -> dict[str, Any]:
    certificate = proof.as_dict()
    if cost is None:
        certificate["objective"] = None
    return {
        "cost": cost,
        "bound": proof.bound,
        "gap": proof.gap,
        "seconds": round(seconds, 6),
        "status": status,
        "certificate": certificate,
    }


def _finite(amount: float) -> float | None:
    return amount if amount == amount else None


def _name(line: Line) -> str:
    return line.organisation or line.title or line.key
