"""Learn to name texts: ridge regressions, nearest examples and names, weighed by what each says of unseen texts.

Everything that is weighed was said of an example without it, so nothing is tuned on what is learnt by heart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.errors import InvalidProblem
from maillage_engine.methods.classify.choice import Clues, fit_choice, softmax
from maillage_engine.methods.classify.classifier import TypeClassifier
from maillage_engine.methods.classify.clues import Groups, clues_of, familiar_clues
from maillage_engine.methods.classify.examples import Closeness, Cosines, Sight, Views, examples_of
from maillage_engine.methods.classify.familiar import familiarity, fit_familiar, fit_trust
from maillage_engine.methods.classify.kernel import WITH_MEANING, WITHOUT_MEANING, Kernel
from maillage_engine.methods.classify.problem import LabelledTexts, Vectors
from maillage_engine.methods.classify.ridge import Ridge, Single, fit_ridge, targets_of
from maillage_engine.stop import NO_LIMIT, Stop
from maillage_engine.version import ENGINE_VERSION

MOST_EXAMPLES = 14_000
"""Examples compared with: their square fits in memory. Of more, as many are drawn; every name is kept."""
MOST_WEIGHED = 3_000
"""Examples whose held-out answers weigh the clues."""


@dataclass(frozen=True, eq=False)
class Sentences:
    """Whole sentences made of examples: ``texts``, and in ``of`` the row of the text of the problem in each.

    ``vectors`` float32 (q, d) when the problem has some. They are answered without their example, to weigh and to
    calibrate, and are no examples themselves.
    """

    texts: tuple[str, ...]
    of: Int64s
    vectors: Vectors | None = None


def train(
    problem: LabelledTexts,
    *,
    strangers: Sequence[str] = (),
    stranger_vectors: Vectors | None = None,
    sentences: Sentences | None = None,
    kernels: tuple[Kernel, ...] | None = None,
    encoder: str = "",
    most_examples: int = MOST_EXAMPLES,
    seed: int = 0,
    stop: Stop = NO_LIMIT,
) -> TypeClassifier:
    """Return the classifier of ``problem``; the same arguments give the same one.

    ``strangers``: texts that no label suits, to learn « none of these ». ``encoder``: the build of the vectors.
    Only the cancellation of ``stop`` is looked at: half a classifier is of no use.
    Raises ``InvalidProblem`` when nothing can be held out, ``Cancelled`` when asked to stop.
    """
    watch = stop.watch()
    if kernels is None:
        kernels = WITH_MEANING if problem.vectors is not None else WITHOUT_MEANING
    sight, examples, right, said, weighed = _started(problem, sentences, most_examples, seed)
    groups = Groups.of(right, len(problem.labels), problem.named)
    watch.check()
    closeness = Closeness.between(examples, examples)
    spoken = None if said is None else Closeness.between(sight.views(said.texts, said.vectors), examples)
    targets = targets_of(right, len(problem.labels))
    weights, held_out = [], []
    for kernel in kernels:
        watch.check()
        ridge = fit_ridge(kernel.of(closeness), targets, kernel.ridge)
        weights.append(ridge.weights)
        held_out.append(_held_out(ridge, kernel, weighed, said, spoken))
    others = _without_itself(closeness, weighed)
    if said is not None and spoken is not None:
        weighed = np.concatenate([weighed, said.of])
        others = others.and_then(_hidden(spoken, said.of))
    clues = clues_of(others, held_out, groups, own=targets[weighed])
    watch.check()
    choice = fit_choice(clues, tuple(right[row] for row in weighed))
    strange = Closeness.between(sight.views(strangers, stranger_vectors), examples) if strangers else None
    familiar = None if strange is None else fit_familiar(familiar_clues(others), familiar_clues(strange))
    return TypeClassifier(
        labels=problem.labels,
        sight=sight,
        examples=examples,
        right=right,
        named=problem.named,
        kernels=kernels,
        weights=tuple(weights),
        choice=choice,
        familiar=familiar,
        trust=_trust(clues, choice, others, familiar, targets[weighed]),
        groups=groups,
        encoder=encoder,
        seed=seed,
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
    )


def _started(
    problem: LabelledTexts, sentences: Sentences | None, most: int, seed: int
) -> tuple[Sight, Views, tuple[tuple[int, ...], ...], Sentences | None, Int64s]:
    """Return how texts are seen, the examples kept and their labels, the sentences about them, the rows held out."""
    sight = Sight.of(problem)
    examples, right = examples_of(problem, sight)
    kept = _drawn(len(problem.texts), len(examples), most, seed)
    said = _among(sentences, kept, len(problem.texts))
    if len(kept) < len(examples):
        examples, right = examples.rows(kept), tuple(right[row] for row in kept)
    weighed = _weighed(len(examples) - len(problem.named), len(examples), seed)
    return sight, examples, right, said, weighed


def _trust(
    clues: Clues, choice: Floats, others: Closeness, familiar: Floats | None, targets: Single
) -> Floats:
    """Calibrate the confidence on what was said of texts held out, whose targets are known."""
    chances = softmax(clues @ choice.astype(np.float32))
    known = np.ones(len(targets)) if familiar is None else familiarity(familiar_clues(others), familiar)
    correct = targets[np.arange(len(targets)), chances.argmax(axis=1)].astype(np.float64)
    return fit_trust(chances.max(axis=1).astype(np.float64), known, correct)


def _held_out(
    ridge: Ridge, kernel: Kernel, weighed: Int64s, said: Sentences | None, spoken: Closeness | None
) -> Cosines:
    """Return what a regression says of each text weighed, then of each sentence, without their example."""
    answers = ridge.without[weighed]
    if said is None or spoken is None:
        return answers
    return np.concatenate([answers, ridge.of_others(kernel.of(spoken), said.of)])


def _among(sentences: Sentences | None, kept: Int64s, texts: int) -> Sentences | None:
    """Return the sentences whose example is kept, with its row among those."""
    if sentences is None or not sentences.texts:
        return None
    if len(sentences.of) != len(sentences.texts) or not ((sentences.of >= 0) & (sentences.of < texts)).all():
        raise InvalidProblem("sentences", "il faut, pour chaque phrase, la ligne d’un texte du problème.")
    at = np.searchsorted(kept, sentences.of)
    there = np.flatnonzero(kept[np.minimum(at, len(kept) - 1)] == sentences.of)
    vectors = None if sentences.vectors is None else sentences.vectors[there]
    return Sentences(tuple(sentences.texts[row] for row in there), at[there].astype(np.int64), vectors)


def _drawn(texts: int, examples: int, most: int, seed: int) -> Int64s:
    names = examples - texts
    if examples <= most:
        return np.arange(examples, dtype=np.int64)
    drawn = np.random.default_rng(seed).choice(texts, size=max(1, most - names), replace=False)
    return np.concatenate([np.sort(drawn), np.arange(texts, examples)]).astype(np.int64)


def _weighed(texts: int, examples: int, seed: int) -> Int64s:
    """Return the examples to hold out: texts, or, where there is none, names."""
    if examples < 2:
        raise InvalidProblem("texts", "il faut au moins deux exemples, textes ou libellés.")
    from_texts = texts or examples
    if from_texts <= MOST_WEIGHED:
        return np.arange(from_texts, dtype=np.int64)
    drawn = np.random.default_rng(seed).choice(from_texts, size=MOST_WEIGHED, replace=False)
    return np.sort(drawn).astype(np.int64)


def _without_itself(closeness: Closeness, rows: Int64s) -> Closeness:
    """Return the cosines of some examples with all, 0 with themselves."""
    return _hidden(closeness.rows(rows), rows)


def _hidden(closeness: Closeness, hidden: Int64s) -> Closeness:
    """Return the cosines, 0 with the example ``hidden`` of each line."""

    def one(cosines: Cosines) -> Cosines:
        some = cosines.copy()
        some[np.arange(len(hidden)), hidden] = 0
        return some

    meaning = None if closeness.meaning is None else one(closeness.meaning)
    return Closeness(one(closeness.letters), one(closeness.stems), meaning)
