"""The lines of two files as the engine's problem: arrays, vectors, types."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from maillage.core.periods import over_twelve_months, week_mask
from maillage.core.quantities import unit_named
from maillage.domain.catalogue.files import CatalogueFiles
from maillage.interfaces.cli.matching.line import Line
from maillage.interfaces.cli.matching.types import type_table
from maillage_engine import Problem, Side, TypeTable
from maillage_engine.problem.dimensions import dimension_index
from maillage_engine.text import Encoder
from maillage_engine.text.vectors import quantise

EPOCH = date(1970, 1, 1)
BATCH = 64
_INT32 = np.iinfo(np.int32)

Progress = Callable[[int, int], None]
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


def build_problem(
    needs: Sequence[Line],
    offers: Sequence[Line],
    *,
    catalogue: CatalogueFiles,
    encoder: Encoder,
    today: date,
    authorisations_said: bool = True,
    progress: Progress | None = None,
) -> Problem:
    """Return the problem.

    ``authorisations_said``: see ``types.type_table``. ``progress(done, total)`` counts the texts that have their
    vector.
    """
    types = type_table(catalogue, authorisations_said=authorisations_said)
    codes = tuple(row.code for row in catalogue.authorisations)
    parties: dict[str, int] = {}
    total, done = len(needs) + len(offers), 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    if not authorisations_said:
        needs = [replace(line, requires=frozenset()) for line in needs]
    return Problem.from_arrays(
        needs=_side(needs, types, codes, parties, _vectors(needs, encoder.encode_needs, encoder.width, tell)),
        offers=_side(
            offers, types, codes, parties, _vectors(offers, encoder.encode_offers, encoder.width, tell)
        ),
        types=types,
        authorisations=codes,
        today=(today - EPOCH).days,
        meaning_scale=encoder.scale,
    )


def _vectors(
    lines: Sequence[Line], encode: Encode, width: int, tell: Callable[[int], None]
) -> npt.NDArray[np.int16]:
    """Encode by small batches: the bar moves, and what is done is kept if somebody stops."""
    parts = [np.zeros((0, width), dtype=np.int16)]
    for start in range(0, len(lines), BATCH):
        texts = [line.text for line in lines[start : start + BATCH]]
        parts.append(quantise(encode(texts)))
        tell(len(texts))
    return np.concatenate(parts)


def _side(
    lines: Sequence[Line],
    types: TypeTable,
    codes: Sequence[str],
    parties: dict[str, int],
    vectors: npt.NDArray[np.int16],
) -> Side:
    dimensions = [unit_named(line.unit).dimension if line.unit else None for line in lines]
    return Side.build(
        ids=[line.key for line in lines],
        texts=[line.text for line in lines],
        types=np.array([types.index.get(line.type_code or "", -1) for line in lines], dtype=np.int32),
        vectors=vectors,
        quantity=_floats([_yearly(line, line.quantity) for line in lines]),
        minimum=np.nan_to_num(_floats([_yearly(line, line.minimum) for line in lines])),
        dimension=np.array([dimension_index(one) for one in dimensions], dtype=np.int8),
        latitude=_floats([line.latitude for line in lines]),
        longitude=_floats([line.longitude for line in lines]),
        approximate=np.array([line.approximate for line in lines], dtype=np.bool_),
        reach_km=_floats([line.reach_km for line in lines]),
        from_day=_days([line.available_from for line in lines], _INT32.min),
        until_day=_days([line.available_until for line in lines], _INT32.max),
        week=np.array([list(week_mask(line.weekly)) for line in lines], dtype=np.uint8).reshape(-1, 21),
        months=np.array([line.months or (100,) * 12 for line in lines], dtype=np.uint8).reshape(-1, 12),
        confirmed_day=_days([line.confirmed_on for line in lines], _INT32.min),
        party=np.array([_party(line, parties) for line in lines], dtype=np.int32),
        holds=_bits([line.holds for line in lines], codes),
        requires=_bits([line.requires for line in lines], codes),
    )


def _yearly(line: Line, value: Decimal | None) -> float | None:
    if value is None or not line.unit:
        return None
    return float(over_twelve_months(value * unit_named(line.unit).factor, line.period))


def _party(line: Line, parties: dict[str, int]) -> int:
    return parties.setdefault(line.party, len(parties)) if line.party else -1


def _floats(values: Sequence[float | None]) -> npt.NDArray[Any]:
    return np.array([float("nan") if value is None else value for value in values], dtype=np.float64)


def _days(values: Sequence[date | None], unknown: int) -> npt.NDArray[Any]:
    return np.array([unknown if day is None else (day - EPOCH).days for day in values], dtype=np.int32)


def _bits(held: Sequence[frozenset[str]], codes: Sequence[str]) -> npt.NDArray[Any]:
    return np.array([sum(1 << codes.index(code) for code in one) for one in held], dtype=np.uint64)
