"""What is assumed when nothing better is known: dated rows with their source, never constants of the code."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from maillage.core.french import number, typography


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number and where it comes from; ``status`` is « sourcé » or « à préciser »."""

    code: str
    value: float
    unit: str
    label: str
    source: str
    status: str
    dated: str

    @property
    def sentence(self) -> str:
        """What to show beside every result that rests on it."""
        value = f"{number(self.value)} {self.unit}".strip()
        day = f"{date.fromisoformat(self.dated):%d/%m/%Y}"
        label = self.label[:1].upper() + self.label[1:]
        return typography(f"{label} : {value} ({self.status}, {day} ; {self.source}).")


@cache
def assumptions() -> dict[str, Assumption]:
    """Return the rows of ``assumptions.csv`` by code."""
    text = files("maillage.importers.roads").joinpath("assumptions.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Assumption(**{**row, "value": float(row["value"])})  # type: ignore[arg-type] # one number a row
        for row in csv.DictReader(text.splitlines())
    }
