"""Learn on one file, name the lines of another, measure."""

import io
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.interfaces.cli.certified import refuse_faults
from maillage.interfaces.cli.evaluating.labels import read_labelled, read_names, without_headings
from maillage.interfaces.cli.evaluating.measures import Measures, measure
from maillage.interfaces.cli.training.types import with_vectors
from maillage_engine.certify.classify import certify_classifier
from maillage_engine.certify.proof import Proof
from maillage_engine.files.classifier import write_classifier
from maillage_engine.methods.classify import LabelledTexts, TypeClassifier, train
from maillage_engine.text import Encoder


@dataclass(frozen=True, slots=True)
class Named:
    """``ranked``: the ten best labels of each text of the test; ``seconds``: encode, learn, name a text."""

    measures: Measures
    proof: Proof
    learnt: int
    labels: int
    left_out: int
    unknown: int
    encode_seconds: float
    train_seconds: float
    text_seconds: float
    model_bytes: int
    ranked: tuple[tuple[str, ...], ...]


def evaluate_naming(
    learn: Path, test: Path, *, text: str, label: str, names: Path | None, encoder: Encoder | None, seed: int
) -> Named:
    """Return what is measured. Raises ``UserMistake`` on a file that cannot be read as asked."""
    known = read_names(names) if names is not None else {}
    learnt = read_labelled(learn, text=text, label=label, known=known)
    asked = read_labelled(test, text=text, label=label, known=known)
    known = without_headings(known, {code for codes in learnt.codes for code in codes})
    begun = time.monotonic()
    problem = _problem(learnt.texts, learnt.codes, known, encoder)
    vectors = None if encoder is None else encoder.encode_needs(asked.texts)
    encoded = time.monotonic()
    build = "" if encoder is None else encoder.build
    classifier = train(problem, encoder=build, seed=seed)
    trained = time.monotonic()
    chances = classifier.chances(asked.texts, vectors)
    ended = time.monotonic()
    proof = certify_classifier(problem, classifier)
    refuse_faults(proof.faults)
    at = {one: row for row, one in enumerate(classifier.labels)}
    right = [[at[code] for code in codes if code in at] for codes in asked.codes]
    missing = [len(codes) - len(rows) for codes, rows in zip(asked.codes, right, strict=True)]
    best = np.argsort(-chances, axis=1, kind="stable")[:, :10]
    return Named(
        measures=measure(chances, right, missing),
        proof=proof,
        learnt=len(learnt.texts),
        labels=len(classifier.labels),
        left_out=learnt.left_out + asked.left_out,
        unknown=sum(1 for rows in right if not rows),
        encode_seconds=encoded - begun,
        train_seconds=trained - encoded,
        text_seconds=(ended - trained) / len(asked.texts),
        model_bytes=_size(classifier),
        ranked=tuple(tuple(classifier.labels[one] for one in row) for row in best),
    )


def _problem(
    texts: tuple[str, ...],
    codes: tuple[tuple[str, ...], ...],
    names: dict[str, str],
    encoder: Encoder | None,
) -> LabelledTexts:
    plain = LabelledTexts.of(texts, codes, names=names)
    return with_vectors(plain, encoder)


def _size(classifier: TypeClassifier) -> int:
    file = io.BytesIO()
    write_classifier(classifier, file)
    return file.tell()
