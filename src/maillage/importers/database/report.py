"""What a plan says to a person, kept with the batch: counts, faults by sentence, first lines, questions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from maillage.importers.database.plan import Action, LookAlike, Plan, Question
from maillage.importers.rows import Fault

MOST_FAULTS = 10_000
_FIRST_LINES = 20
_CHANGED_LINES = 200
_QUESTIONS = 500
_NEWCOMERS = 200


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """One sentence and the lines that it is about."""

    column: str
    sentence: str
    blocking: bool
    lines: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of the file, as the page shows it."""

    line: int
    action: str
    title: str
    place: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The dry run of a batch, read back."""

    lines_read: int
    created: int
    updated: int
    unchanged: int
    faulty: int
    faults: tuple[Fault, ...]
    untold: int
    preview: tuple[ReportLine, ...]
    changed: tuple[ReportLine, ...]
    questions: tuple[Question, ...]
    newcomers: tuple[str, ...]
    newcomer_count: int
    notes: tuple[str, ...]
    digest: str

    @property
    def to_write(self) -> int:
        """How many lines would be written."""
        return self.created + self.updated

    def groups(self, *, blocking: bool) -> list[FaultGroup]:
        """Return the sentences, the most frequent first."""
        lines: dict[tuple[str, str], list[int]] = {}
        for fault in self.faults:
            if fault.blocking is blocking:
                lines.setdefault((fault.column, fault.sentence), []).append(fault.line)
        found = [FaultGroup(*key, blocking, tuple(dict.fromkeys(each))) for key, each in lines.items()]
        return sorted(found, key=lambda group: (-group.count, group.lines[0]))


def report_of(plan: Plan, notes: Sequence[str]) -> dict[str, Any]:
    """Return what is stored of a plan."""
    faults = sorted(plan.faults, key=lambda fault: not fault.blocking)[:MOST_FAULTS]
    shown = [
        [line.row.line, str(line.action), line.title, line.place, [list(_told(one)) for one in line.changes]]
        for line in plan.lines
    ]
    return {
        "lines_read": plan.lines_read,
        "created": plan.count(Action.CREATE),
        "updated": plan.count(Action.UPDATE),
        "unchanged": plan.count(Action.KEEP),
        "faulty": plan.faulty_lines,
        "faults": [[one.line, one.column, one.cell, one.sentence, one.blocking] for one in faults],
        "untold": len(plan.faults) - len(faults),
        "preview": shown[:_FIRST_LINES],
        "changed": [line for line in shown if line[1] == Action.UPDATE][:_CHANGED_LINES],
        "questions": [asdict(one) for one in plan.questions[:_QUESTIONS]],
        "newcomers": plan.newcomers[:_NEWCOMERS],
        "newcomer_count": len(plan.newcomers),
        "notes": list(notes),
        "digest": plan.digest,
    }


def _told(change: Any) -> tuple[str, str, str]:
    return change.label, change.before, change.after


def read_report(stored: Mapping[str, Any]) -> Report | None:
    """Read back what ``report_of`` made; None when the batch was not checked."""
    if not stored:
        return None
    return Report(
        lines_read=stored["lines_read"],
        created=stored["created"],
        updated=stored["updated"],
        unchanged=stored["unchanged"],
        faulty=stored["faulty"],
        faults=tuple(Fault(*one) for one in stored["faults"]),
        untold=stored["untold"],
        preview=tuple(_line(one) for one in stored["preview"]),
        changed=tuple(_line(one) for one in stored["changed"]),
        questions=tuple(_question(one) for one in stored["questions"]),
        newcomers=tuple(stored["newcomers"]),
        newcomer_count=stored["newcomer_count"],
        notes=tuple(stored["notes"]),
        digest=stored["digest"],
    )


def _line(stored: Sequence[Any]) -> ReportLine:
    line, action, title, place, changes = stored
    return ReportLine(line, action, title, place, tuple((one[0], one[1], one[2]) for one in changes))


def _question(stored: Mapping[str, Any]) -> Question:
    from_stored = {**stored, "candidates": tuple(LookAlike(**one) for one in stored["candidates"])}
    return Question(**from_stored)
