"""Where the pages are: the doors know it, the rooms only write it into letters."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """``answer(pole, token)`` is a whole address without account; ``sheet(pole, pk)`` a path of this site."""

    answer: Callable[[str, str], str]
    sheet: Callable[[str, int], str]
    site: str

    def whole_sheet(self, pole: str, pk: int) -> str:
        """The whole address of a sheet, for a letter."""
        return self.site + self.sheet(pole, pk)
