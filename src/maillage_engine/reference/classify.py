"""What a classifier says of a text, counted pair by pair in plain Python: the twin of ``methods.classify``.

And what a regression would have said of an example without it, by solving it again without it.
"""

import math
from collections import Counter

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.methods.classify.classifier import TypeClassifier
from maillage_engine.methods.classify.clues import MIX, MIX_WITHOUT_MEANING
from maillage_engine.methods.classify.kernel import Kernel
from maillage_engine.text.term_space import TermSpace


def slow_chances(
    classifier: TypeClassifier, text: str, vector: Floats | None, examples: list[tuple[str, Floats | None]]
) -> list[float]:
    """Return the chance of each label; ``examples``: text and vector of each example, in the classifier's order."""
    cosines = [slow_cosines(classifier, (text, vector), one) for one in examples]
    utilities = []
    for label in range(len(classifier.labels)):
        clues = _clues(classifier, label, cosines)
        utilities.append(sum(weight * clue for weight, clue in zip(classifier.choice, clues, strict=True)))
    top = max(utilities)
    shares = [math.exp(one - top) for one in utilities]
    return [share / sum(shares) for share in shares]


def slow_cosines(
    classifier: TypeClassifier, one: tuple[str, Floats | None], other: tuple[str, Floats | None]
) -> tuple[float, float, float | None]:
    """Return the cosines of two texts by letters, stems and meaning."""
    sight = classifier.sight
    meaning = None
    if sight.centre is not None and one[1] is not None and other[1] is not None:
        pair = [
            _unit([float(a) - float(b) for a, b in zip(some, sight.centre, strict=True)])
            for some in (one[1], other[1])
        ]
        meaning = sum(a * b for a, b in zip(*pair, strict=True))
    return _cosine(sight.letters, one[0], other[0]), _cosine(sight.stems, one[0], other[0]), meaning


def slow_kernel(kernel: Kernel, cosines: tuple[float, float, float | None]) -> float:
    """Return the kernel of two texts whose cosines are given."""
    if not kernel.apart:
        mixed = _mixed((kernel.letters, kernel.stems, kernel.meaning), cosines)
        return math.exp(2 * kernel.width * (mixed - 1))
    value = _mixed((kernel.letters, kernel.stems, 0), cosines)
    if cosines[2] is not None:
        value += kernel.meaning * math.exp(2 * kernel.width * (cosines[2] - 1))
    return value


def slow_without(
    kernel: Floats, targets: Floats, ridge: float, row: int, *, asked: Floats | None = None
) -> Floats:
    """Return the answer for example ``row`` of the regression on all the others; (m, m) and (m, L) float64.

    ``asked`` float64 (m,): the kernel of another text, asked in its place.
    """
    others = np.delete(np.arange(len(kernel)), row)
    inside = kernel[np.ix_(others, others)] + ridge * np.eye(len(others))
    line = kernel[row] if asked is None else asked
    answer: Floats = line[others] @ np.linalg.solve(inside, targets[others])
    return answer


def _clues(
    classifier: TypeClassifier, label: int, cosines: list[tuple[float, float, float | None]]
) -> list[float]:
    mine = [cosine for cosine, rows in zip(cosines, classifier.right, strict=True) if label in rows]
    first_name = len(classifier.right) - len(classifier.named)
    names = {int(one): cosines[first_name + at] for at, one in enumerate(classifier.named)}
    name = names.get(label)
    meaning = cosines[0][2] is not None
    mix = MIX if meaning else MIX_WITHOUT_MEANING
    clues = [
        sum(
            slow_kernel(kernel, cosine) * float(row[label])
            for cosine, row in zip(cosines, weights, strict=True)
        )
        for kernel, weights in zip(classifier.kernels, classifier.weights, strict=True)
    ]
    for view in (lambda one: one[0], lambda one: one[1], lambda one: _mixed(mix, one)):
        clues.append(max([0.0, *(view(one) for one in mine)]))
    clues.append(name[0] if name else 0.0)
    if meaning:
        clues.append(max([0.0, *(float(one[2] or 0) for one in mine)]))
        clues.append(float(name[2] or 0) if name else 0.0)
    return [*clues, math.log1p(len(mine))]


def _mixed(weights: tuple[float, float, float], cosines: tuple[float, float, float | None]) -> float:
    return sum(weight * (cosine or 0.0) for weight, cosine in zip(weights, cosines, strict=True))


def _cosine(space: TermSpace, one: str, other: str) -> float:
    first, second = (_weights(space, text) for text in (one, other))
    return sum(value * second.get(term, 0.0) for term, value in first.items())


def _weights(space: TermSpace, text: str) -> dict[str, float]:
    rarity = dict(zip(space.terms, space.rarity.tolist(), strict=True))
    counts = Counter(term for term in space.cut(text) if term in rarity)
    row = {term: (1 + math.log(times)) * rarity[term] for term, times in counts.items()}
    length = math.sqrt(sum(value * value for value in row.values()))
    return {term: value / length for term, value in row.items()}


def _unit(values: list[float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in values))
    return [value / length for value in values] if length > 0 else values
