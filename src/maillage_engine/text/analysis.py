"""From a French text to its stems: fold, cut into words, drop empty words, keep the Snowball root.

>>> stems("Les épluchures de la cantine, l’été")
('epluchur', 'cantin', 'ete')
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

MAX_CHARACTERS = 4_000
"""Longer texts are cut here: 512 tokens, what the encoder reads at once, are about 2,000 characters of French."""

_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)['’ʼ]", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+(?:&[a-z0-9]+)*")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents nor ligatures."""
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", plain)
    return decomposed if decomposed.isascii() else _ACCENTS.sub("", decomposed)


def words(text: str) -> list[str]:
    """Return the folded words of the first ``MAX_CHARACTERS`` of ``text``, elisions cut off, empty words kept."""
    plain = _ELISION.sub(" ", text[:MAX_CHARACTERS])
    return _WORD.findall(fold(plain))


@cache
def stop_words() -> frozenset[str]:
    """The folded words that say nothing of what is needed or offered."""
    text = files("maillage_engine.text").joinpath("stop_words.txt").read_text(encoding="utf-8")
    lines = (line.split("#")[0] for line in text.splitlines())
    return frozenset(fold(word) for line in lines for word in line.split())


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("french")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the Snowball root of a folded word; accents were lost before, the same way on both sides."""
    root: str = _stemmer().stemWord(word)
    return root


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of ``text`` in order, each once, without empty words nor single letters."""
    kept = (word for word in words(text) if len(word) > 1 and word not in stop_words())
    return tuple(dict.fromkeys(stem(word) for word in kept))
