"""Whole sentences made of the words of the catalogue and of our own turns of phrase: the model is weighed on both."""

from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from maillage_engine.methods.classify import LabelledTexts, Sentences
from maillage_engine.text import Encoder

MOST = 1_500


def turns() -> list[str]:
    """Return the turns of phrase, each with a place for what is said."""
    text = files("maillage.interfaces.cli.training").joinpath("sentences.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if "{}" in line]


def spoken(texts: Sequence[str], *, seed: int) -> list[str]:
    """Return each text inside a turn of phrase drawn with the seed."""
    drawn = np.random.default_rng(seed).integers(len(turns()), size=len(texts))
    return [turns()[at].replace("{}", text) for at, text in zip(drawn.tolist(), texts, strict=True)]


def sentences_of(problem: LabelledTexts, encoder: Encoder | None, *, seed: int) -> Sentences:
    """Return sentences made of texts of the problem drawn with the seed."""
    count = len(problem.texts)
    rows = np.sort(np.random.default_rng(seed).choice(count, size=min(count, MOST), replace=False))
    said = spoken([problem.texts[row] for row in rows.tolist()], seed=seed)
    return Sentences(
        tuple(said), rows.astype(np.int64), None if encoder is None else encoder.encode_needs(said)
    )
