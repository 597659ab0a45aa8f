"""The examples that a new text is compared with, and the four cosines between texts: letters, stems, meaning, all.

An example is a text of the problem, or the name of a label, which is an example of that label.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Int64s
from maillage_engine.methods.classify.problem import LabelledTexts, Vectors
from maillage_engine.text.term_space import TermSpace
from maillage_engine.text.terms import letter_groups, stem_groups

Cosines = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Views:
    """Rows of m texts seen three ways: CSR float32 ``letters`` and ``stems``, float32 ``meaning`` (m, d) or None."""

    letters: Any
    stems: Any
    meaning: Vectors | None

    def __len__(self) -> int:
        return int(self.letters.shape[0])

    @cached_property
    def columns(self) -> tuple[Any, Any]:
        """``letters`` and ``stems`` turned round, CSR: one new text is then compared in a millisecond."""
        return self.letters.T.tocsr(), self.stems.T.tocsr()

    @cached_property
    def meaning_columns(self) -> Vectors:
        """``meaning`` turned round, float32 (d, m); only where there is meaning."""
        return np.ascontiguousarray(np.asarray(self.meaning, dtype=np.float32).T)

    def rows(self, kept: Int64s) -> "Views":
        """Return some of the rows."""
        return Views(
            self.letters[kept], self.stems[kept], None if self.meaning is None else self.meaning[kept]
        )


@dataclass(frozen=True, eq=False)
class Sight:
    """How texts become rows: two spaces of terms and the mean of the vectors, float32 (d,) or None."""

    letters: TermSpace
    stems: TermSpace
    centre: Vectors | None

    @classmethod
    def of(cls, problem: LabelledTexts) -> "Sight":
        """Return what the texts and the names of ``problem`` show."""
        texts = [*problem.texts, *(problem.label_texts[row] for row in problem.named)]
        centre = None
        if problem.vectors is not None and problem.label_vectors is not None:
            every = np.concatenate([problem.vectors, problem.label_vectors[problem.named]])
            centre = every.mean(axis=0, dtype=np.float64).astype(np.float32)
        return cls(TermSpace.of(texts, letter_groups), TermSpace.of(texts, stem_groups), centre)

    def views(self, texts: Sequence[str], vectors: Vectors | None) -> Views:
        """Return the rows of ``texts``; their vectors are centred, then brought back to length 1."""
        meaning = None
        if self.centre is not None and vectors is not None:
            moved = np.asarray(vectors, dtype=np.float32) - self.centre
            lengths = np.sqrt((moved * moved).sum(axis=1, keepdims=True))
            meaning = np.divide(moved, lengths, out=np.zeros_like(moved), where=lengths > 0)
        return Views(self.letters.vectors(texts), self.stems.vectors(texts), meaning)


def examples_of(problem: LabelledTexts, sight: Sight) -> tuple[Views, tuple[tuple[int, ...], ...]]:
    """Return the rows of the examples, texts first then names, and the right labels of each."""
    named = problem.named
    texts = [*problem.texts, *(problem.label_texts[row] for row in named)]
    vectors = None
    if problem.vectors is not None and problem.label_vectors is not None:
        vectors = np.concatenate([problem.vectors, problem.label_vectors[named]])
    right = (*problem.right, *((int(row),) for row in named))
    return sight.views(texts, vectors), right


@dataclass(frozen=True, eq=False)
class Closeness:
    """The cosines between a texts and m examples, each float32 (a, m); ``meaning`` None without vectors."""

    letters: Cosines
    stems: Cosines
    meaning: Cosines | None

    @classmethod
    def between(cls, some: Views, examples: Views) -> "Closeness":
        """Compare each row of ``some`` with each example."""
        meaning = None
        if some.meaning is not None and examples.meaning is not None:
            meaning = product(some.meaning, examples.meaning_columns)
        letters, stems = examples.columns
        return cls(_product(some.letters, letters), _product(some.stems, stems), meaning)

    def rows(self, kept: Int64s) -> "Closeness":
        """Return the cosines of some of the texts."""
        meaning = None if self.meaning is None else self.meaning[kept]
        return Closeness(self.letters[kept], self.stems[kept], meaning)

    def and_then(self, other: "Closeness") -> "Closeness":
        """Return the cosines of these texts, then of others, with the same examples."""
        meaning = None
        if self.meaning is not None and other.meaning is not None:
            meaning = np.concatenate([self.meaning, other.meaning])
        letters = np.concatenate([self.letters, other.letters])
        return Closeness(letters, np.concatenate([self.stems, other.stems]), meaning)

    def mixed(self, letters: float, stems: float, meaning: float) -> Cosines:
        """Return the sum of the three, each with its weight."""
        total = np.float32(letters) * self.letters + np.float32(stems) * self.stems
        if self.meaning is not None and meaning:
            total += np.float32(meaning) * self.meaning
        return total


def product(some: Cosines, rows: Cosines) -> Cosines:
    """Return float32 (a, m): ``some`` (a, n) @ ``rows`` (n, m); for one text, without waking the threads of BLAS."""
    if len(some) != 1 or not rows.flags.c_contiguous:
        return some @ rows
    from maillage_engine.methods.classify.quick import weighted_sum  # noqa: PLC0415 - Numba takes time to load

    return weighted_sum(np.ascontiguousarray(some[0]), rows)[None]


def _product(one: Any, other: Any) -> Cosines:
    if one.shape[0] != 1:
        dense: Cosines = (one @ other).toarray()
        return dense
    from maillage_engine.methods.classify.quick import sparse_sum  # noqa: PLC0415 - Numba takes time to load

    return sparse_sum(one.indices, one.data, other.indptr, other.indices, other.data, other.shape[1])[None]
