"""A problem: two sides, the types, the authorisations, the day, the pairs set aside. Frozen, validated at birth."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from maillage_engine.arrays import INT32_MAX, INT32_MIN, Bools, Int64s, UInt64s, frozen
from maillage_engine.errors import InvalidProblem
from maillage_engine.problem.side import Side
from maillage_engine.problem.types import TypeTable
from maillage_engine.text.lexicon import Lexicon
from maillage_engine.text.meaning_scale import MeaningScale

HAZARD_CODE = "dechets-dangereux"
MAX_AUTHORISATIONS = 64


@dataclass(frozen=True, eq=False)
class Problem:
    """What there is to match.

    ``authorisations``: at most 64 codes, the bits of ``holds`` and ``requires`` (bit i is ``authorisations[i]``).
    ``today``: days since 1970-01-01. ``excluded_pairs``: int64 (p, 2), rows of a need and of an offer that people
    set aside earlier. ``meaning_scale``: which cosines of the encoder mean nothing and everything.
    Raises ``InvalidProblem`` when the parts do not fit together.
    """

    needs: Side
    offers: Side
    types: TypeTable
    authorisations: tuple[str, ...]
    today: int
    excluded_pairs: Int64s
    meaning_scale: MeaningScale

    def __post_init__(self) -> None:
        object.__setattr__(self, "authorisations", tuple(self.authorisations))
        pairs = np.asarray(self.excluded_pairs, dtype=np.int64).reshape(-1, 2)
        pairs = np.unique(pairs, axis=0) if len(pairs) else pairs
        object.__setattr__(self, "excluded_pairs", frozen(pairs))
        _check(self)

    @classmethod
    def from_arrays(
        cls,
        *,
        needs: Side,
        offers: Side,
        today: int,
        types: TypeTable | None = None,
        authorisations: Sequence[str] = (),
        excluded_pairs: Sequence[tuple[int, int]] | Int64s = (),
        meaning_scale: MeaningScale | None = None,
    ) -> "Problem":
        """Return the problem of two sides; without ``types`` every type must be -1, the unknown one.

        ``meaning_scale`` is the one of the encoder that made the vectors (``encoder.scale``).
        """
        return cls(
            needs=needs,
            offers=offers,
            types=types or TypeTable(),
            authorisations=tuple(authorisations),
            today=today,
            excluded_pairs=np.asarray(excluded_pairs, dtype=np.int64).reshape(-1, 2),
            meaning_scale=meaning_scale or MeaningScale(),
        )

    @cached_property
    def type_requires(self) -> UInt64s:
        """(T + 1,) authorisations demanded by each type, hazard apart; index -1 is the unknown type."""
        bits: UInt64s = frozen(self.types.required_bits(self.authorisations))
        return bits

    @cached_property
    def type_hazard(self) -> UInt64s:
        """(T + 1,) the bit of ``dechets-dangereux`` where the type is hazardous, else 0."""
        bits = np.zeros(len(self.types) + 1, dtype=np.uint64)
        for row, one in enumerate(self.types.types):
            if one.hazardous:
                bits[row] = 1 << self.authorisations.index(HAZARD_CODE)
        result: UInt64s = frozen(bits)
        return result

    @cached_property
    def type_is_material(self) -> Bools:
        """(T + 1,) whether the type is a material: whoever receives it takes it over."""
        kinds = [one.kind == "material" for one in self.types.types]
        result: Bools = frozen(np.array([*kinds, False], dtype=np.bool_))
        return result

    @cached_property
    def excluded_keys(self) -> Int64s:
        """Sorted need × offers + offer of each pair set aside."""
        keys: Int64s = self.excluded_pairs[:, 0] * max(len(self.offers), 1) + self.excluded_pairs[:, 1]
        return np.sort(keys)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The stems of every text of both sides."""
        return Lexicon.of(self.needs.texts, self.offers.texts)

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        hasher = hashlib.sha256()
        hasher.update(_canonical(self.describe()))
        for side in (self.needs, self.offers):
            hasher.update(_canonical([side.ids, side.texts]))
            for name, array in side.arrays().items():
                plain = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
                hasher.update(_canonical([name, str(array.dtype), array.shape]))
                hasher.update(plain.tobytes())
        return hasher.hexdigest()

    def describe(self) -> dict[str, Any]:
        """Return everything but the sides as plain values that JSON can write."""
        return {
            "authorisations": list(self.authorisations),
            "today": self.today,
            "excluded_pairs": self.excluded_pairs.tolist(),
            "meaning_scale": [self.meaning_scale.low, self.meaning_scale.high],
            "types": [
                [one.code, one.label, one.kind, one.parent, one.dimension, one.hazardous, list(one.requires)]
                for one in self.types.types
            ],
            "links": [
                [one.offer, one.need, one.per_mille, one.relation, one.condition] for one in self.types.links
            ],
        }


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def _check(problem: Problem) -> None:
    if problem.needs.vectors.shape[1] != problem.offers.vectors.shape[1]:
        raise InvalidProblem("vector", "les deux côtés n’ont pas le même encodeur ; encodez-les ensemble.")
    for side in (problem.needs, problem.offers):
        faulty = np.flatnonzero(side.types >= len(problem.types))
        if len(faulty):
            raise InvalidProblem("type", "ce type n’est pas dans la table des types.", row=int(faulty[0]))
    if not INT32_MIN < problem.today < INT32_MAX:
        raise InvalidProblem("today", "comptez en jours depuis le 1er janvier 1970.")
    _check_authorisations(problem)
    rows = problem.excluded_pairs
    bounds = np.array([len(problem.needs), len(problem.offers)])
    faulty = np.flatnonzero(((rows < 0) | (rows >= bounds)).any(axis=1))
    if len(faulty):
        raise InvalidProblem("excluded_pairs", "cette paire désigne une ligne absente.", row=int(faulty[0]))


def _check_authorisations(problem: Problem) -> None:
    codes = problem.authorisations
    if len(set(codes)) != len(codes) or len(codes) > MAX_AUTHORISATIONS:
        raise InvalidProblem("authorisations", f"il en faut {MAX_AUTHORISATIONS} au plus, sans doublon.")
    if any(one.hazardous for one in problem.types.types) and HAZARD_CODE not in codes:
        raise InvalidProblem(
            "authorisations",
            f"un type est dangereux : ajoutez « {HAZARD_CODE} » à la liste des autorisations.",
        )
    problem.types.required_bits(codes)
