"""The certificate of a sharing: its lines respect every limit, its value is recounted, its prices prove the bound.

Nothing of the method is used: only the problem, the lines and the prices. A flow is proved by duality: no edge is
worth more than the prices of its ends, what is used is worth exactly that, and what has a price is wholly used. The
least transport is proved in the same way, on the edges that lose no value.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Bools, Floats, Int32s
from maillage_engine.certify.proof import TOLERANCE, Check, Proof, relative_gap
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.unmet import Cut

TIGHT = 1e-11
"""Relative: under it an edge is held worth exactly the prices of its ends."""

CHECKS = {
    "digest": "le résultat est bien celui de ce problème",
    "lines": "chaque ligne est une paire possible, avec une quantité au-dessus de 0",
    "needs": "aucun besoin ne reçoit plus qu’il ne demande",
    "offers": "aucune offre ne donne plus qu’elle n’a",
    "lots": "chaque livraison atteint son minimum",
    "indivisible": "une offre indivisible ne sert qu’un besoin",
    "value": "la valeur est celle des lignes",
    "transport": "le transport est celui des lignes",
    "bound": "aucun partage ne vaut plus que la borne",
    "prices": "les prix prouvent la borne",
    "used": "ce qui sert vaut son prix, ce qui a un prix sert entièrement",
    "transport_prices": "les prix du transport prouvent qu’il est le moindre",
    "levels": "la part de chaque groupe est celle des lignes",
}


def certify_allocation(problem: AllocationProblem, result: AllocationResult) -> Proof:
    """Return the proof of ``result``; a check that does not apply (no price, no group) is not listed."""
    told = dict(_Checking(problem, result).found())
    checks = tuple(
        Check(name, not told[name], told[name] or words) for name, words in CHECKS.items() if name in told
    )
    objective = _objective(problem, result) if not told["lines"] else result.value
    return Proof(
        checks=checks,
        objective=objective,
        bound=result.bound,
        gap=relative_gap(objective, result.bound),
        digest=result.digest,
        engine_version=result.engine_version,
    )


def _objective(problem: AllocationProblem, result: AllocationResult) -> float:
    gain = problem.value[result.edge] * problem.priority[problem.edge_need[result.edge]]
    return float(gain @ result.quantity)


@dataclass
class _Checking:
    """Yields the name of each check with what is wrong, empty when nothing is."""

    problem: AllocationProblem
    result: AllocationResult

    def found(self) -> Iterator[tuple[str, str]]:
        problem, result = self.problem, self.result
        yield "digest", "" if result.digest == problem.digest() else "l’empreinte diffère"
        wrong = self._lines()
        yield "lines", wrong
        if wrong:
            return
        yield "needs", self._over(problem.edge_need, problem.need_quantity, problem.need_ids)
        yield "offers", self._over(problem.edge_offer, problem.offer_quantity, problem.offer_ids)
        yield "lots", self._lots()
        yield "indivisible", self._indivisible()
        value = _objective(problem, result)
        yield "value", _differ(result.value, value)
        carried = float(problem.transport[result.edge] @ result.quantity)
        yield "transport", _differ(result.transport, carried)
        over = value > result.bound + TOLERANCE * max(1.0, abs(value))
        yield "bound", f"valeur {value}, borne {result.bound}" if over else ""
        priced = not (np.isnan(result.prices.need).any() or np.isnan(result.prices.offer).any())
        if priced:
            yield "prices", self._prices()
            if result.status == "optimal":
                yield "used", self._used()
        if priced and result.transport_prices is not None:
            yield "transport_prices", self._transport()
        if result.levels:
            yield "levels", self._levels()

    def _lines(self) -> str:
        problem, result = self.problem, self.result
        if not len(result.edge) == len(result.slot) == len(result.quantity):
            return "les lignes n’ont pas la même longueur"
        inside = (result.edge >= 0) & (result.edge < problem.edges)
        inside &= (result.slot >= 0) & (result.slot < len(problem.slots))
        if not inside.all():
            return "une ligne désigne une paire ou un créneau absent"
        keys = result.edge * len(problem.slots) + result.slot
        if len(np.unique(keys)) < len(keys):
            return "une ligne est là deux fois"
        return "" if (result.quantity > 0).all() else "une quantité n’est pas au-dessus de 0"

    def _sums(self, ends: Int32s, shape: tuple[int, ...]) -> Floats:
        result = self.result
        at = ends[result.edge].astype(np.int64) * shape[1] + result.slot
        summed = np.bincount(at, weights=result.quantity, minlength=shape[0] * shape[1])
        return summed.astype(np.float64).reshape(shape)

    def _over(self, ends: Int32s, most: Floats, ids: tuple[str, ...]) -> str:
        summed = self._sums(ends, most.shape)
        over = np.argwhere(summed > most + TOLERANCE * np.maximum(1e-6, most))
        if not len(over):
            return ""
        row, slot = over[0].tolist()
        return f"{ids[row]} : {summed[row, slot]} sur {most[row, slot]}"

    def _lots(self) -> str:
        problem, result = self.problem, self.result
        need, offer = problem.edge_need[result.edge], problem.edge_offer[result.edge]
        least = np.maximum(problem.need_lot[need], problem.offer_lot[offer])
        under = np.flatnonzero(result.quantity < least * (1 - TOLERANCE))
        return f"{result.quantity[under[0]]} au lieu de {least[under[0]]} au moins" if len(under) else ""

    def _indivisible(self) -> str:
        problem, result = self.problem, self.result
        served: dict[int, int] = {}
        single = problem.indivisible[problem.edge_offer[result.edge]]
        for edge in result.edge[single].tolist():
            offer, need = int(problem.edge_offer[edge]), int(problem.edge_need[edge])
            if served.setdefault(offer, need) != need:
                return f"{problem.offer_ids[offer]} en sert deux"
        return ""

    def _gain(self) -> Floats:
        problem = self.problem
        gain: Floats = problem.value * problem.priority[problem.edge_need]
        return gain

    def _prices(self) -> str:
        problem, prices = self.problem, self.result.prices
        gain = self._gain()
        size = max(1.0, float(np.abs(gain).max(initial=0.0)))
        if min(prices.need.min(initial=0.0), prices.offer.min(initial=0.0)) < -TOLERANCE * size:
            return "un prix est négatif"
        for slot in range(len(problem.slots)):
            ends = prices.need[problem.edge_need, slot] + prices.offer[problem.edge_offer, slot]
            worse = np.flatnonzero(gain > ends + TOLERANCE * size)
            if len(worse):
                return f"une paire vaut {gain[worse[0]]}, ses deux bouts {ends[worse[0]]}"
        bound = (prices.need * problem.need_quantity).sum() + (prices.offer * problem.offer_quantity).sum()
        return _differ(self.result.bound, float(bound))

    def _used(self) -> str:
        problem, result, prices = self.problem, self.result, self.result.prices
        gain = self._gain()
        size = max(1.0, float(np.abs(gain).max(initial=0.0)))
        need, offer = problem.edge_need[result.edge], problem.edge_offer[result.edge]
        ends = prices.need[need, result.slot] + prices.offer[offer, result.slot]
        if (np.abs(ends - gain[result.edge]) > TOLERANCE * size).any():
            return "une ligne ne vaut pas ses deux bouts"
        for ends_of, price, most, ids in (
            (problem.edge_need, prices.need, problem.need_quantity, problem.need_ids),
            (problem.edge_offer, prices.offer, problem.offer_quantity, problem.offer_ids),
        ):
            left: Bools = most - self._sums(ends_of, most.shape) > TOLERANCE * np.maximum(1.0, most)
            faulty = np.argwhere(left & (price > TOLERANCE * size))
            if len(faulty):
                return f"{ids[faulty[0][0]]} a un prix et n’est pas rempli"
        return ""

    def _transport(self) -> str:
        """Strong duality of the least transport on the tight edges, priced nodes being filled."""
        problem, result, prices, second = (
            self.problem,
            self.result,
            self.result.prices,
            self.result.transport_prices,
        )
        if second is None:
            return ""
        gain = self._gain()
        size = max(1.0, float(np.abs(gain).max(initial=0.0)))
        most = max(1.0, float(problem.transport.max(initial=0.0)))
        for slot in range(len(problem.slots)):
            ends = prices.need[problem.edge_need, slot] + prices.offer[problem.edge_offer, slot]
            tight = (ends - gain <= TIGHT * size) & (gain > 0)
            open_ = (problem.need_quantity[problem.edge_need, slot] > 0) & (
                problem.offer_quantity[problem.edge_offer, slot] > 0
            )
            costs = second.need[problem.edge_need, slot] + second.offer[problem.edge_offer, slot]
            if (tight & open_ & (costs < -problem.transport - TOLERANCE * most)).any():
                return "une paire sans perte de valeur coûterait moins"
        for price, other in ((prices.need, second.need), (prices.offer, second.offer)):
            if (other[price <= TIGHT * size] < -TOLERANCE * most).any():
                return "un prix du transport est négatif"
        proved = (second.need * problem.need_quantity).sum() + (second.offer * problem.offer_quantity).sum()
        return _differ(result.transport, -float(proved))

    def _levels(self) -> str:
        problem, result = self.problem, self.result
        labels = problem.need_commune if result.by_group == "commune" else problem.need_family
        if len(set(problem.need_unit)) > 1:
            pairs = zip(labels, problem.need_unit, strict=True)
            labels = tuple(f"{one} ({unit or 'nombre'})" for one, unit in pairs)
        received, asked = dict.fromkeys(labels, 0.0), dict.fromkeys(labels, 0.0)
        for label, amount in zip(labels, problem.need_quantity.sum(axis=1).tolist(), strict=True):
            asked[label] += amount
        needs = problem.edge_need[result.edge].tolist()
        for need, amount in zip(needs, result.quantity.tolist(), strict=True):
            received[labels[need]] += amount
        for level in result.levels:
            share = received[level.group] / asked[level.group]
            if abs(share - level.share) > TOLERANCE:
                return f"{level.group} : {level.share} annoncé, {share} recompté"
        return ""


def _differ(told: float, counted: float) -> str:
    apart = abs(told - counted) > TOLERANCE * max(1.0, abs(counted))
    return f"{told} annoncé, {counted} recompté" if apart else ""


def certify_cut(problem: AllocationProblem, result: AllocationResult, cut: Cut) -> Check:
    """Return whether a cut proves what it says: its needs have no offer outside it, and take all that it has."""
    inside_needs, inside_offers = (
        np.zeros(problem.needs, dtype=np.bool_),
        np.zeros(problem.offers, dtype=np.bool_),
    )
    inside_needs[cut.needs] = True
    inside_offers[cut.offers] = True
    useful = problem.value * problem.priority[problem.edge_need] > 0
    leaving = useful & inside_needs[problem.edge_need] & ~inside_offers[problem.edge_offer]
    leaving &= problem.offer_quantity[problem.edge_offer, cut.slot] > 0
    if leaving.any():
        return Check("cut", False, "un besoin de la coupe a une offre en dehors")
    capacity = float(problem.offer_quantity[cut.offers, cut.slot].sum())
    wrong = _differ(cut.capacity, capacity)
    if cut.closed:
        here = (result.slot == cut.slot) & inside_needs[problem.edge_need[result.edge]]
        wrong = wrong or _differ(float(result.quantity[here].sum()), capacity)
        return Check("cut", not wrong, wrong or "ses besoins prennent tout ce que ses offres ont")
    here = (result.slot == cut.slot) & inside_offers[problem.edge_offer[result.edge]]
    wrong = wrong or _differ(float(result.quantity[here].sum()), capacity)
    gain = problem.value * problem.priority[problem.edge_need]
    size = max(1.0, float(np.abs(gain).max(initial=0.0)))
    mine = useful & inside_needs[problem.edge_need]
    price = result.prices.offer[problem.edge_offer, cut.slot]
    if (gain[mine] > price[mine] + TOLERANCE * size).any():
        wrong = wrong or "une offre de la coupe vaut moins que ce que le besoin apporterait"
    return Check("cut", not wrong, wrong or "ses offres servent entièrement, à des usages qui valent autant")
