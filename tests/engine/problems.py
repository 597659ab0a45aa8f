"""Problems to try: small ones by hand, and every kind of odd one by hypothesis."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from maillage_engine import Link, Problem, ResourceType, Side, TypeTable
from maillage_engine.text import MeaningScale
from maillage_engine.text.vectors import quantise

TODAY = 20_500
AUTHORISATIONS = ("dechets-dangereux", "transport-dechets", "accueil-jeune-enfant")
WORDS = ("compost", "épluchures", "de", "camion", "l’atelier", "Ci&el", "vélo", "réparation", "été")
KINDS = ("material", "service", "skill")


def week_of(*hours: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return the (21,) bytes of a week where only ``hours`` suit."""
    flags = np.zeros(168, dtype=np.uint8)
    flags[list(hours)] = 1
    return np.packbits(flags)


def side(*rows: dict[str, Any], prefix: str = "r") -> Side:
    """Return a side from one dictionary a row; an attribute that a row lacks takes its default."""
    base = Side.build(ids=[f"{prefix}{at}" for at in range(len(rows))], texts=[""] * len(rows))
    arrays = {name: np.array(array) for name, array in base.arrays().items()}
    width = max((len(row["vectors"]) for row in rows if "vectors" in row), default=0)
    arrays["vectors"] = np.zeros((len(rows), width), dtype=np.int16)
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in arrays:
                arrays[name][at] = value
    return Side(
        ids=tuple(row.get("ids", base.ids[at]) for at, row in enumerate(rows)),
        texts=tuple(row.get("texts", "") for row in rows),
        **arrays,
    )


def problem(needs: list[dict[str, Any]], offers: list[dict[str, Any]], **more: Any) -> Problem:
    """Return the problem of rows given as dictionaries."""
    return Problem.from_arrays(
        needs=side(*needs, prefix="besoin-"), offers=side(*offers, prefix="offre-"), today=TODAY, **more
    )


ONE_TYPE = TypeTable((ResourceType("compostage", label="Compostage"),))


@st.composite
def type_tables(draw: st.DrawFn) -> TypeTable:
    """Trees of at most six types and a few links between them."""
    count = draw(st.integers(0, 6))
    types = tuple(
        ResourceType(
            code=f"t{at}",
            label=f"Type {at}",
            kind=draw(st.sampled_from(KINDS)),
            parent=None if at == 0 else draw(st.sampled_from([None, *(f"t{above}" for above in range(at))])),
            hazardous=draw(st.integers(0, 5)) == 0,
            requires=tuple(draw(st.lists(st.sampled_from(AUTHORISATIONS), max_size=1))),
        )
        for at in range(count)
    )
    codes = st.sampled_from([one.code for one in types]) if types else st.nothing()
    links = st.builds(
        Link,
        offer=codes,
        need=codes,
        closeness=st.sampled_from([0.001, 0.355, 0.8, 1.0]),
        relation=st.sampled_from(["substitutes", "handles", ""]),
    )
    return TypeTable(types, tuple(draw(st.lists(links, max_size=4))) if types else ())


def mostly(plain: Any, odd: st.SearchStrategy[Any], *, times: int = 3) -> st.SearchStrategy[Any]:
    """The plain value ``times`` times out of ``times`` + 1, so that pairs get past the rules."""
    return st.one_of(*(st.just(plain) for _ in range(times)), odd)


def windows() -> st.SearchStrategy[tuple[int, int]]:
    """A first and a last day around today, or an end left open."""
    first = st.integers(TODAY - 5, TODAY + 3)
    return st.one_of(
        st.tuples(first, st.integers(0, 5)).map(lambda window: (window[0], window[0] + window[1])),
        first.map(lambda day: (day, 2**31 - 1)),
        first.map(lambda day: (-(2**31), day)),
    )


def rows_of(types: int) -> st.SearchStrategy[dict[str, Any]]:
    """One need or offer where everything may be missing, extreme, or equal to another's."""
    amounts = st.sampled_from([0.1, 1.0, 3.0, 1e-300, 1e300, 7.7])
    some_hours = st.sets(st.integers(0, 3), max_size=3).map(lambda hours: week_of(*hours))
    some_months = st.sets(st.integers(0, 3), max_size=3).map(
        lambda months: [33 if month in months else 0 for month in range(12)]
    )
    row = st.fixed_dictionaries(
        {
            "texts": st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join),
            "types": st.integers(-1, types - 1),
            "vectors": st.lists(st.sampled_from([-1.0, 0.0, 0.3, 1.0]), min_size=4, max_size=4).map(
                lambda values: quantise(np.array([values]))[0]
            ),
            "quantity": mostly(np.nan, amounts, times=1),
            "minimum": mostly(0.0, amounts),
            "dimension": mostly(0, st.integers(-1, 2)),
            "latitude": mostly(47.0, st.sampled_from([np.nan, 47.1, 48.0, -21.0, 90.0]), times=2),
            "longitude": mostly(2.0, st.sampled_from([np.nan, 2.01, 3.0, 55.5, -180.0])),
            "approximate": st.booleans(),
            "reach_km": mostly(np.nan, st.sampled_from([0.0, 11.12, 50.0, 20_000.0])),
            "window": mostly((-(2**31), 2**31 - 1), windows()),
            "week": mostly(np.full(21, 255, dtype=np.uint8), some_hours),
            "months": mostly([100] * 12, some_months),
            "confirmed_day": mostly(-(2**31), st.integers(TODAY - 900, TODAY + 3), times=1),
            "party": mostly(-1, st.integers(0, 1)),
            "holds": mostly(7, st.integers(0, 7), times=1),
            "requires": mostly(0, st.sampled_from([1, 6])),
        }
    )
    return row.map(lambda one: {**one, "from_day": one["window"][0], "until_day": one["window"][1]})


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Problems of at most nine needs and nine offers."""
    types = draw(type_tables())
    needs = draw(st.lists(rows_of(len(types)), max_size=9))
    twins = st.lists(rows_of(len(types)), min_size=1, max_size=2).flatmap(
        lambda pool: st.lists(st.sampled_from(pool), max_size=9)
    )
    offers = draw(st.one_of(twins, st.lists(rows_of(len(types)), max_size=9)))
    pairs = st.tuples(st.integers(0, max(len(needs) - 1, 0)), st.integers(0, max(len(offers) - 1, 0)))
    excluded = draw(st.lists(pairs, max_size=2)) if needs and offers else []
    empty = Side.empty(vector_width=4)
    return Problem.from_arrays(
        needs=side(*needs, prefix="besoin-") if needs else empty,
        offers=side(*offers, prefix="offre-") if offers else empty,
        today=TODAY,
        types=types,
        authorisations=AUTHORISATIONS,
        excluded_pairs=excluded,
        meaning_scale=draw(st.sampled_from([MeaningScale(), MeaningScale(8000, 9600)])),
    )
