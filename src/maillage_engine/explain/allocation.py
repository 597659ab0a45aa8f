"""A sharing in French: what is served, why a need is not, what would unlock it, two sharings side by side."""

import numpy as np

from maillage_engine.explain.french_numbers import NBSP, amount_fr, list_fr, number_fr
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.unlock import Unlock
from maillage_engine.methods.allocate.unmet import Unmet, UnmetReport
from maillage_engine.methods.allocate.what_if import Comparison

FULL = 1e-6
MOST_NAMES = 3


def quantity_fr(value: float, unit: str) -> str:
    """Write a quantity with its unit: kilograms become tonnes, no unit is « 3 unités »."""
    if unit == "kg":
        return amount_fr(value, "mass")
    digits = 0 if value >= 100 else 2
    if not unit:
        return f"{number_fr(value, digits)}{NBSP}{'unité' if value < 2 else 'unités'}"
    return f"{number_fr(value, digits)}{NBSP}{unit}"


def summary_fr(problem: AllocationProblem, result: AllocationResult) -> list[str]:
    """Return sentences on the whole: quantities when they add up, needs served, proof."""
    served = result.served(problem).sum(axis=1)
    wanted = problem.need_quantity.sum(axis=1)
    asking = int(np.count_nonzero(wanted > 0))
    full = int(np.count_nonzero((wanted > 0) & (served >= wanted * (1 - FULL))))
    some = int(np.count_nonzero((served > 0) & (served < wanted * (1 - FULL))))
    lines = [
        f"{number_fr(full, 0)} {_word(full, 'besoin est servi', 'besoins sont servis')} entièrement sur "
        f"{number_fr(asking, 0)}, {number_fr(some, 0)} en partie."
    ]
    units = sorted(
        {unit for unit, amount in zip(problem.need_unit, wanted.tolist(), strict=True) if amount > 0}
    )
    for unit in units:
        rows = np.array([one == unit for one in problem.need_unit])
        asked, got = float(wanted[rows].sum()), float(served[rows].sum())
        if asked > 0:
            share = number_fr(100 * got / asked, 0)
            lines.append(
                f"{quantity_fr(got, unit)} sur {quantity_fr(asked, unit)} demandées ({share}{NBSP}%)."
            )
    lines.append(_proof_fr(result))
    if result.levels:
        least = min(result.levels, key=lambda one: one.share)
        what = "La commune" if result.by_group == "commune" else "La famille"
        lines.append(
            f"{what} la moins servie, « {least.group} », l’est à {number_fr(100 * least.share, 0)}{NBSP}%."
        )
    return lines


def _proof_fr(result: AllocationResult) -> str:
    if result.status == "optimal":
        return "C’est prouvé : aucun partage ne vaut plus."
    return (
        "Temps écoulé : c’est le meilleur partage connu ; un autre vaudrait au plus "
        f"{number_fr(100 * result.gap, 2)}{NBSP}% de plus."
    )


def unmet_fr(
    problem: AllocationProblem, report: UnmetReport, line: Unmet, *, reach_km: float | None = None
) -> str:
    """Return why a need is not fully served, as a sentence that begins with its name."""
    unit = problem.need_unit[line.need]
    missing = quantity_fr(line.missing, unit)
    when = f" ({problem.slots[line.slot]})" if problem.slots[line.slot] else ""
    return f"{problem.need_ids[line.need]}{when} : il manque {missing}. {why_fr(problem, report, line, reach_km)}"


def why_fr(
    problem: AllocationProblem, report: UnmetReport, line: Unmet, reach_km: float | None = None
) -> str:
    """Return only the reason why a need is not fully served, as a sentence."""
    family = problem.need_family[line.need]
    of_type = f"de « {family} »" if family else "de ce type"
    if line.reason == "nobody":
        where = f" à moins de {number_fr(reach_km, 0)}{NBSP}km" if reach_km is not None else " qui convienne"
        return f"Aucune offre {of_type}{where}."
    if line.reason == "calendar":
        return _calendar_fr(problem, line)
    if line.reason in ("full", "priority", "worth"):
        return _taken_fr(problem, report, line)
    return {
        "lot": "Ce qui reste est au-dessous de la quantité minimale d’une livraison.",
        "indivisible": "Ce qui reste sert déjà un autre besoin et ne se partage pas.",
        "small": "La quantité qui manque est trop petite pour être partagée.",
    }.get(line.reason, "Le calcul s’est arrêté avant de pouvoir le dire.")


def _taken_fr(problem: AllocationProblem, report: UnmetReport, line: Unmet) -> str:
    unit = problem.need_unit[line.need]
    cut = report.cuts[line.cut] if line.cut >= 0 else None
    if cut is None or cut.capacity == 0:
        return "Ses offres possibles n’ont rien à donner."
    families = sorted({problem.offer_family[row] for row in cut.offers.tolist()} - {""})
    what = (
        f"Toute la capacité de {list_fr([f'« {one} »' for one in families])}"
        if len(families) in (1, 2)
        else ("Toute la capacité de ses offres possibles")
    )
    taken = f"{what} ({quantity_fr(cut.capacity, unit)}) est prise"
    if line.reason == "priority":
        return f"{taken} par des besoins plus prioritaires."
    if line.reason == "worth":
        return f"{taken} par des besoins qui en tirent au moins autant."
    return (
        f"{taken} : {number_fr(len(cut.needs), 0)} {_word(len(cut.needs), 'besoin y demande', 'besoins y demandent')} "
        f"{quantity_fr(cut.wanted, unit)}."
    )


def _calendar_fr(problem: AllocationProblem, line: Unmet) -> str:
    offers = np.unique(problem.edge_offer[(problem.edge_need == line.need) & (problem.gain > 0)])
    free = np.flatnonzero((problem.offer_quantity[offers] > 0).any(axis=0)).tolist()
    names = [problem.slots[slot] for slot in free]
    return f"Ses offres possibles ne sont libres que : {list_fr(names)}."


def unlock_fr(problem: AllocationProblem, one: Unlock) -> str:
    """Return what an amount more would serve: « 10 t/an de compostage de plus à Vierzon serviraient… »."""
    unit = problem.offer_unit[one.offer]
    what = f" de « {one.family} »" if one.family else f" de « {problem.offer_ids[one.offer]} »"
    where = f" à {one.commune}" if one.commune else ""
    when = f" ({problem.slots[one.slot]})" if problem.slots[one.slot] else ""
    many = one.amount >= 2
    verb = (
        ("serviraient" if many else "servirait")
        if one.quantity > FULL
        else ("amélioreraient" if many else "améliorerait")
    )
    head = f"{quantity_fr(one.amount, unit)}{what} de plus{where}{when}"
    if one.quantity <= FULL:
        return f"{head} {verb} les réponses aux besoins déjà servis."
    more = quantity_fr(one.quantity, unit)
    if one.filled > 0:
        return f"{head} {verb} {number_fr(one.filled, 0)} {_word(one.filled, 'besoin', 'besoins')} de plus ({more})."
    return f"{head} {verb} {more} de plus."


def compare_fr(comparison: Comparison, *, unit: str = "") -> list[str]:
    """Return two sharings side by side, before then after."""
    before, after = comparison.quantity
    change = after - before
    if abs(change) <= FULL * max(1.0, before):
        lines = [f"Autant est servi : {quantity_fr(after, unit)}."]
    else:
        word = "de plus" if change > 0 else "de moins"
        lines = [
            f"{quantity_fr(abs(change), unit)} {word} : {quantity_fr(after, unit)} au lieu de "
            f"{quantity_fr(before, unit)}."
        ]
    lines.append(
        f"Besoins servis entièrement : {number_fr(comparison.filled[1], 0)} au lieu de "
        f"{number_fr(comparison.filled[0], 0)}."
    )
    for words, changes in (("Y gagnent", comparison.gaining), ("Y perdent", comparison.losing)):
        if changes:
            names = [
                f"{one.need} ({'+' if one.after > one.before else '−'}{quantity_fr(abs(one.after - one.before), unit)})"
                for one in changes[:MOST_NAMES]
            ]
            others = (
                f" et {number_fr(len(changes) - MOST_NAMES, 0)} autres" if len(changes) > MOST_NAMES else ""
            )
            lines.append(f"{words} : {', '.join(names)}{others}.")
    return lines


def _word(count: float, one: str, many: str) -> str:
    return one if count < 2 else many
