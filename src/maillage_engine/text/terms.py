"""How a text is cut to be compared: groups of letters inside its words, and its stems alone and by two."""

from collections.abc import Callable
from itertools import pairwise

from maillage_engine.text.analysis import stems, words

SHORTEST, LONGEST = 2, 5
Cut = Callable[[str], list[str]]


def letter_groups(text: str) -> list[str]:
    """Return the groups of 2 to 5 letters of each folded word, its two edges marked by a space.

    A word shorter than a group gives itself once. Groups are repeated as often as they are met.

    >>> letter_groups("Été")
    [' e', 'et', 'te', 'e ', ' et', 'ete', 'te ', ' ete', 'ete ', ' ete ']
    """
    groups: list[str] = []
    for word in words(text):
        edged = f" {word} "
        for width in range(SHORTEST, LONGEST + 1):
            groups.extend(edged[start : start + width] for start in range(len(edged) - width + 1))
    return groups


def stem_groups(text: str) -> list[str]:
    """Return the stems of ``text`` and each two that follow one another.

    >>> stem_groups("Les épluchures de la cantine")
    ['epluchur', 'cantin', 'epluchur cantin']
    """
    alone = stems(text)
    return [*alone, *(f"{one} {other}" for one, other in pairwise(alone))]
