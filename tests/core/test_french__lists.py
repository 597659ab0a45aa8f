"""A list in a sentence, the French way."""

import pytest

from maillage.core.french import listed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["une"], "une"),
        (["une", "deux"], "une et deux"),
        (["une", "deux", "trois"], "une, deux et trois"),
    ],
)
def test_listed__joins_the_last_with_et(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence
