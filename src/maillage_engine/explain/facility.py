"""Why these sites: which open and whom they serve, what closing each would cost, what the next best choice is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maillage_engine.errors import InvalidArgument
from maillage_engine.explain.french_numbers import NBSP, list_fr, number_fr
from maillage_engine.methods.facility.problem import FacilityProblem
from maillage_engine.methods.facility.result import FacilityResult, Opening

MANY = 6
"""Names told one by one; beyond, their number."""


@dataclass(frozen=True, slots=True)
class Words:
    """How to speak of the problem: « € », « t », and the names of sites and customers by id (None: the id)."""

    money: str = "€"
    unit: str = "t"
    sites: Mapping[str, str] | None = None
    customers: Mapping[str, str] | None = None

    def site(self, key: str) -> str:
        """The name of a site."""
        return (self.sites or {}).get(key, key)

    def customer(self, key: str) -> str:
        """The name of a customer."""
        return (self.customers or {}).get(key, key)

    def price(self, amount: float) -> str:
        """An amount of money, without cents above a thousand."""
        return f"{number_fr(amount, 0 if amount >= 1000 else 2)}{NBSP}{self.money}".rstrip(NBSP)

    def quantity(self, amount: float) -> str:
        """An amount of what is carried."""
        return f"{number_fr(amount, 0 if amount >= 100 else 2)}{NBSP}{self.unit}".rstrip(NBSP)


PLAIN = Words()


def explain_facility(problem: FacilityProblem, result: FacilityResult, words: Words = PLAIN) -> list[str]:
    """Return French sentences: the answer, each open site, how sure it is, the runner-up and what it would cost.

    A site that is opened also says what it spares. Raises ``InvalidArgument`` when the result is of another problem.
    """
    if result.digest != problem.digest():
        raise InvalidArgument("result", "ce résultat vient d’un autre problème.")
    if not result.openings:
        return [_nothing(problem, result, words)]
    best = result.openings[0]
    told = [_answer(problem, best, words)]
    for site in np.flatnonzero(best.open):
        told.append(_site(problem, best, int(site), words))
        if not problem.existing[site]:
            told += _why(problem, result, int(site), words)
    told.append(_proof(result, words))
    told += [_other(problem, best, one, rank, words) for rank, one in enumerate(result.openings[1:], start=2)]
    if result.others_bound is not None:
        least = result.others_bound - best.cost
        told.append(
            f"Tout autre choix de sites coûte au moins {words.price(max(least, 0.0))} de plus."
            if least > 0.0
            else "D’autres choix de sites, non cités ici, pourraient coûter aussi peu."
        )
    return told


def _nothing(problem: FacilityProblem, result: FacilityResult, words: Words) -> str:
    if result.status != "infeasible":
        return "Le temps a manqué : aucun choix de sites n’a été trouvé. Laissez plus de temps."
    unserved = np.flatnonzero(~np.isfinite(problem.serve_cost).any(axis=0))
    if len(unserved):
        names = _names([words.customer(problem.customer_ids[int(at)]) for at in unserved], "besoins")
        return (
            f"Aucun site ne peut servir {names}. Ajoutez un site à portée, ou élargissez la distance permise."
        )
    if problem.demand.sum() > problem.capacity.sum():
        short = words.quantity(float(problem.demand.sum() - problem.capacity.sum()))
        return f"Tous les sites ouverts ne suffiraient pas : il manque {short} de capacité. Ajoutez un site."
    if problem.max_openings is not None:
        return (
            "Aucun choix ne sert tous les besoins avec "
            f"{number_fr(problem.max_openings)} ouverture(s) au plus. Permettez-en une de plus."
        )
    return "Aucun choix de sites ne sert tous les besoins. Ajoutez de la capacité ou élargissez la distance permise."


def _answer(problem: FacilityProblem, best: Opening, words: Words) -> str:
    new = [words.site(problem.site_ids[int(at)]) for at in np.flatnonzero(best.open & ~problem.existing)]
    fixed = float(problem.fixed_cost[best.open].sum())
    what = f"Ouvrir {_names(new, 'sites')}" if new else "N’ouvrir aucun nouveau site"
    return (
        f"{what} : {words.price(best.cost)} en tout, "
        f"dont {words.price(fixed)} de frais fixes et {words.price(best.cost - fixed)} pour servir les besoins."
    )


def _site(problem: FacilityProblem, best: Opening, site: int, words: Words) -> str:
    served = best.customer[best.site == site]
    load = float((best.share * problem.demand[best.customer])[best.site == site].sum())
    capacity = float(problem.capacity[site])
    names = _names([words.customer(problem.customer_ids[int(at)]) for at in served], "besoins")
    name = words.site(problem.site_ids[site]) + (", déjà là," if problem.existing[site] else "")
    name = name[:1].upper() + name[1:]
    if not len(served):
        return f"{name} ne sert personne."
    return (
        f"{name} sert {names} : {words.quantity(load)} "
        f"sur {words.quantity(capacity)} possibles ({number_fr(100 * load / capacity, 0)}{NBSP}%)."
    )


def _why(problem: FacilityProblem, result: FacilityResult, site: int, words: Words) -> list[str]:
    """What this site spares: room, a way for some needs, money with the same others open, or at least money."""
    best = result.openings[0]
    others = best.open.copy()
    others[site] = False
    missing = float(problem.demand.sum() - problem.capacity[others].sum())
    if missing > 0.0:
        return [f"Sans lui, il manquerait {words.quantity(missing)} de place."]
    lines = best.site == site
    served, share = best.customer[lines], best.share[lines]
    elsewhere = problem.serve_cost[others][:, served].min(axis=0)
    alone = [words.customer(problem.customer_ids[int(at)]) for at in served[np.isinf(elsewhere)]]
    if alone:
        return [f"Sans lui, aucun site ouvert ne pourrait servir {_names(alone, 'besoins')}."]
    more = float(((elsewhere - problem.serve_cost[site, served]) * share).sum())
    fixed = float(problem.fixed_cost[site])
    if more > fixed:
        return [
            "Sans lui, servir les mêmes besoins depuis les autres sites ouverts coûterait au moins "
            f"{words.price(more)} de plus, pour {words.price(fixed)} de frais fixes en moins."
        ]
    # any choice without this site is one of the answers or outside them all
    without = [one.cost for one in result.openings if not one.open[site]]
    if result.others_bound is not None:
        without.append(result.others_bound)
    least = min(without, default=best.cost) - best.cost
    return [f"Sans lui, tout choix coûte au moins {words.price(least)} de plus."] if least > 0.005 else []


def _proof(result: FacilityResult, words: Words) -> str:
    if result.status == "optimal":
        return "C’est le moins cher de tous les choix : c’est prouvé."
    if result.bound is None or result.cost is None:
        return "Le temps a manqué : c’est le meilleur choix connu, rien n’est prouvé."
    gap = number_fr(100.0 * (result.gap or 0.0), 2)
    return (
        f"Le temps a manqué : c’est le meilleur choix connu. Aucun ne coûte moins de {words.price(result.bound)}, "
        f"soit {gap}{NBSP}% d’écart au plus."
    )


def _other(problem: FacilityProblem, best: Opening, other: Opening, rank: int, words: Words) -> str:
    into = [words.site(problem.site_ids[int(at)]) for at in np.flatnonzero(other.open & ~best.open)]
    out = [words.site(problem.site_ids[int(at)]) for at in np.flatnonzero(best.open & ~other.open)]
    if into and out:
        change = f"{_names(into, 'sites')} au lieu de {_names(out, 'sites')}"
    else:
        change = f"ouvrir aussi {_names(into, 'sites')}" if into else f"se passer de {_names(out, 'sites')}"
    more = other.cost - best.cost
    cost = f"{words.price(more)} de plus" if more > 0.005 else "le même prix"
    return f"Choix n°{NBSP}{rank} : {change}, {cost} ({words.price(other.cost)})."


def _names(names: list[str], what: str) -> str:
    if len(names) > MANY:
        return f"{len(names)} {what}"
    return list_fr(names) if names else f"0 {what}"
