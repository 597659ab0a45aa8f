"""What there is to share out: needs, offers, and the pairs that may deal; frozen, validated at birth."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Bools, Floats, Int32s, frozen
from maillage_engine.errors import InvalidProblem

LARGEST = 1e15
"""Above it, sums of 64-bit floats no longer keep a millionth of a unit."""
_FLOATS = ("need_quantity", "offer_quantity", "priority", "need_lot", "offer_lot", "value", "transport")


@dataclass(frozen=True, eq=False)
class AllocationProblem:
    """n needs, m offers, s slots (months, days of the week; one when there is no calendar), e edges.

    ``need_quantity`` float64 (n, s) and ``offer_quantity`` float64 (m, s): what is wanted and what there is in each
    slot, 0 when nothing; what one slot leaves is not kept for another. ``priority`` float64 (n,): weight of a unit
    served. ``need_lot`` (n,) and ``offer_lot`` (m,): the least that one delivery of a slot may be. ``indivisible``
    bool (m,): serves one need at most, over all slots. ``edge_need``, ``edge_offer`` int32 (e,): who may deal;
    ``value`` (e,): gain a unit, multiplied by the priority; a pair of value 0 or less is never used. ``transport``
    (e,): cost a unit, not negative. Communes, families (of resources) and units are labels, empty when not known.
    All quantities of an edge are in one unit. Raises ``InvalidProblem`` naming the attribute and the row.
    """

    need_ids: tuple[str, ...]
    offer_ids: tuple[str, ...]
    need_quantity: Floats
    offer_quantity: Floats
    edge_need: Int32s
    edge_offer: Int32s
    value: Floats
    transport: Floats
    priority: Floats
    need_lot: Floats
    offer_lot: Floats
    indivisible: Bools
    need_commune: tuple[str, ...]
    need_family: tuple[str, ...]
    need_unit: tuple[str, ...]
    offer_commune: tuple[str, ...]
    offer_family: tuple[str, ...]
    offer_unit: tuple[str, ...]
    slots: tuple[str, ...] = ("",)

    def __post_init__(self) -> None:
        for name in _FLOATS:
            object.__setattr__(self, name, frozen(np.asarray(getattr(self, name), dtype=np.float64)))
        for name in ("edge_need", "edge_offer"):
            object.__setattr__(self, name, frozen(_rows(getattr(self, name), name)))
        object.__setattr__(self, "indivisible", frozen(np.asarray(self.indivisible, dtype=np.bool_)))
        for name in ("need_ids", "offer_ids", "slots", *_LABELS):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        _check(self)

    @classmethod
    def from_arrays(
        cls,
        *,
        need_quantity: npt.ArrayLike,
        offer_quantity: npt.ArrayLike,
        edge_need: npt.ArrayLike,
        edge_offer: npt.ArrayLike,
        value: npt.ArrayLike | None = None,
        transport: npt.ArrayLike | None = None,
        priority: npt.ArrayLike | None = None,
        need_lot: npt.ArrayLike | None = None,
        offer_lot: npt.ArrayLike | None = None,
        indivisible: npt.ArrayLike | None = None,
        need_ids: Sequence[str] | None = None,
        offer_ids: Sequence[str] | None = None,
        slots: Sequence[str] = ("",),
        **labels: Sequence[str],
    ) -> "AllocationProblem":
        """Return the problem of arrays; quantities may be (n,) and (m,) when there is one slot.

        What is not given takes its plain value: ids from 1, value and priority 1, no transport cost, no lot,
        everything divisible, empty labels.
        """
        wanted, there = _by_slot(need_quantity), _by_slot(offer_quantity)
        needs, offers, edges = len(wanted), len(there), int(np.size(np.asarray(edge_need)))
        unknown = sorted(set(labels) - set(_LABELS))
        if unknown:
            raise InvalidProblem(unknown[0], "cet attribut n’existe pas.")
        filled = {
            name: tuple(labels.get(name, ("",) * (needs if name.startswith("need") else offers)))
            for name in _LABELS
        }
        return cls(
            need_ids=tuple(need_ids) if need_ids is not None else tuple(str(at + 1) for at in range(needs)),
            offer_ids=tuple(offer_ids)
            if offer_ids is not None
            else tuple(str(at + 1) for at in range(offers)),
            need_quantity=wanted,
            offer_quantity=there,
            edge_need=np.asarray(edge_need),
            edge_offer=np.asarray(edge_offer),
            value=_given(value, edges, 1.0),
            transport=_given(transport, edges, 0.0),
            priority=_given(priority, needs, 1.0),
            need_lot=_given(need_lot, needs, 0.0),
            offer_lot=_given(offer_lot, offers, 0.0),
            indivisible=np.zeros(offers, dtype=np.bool_) if indivisible is None else np.asarray(indivisible),
            slots=tuple(slots),
            **filled,
        )

    @property
    def needs(self) -> int:
        """How many needs, n."""
        return len(self.need_ids)

    @property
    def offers(self) -> int:
        """How many offers, m."""
        return len(self.offer_ids)

    @property
    def edges(self) -> int:
        """How many pairs may deal, e."""
        return len(self.edge_need)

    @cached_property
    def gain(self) -> Floats:
        """(e,) value × priority: what one unit along an edge brings."""
        gain: Floats = frozen(self.value * self.priority[self.edge_need])
        return gain

    @cached_property
    def lot(self) -> Floats:
        """(e,) the least that one delivery along an edge may be."""
        lot: Floats = frozen(np.maximum(self.need_lot[self.edge_need], self.offer_lot[self.edge_offer]))
        return lot

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        names = [self.need_ids, self.offer_ids, self.slots, *(getattr(self, one) for one in _LABELS)]
        hasher = hashlib.sha256(json.dumps(names, separators=(",", ":")).encode("ascii"))
        for name in _FLOATS:
            hasher.update(getattr(self, name).astype("<f8").tobytes())
        for name in ("edge_need", "edge_offer"):
            hasher.update(getattr(self, name).astype("<i4").tobytes())
        hasher.update(self.indivisible.tobytes())
        return hasher.hexdigest()


_LABELS = ("need_commune", "need_family", "need_unit", "offer_commune", "offer_family", "offer_unit")


def _by_slot(given: npt.ArrayLike) -> Floats:
    array = np.asarray(given, dtype=np.float64)
    return array[:, None] if array.ndim == 1 else array


def _given(values: npt.ArrayLike | None, size: int, default: float) -> Floats:
    return np.full(size, default) if values is None else np.asarray(values, dtype=np.float64)


def _rows(given: npt.ArrayLike, name: str) -> Int32s:
    array = np.asarray(given)
    if array.size and array.dtype.kind not in "iu":
        raise InvalidProblem(name, "il faut des numéros de ligne entiers.")
    return array.astype(np.int32)


def _check(problem: AllocationProblem) -> None:
    needs, offers, edges, slots = problem.needs, problem.offers, problem.edges, len(problem.slots)
    if not slots:
        raise InvalidProblem("slots", "il faut au moins un créneau.")
    for name, ids in (("need_ids", problem.need_ids), ("offer_ids", problem.offer_ids)):
        _check_ids(name, ids)
    shapes: dict[str, tuple[int, ...]] = {
        "need_quantity": (needs, slots),
        "offer_quantity": (offers, slots),
        "priority": (needs,),
        "need_lot": (needs,),
        "offer_lot": (offers,),
        "indivisible": (offers,),
        "edge_offer": (edges,),
        "value": (edges,),
        "transport": (edges,),
    }
    for name, shape in shapes.items():
        if getattr(problem, name).shape != shape:
            raise InvalidProblem(name, f"il faut {' × '.join(map(str, shape))} valeurs.")
    for name in _LABELS:
        if len(getattr(problem, name)) != (needs if name.startswith("need") else offers):
            raise InvalidProblem(name, "il faut une étiquette par ligne.")
    for name in ("need_quantity", "offer_quantity", "priority", "need_lot", "offer_lot", "transport"):
        _refuse_outside(getattr(problem, name), name)
    faulty = np.flatnonzero(~(np.abs(problem.value) <= LARGEST))
    if len(faulty):
        raise InvalidProblem("value", "il faut un nombre, de 10¹⁵ au plus.", row=int(faulty[0]))
    for name, most in (("edge_need", needs), ("edge_offer", offers)):
        at = getattr(problem, name)
        faulty = np.flatnonzero((at < 0) | (at >= most))
        if len(faulty):
            raise InvalidProblem(name, "cette ligne n’existe pas.", row=int(faulty[0]))
    _check_units(problem)


def _refuse_outside(values: Floats, name: str) -> None:
    faulty = ~((values >= 0) & (values <= LARGEST))
    if faulty.any():
        row = int(np.argwhere(faulty)[0][0])
        raise InvalidProblem(name, "il faut un nombre de 0 à 10¹⁵ ; corrigez la valeur.", row=row)


def _check_ids(name: str, ids: tuple[str, ...]) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for row, one in enumerate(ids):
        if one in seen:
            raise InvalidProblem(name, f"« {one} » est là deux fois ; gardez-en un.", row=row)
        seen.add(one)


def _check_units(problem: AllocationProblem) -> None:
    if not any(problem.need_unit) and not any(problem.offer_unit):
        return
    known = {unit: at for at, unit in enumerate(sorted({*problem.need_unit, *problem.offer_unit}))}
    wanted = np.array([known[unit] for unit in problem.need_unit])[problem.edge_need]
    there = np.array([known[unit] for unit in problem.offer_unit])[problem.edge_offer]
    faulty = np.flatnonzero(wanted != there)
    if len(faulty):
        row = int(faulty[0])
        units = (problem.need_unit[problem.edge_need[row]], problem.offer_unit[problem.edge_offer[row]])
        raise InvalidProblem("unit", f"« {units[0]} » et « {units[1]} » ne se comparent pas.", row=row)
