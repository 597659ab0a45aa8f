"""A territory invented on the real map: real communes and their inhabitants, the real catalogue, nobody real.

Needs and offers fall where people live; types are few and frequent or many and rare; texts are the catalogue's own
words; each type has a direction of meaning, each text a little of its own. Everything comes from the seed.
"""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.synthetic import TODAY, WIDTH
from maillage.domain.catalogue.files import CatalogueFiles, read_catalogue
from maillage.importers.municipalities import read_division
from maillage.importers.municipalities.gazetteer import Gazetteer
from maillage.interfaces.cli.matching.types import type_table
from maillage_engine import Problem, Side
from maillage_engine.text import MeaningScale
from maillage_engine.text.vectors import quantise

PART = 20_000
REACHES_KM, REACH_SHARES = [10.0, 20.0, 30.0, 50.0, 80.0, np.nan], [0.2, 0.25, 0.25, 0.15, 0.1, 0.05]
INHABITANTS_PER_INTENT = 6.8
"""68 million inhabitants for ten million intents, the size « all of France » of the paper estimate."""

SPREAD = 1.0
TEXTS_PER_TYPE = 6


@cache
def places() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return (c, 2) degrees of every located commune of mainland France and (c,) its share of the inhabitants."""
    gazetteer = Gazetteer.of(read_division())
    rows = [
        (position.latitude, position.longitude, row.population)
        for row in gazetteer.municipalities
        if row.population and len(row.department) == 2 and (position := gazetteer.position(row)) is not None
    ]
    table = np.array(rows, dtype=np.float64)
    return table[:, :2], table[:, 2] / table[:, 2].sum()


def territory(intents: int, *, seed: int = 0, untyped: float = 0.05) -> Problem:
    """Return ``intents`` // 2 needs and as many offers over mainland France; ``untyped``: share without a type.

    The density is the real one when ``intents`` is ten million; a smaller number is put on as much smaller a part of
    France, the communes nearest to Bourges, so that a row meets as many others at every size.
    """
    random = np.random.default_rng(seed)
    catalogue = read_catalogue()
    where, share = _around(intents)
    centres = random.normal(size=(len(catalogue.types), WIDTH)).astype(np.float32)
    common = (random.normal(size=WIDTH) * 2).astype(np.float32)
    frequency = 1 / np.arange(1, len(catalogue.types) + 1)
    order = random.permutation(len(catalogue.types))
    sides = []
    for prefix in "bo":
        count = intents // 2
        of_type = order[random.choice(len(catalogue.types), count, p=frequency / frequency.sum())]
        at = where[random.choice(len(where), count, p=share)] + random.normal(0, 0.01, (count, 2))
        sides.append(_side(prefix, random, catalogue, of_type, at, centres, common, untyped))
    return Problem.from_arrays(
        needs=sides[0],
        offers=sides[1],
        types=type_table(catalogue),
        authorisations=tuple(row.code for row in catalogue.authorisations),
        today=TODAY,
        meaning_scale=MeaningScale(8_000, 9_600),
    )


def _around(intents: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The communes nearest to Bourges that hold the inhabitants of so many intents."""
    where, share = places()
    bourges = np.array([47.081, 2.399])
    apart = ((where - bourges) * np.array([1.0, np.cos(np.radians(47))])) ** 2
    order = np.argsort(apart.sum(axis=1), kind="stable")
    wanted = min(intents * INHABITANTS_PER_INTENT / 68e6, 1.0)
    kept = order[: int(np.searchsorted(np.cumsum(share[order]), wanted)) + 1]
    return where[kept], share[kept] / share[kept].sum()


def _side(
    prefix: str,
    random: np.random.Generator,
    catalogue: CatalogueFiles,
    of_type: Any,
    at: Any,
    centres: Any,
    common: Any,
    untyped: float,
) -> Side:
    count = len(of_type)
    vectors = np.empty((count, WIDTH), dtype=np.int16)
    for start in range(0, count, PART):
        part = slice(start, start + PART)
        noise = random.standard_normal((len(of_type[part]), WIDTH), dtype=np.float32)
        vectors[part] = quantise(common + 0.6 * centres[of_type[part]] + 0.6 * noise)
    words = [(row.label, *row.synonyms)[:TEXTS_PER_TYPE] for row in catalogue.types]
    drawn = random.integers(0, TEXTS_PER_TYPE, count)
    start_day = random.integers(TODAY - 300, TODAY + 60, count)
    return Side.build(
        ids=[f"{prefix}{row:08d}" for row in range(count)],
        texts=[words[one][pick % len(words[one])] for one, pick in zip(of_type, drawn, strict=True)],
        types=np.where(random.random(count) < untyped, -1, of_type),
        vectors=vectors,
        quantity=np.where(
            random.random(count) < 0.4, np.nan, np.exp(random.normal(6, SPREAD, count)).round(1)
        ),
        minimum=np.where(random.random(count) < 0.1, 300.0, 0.0),
        dimension=np.where(random.random(count) < 0.9, of_type % 3, -1),
        latitude=at[:, 0],
        longitude=at[:, 1],
        reach_km=random.choice(REACHES_KM, size=count, p=REACH_SHARES),
        from_day=start_day,
        until_day=np.where(
            random.random(count) < 0.5, 2**31 - 1, start_day + random.integers(30, 700, count)
        ),
        confirmed_day=np.where(random.random(count) < 0.3, -(2**31), TODAY - random.integers(0, 900, count)),
        party=random.integers(-1, max(count // 3, 1), count),
        holds=random.choice(np.array([0, 1, 3, 2**30 - 1], dtype=np.uint64), size=count),
    )
