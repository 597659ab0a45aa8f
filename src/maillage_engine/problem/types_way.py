"""By which way an offered type answers a needed type: what ``compatibility`` counted, told for one pair."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maillage_engine.problem.compatibility import (
    HANDLES,
    MOVED_PERCENT,
    general_closeness,
    specific_closeness,
)
from maillage_engine.problem.types import Link, TypeTable


@dataclass(frozen=True, slots=True)
class Way:
    """``kind``: same, specific (the offer is), general (the offer is), link. ``numbers``: what tells it."""

    kind: str
    closeness: int
    numbers: Mapping[str, int | str]


def way_between(table: TypeTable, *, offer_type: int, need_type: int) -> Way | None:
    """Return the best way from the offer's type to the need's (indices of ``table``), or None."""
    ways = [*_through_tree(table, offer_type, need_type), *_through_links(table, offer_type, need_type)]
    return max(ways, key=lambda way: way.closeness, default=None)


def _through_tree(table: TypeTable, offer: int, need: int) -> Iterator[Way]:
    labels = {"offer_type": _label(table, offer), "need_type": _label(table, need)}
    above_offer, above_need = _line(table, offer), _line(table, need)
    if offer == need:
        yield Way("same", specific_closeness(0), labels)
    elif need in above_offer:
        levels = above_offer.index(need)
        yield Way("specific", specific_closeness(levels), {**labels, "levels": levels})
    elif offer in above_need:
        levels = above_need.index(offer)
        yield Way("general", general_closeness(levels), {**labels, "levels": levels})


def _through_links(table: TypeTable, offer: int, need: int) -> Iterator[Way]:
    for link in table.links:
        ends = table.index[link.offer], table.index[link.need]
        if ends == (offer, need):
            yield _of_link(table, link, link.per_mille, offer, need)
        elif (ends[0] == offer and _next_to(table, ends[1], need)) or (
            ends[1] == need and _may_stand_for(table, link, ends[0], offer)
        ):
            yield _of_link(table, link, link.per_mille * MOVED_PERCENT // 100, offer, need)


def _of_link(table: TypeTable, link: Link, closeness: int, offer: int, need: int) -> Way:
    numbers = {
        "offer_type": _label(table, offer),
        "need_type": _label(table, need),
        "relation": link.relation,
        "condition": link.condition,
    }
    return Way("link", closeness, numbers)


def _next_to(table: TypeTable, one: int, other: int) -> bool:
    return table.parents[one] == other or table.parents[other] == one


def _may_stand_for(table: TypeTable, link: Link, linked: int, offer: int) -> bool:
    if link.relation == HANDLES:
        return table.parents[linked] == offer
    return _next_to(table, linked, offer)


def _line(table: TypeTable, start: int) -> list[int]:
    line, at = [], start
    while at != -1:
        line.append(at)
        at = table.parents[at]
    return line


def _label(table: TypeTable, row: int) -> str:
    one = table.types[row]
    return one.label or one.code
