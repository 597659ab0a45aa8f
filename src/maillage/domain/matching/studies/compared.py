"""Two sharings out side by side."""

from dataclasses import dataclass

from maillage.core.french import NBSP, number, plural
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.shared_out import DIMENSIONS_FR
from maillage.domain.matching.studies.shown import intents_shown

FIGURES = (
    ("whole", "Besoins entièrement servis"),
    ("part", "Besoins servis en partie"),
    ("none", "Besoins sans rien"),
)


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One measure in both runs."""

    label: str
    one: str
    other: str
    change: str


@dataclass(frozen=True, slots=True)
class ComparedNeed:
    """A need that does not receive the same in both."""

    need: IntentView
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two runs."""

    headline: str
    lines: list[ComparedLine]
    needs: list[ComparedNeed]


def compared(*, viewer: Viewer, one: MatchingRun, other: MatchingRun) -> Compared:
    """Return the measures of both runs, and the needs that do not receive the same."""
    before, after = _received(one), _received(other)
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    seen = intents_shown(viewer=viewer, keys=changed)
    needs = [
        ComparedNeed(seen[key], before.get(key, "rien"), after.get(key, "rien"))
        for key in changed
        if key in seen
    ]
    lines = [
        _line(label, one.result["figures"][code], other.result["figures"][code]) for code, label in FIGURES
    ]
    lines += _served(one, other)
    gained = other.result["figures"]["whole"] - one.result["figures"]["whole"]
    return Compared(_headline(gained, len(changed)), lines, needs)


def _headline(gained: int, changed: int) -> str:
    if not changed:
        return "Chaque besoin reçoit la même chose dans les deux."
    if gained == 0:
        return "Autant de besoins entièrement servis ; la répartition change."
    served = plural(gained, "besoin entièrement servi", "besoins entièrement servis")
    return f"{number(abs(gained))}{NBSP}{served} {'de plus' if gained > 0 else 'de moins'} dans le second."


def _line(label: str, one: float, other: float) -> ComparedLine:
    change = other - one
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return ComparedLine(label, number(one), number(other), f"{sign}{number(abs(change))}" if change else "=")


def _served(one: MatchingRun, other: MatchingRun) -> list[ComparedLine]:
    first = {line["dimension"]: line for line in one.result["dimensions"]}
    second = {line["dimension"]: line for line in other.result["dimensions"]}
    return [
        ComparedLine(
            f"Servi : {DIMENSIONS_FR.get(name, name)}",
            first[name]["served_words"] if name in first else "–",
            second[name]["served_words"] if name in second else "–",
            "="
            if name in first and name in second and first[name]["served"] == second[name]["served"]
            else "≠",
        )
        for name in sorted(first.keys() | second.keys())
    ]


def _received(run: MatchingRun) -> dict[str, str]:
    """What each need receives in all, in words."""
    return {line["need"]: line["words"] for line in run.result["received"]}
