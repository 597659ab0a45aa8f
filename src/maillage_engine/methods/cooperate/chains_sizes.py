"""The largest useful size of each site: what the needs downstream can ask of it, and no more.

Tight bounds make the linear relaxation tight. A size is that of one recipe; what is given in excess is left over.
"""

import math

from maillage_engine.methods.cooperate.chains_model import NOWHERE, Arc, ChainModel

ROUNDS = 50
UNBOUNDED = 1e6
"""The size granted to a recipe that feeds itself in a circle and says no largest size."""


def largest_sizes(model: ChainModel) -> list[float]:
    """Return the largest useful size of each site; every one is finite and above 0."""
    needs = model.chain_problem.problem.needs
    wanted: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for arc in model.arcs:
        if arc.site != NOWHERE:
            wanted.setdefault((arc.site, arc.given), []).append((arc.to_site, arc.taken, arc.need))
    ceiling = max([UNBOUNDED, *(_direct(model, arc) for arc in model.arcs if arc.site != NOWHERE)])
    caps = [
        ceiling if site.missing_place else min(ceiling, model.chain_problem.recipes[site.recipe].largest)
        for site in model.sites
    ]
    sizes = [0.0] * len(model.sites)
    for _ in range(ROUNDS):
        new = []
        for site in range(len(model.sites)):
            size = 0.0
            for given, out in enumerate(model.recipe(site).gives):
                asked, once = 0.0, False
                for to_site, taken, need in wanted.get((site, given), ()):
                    if need != NOWHERE:
                        quantity = float(needs.quantity[need])
                        once |= math.isnan(quantity)
                        asked += 0.0 if math.isnan(quantity) else max(quantity, float(needs.minimum[need]))
                    else:
                        line = model.line(to_site, taken)
                        once |= line.quantity is None
                        asked += (line.quantity or 0.0) * (1.0 if line.once else sizes[to_site])
                once |= out.quantity is None and bool(wanted.get((site, given)))
                amount = out.quantity or math.inf
                size = max(size, asked / amount, 1.0 if once else 0.0)
            new.append(min(size, caps[site]))
        if new == sizes:
            break
        sizes = new
    else:
        sizes = [cap if size > 0 else 0.0 for size, cap in zip(sizes, caps, strict=True)]
    return [size if size > 0 else min(1.0, caps[at]) for at, size in enumerate(sizes)]


def _direct(model: ChainModel, arc: Arc) -> float:
    """Return the size that a need alone asks of what an arc comes from."""
    quantity = model.recipe(arc.site).gives[arc.given].quantity
    if arc.need == NOWHERE or quantity is None:
        return 0.0
    wanted = float(model.chain_problem.problem.needs.quantity[arc.need])
    return 0.0 if math.isnan(wanted) else wanted / quantity
