"""What the certificate of an optimisation says: feasible, objective recomputed from the lines, bound and gap."""

from dataclasses import asdict, dataclass
from typing import Any

TOLERANCE = 1e-6
"""Relative residual up to which two floating numbers are held equal."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: ``name`` (stable English code), whether it holds, and in French what was found."""

    name: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """The certificate of one result.

    ``objective`` is recomputed from the lines of the solution, never copied from the solver; ``bound`` is proved
    (None: no bound is known); ``gap`` is ``relative_gap(objective, bound)`` (None without a bound); ``digest`` is
    the SHA-256 of the problem.
    """

    checks: tuple[Check, ...]
    objective: float
    bound: float | None
    gap: float | None
    digest: str
    engine_version: str

    @property
    def valid(self) -> bool:
        """Whether every check holds."""
        return all(check.passed for check in self.checks)

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.passed)

    def as_dict(self) -> dict[str, Any]:
        """The certificate as JSON takes it, ``valid`` included."""
        checks = [{**asdict(check), "passed": bool(check.passed)} for check in self.checks]
        return {"valid": bool(self.valid), **asdict(self), "checks": checks}


def relative_gap(objective: float, bound: float | None) -> float | None:
    """Return |objective − bound| / max(1, |objective|): 0 when proved, None without a bound."""
    return None if bound is None else abs(objective - bound) / max(1.0, abs(objective))
