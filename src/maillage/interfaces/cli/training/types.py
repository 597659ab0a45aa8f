"""The catalogue as texts to learn from: labels are names, synonyms are texts."""

from collections.abc import Sequence
from importlib.resources import files

from maillage.domain.catalogue.files import CatalogueFiles
from maillage.interfaces.cli.training.sentences import sentences_of, spoken
from maillage_engine.methods.classify import LabelledTexts, TypeClassifier, train
from maillage_engine.methods.classify.kernel import Kernel
from maillage_engine.text import Encoder

WITH_MEANING = (Kernel(0.5, 0.5, 1.0, 1.0, 0.3, apart=True),)
"""One regression only: the answer must come while people type."""
WITHOUT_MEANING = (Kernel(0.6, 0.4, 0.0, 1.0, 0.3, apart=True),)


def labelled(catalogue: CatalogueFiles, encoder: Encoder | None) -> LabelledTexts:
    """Return the synonyms with their type, and the labels as names."""
    texts = [(name, row.code) for row in catalogue.types for name in row.synonyms]
    plain = LabelledTexts.of(
        [text for text, _ in texts],
        [(code,) for _, code in texts],
        names={row.code: row.label for row in catalogue.types},
    )
    return with_vectors(plain, encoder)


def with_vectors(plain: LabelledTexts, encoder: Encoder | None) -> LabelledTexts:
    """Return the same texts with the meaning of each, when there is an encoder."""
    if encoder is None:
        return plain
    return LabelledTexts(
        plain.texts,
        plain.right,
        plain.labels,
        plain.label_texts,
        encoder.encode_needs(plain.texts),
        encoder.encode_needs(plain.label_texts),
    )


def strangers() -> list[str]:
    """Return texts that speak of nothing that a pole needs or offers: chat, other languages, random letters."""
    text = files("maillage.interfaces.cli.training").joinpath("strangers.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def learn_types(
    problem: LabelledTexts, encoder: Encoder | None, *, seed: int, others: Sequence[str] = ()
) -> TypeClassifier:
    """Return the classifier of ``problem``; ``others``: texts that are none of these, besides the strangers."""
    strange = [*strangers(), *others]
    strange += spoken(strange, seed=seed)
    return train(
        problem,
        strangers=strange,
        stranger_vectors=None if encoder is None else encoder.encode_needs(strange),
        sentences=sentences_of(problem, encoder, seed=seed),
        kernels=WITHOUT_MEANING if encoder is None else WITH_MEANING,
        encoder="" if encoder is None else encoder.build,
        seed=seed,
    )
