"""``maillage allocate … --format orlib``: where to open, from a ``cap`` file of OR-Library."""

import time
from pathlib import Path
from typing import Any

from maillage.interfaces.cli.certified import NotCertified
from maillage_engine.certify.facility import certify_facility
from maillage_engine.explain.facility import Words, explain_facility
from maillage_engine.files.orlib import read_orlib
from maillage_engine.methods.facility import FacilityProblem, FacilityResult, Opening, open_sites, prepare
from maillage_engine.stop import Stop


def solve_file(
    path: Path,
    *,
    seconds: float | None = None,
    seed: int = 0,
    k: int = 1,
    capacity: float | None = None,
    max_openings: int | None = None,
    single_source: bool = False,
) -> dict[str, Any]:
    """Solve a file and return what is written as JSON; sites and customers count from 1, as in the file.

    ``cost``, ``bound``, ``gap`` (None where there is none), ``seconds`` (reading, search and certificate, once the
    engine is loaded), ``status``, ``certificate``, ``open``, ``flows``, ``alternatives``, ``others_bound``,
    ``sentences``.
    Raises ``InvalidFile``, ``InvalidProblem``, ``NotCertified``, ``Cancelled``.
    """
    prepare()
    begun = time.monotonic()
    problem = read_orlib(path, capacity=capacity, max_openings=max_openings, single_source=single_source)
    result = open_sites(problem, k=k, stop=Stop(seconds=seconds), seed=seed)
    proof = certify_facility(problem, result)
    if not proof.valid:
        fault = proof.faults[0]
        raise NotCertified(f"Le certificat refuse le résultat : {fault.detail}. Rien n’est montré.")
    certificate = proof.as_dict()
    certificate["objective"] = proof.objective if result.openings else None
    return {
        "cost": result.cost,
        "bound": proof.bound,
        "gap": proof.gap,
        "seconds": round(time.monotonic() - begun, 3),
        "status": result.status,
        "certificate": certificate,
        **_solution(problem, result),
        "sentences": explain_facility(problem, result, _words(problem)),
    }


def _words(problem: FacilityProblem) -> Words:
    """The files say neither names nor units."""
    return Words(
        money="",
        unit="",
        sites={one: f"le site {one}" for one in problem.site_ids},
        customers={one: f"le besoin {one}" for one in problem.customer_ids},
    )


def _solution(problem: FacilityProblem, result: FacilityResult) -> dict[str, Any]:
    others = [_opening(problem, one) for one in result.openings[1:]]
    best = _opening(problem, result.openings[0]) if result.openings else {"open": [], "flows": []}
    best.pop("cost", None)
    return {**best, "alternatives": others, "others_bound": result.others_bound}


def _opening(problem: FacilityProblem, one: Opening) -> dict[str, Any]:
    rows = zip(one.site.tolist(), one.customer.tolist(), one.share.tolist(), strict=True)
    return {
        "cost": one.cost,
        "open": [at + 1 for at in range(problem.sites) if one.open[at]],
        "flows": [
            {
                "site": site + 1,
                "customer": customer + 1,
                "share": share,
                "quantity": share * float(problem.demand[customer]),
            }
            for site, customer, share in rows
        ],
    }
