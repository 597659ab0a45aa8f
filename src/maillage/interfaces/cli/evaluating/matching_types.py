"""The catalogue's types as knowledge for retrieval: the names of each, and what answers what."""

import numpy as np

from maillage.domain.catalogue.files import CatalogueFiles
from maillage_engine.methods.retrieve.types import KnownTypes
from maillage_engine.text import Encoder

FAMILY = 0.5
"""How well a type answers its parent, and the parent it: the general word is often used for the thing."""


def known_types(catalogue: CatalogueFiles, encoder: Encoder) -> KnownTypes:
    """Return labels and synonyms with their meaning, and the matrix of answers from links and families."""
    at = {row.code: place for place, row in enumerate(catalogue.types)}
    names = [(name, at[row.code]) for row in catalogue.types for name in (row.label, *row.synonyms)]
    answers = np.eye(len(at))
    for row in catalogue.types:
        if row.parent:
            one, other = at[row.code], at[row.parent]
            answers[one, other] = answers[other, one] = FAMILY
    for link in catalogue.links:
        need, offer = at[link.need], at[link.offer]
        answers[need, offer] = max(answers[need, offer], float(link.closeness))
    return KnownTypes(encoder.encode_needs([name for name, _ in names]), [of for _, of in names], answers)
