"""A study carried out: from its record, the method it names, its result and its certificate.

The desk computes through this file and a record is replayed through it: the same study gives the same result.
Methods are loaded when they are asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maillage_engine.certify.proof import Proof
from maillage_engine.errors import InvalidArgument
from maillage_engine.files.study import Study
from maillage_engine.stop import Stop

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """``result`` of the method; ``proofs``: one certificate, or one a part (a day of rounds)."""

    result: Any
    proofs: tuple[Proof, ...]

    @property
    def valid(self) -> bool:
        """Whether every certificate holds."""
        return all(proof.valid for proof in self.proofs)

    @property
    def objective(self) -> float:
        """Sum over the parts."""
        return sum(proof.objective for proof in self.proofs)

    @property
    def bound(self) -> float | None:
        """Sum over the parts; None when one of them has no bound, or when there is no part."""
        bounds = [proof.bound for proof in self.proofs]
        known = [bound for bound in bounds if bound is not None]
        return float(sum(known)) if known and len(known) == len(bounds) else None


def carry_out(study: Study, *, stop: Stop | None = None) -> Done:
    """Carry out a study; ``stop`` adds a way to cancel, its limits come from the study's own arguments.

    Raises ``InvalidArgument`` when the method is not one of ``METHODS``, ``Cancelled`` when asked to stop.
    """
    if study.method not in METHODS:
        raise InvalidArgument("method", f"« {study.method} » n’est pas une méthode de ce moteur.")
    own = Stop(seconds=study.arguments.get("seconds"), iterations=study.arguments.get("iterations"))
    limits = own if stop is None else replace(own, cancelled=stop.cancelled)
    return METHODS[study.method](study.problem, study.arguments, limits)


def _tour_week(problem: Any, arguments: Arguments, stop: Stop) -> Done:
    from maillage_engine.certify.tour import certify_tour  # noqa: PLC0415 - loaded at the first use
    from maillage_engine.methods.tour.week import Rhythm, plan_week  # noqa: PLC0415

    days: Sequence[Sequence[int]] = arguments["allowed"]
    rhythms = [
        Rhythm(every, frozenset(allowed)) for every, allowed in zip(arguments["every"], days, strict=True)
    ]
    plan = plan_week(problem, rhythms, days=arguments["days"], stop=stop, seed=arguments["seed"])
    proofs = [certify_tour(day.problem, day.result) for day in plan.days if day.problem and day.result]
    return Done(plan, tuple(proofs))


def _bundle(problem: Any, arguments: Arguments, stop: Stop) -> Done:
    from maillage_engine.certify.bundle import certify_bundles  # noqa: PLC0415 - loaded at the first use
    from maillage_engine.methods.cooperate.bundles import find_bundles  # noqa: PLC0415

    names = ("need", "k", "goal", "seed")
    found = find_bundles(problem, stop=stop, **{name: arguments[name] for name in names})
    return Done(found, (certify_bundles(problem, found),))


def _network(problem: Any, arguments: Arguments, stop: Stop) -> Done:
    from maillage_engine.certify.network import certify_network  # noqa: PLC0415 - loaded at the first use
    from maillage_engine.methods.network import network  # noqa: PLC0415

    stop.watch().check()
    found = network(problem, k=arguments["k"])
    return Done(found, (certify_network(problem, found),))


def _chain(problem: Any, arguments: Arguments, stop: Stop) -> Done:
    from maillage_engine.certify.chain import certify_chains  # noqa: PLC0415 - loaded at the first use
    from maillage_engine.methods.cooperate.chains import find_chains  # noqa: PLC0415

    found = find_chains(problem, k=arguments["k"], stop=stop, seed=arguments["seed"])
    return Done(found, (certify_chains(problem, found),))


def _allocate(problem: Any, arguments: Arguments, stop: Stop) -> Done:
    from maillage_engine.certify.allocate import certify_allocation  # noqa: PLC0415 - loaded at the first use
    from maillage_engine.methods.allocate.solve import allocate  # noqa: PLC0415

    found = allocate(problem, stop=stop, seed=arguments["seed"], fairness=arguments["fairness"])
    return Done(found, (certify_allocation(problem, found),))


METHODS: Mapping[str, Callable[[Any, Arguments, Stop], Done]] = {
    "tour_week": _tour_week,
    "allocate": _allocate,
    "bundle": _bundle,
    "chain": _chain,
    "network": _network,
}
