"""Where to open: sites that could be, what each costs and holds, whom it would serve and at what cost."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Bools, Floats, frozen
from maillage_engine.errors import InvalidProblem
from maillage_engine.methods.facility.places import DEFAULT_ROAD_FACTOR, Place, Site, serving_costs

LARGEST = 1e15
"""Above it, sums of 64-bit floats no longer keep a millionth of a unit."""


@dataclass(frozen=True, eq=False)
class FacilityProblem:
    """m sites, n customers; costs in one unit of money, capacities and demands in one unit of quantity.

    ``capacity`` float64 (m,), above 0; ``fixed_cost`` float64 (m,), counted when the site is open; ``demand``
    float64 (n,); ``serve_cost`` float64 (m, n): cost of serving *all* the demand of a customer from a site, +inf
    where it is not possible. A customer may be served by several sites, each taking its share of the cost, unless
    ``single_source``. ``existing`` bool (m,): open already, and stays so. ``max_openings``: the most sites opened
    beside them (None: no limit).
    The model is that of J. E. Beasley, "An algorithm for solving large capacitated warehouse location problems",
    European Journal of Operational Research 33 (1988), 314–325.
    Raises ``InvalidProblem`` naming the attribute and the row.
    """

    site_ids: tuple[str, ...]
    customer_ids: tuple[str, ...]
    capacity: Floats
    fixed_cost: Floats
    demand: Floats
    serve_cost: Floats
    existing: Bools
    max_openings: int | None = None
    single_source: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "site_ids", tuple(self.site_ids))
        object.__setattr__(self, "customer_ids", tuple(self.customer_ids))
        for name in ("capacity", "fixed_cost", "demand", "serve_cost"):
            object.__setattr__(self, name, frozen(np.asarray(getattr(self, name), dtype=np.float64)))
        object.__setattr__(self, "existing", frozen(np.asarray(self.existing, dtype=np.bool_)))
        _check(self)

    @classmethod
    def from_arrays(
        cls,
        *,
        capacity: Floats,
        fixed_cost: Floats,
        demand: Floats,
        serve_cost: Floats,
        site_ids: Sequence[str] | None = None,
        customer_ids: Sequence[str] | None = None,
        existing: Bools | None = None,
        max_openings: int | None = None,
        single_source: bool = False,
    ) -> "FacilityProblem":
        """Return the problem of arrays; ids are numbers from 1 when they are not given, nothing exists already."""
        sites, customers = np.shape(capacity)[0], np.shape(demand)[0]
        return cls(
            site_ids=tuple(site_ids or (str(at + 1) for at in range(sites))),
            customer_ids=tuple(customer_ids or (str(at + 1) for at in range(customers))),
            capacity=capacity,
            fixed_cost=fixed_cost,
            demand=demand,
            serve_cost=serve_cost,
            existing=np.zeros(sites, dtype=np.bool_) if existing is None else existing,
            max_openings=max_openings,
            single_source=single_source,
        )

    @classmethod
    def from_places(
        cls,
        *,
        needs: Sequence[Place],
        sites: Sequence[Site],
        cost_per_unit_km: float,
        road_factor: float = DEFAULT_ROAD_FACTOR,
        reach_km: float | None = None,
        max_openings: int | None = None,
        single_source: bool = False,
    ) -> "FacilityProblem":
        """Return the problem of a territory.

        Carrying one unit (a tonne) one kilometre by road costs ``cost_per_unit_km``; a road is ``road_factor``
        times the straight way; no need is served from beyond ``reach_km`` of straight way (None: no limit).
        Raises ``InvalidProblem``.
        """
        return cls.from_arrays(
            site_ids=[one.id for one in sites],
            customer_ids=[one.id for one in needs],
            capacity=np.array([one.capacity for one in sites], dtype=np.float64),
            fixed_cost=np.array([one.fixed_cost for one in sites], dtype=np.float64),
            demand=np.array([one.quantity for one in needs], dtype=np.float64),
            serve_cost=serving_costs(needs, sites, cost_per_unit_km, road_factor, reach_km),
            existing=np.array([one.existing for one in sites], dtype=np.bool_),
            max_openings=max_openings,
            single_source=single_source,
        )

    @property
    def sites(self) -> int:
        """How many sites, m."""
        return len(self.site_ids)

    @property
    def customers(self) -> int:
        """How many customers, n."""
        return len(self.customer_ids)

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        plain = [self.site_ids, self.customer_ids, self.max_openings, self.single_source]
        hasher = hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode("ascii"))
        for array in (self.capacity, self.fixed_cost, self.demand, self.serve_cost):
            hasher.update(array.astype("<f8").tobytes())
        hasher.update(self.existing.tobytes())
        return hasher.hexdigest()


def above_any_cost(problem: FacilityProblem) -> float:
    """Return a number that no solution's cost reaches: all sites open, each customer served at its dearest."""
    costs = np.where(np.isfinite(problem.serve_cost), problem.serve_cost, 0.0)
    return 1.0 + 1.000001 * float(problem.fixed_cost.sum() + costs.max(axis=0).sum())


def _check(problem: FacilityProblem) -> None:
    sites, customers = problem.sites, problem.customers
    if not sites:
        raise InvalidProblem("site_ids", "il faut au moins un site possible.")
    if not customers:
        raise InvalidProblem("customer_ids", "il faut au moins un besoin à servir.")
    for name, ids in (("site_ids", problem.site_ids), ("customer_ids", problem.customer_ids)):
        _check_ids(name, ids)
    for name, shape in (
        ("capacity", (sites,)),
        ("fixed_cost", (sites,)),
        ("demand", (customers,)),
        ("serve_cost", (sites, customers)),
        ("existing", (sites,)),
    ):
        if getattr(problem, name).shape != shape:
            raise InvalidProblem(name, f"il faut {' × '.join(map(str, shape))} valeurs.")
    _refuse(problem.capacity <= 0, "capacity", "la capacité doit être au-dessus de 0 ; retirez ce site.")
    for name in ("capacity", "fixed_cost", "demand"):
        values = getattr(problem, name)
        message = "il faut un nombre de 0 à 10¹⁵ ; corrigez la valeur."
        _refuse(np.asarray(~((values >= 0) & (values <= LARGEST))), name, message)
    costs = problem.serve_cost
    good = (costs >= 0) & ((costs <= LARGEST) | np.isposinf(costs))
    message = "il faut un coût de 0 à 10¹⁵, ou l’infini si ce n’est pas possible."
    _refuse(np.asarray(~good.all(axis=1)), "serve_cost", message)
    if problem.max_openings is not None and problem.max_openings < 0:
        raise InvalidProblem("max_openings", "il faut 0 ou plus, ou rien pour ne pas limiter.")


def _check_ids(name: str, ids: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for row, one in enumerate(ids):
        if one in seen:
            raise InvalidProblem(name, f"« {one} » est là deux fois ; gardez-en un.", row=row)
        seen.add(one)


def _refuse(faulty: Bools, name: str, message: str) -> None:
    rows = np.flatnonzero(faulty)
    if len(rows):
        raise InvalidProblem(name, message, row=int(rows[0]))
