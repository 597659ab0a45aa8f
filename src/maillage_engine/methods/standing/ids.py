"""The order of the ids that are there, as numbers with room between them: a new id rarely moves the others."""

from bisect import bisect_left
from collections.abc import Iterable

ROOM = 1 << 32


class IdOrder:
    """Sorted ids, each with a number that grows with it."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._numbers: list[int] = []

    def items(self) -> Iterable[tuple[str, int]]:
        """Each id with its number, in order."""
        return zip(self._ids, self._numbers, strict=True)

    def add(self, one: str) -> int | None:
        """Add an id that is not there; return its number, None when every id has got a new one."""
        at = bisect_left(self._ids, one)
        below = self._numbers[at - 1] if at else -ROOM
        above = self._numbers[at] if at < len(self._ids) else below + 2 * ROOM
        self._ids.insert(at, one)
        if at == 0:
            below = above - 2 * ROOM
        self._numbers.insert(at, (below + above) // 2)
        if above - below > 1:
            return self._numbers[at]
        self._renumber()
        return None

    def add_all(self, ids: Iterable[str]) -> None:
        """Add ids that are not there; every id gets a new number."""
        self._ids = sorted([*self._ids, *ids])
        self._renumber()

    def remove(self, one: str) -> None:
        """Take an id out."""
        at = bisect_left(self._ids, one)
        del self._ids[at], self._numbers[at]

    def _renumber(self) -> None:
        self._numbers = [ROOM * at for at in range(len(self._ids))]
