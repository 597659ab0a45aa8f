"""The catalogue's types as knowledge for retrieval: what each text speaks of, and what answers what."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from maillage.domain.catalogue.files import CatalogueFiles
from maillage.interfaces.cli.training.types import labelled, learn_types
from maillage.interfaces.cli.whole_file import whole
from maillage_engine.files.classifier import FORMAT, load_classifier, write_classifier
from maillage_engine.methods.classify import TypeClassifier
from maillage_engine.methods.retrieve.types import KnownTypes
from maillage_engine.text import Encoder

FAMILY = 0.5
"""How well a type answers its parent, and the parent it: the general word is often used for the thing."""


class TypeKnowledge:
    """Meaning of the labels, words of the labels and synonyms, links."""

    def __init__(self, catalogue: CatalogueFiles, encoder: Encoder, home: Path) -> None:
        self._encoder = encoder
        self._words = by_words(catalogue, home)
        at = {row.code: place for place, row in enumerate(catalogue.types)}
        names = [row.label for row in catalogue.types]
        self._types = KnownTypes(encoder.encode_needs(names), range(len(names)), _answers(catalogue, at))

    def closeness(self, needs: Sequence[str], offers: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return float32 (n, m): how well the types of each offer answer those of each need."""
        return self._types.closeness(
            self._encoder.encode_needs(needs),
            self._encoder.encode_offers(offers),
            need_chances=self._words.chances(needs),
            offer_chances=self._words.chances(offers),
        )


def by_words(catalogue: CatalogueFiles, home: Path) -> TypeClassifier:
    """Return the classifier of the catalogue by its words alone, learnt once for each state of the catalogue."""
    problem = labelled(catalogue, None)
    path = home / "models" / f"types-words-{FORMAT}-{problem.digest()[:12]}.npz"
    if path.exists():
        return load_classifier(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = learn_types(problem, None, seed=0)
    with whole(path) as draft, draft.open("wb") as file:
        write_classifier(made, file)
    return load_classifier(path)


def _answers(catalogue: CatalogueFiles, at: dict[str, int]) -> npt.NDArray[np.float64]:
    """Return float64 (T, T): how well an offer of type j answers a need of type i."""
    answers = np.eye(len(at))
    for row in catalogue.types:
        if row.parent:
            one, other = at[row.code], at[row.parent]
            answers[one, other] = answers[other, one] = FAMILY
    for link in catalogue.links:
        need, offer = at[link.need], at[link.offer]
        answers[need, offer] = max(answers[need, offer], float(link.closeness))
    return answers
