"""The bridge to the engine's chains: recipes, who plays which part, who is missing, and a fair split of the gain."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from maillage.domain.catalogue.recipes import read_recipes
from maillage.domain.matching.bridge import KeptProblem
from maillage.domain.matching.bridges.mistakes import engine_sentences
from maillage.domain.matching.bridges.recipes import engine_recipes
from maillage.domain.matching.studies.outcome import StudyOutcome
from maillage_engine.certify.split import certify_split
from maillage_engine.explain.cooperation import missing_fr, share_fr, split_fr, to_specify_fr, unreachable_fr
from maillage_engine.explain.french_numbers import amount_fr, number_fr
from maillage_engine.files.study import Study, study_bytes
from maillage_engine.methods.cooperate.chains_gain import chain_game
from maillage_engine.methods.cooperate.chains_problem import ChainCosts, ChainProblem
from maillage_engine.methods.cooperate.chains_result import NOWHERE, Chain, ChainResult, Flow
from maillage_engine.methods.cooperate.split import share_gain
from maillage_engine.stop import Stop
from maillage_engine.studies import carry_out

EUROS = "€"


def chain_study(
    *,
    problem: KeptProblem,
    need: str,
    k: int,
    worth: float | None,
    km_cost: float | None,
    seed: int,
    cancelled: Callable[[], bool],
) -> StudyOutcome:
    """Find, certify and tell the chains that serve one need; split the gain of the first when it is worth something.

    ``worth``: euros a year; ``km_cost``: euros a kilometre, without which a chain costs its kilometres. Raises
    ``UserMistake`` with the engine's sentence.
    """
    row = problem.needs.ids.index(need)
    stop = Stop(cancelled=cancelled)
    with engine_sentences():
        costs = ChainCosts(per_km=1.0 if km_cost is None else km_cost)
        whole = ChainProblem(problem, engine_recipes(read_recipes().recipes), (row,), costs)
        study = Study("chain", whole, {"k": k, "seed": seed}, whole.digest())
        done = carry_out(study, stop=stop)
        found: ChainResult = done.result
        split = _split(whole, found, worth, stop) if worth is not None and found.chains else {}
    (proof,) = done.proofs
    certificate = proof.as_dict()
    if split:
        certificate["valid"] = certificate["valid"] and split["proof"]["valid"]
    return StudyOutcome(
        result=_told(whole, found, split),
        problem=study_bytes(study),
        digest=study.digest,
        engine_version=found.engine_version,
        encoder_build="",
        certificate={**certificate, **({"split": split["proof"]} if split else {})},
        objective=proof.objective if found.chains else None,
        bound=proof.bound,
        gap=proof.gap,
        needs=1,
        offers=len(problem.offers),
    )


def _split(whole: ChainProblem, found: ChainResult, worth: float, stop: Stop) -> dict[str, Any]:
    """The fair split of the first chain's gain; the certificate finds each value again in a fresh game."""
    chain = found.chains[0]
    if worth <= chain.cost:
        words = f"Cette filière coûte {number_fr(chain.cost, 0)} {EUROS} : il n’y a pas de gain à partager."
        return {"about": words, "shares": [], "proof": {"valid": True}}
    game, parties = chain_game(whole, chain, worth=worth, stop=stop)
    result = share_gain(game, stop=stop)
    fresh, _ = chain_game(whole, chain, worth=worth, stop=stop)
    return {
        "about": split_fr(result, EUROS),
        "shares": [
            {"party": _key_of(whole, chain, party), "sentence": share_fr(result, at, EUROS)}
            for at, party in enumerate(parties)
        ],
        "proof": certify_split(fresh, result, digest=whole.digest()).as_dict(),
    }


def _key_of(whole: ChainProblem, chain: Chain, party: tuple[str, int]) -> str:
    """The key of an intent that this party said: its name comes when somebody reads."""
    kind, number = party
    needs, offers = whole.problem.needs, whole.problem.offers
    if kind == "need":
        return needs.ids[number]
    if kind == "offer":
        return offers.ids[number]
    for row in whole.targets:
        if int(needs.party[row]) == number:
            return needs.ids[row]
    return next(offers.ids[row] for row in sorted(chain.offers) if int(offers.party[row]) == number)


def _told(whole: ChainProblem, found: ChainResult, split: dict[str, Any]) -> dict[str, Any]:
    chains = [_chain(whole, one) for one in found.chains]
    if chains and split:
        chains[0] |= {"shares_about": split["about"], "shares": split["shares"]}
    lacking = len(found.chains[0].missing) if found.chains else 0
    headline = "Aucune recette ne mène à ce besoin." if not chains else "Tous les rôles sont tenus."
    if lacking:
        headline = missing_fr(found.chains[0])
    return {
        "kind": "chain",
        "need": whole.problem.needs.ids[whole.targets[0]],
        "headline": headline,
        "chains": chains,
        "exhausted": found.exhausted and bool(chains),
        "shortfall": " ".join(unreachable_fr(whole, found)),
    }


def _chain(whole: ChainProblem, chain: Chain) -> dict[str, Any]:
    recipes = whole.recipes
    labels = list(dict.fromkeys(recipes[run.recipe].label for run in chain.runs))
    return {
        "title": " ; ".join(labels) or "Sans transformation",
        "missing": [missing_fr(chain)] if chain.missing else [],
        "conditions": [
            *dict.fromkeys(one for run in chain.runs for one in recipes[run.recipe].conditions),
            *to_specify_fr(whole, chain),
        ],
        "lines": [_line(whole, chain, one) for one in chain.flows],
        "nodes": _nodes(whole, chain),
        "links": [*(_link(whole, chain, one) for one in chain.flows), *_missing_links(whole, chain)],
        "shares_about": "",
        "shares": [],
    }


def _line(whole: ChainProblem, chain: Chain, flow: Flow) -> dict[str, Any]:
    from_run = "" if flow.offer != NOWHERE else whole.recipes[chain.runs[flow.run].recipe].label
    to_need = flow.need != NOWHERE
    return {
        "offer": whole.problem.offers.ids[flow.offer] if flow.offer != NOWHERE else "",
        "from": from_run,
        "what": _what(whole, chain, flow),
        "to": "ce besoin" if to_need else whole.recipes[chain.runs[flow.to_run].recipe].label,
        "words": _amount(whole, chain, flow),
    }


def _type_of(whole: ChainProblem, chain: Chain, flow: Flow) -> int:
    types = whole.problem.types
    if flow.to_run != NOWHERE:
        return types.index[whole.recipes[chain.runs[flow.to_run].recipe].takes[flow.taken].type]
    return int(whole.problem.needs.types[flow.need])


def _what(whole: ChainProblem, chain: Chain, flow: Flow) -> str:
    at = _type_of(whole, chain, flow)
    return whole.problem.types.types[at].label if at >= 0 else ""


def _amount(whole: ChainProblem, chain: Chain, flow: Flow) -> str:
    at = _type_of(whole, chain, flow)
    dimension = whole.problem.types.types[at].dimension if at >= 0 else None
    return "" if math.isnan(flow.amount) or not dimension else amount_fr(flow.amount, dimension)


def _nodes(whole: ChainProblem, chain: Chain) -> list[dict[str, str]]:
    runs = [
        {"key": f"r{at}", "label": whole.recipes[run.recipe].label, "kind": "flow", "offer": ""}
        for at, run in enumerate(chain.runs)
    ]
    offers = [
        {"key": f"o{row}", "label": "", "kind": "offer", "offer": whole.problem.offers.ids[row]}
        for row in sorted(chain.offers)
    ]
    lacking = [
        {"key": f"m{at}", "label": one.label, "kind": "missing", "offer": ""}
        for at, one in enumerate(chain.missing)
    ]
    return [*offers, *lacking, *runs, {"key": "need", "label": "Le besoin", "kind": "need", "offer": ""}]


def _link(whole: ChainProblem, chain: Chain, flow: Flow) -> dict[str, Any]:
    return {
        "source": f"o{flow.offer}" if flow.offer != NOWHERE else f"r{flow.run}",
        "target": "need" if flow.need != NOWHERE else f"r{flow.to_run}",
        "value": 1.0,
        "kind": "flow",
        "label": " ".join(one for one in (_what(whole, chain, flow), _amount(whole, chain, flow)) if one),
    }


def _missing_links(whole: ChainProblem, chain: Chain) -> Sequence[dict[str, Any]]:
    return [
        {"source": f"m{at}", "target": f"r{one.run}", "value": 1.0, "kind": "missing", "label": one.label}
        for at, one in enumerate(chain.missing)
    ]
