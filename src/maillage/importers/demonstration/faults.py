"""The faults of the demonstration's files, all at once, in French."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.core.errors import MaillageError


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, the key of the line, and what to mend."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, {self.key} : {self.sentence}" if self.key else f"{self.file} : {self.sentence}"


class DemonstrationFault(MaillageError):
    """The demonstration's files hold at least one fault; ``faults`` lists them all."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"- {fault}" for fault in self.faults)
        super().__init__(f"Les données de démonstration sont à corriger :\n{lines}")
