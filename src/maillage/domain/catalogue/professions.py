"""The professions behind the catalogue's skills: a readable file of ours, checked when it is read; no Django needed."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maillage.core.french import fold
from maillage.domain.catalogue.faults import CatalogueFault, Fault
from maillage.domain.catalogue.files import CatalogueFiles, read_catalogue

SKILL = "skill"
_FILE = Path(__file__).with_name("data") / "professions" / "professions.csv"


@dataclass(frozen=True, slots=True)
class ProfessionRow:
    """A profession: ``skill`` is the type it belongs to, ``said`` what people say for it besides its label."""

    code: str
    skill: str
    label: str
    said: tuple[str, ...]


@cache
def read_professions() -> tuple[ProfessionRow, ...]:
    """Return the professions of the catalogue. Raises ``CatalogueFault`` with every fault at once."""
    return professions_of(_FILE, read_catalogue())


def professions_of(path: Path, catalogue: CatalogueFiles) -> tuple[ProfessionRow, ...]:
    """Return the professions of a file whose columns are code, skill, label, said (parts between bars)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = tuple(
            ProfessionRow(
                line["code"], line["skill"], line["label"], tuple(filter(None, line["said"].split("|")))
            )
            for line in csv.DictReader(file)
        )
    faults = _faults(path.name, rows, catalogue)
    if faults:
        raise CatalogueFault(faults)
    return rows


def _faults(name: str, rows: tuple[ProfessionRow, ...], catalogue: CatalogueFiles) -> list[Fault]:
    skills = {row.code for row in catalogue.types if row.kind == SKILL}
    faults: list[Fault] = []
    codes: set[str] = set()
    labels: set[str] = set()
    for row in rows:
        if row.code in codes:
            faults.append(Fault(name, row.code, "ce code est déjà pris."))
        if fold(row.label) in labels or not row.label.strip():
            faults.append(Fault(name, row.code, f"le libellé « {row.label} » est vide ou déjà pris."))
        if row.skill not in skills:
            faults.append(
                Fault(
                    name, row.code, f"« {row.skill} » n’est pas une compétence du catalogue. Corrigez skill."
                )
            )
        codes.add(row.code)
        labels.add(fold(row.label))
    return faults
