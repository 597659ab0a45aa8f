"""Invented territories of any size: a catalogue, needs and offers that look like real ones in what costs time.

No real place nor organisation: towns are drawn inside the bounds of mainland France. Everything comes from the
seed.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from maillage_engine import Link, Problem, ResourceType, Side, TypeTable
from maillage_engine.problem.calendar import pack_hours
from maillage_engine.text import MeaningScale
from maillage_engine.text.vectors import quantise

TODAY = 20_500
AUTHORISATIONS = ("dechets-dangereux", "transport-dechets", "accueil-jeune-enfant", "sous-produits-animaux")
ROOTS, CHILDREN, GRANDCHILDREN = 20, 4, 4
WIDTH = 384
PART = 20_000
WORDS = [
    "compost",
    "épluchures",
    "cantine",
    "collecte",
    "broyage",
    "palette",
    "bois",
    "carton",
    "textile",
    "vêtement",
    "ordinateur",
    "écran",
    "réparation",
    "atelier",
    "vélo",
    "camion",
    "livraison",
    "entrepôt",
    "bureau",
    "salle",
    "cuisine",
    "repas",
    "légumes",
    "maraîcher",
    "jardin",
    "haie",
    "tonte",
    "peinture",
    "menuiserie",
    "chantier",
    "gravats",
    "isolation",
    "toiture",
    "chaudière",
    "garde",
    "enfant",
    "crèche",
    "soir",
    "ménage",
    "linge",
    "couture",
    "impression",
    "affiche",
    "site",
    "internet",
    "comptabilité",
    "paie",
    "juridique",
    "formation",
    "insertion",
    "tutorat",
    "transport",
    "navette",
    "partage",
    "matériel",
    "sonorisation",
    "barnum",
    "chaise",
    "table",
    "vaisselle",
    "festival",
    "marché",
    "épicerie",
    "solidaire",
    "invendu",
    "pain",
    "farine",
    "fromage",
    "lait",
]


def catalogue(random: np.random.Generator) -> TypeTable:
    """420 types on three levels and 120 links."""
    types: list[ResourceType] = []
    for root in range(ROOTS):
        kind = ("material", "service", "premises", "equipment", "skill")[root % 5]
        types.append(ResourceType(f"r{root}", kind=kind))
        for child in range(CHILDREN):
            code = f"r{root}-{child}"
            types.append(ResourceType(code, kind=kind, parent=f"r{root}"))
            types += [
                ResourceType(
                    f"{code}-{last}",
                    kind=kind,
                    parent=code,
                    hazardous=kind == "material" and random.random() < 0.1,
                    requires=("transport-dechets",) if random.random() < 0.05 else (),
                )
                for last in range(GRANDCHILDREN)
            ]
    codes = [one.code for one in types]
    links = tuple(
        Link(str(offer), str(need), float(random.uniform(0.3, 0.95)), "substitutes", "À vérifier.")
        for offer, need in random.choice(codes, size=(120, 2))
    )
    return TypeTable(tuple(types), links)


def problem(size: int, *, seed: int = 0, unknown: float = 0.0, concentrated: bool = False) -> Problem:
    """Return ``size`` needs and ``size`` offers, every rule having something to refuse.

    ``unknown``: share of the rows whose type is not known; each of them meets every row of the other side.
    ``concentrated``: the r-th type is 1/r as frequent as the first, instead of all alike.
    """
    random = np.random.default_rng(seed)
    types = catalogue(random)
    centres = random.normal(size=(len(types), WIDTH))
    towns = np.stack([random.uniform(43, 50, 2_000), random.uniform(-1, 6, 2_000)], axis=1)
    common = random.normal(size=WIDTH) * 2
    frequency = 1 / np.arange(1, len(types) + 1) if concentrated else np.ones(len(types))
    order = random.permutation(len(types))
    sides = []
    for prefix in ("b", "o"):
        of_type = order[random.choice(len(types), size, p=frequency / frequency.sum())]
        sides.append(_side(size, prefix, random, of_type, centres, towns, common))
    needs, offers = (
        replace(side, types=np.where(random.random(size) < unknown, -1, side.types)) for side in sides
    )
    return Problem.from_arrays(
        needs=needs,
        offers=offers,
        types=types,
        authorisations=AUTHORISATIONS,
        today=TODAY,
        excluded_pairs=random.integers(0, size, (size // 10, 2)),
        meaning_scale=MeaningScale(8_000, 9_600),
    )


def _side(
    size: int,
    prefix: str,
    random: np.random.Generator,
    of_type: Any,
    centres: Any,
    towns: Any,
    common: Any,
) -> Side:
    place = towns[random.integers(0, len(towns), size)] + random.normal(0, 0.02, (size, 2))
    place[random.random(size) < 0.05] = np.nan
    vectors = _vectors(random, (common + 0.6 * centres).astype(np.float32)[of_type])
    start = random.integers(TODAY - 300, TODAY + 60, size)
    months = np.full((size, 12), 100)
    seasonal = random.random(size) < 0.2
    months[seasonal] = random.choice([0, 50, 100], size=(int(seasonal.sum()), 12))
    amount = np.where(random.random(size) < 0.4, np.nan, np.round(np.exp(random.normal(6, 1.5, size)), 1))
    return Side.build(
        ids=[f"{prefix}{row:06d}" for row in range(size)],
        texts=_texts(size, random),
        types=of_type,
        vectors=vectors,
        quantity=amount,
        minimum=np.where(random.random(size) < 0.1, 300.0, 0.0),
        dimension=np.where(random.random(size) < 0.9, of_type % 3, -1),
        latitude=place[:, 0],
        longitude=place[:, 1],
        approximate=random.random(size) < 0.3,
        reach_km=random.choice([20.0, 50.0, 100.0, np.nan], size=size, p=[0.2, 0.35, 0.25, 0.2]),
        from_day=start,
        until_day=np.where(random.random(size) < 0.5, 2**31 - 1, start + random.integers(30, 700, size)),
        week=_weeks(size, random),
        months=months,
        confirmed_day=np.where(random.random(size) < 0.3, -(2**31), TODAY - random.integers(0, 900, size)),
        party=random.integers(-1, size // 3, size),
        holds=random.choice([0, 2, 3, 15], size=size),
        requires=random.choice([0, 0, 0, 0, 0, 4], size=size),
    )


def _vectors(random: np.random.Generator, means: Any) -> Any:
    """A little of one's own around each type's direction, part by part: a hundred thousand rows take room."""
    vectors = np.empty(means.shape, dtype=np.int16)
    for start in range(0, len(means), PART):
        part = means[start : start + PART]
        vectors[start : start + PART] = quantise(part + 0.6 * random.normal(size=part.shape))
    return vectors


def _texts(size: int, random: np.random.Generator) -> list[str]:
    frequency = 1 / np.arange(1, len(WORDS) + 1)
    drawn = random.choice(WORDS, size=(size, 8), p=frequency / frequency.sum())
    lengths = random.integers(2, 9, size)
    return [" ".join(row[:length]) for row, length in zip(drawn, lengths, strict=True)]


def _weeks(size: int, random: np.random.Generator) -> Any:
    hours = np.ones((size, 168), dtype=np.bool_)
    for row in np.flatnonzero(random.random(size) < 0.3):
        hours[row] = False
        for day in random.choice(7, size=int(random.integers(1, 4)), replace=False):
            hours[row, day * 24 + 8 : day * 24 + 18] = True
    return pack_hours(hours)
