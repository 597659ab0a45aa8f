"""A line whose cells were understood, and what is wrong or worth knowing in it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from maillage.core.french import fold


@dataclass(frozen=True, slots=True)
class Fault:
    """One sentence about one cell of one line; when not ``blocking`` it is only a remark, and the line is
    kept.
    """

    line: int
    column: str
    cell: str
    sentence: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class TypedRow:
    """The values of a line by field; ``others`` are the cells of columns that feed no field, by header."""

    line: int
    values: Mapping[str, Any]
    others: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default when the cell was empty."""
        return self.values.get(name, default)

    def text(self, name: str) -> str:
        """Return a value as text, empty when there is none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def having(self, **values: Any) -> "TypedRow":
        """Return the line with these values; None removes one."""
        merged = {**self.values, **values}
        return replace(self, values={name: value for name, value in merged.items() if value is not None})

    @property
    def identity(self) -> str:
        """What names this line from one import to the next: its reference, else a digest of who says what
        where.
        """
        reference = self.text("external_id")
        if reference:
            return reference
        names = (
            "direction",
            "siret",
            "siren",
            "organisation",
            "name",
            "site",
            "title",
            "words",
            "type",
            "municipality_code",
        )
        said = "\n".join(fold(self.text(name)) for name in names)
        return "auto:" + hashlib.sha256(said.encode()).hexdigest()[:32]


Step = Callable[[TypedRow], tuple[TypedRow, Sequence[Fault]]]
