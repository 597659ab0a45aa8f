"""What is known of each label for a text, in one array: the regressions, the nearest examples, the name, the number.

Clues, in order: the answer of each kernel's regression; the greatest cosine with an example of the label, by letters,
by stems, by the mix of all, by meaning; the cosine with the label's name, by letters, by meaning; ln(1 + examples).
Those of meaning are absent where there are no vectors.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.methods.classify.choice import Clues
from maillage_engine.methods.classify.examples import Closeness, Cosines

MIX = (0.3, 0.2, 0.5)
MIX_WITHOUT_MEANING = (0.6, 0.4, 0.0)


@dataclass(frozen=True, eq=False)
class Groups:
    """Which examples each of the L labels has.

    ``order``: rows of examples, label after label (an example of two labels comes twice); ``starts``: where each of
    the labels ``present`` begins in it; ``named``: labels that have a name, ``names``: the example that is their name.
    """

    labels: int
    order: Int64s
    starts: Int64s
    present: Int64s
    named: Int64s
    names: Int64s
    counts: Int64s

    @classmethod
    def of(cls, right: Sequence[Sequence[int]], labels: int, named: Int64s) -> "Groups":
        """Group the examples; the last ``len(named)`` are the names."""
        rows = np.array([row for row, some in enumerate(right) for _ in some], dtype=np.int64)
        columns = np.array([one for some in right for one in some], dtype=np.int64)
        counts = np.bincount(columns, minlength=labels).astype(np.int64)
        ends = np.cumsum(counts)
        present = np.flatnonzero(counts)
        names = np.arange(len(right) - len(named), len(right), dtype=np.int64)
        order = rows[np.argsort(columns, kind="stable")]
        return cls(labels, order, (ends - counts)[present], present, named, names, counts)

    def nearest(self, cosines: Cosines) -> Cosines:
        """Return float32 (a, L): the greatest cosine with an example of each label, 0 at least."""
        best = np.zeros((len(cosines), self.labels), dtype=np.float32)
        best[:, self.present] = np.maximum.reduceat(cosines[:, self.order], self.starts, axis=1)
        return np.maximum(best, 0, out=best)

    def name(self, cosines: Cosines) -> Cosines:
        """Return float32 (a, L): the cosine with the name of each label, 0 without a name."""
        found = np.zeros((len(cosines), self.labels), dtype=np.float32)
        found[:, self.named] = cosines[:, self.names]
        return found


def clues_of(
    closeness: Closeness, answers: Sequence[Cosines], groups: Groups, *, own: Cosines | None = None
) -> Clues:
    """Return float32 (a, L, c) from the cosines and the answers of the regressions, each (a, L).

    ``own`` (a, L): 1 where the text is itself an example of the label, and is not to be counted among them.
    """
    mix = MIX if closeness.meaning is not None else MIX_WITHOUT_MEANING
    columns = [
        *answers,
        groups.nearest(closeness.letters),
        groups.nearest(closeness.stems),
        groups.nearest(closeness.mixed(*mix)),
        groups.name(closeness.letters),
    ]
    if closeness.meaning is not None:
        columns += [groups.nearest(closeness.meaning), groups.name(closeness.meaning)]
    counts = groups.counts if own is None else groups.counts - own
    columns.append(np.broadcast_to(np.log1p(counts).astype(np.float32), columns[0].shape))
    return np.stack(columns, axis=-1)


def familiar_clues(closeness: Closeness) -> Floats:
    """Return float64 (a, 3 or 4): the greatest cosine with any example by letters, stems, the mix, meaning."""
    mix = MIX if closeness.meaning is not None else MIX_WITHOUT_MEANING
    views = [closeness.letters, closeness.stems, closeness.mixed(*mix)]
    if closeness.meaning is not None:
        views.append(closeness.meaning)
    return np.stack([view.max(axis=1) for view in views], axis=-1).astype(np.float64)
