"""What was learnt: it ranks the labels for new texts, with chances, and says when none seems right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.classify.choice import Clues, softmax
from maillage_engine.methods.classify.clues import Groups, clues_of, familiar_clues
from maillage_engine.methods.classify.examples import Closeness, Sight, Views, product
from maillage_engine.methods.classify.familiar import familiarity, trust
from maillage_engine.methods.classify.kernel import Kernel
from maillage_engine.methods.classify.problem import Vectors
from maillage_engine.methods.classify.ridge import Single

BLOCK = 256


@dataclass(frozen=True, slots=True)
class Proposal:
    """A label and the chance, from 0 to 1, that it is the right one."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposed:
    """The best labels of one text, best first; ``none_of_these``: the chance that no label is right."""

    proposals: tuple[Proposal, ...]
    none_of_these: float


@dataclass(frozen=True, eq=False)
class TypeClassifier:
    """L labels, m examples.

    ``weights``: for each kernel, float32 (m, L). ``choice`` float64 (c,): weight of each clue. ``familiar``: weights
    of ``familiarity``, or None when no stranger was shown: then nothing is said of « none of these ».
    ``trust`` float64 (3,): see ``familiar.trust``. ``encoder``: the build that made the vectors, empty without.
    ``digest``: that of the texts learnt from.
    """

    labels: tuple[str, ...]
    sight: Sight
    examples: Views
    right: tuple[tuple[int, ...], ...]
    named: Int64s
    kernels: tuple[Kernel, ...]
    weights: tuple[Single, ...]
    choice: Floats
    familiar: Floats | None
    trust: Floats
    groups: Groups
    encoder: str
    seed: int
    digest: str
    engine_version: str

    @property
    def uses_meaning(self) -> bool:
        """Whether texts must come with their vectors."""
        return self.sight.centre is not None

    def chances(self, texts: Sequence[str], vectors: Vectors | None = None) -> npt.NDArray[np.float32]:
        """Return float32 (n, L): the chance of each label if one of them is right; each row sums to 1."""
        empty = np.zeros((0, len(self.labels)), dtype=np.float32)
        return np.concatenate([empty, *(chances for chances, _ in self._blocks(texts, vectors))])

    def propose(
        self, texts: Sequence[str], k: int = 5, vectors: Vectors | None = None
    ) -> list[list[Proposal]]:
        """Return the ``k`` best labels of each text, best first, then by place; [] for a text without content."""
        return [list(one.proposals) for one in self.understand(texts, k, vectors)]

    def understand(self, texts: Sequence[str], k: int = 5, vectors: Vectors | None = None) -> list[Proposed]:
        """Return proposals and « none of these ».

        The confidence of the first is how often such an answer was right on held-out texts; the others share the rest.
        """
        if k < 1:
            raise InvalidArgument("k", "demandez au moins une réponse.")
        found: list[Proposed] = []
        for chances, known in self._blocks(texts, vectors):
            sure = trust(chances.max(axis=1).astype(np.float64), known, self.trust)
            for row, chance, one in zip(chances, known, sure, strict=True):
                best = np.argsort(-row, kind="stable")[:k]
                named = _confident(self.labels, row, best, float(one))
                empty = not texts[len(found)].strip()
                found.append(Proposed((), 1.0) if empty else Proposed(named, float(1 - chance)))
        return found

    def clues(self, closeness: Closeness) -> Clues:
        """Return float32 (a, L, c) of texts whose cosines with the examples are given."""
        answers = [
            product(kernel.of(closeness), one) for kernel, one in zip(self.kernels, self.weights, strict=True)
        ]
        return clues_of(closeness, answers, self.groups)

    def _blocks(
        self, texts: Sequence[str], vectors: Vectors | None
    ) -> Iterator[tuple[npt.NDArray[np.float32], Floats]]:
        if self.uses_meaning and (vectors is None or len(vectors) != len(texts)):
            raise InvalidArgument("vectors", "ce modèle demande un vecteur de sens par texte.")
        for start in range(0, len(texts), BLOCK):
            part = slice(start, start + BLOCK)
            some = self.sight.views(texts[part], None if vectors is None else vectors[part])
            closeness = Closeness.between(some, self.examples)
            chances = softmax(self.clues(closeness) @ self.choice.astype(np.float32))
            known = np.ones(len(some))
            if self.familiar is not None:
                known = familiarity(familiar_clues(closeness), self.familiar)
            yield chances, known


def _confident(
    labels: tuple[str, ...], chances: npt.NDArray[np.float32], best: Int64s, sure: float
) -> tuple[Proposal, ...]:
    """Return the proposals: ``sure`` for the first, then chances scaled so that all sum to 1 at most."""
    top = float(chances[best[0]])
    rest = min(sure / max(top, 1e-9), (1 - sure) / max(1 - top, 1e-9))
    scaled = [sure, *(float(chances[at]) * rest for at in best[1:].tolist())]
    return tuple(Proposal(labels[at], one) for at, one in zip(best.tolist(), scaled, strict=True))
