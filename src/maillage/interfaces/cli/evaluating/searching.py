"""Rank offers for needs, measure against the pairs known to be right."""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.domain.catalogue.files import read_catalogue
from maillage.interfaces.cli.certified import refuse_faults
from maillage.interfaces.cli.evaluating.matching_types import TypeKnowledge
from maillage.interfaces.cli.evaluating.measures import Measures, measure
from maillage.interfaces.cli.evaluating.pairs import read_texts, read_truth
from maillage_engine.certify.proof import Proof
from maillage_engine.certify.retrieve import Ranking, certify_ranking
from maillage_engine.methods.retrieve import hybrid_scores
from maillage_engine.text import Encoder


@dataclass(frozen=True, slots=True)
class Searched:
    """``ranked``: ids of the ten best offers of each need asked; ``silent``: needs without a right offer, left out."""

    measures: Measures
    proof: Proof
    asked: tuple[str, ...]
    ranked: tuple[tuple[str, ...], ...]
    offers: int
    silent: int
    encode_seconds: float
    text_seconds: float


def evaluate_search(
    needs_file: Path, offers_file: Path, truth_file: Path, *, encoder: Encoder, home: Path, with_types: bool
) -> Searched:
    """Return what is measured on the needs that have a right offer. Raises ``UserMistake`` on faulty files."""
    needs, offers = read_texts(needs_file, offers=False), read_texts(offers_file, offers=True)
    right = read_truth(truth_file, needs, offers)
    asked = [row for row, some in enumerate(right) if some]
    texts = [needs.texts[row] for row in asked]
    begun = time.monotonic()
    mine, theirs = encoder.encode_needs(texts), encoder.encode_offers(offers.texts)
    types = TypeKnowledge(read_catalogue(), encoder, home) if with_types else None
    encoded = time.monotonic()
    closeness = None if types is None else types.closeness(texts, offers.texts)
    scores = hybrid_scores(texts, offers.texts, cosines=mine @ theirs.T, types=closeness)
    ended = time.monotonic()
    best = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    proof = certify_ranking(Ranking(texts, offers.texts, mine, theirs, closeness, scores, best))
    refuse_faults(proof.faults)
    return Searched(
        measures=measure(scores, [right[row] for row in asked], [0] * len(asked)),
        proof=proof,
        asked=tuple(needs.ids[row] for row in asked),
        ranked=tuple(tuple(offers.ids[one] for one in row) for row in best),
        offers=len(offers.texts),
        silent=len(right) - len(asked),
        encode_seconds=encoded - begun,
        text_seconds=(ended - encoded) / len(asked),
    )
