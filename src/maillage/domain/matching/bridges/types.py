"""The bridge to the trained model of types: what a sentence may be about when its words are not in the catalogue.

Without a model, with one that cannot be read or that was made with another encoder, nothing is proposed.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from threadpoolctl import ThreadpoolController

from maillage.domain.matching.bridge import encoder_named
from maillage_engine.errors import InvalidFile
from maillage_engine.files.classifier import load_model
from maillage_engine.methods.classify import TypeClassifier, TypeModel
from maillage_engine.text.encoder import Encoder

LEAST_CONFIDENCE = 0.3
STRANGE = 0.5
"""From here on « none of these » is believed: nothing is proposed."""
LONGEST = 600
"""Characters that are read: a sentence and its details; the rest would only slow the page."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """Where the model is, and the encoder of the site, asked only when the model compares meanings."""

    model: Path
    encoder: str
    vector_folder: Path


def proposed_types(text: str, k: int, trained: TrainedOn) -> list[tuple[str, float]]:
    """Return at most ``k`` codes with their confidence, best first; which ones are in use is for the caller to say."""
    kept = kept_model(trained.model)
    return [] if kept is None else _proposed(kept.types, text, k, trained)


def proposed_professions(text: str, k: int, trained: TrainedOn) -> list[tuple[str, float]]:
    """Return at most ``k`` professions, as one writes them, with their confidence, best first."""
    kept = kept_model(trained.model)
    if kept is None or kept.professions is None:
        return []
    found = _proposed(kept.professions, text, k, trained)
    return [(kept.names.get(code, code), confidence) for code, confidence in found]


def _proposed(classifier: TypeClassifier, text: str, k: int, trained: TrainedOn) -> list[tuple[str, float]]:
    text = text[:LONGEST]
    if not text.strip():
        return []
    vectors = None
    if classifier.uses_meaning:
        made: Encoder = encoder_named(trained.encoder, trained.vector_folder)
        if made.build != classifier.encoder:
            return []
        vectors = made.encode_needs([text])
    with _pools().limit(limits=1):
        found = classifier.understand([text], k, vectors)[0]
    if found.none_of_these >= STRANGE:
        return []
    return [(one.code, one.confidence) for one in found.proposals if one.confidence >= LEAST_CONFIDENCE]


def kept_model(path: Path) -> TypeModel | None:
    """Return the model of a file, read once and again when the file changes; None without a readable one."""
    try:
        state = path.stat()
    except OSError:
        return None
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _pools() -> ThreadpoolController:
    """The threads of the libraries of linear algebra: for one sentence, two of them wait for each other."""
    return ThreadpoolController()


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int, _size: int) -> TypeModel | None:
    try:
        return load_model(path)
    except InvalidFile as error:
        _LOG.warning("Le modèle des types est ignoré. %s", error.message)
        return None
