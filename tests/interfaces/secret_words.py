"""Words, numbers and places that are said nowhere else, and how they are looked for in a text.

A word begins by ``zx``, as no French word does: one look finds them all. Its first letters are its own, so that a word
that is cut short, or that holds a sign which a page writes otherwise, is found too.
"""

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

START = "zx"
OWN = 8  # the letters that no two words share
_SYLLABLES = [first + second for first in "bdfgklmprtvz" for second in ("ax", "ek", "iq", "ov", "uw", "yz")]
_MARKED = re.compile(rf"{START}[a-z]{{{OWN - len(START)}}}")
_BETWEEN_DIGITS = re.compile(r"([0-9]) (?=[0-9])")
MARKS = ("", "é", "&", "’", "<", "-")
"""What a word may hold in its middle: each is written in its own way by a page, an address, a file."""


def folded(text: str) -> str:
    """Return a text without accents, capitals, fine spaces, nor spaces between digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").lower().decode("ascii")
    return _BETWEEN_DIGITS.sub(r"\1", plain)


class Words:
    """Words, numbers and places drawn from a seed, each once, and none that ``but`` has drawn before."""

    def __init__(self, seed: int, but: "Words | None" = None) -> None:
        self._dice = random.Random(seed)
        self._said: set[object] = set(but._said) if but else set()

    def _new(self, value: object) -> bool:
        is_new = value not in self._said
        self._said.add(value)
        return is_new

    def word(self, mark: str = "") -> str:
        """Return a new word of twelve letters, with a sign after its first eight."""
        while True:
            made = START + "".join(self._dice.choices(_SYLLABLES, k=3))
            if self._new(made[:OWN]):
                return made[:OWN] + mark + made[OWN:]

    def quantity(self) -> Decimal:
        """Return a number of seven figures before the comma: it says more than its order of magnitude."""
        while True:
            whole = self._dice.randint(1_000_001, 9_999_999)
            if whole % 1000 and self._new(whole):
                return whole + Decimal(self._dice.randint(1, 99)) / 100

    def degrees(self, near: float) -> float:
        """Return an angle near another, that reads the same cut after four figures or rounded there."""
        while True:
            steps = self._dice.randint(0, 4_000)
            if self._new((near, steps)):
                return round(near + steps / 10_000, 4) + 0.000023


class Sought:
    """The words that one reader may not find, with what each belongs to."""

    def __init__(self, words: dict[str, str]) -> None:
        plain = {folded(word): whose for word, whose in words.items()}
        self._marked = {word[:OWN]: whose for word, whose in plain.items() if word.startswith(START)}
        self._others = {word: whose for word, whose in plain.items() if not word.startswith(START)}

    def __len__(self) -> int:
        return len(self._marked) + len(self._others)

    def found_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Return each word that a folded text tells, once, with what it belongs to."""
        if START in text:
            for word in dict.fromkeys(_MARKED.findall(text)):
                if word in self._marked:
                    yield word, self._marked[word]
        for word, whose in self._others.items():
            if word in text:
                yield word, whose


def numbers_said(values: Iterable[Decimal | None]) -> list[str]:
    """Return how numbers are written, whole part only: they say more than their order of magnitude."""
    return [str(int(value)) for value in values if value is not None]


def angles_said(values: Iterable[float | None]) -> list[str]:
    """Return how angles are written, to about ten metres."""
    return [f"{int(value * 10_000) / 10_000:.4f}" for value in values if value is not None]
