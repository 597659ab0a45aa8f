"""The four facts of an agreement (nature, quantity, calendar, distance) and its verdict, in words.

The verdict's bounds are chosen, not measured: ``VERY_GOOD`` asks for the right type, near, in time and in quantity;
below ``GOOD`` at least one of them is open.
"""

from collections.abc import Mapping, Sequence

from maillage.core.french import NBSP, number
from maillage.domain.matching.problem_rows import Fact, Said

VERY_GOOD = 800
GOOD = 680
SAME_NATURE = 900
WHOLE = 1000
FEW = 950
UNKNOWN_QUANTITY = "à préciser"
REASONS_SHOWN = 3
_DOUBTS = {"against": 0, "check": 1, "for": 2}
_SAID_BY_FACTS = ("distance", "week", "months", "quantity", "type_same")
_MINOR = ("confirmed", "never_confirmed")


def verdict_of(score: int) -> str:
    """Return the verdict's code (``matching.enums.Verdict``) of a score from 0 to 1000."""
    if score >= VERY_GOOD:
        return "very_good"
    return "good" if score >= GOOD else "to_discuss"


def facts_of(
    *,
    criteria: Mapping[str, int],
    facts: Mapping[str, int | float | str],
    reasons: Sequence[Said],
    type_label: str,
) -> tuple[Fact, ...]:
    """Return the four facts in their order."""
    codes = {one.code for one in reasons}
    return (
        Fact("Nature", "yes" if criteria["type"] >= SAME_NATURE else "half", type_label or "à préciser"),
        _quantity(int(facts["covered_per_mille"]), known="quantity_unknown" not in codes),
        _calendar(criteria["calendar"], _text_of(reasons, "week")),
        _distance(int(facts["distance_m"]), approximate="environ" in _text_of(reasons, "distance")),
    )


def _text_of(reasons: Sequence[Said], code: str) -> str:
    return next((one.text for one in reasons if one.code == code), "")


def per_cent(per_mille: int) -> int:
    """Return thousandths as a whole per cent, half upwards."""
    return (per_mille + 5) // 10


def _quantity(covered: int, *, known: bool) -> Fact:
    if not known:
        return Fact("Quantité", "half", UNKNOWN_QUANTITY)
    if covered >= WHOLE:
        return Fact("Quantité", "yes", "tout le besoin")
    return Fact("Quantité", "half", f"{max(per_cent(covered), 1)}{NBSP}% du besoin")


def _calendar(share: int, week: str) -> Fact:
    when = week.removeprefix("disponible ")
    if share >= FEW:
        return Fact("Calendrier", "yes", when or "convient")
    return Fact("Calendrier", "half", when or "en partie")


def _distance(metres: int, *, approximate: bool) -> Fact:
    if metres < 0:
        return Fact("Distance", "half", "lieu à préciser")
    if metres < 1000 and not approximate:
        return Fact("Distance", "yes", "sur place")
    about = "environ " if approximate else ""
    return Fact("Distance", "yes", f"{about}{number(metres / 1000, digits=0)}{NBSP}km")


def sorted_reasons(reasons: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Return (kind, words), doubts first, then what the four facts do not already say; capitals set."""

    def weight(one: Mapping[str, str]) -> tuple[int, int]:
        return (
            2 if one["code"] in _SAID_BY_FACTS else 1 if one["code"] in _MINOR else 0,
            _DOUBTS[one["kind"]],
        )

    ordered = sorted(reasons, key=lambda one: (_DOUBTS[one["kind"]] == 2, *weight(one)))
    return [(one["kind"], one["text"][:1].upper() + one["text"][1:]) for one in ordered]
