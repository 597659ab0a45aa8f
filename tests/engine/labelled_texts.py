"""Small labelled texts for the tests of the classifier."""

import numpy as np

from maillage_engine.methods.classify import LabelledTexts

TEXTS = (
    "épluchures de la cantine",
    "restes de repas",
    "déchets verts du jardin",
    "tonte de pelouse",
    "camionnette à prêter",
    "fourgon le mardi",
    "véhicule utilitaire",
    "voiture partagée",
    "comptable à mi-temps",
    "tenir les comptes",
    "bilan de l’association",
    "fiches de paie",
)
CODES = tuple((code,) for code in ("bio",) * 4 + ("auto",) * 4 + ("compta",) * 4)
NAMES = {"bio": "Biodéchets", "auto": "Véhicules", "compta": "Comptabilité", "salle": "Salle de réunion"}


def small(*, meaning: bool = False, seed: int = 0) -> LabelledTexts:
    """Return twelve texts, four labels of which one was never met; ``meaning``: with random vectors of 8 columns."""
    if not meaning:
        return LabelledTexts.of(TEXTS, CODES, names=NAMES)
    random = np.random.default_rng(seed)
    centres = random.normal(size=(4, 8))
    of = [0] * 4 + [1] * 4 + [2] * 4
    vectors = centres[of] + 0.3 * random.normal(size=(12, 8))
    return LabelledTexts.of(
        TEXTS,
        CODES,
        names=NAMES,
        vectors=vectors.astype(np.float32),
        label_vectors=(centres + 0.1 * random.normal(size=(4, 8))).astype(np.float32),
    )
