"""The certificate of a classifier: it is of these texts, its regressions solve their equations, its chances are fit.

For examples drawn with a seed, the line of (K + λ I) α = Y is added up again, example by example, from the cosines.
"""

import numpy as np

from maillage_engine.arrays import Int64s
from maillage_engine.certify.proof import Check, Proof
from maillage_engine.methods.classify.classifier import TypeClassifier
from maillage_engine.methods.classify.examples import Closeness, examples_of
from maillage_engine.methods.classify.problem import LabelledTexts
from maillage_engine.version import ENGINE_VERSION

SAMPLE = 20
RESIDUAL = 2e-3
"""Largest residual of an equation whose right-hand side is 0 or 1, in 32-bit numbers."""


def certify_classifier(
    problem: LabelledTexts, classifier: TypeClassifier, *, sample: int = SAMPLE, seed: int = 0
) -> Proof:
    """Return the certificate; ``objective`` is the largest residual found, there is no bound."""
    same = Check(
        "digest", classifier.digest == problem.digest(), "textes appris et textes du problème comparés"
    )
    labels = Check("labels", classifier.labels == problem.labels, "étiquettes comparées, une à une")
    count = len(classifier.right)
    drawn = np.sort(np.random.default_rng(seed).choice(count, size=min(sample, count), replace=False))
    worst = _residual(classifier, drawn) if count else 0.0
    solved = Check("equations", worst <= RESIDUAL, f"plus grand résidu {worst:.1e}")
    whole = len(problem.texts) + len(problem.named) == count
    examples = Check(
        "examples",
        not whole or _same_examples(problem, classifier, drawn),
        "exemples recalculés à partir des textes",
    )
    finite = Check("choice", bool(np.isfinite(classifier.choice).all()), "poids des indices lus")
    sums = _sums(problem, classifier, drawn[drawn < len(problem.texts)] if whole else drawn[:0])
    chances = Check("chances", sums <= 1e-3, f"somme des chances à {sums:.1e} près")
    checks = (same, labels, solved, examples, finite, chances)
    return Proof(checks, worst, None, None, classifier.digest, ENGINE_VERSION)


def _residual(classifier: TypeClassifier, drawn: Int64s) -> float:
    closeness = Closeness.between(classifier.examples.rows(drawn), classifier.examples)
    worst = 0.0
    for kernel, weights in zip(classifier.kernels, classifier.weights, strict=True):
        left = kernel.of(closeness).astype(np.float64) @ weights.astype(np.float64)
        left += kernel.ridge * weights[drawn]
        for at, row in enumerate(drawn.tolist()):
            left[at, list(classifier.right[row])] -= 1
        worst = max(worst, float(np.abs(left).max(initial=0)))
    return worst


def _same_examples(problem: LabelledTexts, classifier: TypeClassifier, drawn: Int64s) -> bool:
    again, right = examples_of(problem, classifier.sight)
    if right != classifier.right:
        return False
    near = abs(again.letters[drawn] - classifier.examples.letters[drawn]).max() < 1e-5
    return bool(near and abs(again.stems[drawn] - classifier.examples.stems[drawn]).max() < 1e-5)


def _sums(problem: LabelledTexts, classifier: TypeClassifier, drawn: Int64s) -> float:
    if not len(drawn):
        return 0.0
    vectors = None if problem.vectors is None else problem.vectors[drawn]
    chances = classifier.chances([problem.texts[row] for row in drawn.tolist()], vectors)
    if not np.isfinite(chances).all() or (chances < 0).any():
        return float("inf")
    return float(np.abs(chances.sum(axis=1) - 1).max())
