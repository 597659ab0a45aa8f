"""Bundles, chains and splits, told in French: who does what, who is missing, what each party brings."""

import math
from collections.abc import Sequence

import numpy as np

from maillage_engine.explain.french_numbers import amount_fr, kilometres_fr, list_fr, number_fr
from maillage_engine.methods.cooperate.bundles import Bundle, BundleResult
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.chains_result import NOWHERE, Chain, ChainResult, Flow
from maillage_engine.methods.cooperate.recipes import RecipeLine
from maillage_engine.methods.cooperate.split import SplitResult
from maillage_engine.problem.dimensions import DIMENSIONS
from maillage_engine.problem.problem import Problem


def bundle_fr(problem: Problem, result: BundleResult, bundle: Bundle, names: Sequence[str]) -> list[str]:
    """Return one line a member. ``names``: who each offer is, by row."""
    dimension = int(problem.needs.dimension[result.need])
    lines = []
    for member in bundle.members:
        words = [names[member.offer]]
        if dimension >= 0 and not math.isnan(member.amount):
            words.append(amount_fr(member.amount, DIMENSIONS[dimension]))
        words.append(_away(member.distance_m))
        lines.append(", ".join(words))
    return lines


def shortfall_fr(problem: Problem, result: BundleResult) -> str:
    """Return why no bundle covers the need, as a sentence; empty when one does."""
    lack = result.shortfall
    if lack is None:
        return ""
    dimension = int(problem.needs.dimension[result.need])
    if result.candidates == 0:
        return "Aucune offre ne convient à ce besoin."
    if dimension >= 0 and lack.reachable < lack.wanted:
        reachable, wanted = (amount_fr(one, DIMENSIONS[dimension]) for one in (lack.reachable, lack.wanted))
        return f"Toutes les offres qui conviennent, ensemble, donnent {reachable} sur {wanted}."
    if lack.empty_hours:
        return "À certaines heures voulues, aucune offre n’est là."
    return "Les offres qui conviennent ne se complètent pas : leurs quantités minimales ou leurs mois s’opposent."


def missing_fr(chain: Chain) -> str:
    """Return who is missing, as a sentence: « Il manque un transporteur agréé. »; empty when nobody is."""
    labels = list(dict.fromkeys(one.label for one in chain.missing))
    return f"Il manque {list_fr(labels)}." if labels else ""


def chain_fr(chain_problem: ChainProblem, chain: Chain, names: Sequence[str]) -> list[str]:
    """Return who does what, one line a dealing, recipe by recipe. ``names``: who each offer is, by row."""
    lines = []
    for at, run in enumerate(chain.runs):
        recipe = chain_problem.recipes[run.recipe]
        where = f", chez {names[run.place]}" if run.place != NOWHERE else ""
        lines.append(f"{recipe.label}{where} ({number_fr(run.size, 2)} fois la recette)")
        for flow in chain.flows:
            if flow.to_run == at:
                lines.append(f"  – {_who(chain_problem, chain, flow, names)}")
        lines += [
            f"  – il manque {one.label}{_amount(chain_problem, recipe.takes[one.taken], one.amount)}"
            for one in chain.missing
            if one.run == at
        ]
    for flow in chain.flows:
        if flow.need != NOWHERE:
            lines.append(f"→ {_who(chain_problem, chain, flow, names)}")
    return lines


def to_specify_fr(chain_problem: ChainProblem, chain: Chain) -> list[str]:
    """Return what is still to be specified in the recipes that a chain uses, once each, in their order."""
    notes = []
    for run in chain.runs:
        recipe = chain_problem.recipes[run.recipe]
        for line in (*recipe.takes, *recipe.gives):
            if not line.sure and line.note:
                label = chain_problem.problem.types.types[chain_problem.problem.types.index[line.type]].label
                notes.append(f"{label or line.type} : {line.note[0].lower()}{line.note[1:]}")
    return list(dict.fromkeys(notes))


def unreachable_fr(chain_problem: ChainProblem, result: ChainResult) -> list[str]:
    """Return, for each need that nothing serves, a sentence that says so and what to do."""
    types, needs = chain_problem.problem.types.types, chain_problem.problem.needs
    sentences = []
    for row in result.unreachable:
        kind = int(needs.types[row])
        if kind < 0:
            sentences.append(f"Le besoin {needs.ids[row]} n’a pas de type : donnez-lui un type du catalogue.")
            continue
        label = types[kind].label or types[kind].code
        sentences.append(
            f"Rien ne donne « {label} » : ni offre, ni recette. Ajoutez une offre de ce type, ou une recette."
        )
    return sentences


def share_fr(result: SplitResult, party: int, unit: str = "") -> str:
    """Return what one party receives and why: « Vous recevez 30 ; sans vous, le gain passerait de 100 à 40. »"""
    words = f" {unit}" if unit else ""
    share, total = (number_fr(float(one), 2) for one in (result.shares[party], result.total))
    without = float(result.without[party])
    if without <= 1e-9:
        return f"Vous recevez {share}{words} ; sans vous, il n’y aurait rien à partager."
    if without >= result.total - 1e-9:
        return f"Vous recevez {share}{words} ; sans vous, le gain resterait de {total}{words}."
    left = number_fr(without, 2)
    return f"Vous recevez {share}{words} ; sans vous, le gain passerait de {total}{words} à {left}{words}."


def split_fr(result: SplitResult, unit: str = "") -> str:
    """Return what the whole split is worth: fair for every group, or by how much it is not."""
    words = f" {unit}" if unit else ""
    if result.status != "optimal":
        return "La limite a été atteinte avant la preuve : ce partage est à revoir."
    if result.in_core:
        return "Personne n’a intérêt à partir : chaque groupe reçoit au moins ce qu’il gagnerait sans les autres."
    return (
        f"Aucun partage ne contente tous les groupes. Celui-ci est le moins injuste : un groupe perd au plus "
        f"{number_fr(result.excess, 2)}{words} à rester."
    )


def _who(chain_problem: ChainProblem, chain: Chain, flow: Flow, names: Sequence[str]) -> str:
    recipes = chain_problem.recipes
    if flow.offer != NOWHERE:
        giver, line = names[flow.offer], None
    else:
        giver = f"ce que donne « {recipes[chain.runs[flow.run].recipe].label} »"
        line = recipes[chain.runs[flow.run].recipe].gives[flow.given]
    if flow.to_run != NOWHERE:
        taken = recipes[chain.runs[flow.to_run].recipe].takes[flow.taken]
        what, counted = _label(chain_problem, taken.type), taken
    else:
        kind = int(chain_problem.problem.needs.types[flow.need])
        what = chain_problem.problem.types.types[kind].label if kind >= 0 else ""
        counted = line or RecipeLine(chain_problem.problem.types.types[kind].code, "")
    amount = _amount(chain_problem, counted, flow.amount)
    return f"{what}{amount} : {giver}, {_away(flow.distance_m)}"


def _label(chain_problem: ChainProblem, code: str) -> str:
    types = chain_problem.problem.types
    return types.types[types.index[code]].label or code


def _amount(chain_problem: ChainProblem, line: RecipeLine, amount: float) -> str:
    types = chain_problem.problem.types
    dimension = types.types[types.index[line.type]].dimension
    return "" if np.isnan(amount) or not dimension else f", {amount_fr(amount, dimension)}"


def _away(distance_m: int) -> str:
    if distance_m == -1:
        return "distance inconnue"
    return "sur place" if distance_m == 0 else f"à {kilometres_fr(distance_m)}"
