"""What an import would write, line by line, before anything is written."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from maillage.core.errors import UserMistake, UserMistakes
from maillage.importers.rows import Fault, TypedRow

Progress = Callable[[int, int, str], None]


class Action(StrEnum):
    """What a line does."""

    CREATE = "created"
    UPDATE = "updated"
    KEEP = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a line changes, in words people read."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A sheet of the database that a line may be."""

    pk: int
    name: str
    municipality: str
    siren: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """« C’est la même, ou une autre ? »; ``key`` names the answer, ``chosen`` is a sheet, or 0 for another one."""

    key: str
    line: int
    name: str
    municipality: str
    candidates: tuple[LookAlike, ...]
    chosen: int


@dataclass(slots=True)
class PlannedLine:
    """A line that can be imported, what it does, and what its writer needs."""

    row: TypedRow
    action: Action
    title: str
    place: str = ""
    changes: tuple[Change, ...] = ()
    facts: Any = None


@dataclass(slots=True)
class Plan:
    """Every line of a file: those to write, and what is wrong in the others."""

    lines: list[PlannedLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)
    lines_read: int = 0
    faulty_lines: int = 0

    def count(self, action: Action) -> int:
        """How many lines do this."""
        return sum(line.action is action for line in self.lines)

    def refuse(self, *faults: Fault) -> None:
        """Leave a line out."""
        self.faults.extend(faults)
        self.faulty_lines += 1

    @property
    def digest(self) -> str:
        """What tells two plans apart: the same lines would do the same things."""
        told = "\n".join(f"{line.row.line} {line.action} {line.title}" for line in self.lines)
        return hashlib.sha256(told.encode()).hexdigest()


@contextmanager
def naming_its_line(line: PlannedLine) -> Iterator[None]:
    """Run the write of a line; what the rooms refuse is told with the number of the line."""
    try:
        yield
    except (UserMistake, UserMistakes) as mistake:
        raise UserMistake(
            f"Ligne {line.row.line} : {mistake.message} Rien n’a été enregistré : corrigez le fichier, ou laissez "
            "cette ligne de côté."
        ) from mistake
