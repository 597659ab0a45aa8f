"""What there is to go round: places, visits, vehicles; frozen, validated at birth.

Whole numbers everywhere, so that a result is the same on every machine: metres, seconds since midnight of the day,
quantities in a small unit (grams, litres), costs in units of which ``cost_unit`` make one that people read
(1,000,000 a euro; 1 in the published instances, 10 where their distances keep one decimal).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Floats, Int64s, frozen
from maillage_engine.errors import InvalidProblem

FOREVER = 2**40
"""A time, a length or a distance that no round reaches: no limit."""
LARGEST = 2**40
"""The largest number accepted anywhere: sums stay exact in 64 bits."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A driver's break of ``seconds``, begun between ``earliest`` and ``latest``, at a place of the round.

    Not asked of a round that is over by ``latest``, nor of one that begins once the break could be over
    (``earliest`` + ``seconds``).
    """

    earliest: int
    latest: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Vehicle:
    """``number`` vehicles alike.

    ``capacity``: one number a dimension of the problem. ``start`` and ``end``: places. ``shift``: the round begins
    and ends within it. ``longest_seconds`` and ``longest_metres``: most of one round. ``fixed_cost`` when used,
    ``metre_cost`` a metre, ``second_cost`` a second from start to end, the pause apart. ``network``: which matrix.
    ``materials``: the only ones it takes (None: all). ``reload_at``: places where it may unload and load during the
    round, each time for ``reload_seconds``, ``most_reloads`` times at most (None: no limit).
    """

    id: str
    capacity: tuple[int, ...]
    start: int = 0
    end: int = 0
    number: int = 1
    shift: tuple[int, int] = (0, FOREVER)
    longest_seconds: int = FOREVER
    longest_metres: int = FOREVER
    fixed_cost: int = 0
    metre_cost: int = 1
    second_cost: int = 0
    network: int = 0
    materials: tuple[str, ...] | None = None
    reload_at: tuple[int, ...] = ()
    reload_seconds: int = 0
    most_reloads: int | None = None
    pause: Pause | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One stop of a round.

    ``deliver``: brought from the depot; ``collect``: taken to it; one number a dimension (empty: nothing).
    ``window``: the service begins within it; ``service``: its seconds. ``release``: what is delivered leaves the
    depot from that time on. ``prize``: what leaving it out costs; None: it must be served. ``priority``: which of the
    visits that must be served go first when not all can. ``material``: its code, empty when it does not matter.
    """

    id: str
    place: int
    deliver: tuple[int, ...] = ()
    collect: tuple[int, ...] = ()
    window: tuple[int, int] = (0, FOREVER)
    service: int = 0
    release: int = 0
    prize: int | None = None
    priority: int = 1
    material: str = ""


@dataclass(frozen=True, eq=False)
class TourProblem:
    """Visits, vehicles, and the matrices between the n places.

    ``metres`` and ``seconds``: int64 (networks, n, n), whole, not negative, 0 on the diagonal. ``dimensions``: the
    names of the quantities (« kg », « m3 »). ``apart``: pairs of materials that may not share a round. ``places``:
    names; ``coordinates``: float64 (n, 2), latitude and longitude or x and y, None when not known (drawing only).
    Raises ``InvalidProblem`` naming the attribute and the row.
    """

    visits: tuple[Visit, ...]
    vehicles: tuple[Vehicle, ...]
    metres: Int64s
    seconds: Int64s
    dimensions: tuple[str, ...] = ("kg",)
    apart: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    coordinates: Floats | None = None
    cost_unit: int = 1
    convention: str = ""

    def __post_init__(self) -> None:
        for name in ("metres", "seconds"):
            object.__setattr__(self, name, _matrix(getattr(self, name), name))
        if self.metres.shape != self.seconds.shape:
            raise InvalidProblem("seconds", "elle n’a pas la taille de la matrice des distances.")
        if self.coordinates is not None:
            object.__setattr__(self, "coordinates", frozen(np.asarray(self.coordinates, dtype=np.float64)))
        width = len(self.dimensions)
        filled = tuple(_filled(visit, row, width) for row, visit in enumerate(self.visits))
        object.__setattr__(self, "visits", filled)
        object.__setattr__(self, "vehicles", tuple(self.vehicles))
        _check(self)

    @property
    def size(self) -> int:
        """How many places."""
        return int(self.metres.shape[1])

    @cached_property
    def forbidden(self) -> frozenset[frozenset[str]]:
        """The pairs of ``apart``, without order."""
        return frozenset(frozenset(pair) for pair in self.apart)

    def takes(self, vehicle: int, visit: int) -> bool:
        """Whether this vehicle accepts the material of this visit."""
        accepted, material = self.vehicles[vehicle].materials, self.visits[visit].material
        return accepted is None or not material or material in accepted

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        plain = {
            "visits": [asdict(one) for one in self.visits],
            "vehicles": [asdict(one) for one in self.vehicles],
            "dimensions": self.dimensions,
            "apart": sorted(sorted(pair) for pair in self.forbidden),
            "cost_unit": self.cost_unit,
        }
        hasher = hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode())
        for array in (self.metres, self.seconds):
            hasher.update(repr(array.shape).encode())
            hasher.update(np.ascontiguousarray(array).astype("<i8").tobytes())
        return hasher.hexdigest()


def _matrix(given: npt.ArrayLike, name: str) -> Int64s:
    array = np.asarray(given)
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3 or array.shape[1] != array.shape[2] or not array.size:
        raise InvalidProblem(name, "il faut une matrice carrée, une ligne et une colonne par lieu.")
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            row = int(np.argwhere(~np.isfinite(array))[0][1])
            raise InvalidProblem(
                name, "un trajet n’est pas un nombre ; donnez-le ou écartez ce lieu.", row=row
            )
        if (array != np.rint(array)).any():
            raise InvalidProblem(name, "donnez des nombres entiers ; arrondissez avant.")
    elif array.dtype.kind not in "iu":
        raise InvalidProblem(name, "donnez des nombres entiers.")
    for faulty, words in (
        (array < 0, "un trajet est négatif."),
        (array > LARGEST, "un trajet est trop grand ; changez d’unité."),
    ):
        if faulty.any():
            raise InvalidProblem(name, words, row=int(np.argwhere(faulty)[0][1]))
    whole = array.astype(np.int64)
    if whole.diagonal(axis1=1, axis2=2).any():
        raise InvalidProblem(name, "d’un lieu à lui-même, il faut 0.")
    result: Int64s = frozen(whole)
    return result


def _filled(visit: Visit, row: int, width: int) -> Visit:
    """Give a zero to each dimension of a side that says nothing."""
    sides = {}
    for name in ("deliver", "collect"):
        said = tuple(getattr(visit, name)) or (0,) * width
        if len(said) != width:
            raise InvalidProblem(name, f"il faut {width} quantité(s), une par dimension.", row=row)
        sides[name] = said
    return Visit(**{**asdict(visit), **sides, "window": tuple(visit.window)})


def _check(problem: TourProblem) -> None:
    if not problem.visits:
        raise InvalidProblem("visits", "il n’y a aucun arrêt à desservir.")
    if not problem.vehicles:
        raise InvalidProblem("vehicles", "il n’y a aucun véhicule.")
    _check_names("visits", [one.id for one in problem.visits])
    _check_names("vehicles", [one.id for one in problem.vehicles])
    if problem.cost_unit < 1:
        raise InvalidProblem("cost_unit", "il faut 1 ou plus.")
    if problem.coordinates is not None and problem.coordinates.shape != (problem.size, 2):
        raise InvalidProblem("coordinates", "il faut deux nombres par lieu.")
    if problem.places and len(problem.places) != problem.size:
        raise InvalidProblem("places", "il faut un nom par lieu.")
    for row, visit in enumerate(problem.visits):
        _check_visit(problem, visit, row)
    for row, vehicle in enumerate(problem.vehicles):
        _check_vehicle(problem, vehicle, row)


def _check_names(kind: str, names: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for row, name in enumerate(names):
        if name in seen:
            raise InvalidProblem(kind, f"« {name} » est déjà en ligne {seen[name]}.", row=row)
        seen[name] = row


def _check_visit(problem: TourProblem, visit: Visit, row: int) -> None:
    _whole(visit.deliver, "deliver", row, "la quantité est négative ou trop grande.")
    _whole(visit.collect, "collect", row, "la quantité est négative ou trop grande.")
    _whole((visit.service, visit.release), "service", row, "la durée est négative ou trop grande.")
    _whole(visit.window, "window", row, "l’horaire est négatif ou trop grand.")
    if visit.window[1] < visit.window[0]:
        raise InvalidProblem("window", "l’horaire finit avant de commencer.", row=row)
    if visit.prize is not None:
        _whole((visit.prize,), "prize", row, "le prix est négatif ou trop grand.")
    if not 1 <= visit.priority <= 1000:
        raise InvalidProblem("priority", "la priorité va de 1 à 1000.", row=row)
    _place(problem, (visit.place,), row, "place")


def _check_vehicle(problem: TourProblem, vehicle: Vehicle, row: int) -> None:
    if len(vehicle.capacity) != len(problem.dimensions):
        raise InvalidProblem("capacity", f"il en faut {len(problem.dimensions)}, une par dimension.", row=row)
    _whole(vehicle.capacity, "capacity", row, "la capacité est négative ou trop grande.")
    if not any(vehicle.capacity):
        raise InvalidProblem("capacity", "ce véhicule ne peut rien porter ; donnez sa capacité.", row=row)
    _whole(vehicle.shift, "shift", row, "l’horaire est négatif ou trop grand.")
    if vehicle.shift[1] < vehicle.shift[0]:
        raise InvalidProblem("shift", "la journée finit avant de commencer.", row=row)
    costs = (vehicle.fixed_cost, vehicle.metre_cost, vehicle.second_cost)
    _whole(costs, "cost", row, "un coût est négatif ou trop grand.")
    limits = (
        vehicle.longest_seconds,
        vehicle.longest_metres,
        vehicle.reload_seconds,
        vehicle.most_reloads or 0,
    )
    _whole(limits, "limit", row, "une limite est négative ou trop grande.")
    if vehicle.number < 1:
        raise InvalidProblem("number", "il faut un véhicule au moins.", row=row)
    if not 0 <= vehicle.network < len(problem.metres):
        raise InvalidProblem("network", "cette matrice n’existe pas.", row=row)
    _place(problem, (vehicle.start, vehicle.end, *vehicle.reload_at), row, "start")
    pause = vehicle.pause
    if pause is not None:
        _whole((pause.earliest, pause.latest, pause.seconds), "pause", row, "la pause est négative.")
        if pause.latest < pause.earliest or not pause.seconds:
            raise InvalidProblem(
                "pause", "donnez une durée, et un début au plus tôt avant le plus tard.", row=row
            )


def _whole(values: Sequence[int], name: str, row: int, words: str) -> None:
    for value in values:
        # a NumPy integer is welcome, a bool, a float or a NaN is not
        if isinstance(value, bool | float) or not 0 <= value <= LARGEST:
            raise InvalidProblem(
                name, words if not isinstance(value, float) else "donnez un entier.", row=row
            )


def _place(problem: TourProblem, places: Sequence[int], row: int, name: str) -> None:
    if any(not 0 <= place < problem.size for place in places):
        raise InvalidProblem(name, "ce lieu n’existe pas.", row=row)
