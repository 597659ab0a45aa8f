"""A game: parties, and what any group of them gains without the others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidArgument

MOST_EXACT = 12
"""Up to this number of parties every group is looked at."""

Group = frozenset[int]
Value = Callable[[Group], float]
Worst = Callable[[Floats], tuple[Group, float]]


@dataclass(eq=False)
class Game:
    """``parties``: their names. ``value_of(group)``: the gain of these parties alone; that of nobody is 0.

    ``worst_of(shares)``: a group with the largest value less the sum of its shares, and its value; needed above 12
    parties, where groups are not listed. Values are asked once and kept.
    """

    parties: tuple[str, ...]
    value_of: Value
    worst_of: Worst | None = None
    known: dict[Group, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.parties or len(set(self.parties)) != len(self.parties):
            raise InvalidArgument("parties", "il faut au moins une partie, chacune avec son nom.")
        if len(self.parties) > MOST_EXACT and self.worst_of is None:
            raise InvalidArgument("worst_of", f"au-delà de {MOST_EXACT} parties, dites comment la trouver.")

    def __len__(self) -> int:
        return len(self.parties)

    @property
    def everybody(self) -> Group:
        """All the parties."""
        return frozenset(range(len(self.parties)))

    @property
    def exact(self) -> bool:
        """Whether every group is looked at."""
        return len(self.parties) <= MOST_EXACT

    def value(self, group: Group) -> float:
        """Return the gain of a group; raise ``InvalidArgument`` when it is not a number."""
        if not group:
            return 0.0
        if group not in self.known:
            value = float(self.value_of(group))
            if not np.isfinite(value):
                names = ", ".join(self.parties[at] for at in sorted(group))
                raise InvalidArgument("value_of", f"le gain de {names} n’est pas un nombre.")
            self.known[group] = value
        return self.known[group]

    def groups(self) -> Iterator[Group]:
        """Yield every group but nobody and everybody."""
        for code in range(1, 2 ** len(self.parties) - 1):
            yield group_of(code)

    def worst(self, shares: Floats) -> tuple[Group, float]:
        """Return the group that loses most with ``shares``, and its value."""
        if self.exact or self.worst_of is None:
            every = max(self.groups(), key=lambda one: self.value(one) - sum_of(shares, one), default=None)
            return (frozenset(), 0.0) if every is None else (every, self.value(every))
        return self.worst_of(shares)


def group_of(code: int) -> Group:
    """Return the group whose bits are set in ``code``."""
    return frozenset(at for at in range(code.bit_length()) if code >> at & 1)


def sum_of(shares: Floats, group: Group) -> float:
    """Return the sum of the shares of a group."""
    return float(sum(shares[at] for at in group))
