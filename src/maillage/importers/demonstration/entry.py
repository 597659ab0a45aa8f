"""One line of a data file: its fields are taken one by one, and what is wrong is noted, not raised."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from maillage.core.errors import UserMistake
from maillage.importers.demonstration.faults import Fault

T = TypeVar("T")


class Entry:
    """A mapping of a YAML file; a field that is not taken before ``done`` is a fault."""

    def __init__(self, file: str, content: Any, faults: list[Fault], *, key: str = "") -> None:
        self.file = file
        self._faults = faults
        self._fields: dict[str, Any] = dict(content) if isinstance(content, Mapping) else {}
        self.key = key or str(self._fields.get("key", ""))
        if not isinstance(content, Mapping):
            self.fault(f"une ligne « champ: valeur » est attendue, pas « {content} ».")

    def fault(self, sentence: str) -> None:
        """Note what to mend in this line."""
        self._faults.append(Fault(self.file, self.key, sentence))

    def text(self, name: str, default: str | None = None) -> str:
        """Take a text; without ``default`` it is needed."""
        value = self._fields.pop(name, default)
        if value is None:
            self.fault(f"« {name} » manque.")
            return ""
        if not isinstance(value, str):
            self.fault(f"« {name} » n’est pas un texte : mettez « {value} » entre guillemets.")
            return ""
        return value.strip()

    def number(self, name: str, default: int | None = None) -> int:
        """Take a whole number; without ``default`` it is needed."""
        value = self._fields.pop(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(f"« {name} » est un nombre entier, il manque ou il est faux.")
            return 0
        return value

    def maybe_number(self, name: str) -> int | None:
        """Take a whole number that may be absent."""
        return self.number(name) if name in self._fields else None

    def maybe_decimal(self, name: str) -> str:
        """Take a number as it is written, or nothing."""
        value = self._fields.pop(name, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            self.fault(f"« {name} » est un nombre.")
            return ""
        return "" if value is None else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of texts, empty when absent."""
        value = self._fields.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault(f"« {name} » est une liste de textes.")
            return ()
        return tuple(value)

    def raw(self, name: str) -> Any:
        """Take a value as it is, None when absent."""
        return self._fields.pop(name, None)

    def entry(self, name: str) -> "Entry":
        """Take a line inside this line."""
        return Entry(
            self.file, self._fields.pop(name, None), self._faults, key=f"{self.key}.{name}".strip(".")
        )

    def entries(self, name: str) -> list["Entry"]:
        """Take a list of lines, empty when absent."""
        value = self._fields.pop(name, None)
        if value is not None and not isinstance(value, list):
            self.fault(f"« {name} » est une liste.")
            value = None
        return [
            Entry(
                self.file,
                one,
                self._faults,
                key="" if _keyed(one) else f"{self.key}.{name}[{rank}]".strip("."),
            )
            for rank, one in enumerate(value or [], start=1)
        ]

    def parsed(self, name: str, value: Any, parse: Callable[[Any], T], otherwise: T) -> T:
        """Return what ``parse`` makes of ``value``; a mistake is noted and ``otherwise`` returned."""
        try:
            return parse(value)
        except UserMistake as mistake:
            self.fault(f"{name} : {mistake.message}")
            return otherwise

    def has(self, name: str) -> bool:
        """Whether the field is written and not yet taken."""
        return name in self._fields

    def done(self) -> None:
        """Note every field that nobody took."""
        for name in self._fields:
            if name != "key":
                self.fault(f"« {name} » n’est pas un champ connu.")


def _keyed(content: Any) -> bool:
    return isinstance(content, Mapping) and "key" in content
