"""Reads the data files into rows and says every fault at once; works without Django."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from maillage.domain.catalogue.files import CatalogueFiles
from maillage.importers.demonstration.checks import faults_of
from maillage.importers.demonstration.entry import Entry
from maillage.importers.demonstration.faults import DemonstrationFault, Fault
from maillage.importers.demonstration.read_actors import (
    membership_row,
    organisation_row,
    person_row,
    pole_row,
)
from maillage.importers.demonstration.read_exchanges import (
    decision_row,
    expected_of,
    flow_row,
    intent_row,
)
from maillage.importers.demonstration.read_ledger import ledger_rows
from maillage.importers.demonstration.schema import CommuneRow, Demonstration, PersonRow, TerritoryRow

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class World:
    """What the rows are checked against: the catalogue, and the present communes of France."""

    catalogue: CatalogueFiles
    communes: tuple[CommuneRow, ...]

    def communes_of(self, territory: TerritoryRow) -> frozenset[str]:
        """The codes of the communes of a territory."""
        return frozenset(
            row.code
            for row in self.communes
            if row.department in territory.departments
            or row.intermunicipal_body in territory.intermunicipal_bodies
        )


def read_demonstration(*, world: World, folder: Path = DATA) -> Demonstration:
    """Return the whole demonstration; raise ``DemonstrationFault`` with every fault found."""
    faults: list[Fault] = []
    demonstration = _rows(folder, world, faults)
    faults.extend(
        faults_of(
            demonstration, catalogue=world.catalogue, communes=world.communes_of(demonstration.pole.territory)
        )
    )
    if faults:
        raise DemonstrationFault(faults)
    return demonstration


def read_people(*, folder: Path = DATA) -> tuple[PersonRow, ...]:
    """Return the people alone; raise ``DemonstrationFault`` with every fault of their file."""
    faults: list[Fault] = []
    people = tuple(person_row(entry) for entry in _lines(folder, "people.yaml", "people", faults))
    if faults:
        raise DemonstrationFault(faults)
    return people


def _rows(folder: Path, world: World, faults: list[Fault]) -> Demonstration:
    intents = [intent_row(entry) for entry in _lines(folder, "intents-*.yaml", "intents", faults)]
    flows = [flow_row(entry, world.catalogue) for entry in _lines(folder, "flows-*.yaml", "flows", faults)]
    return Demonstration(
        pole=pole_row(_file(folder / "pole.yaml", faults).entry("pole")),
        organisations=tuple(
            organisation_row(entry, family)
            for path in sorted(folder.glob("organisations*.yaml"))
            for family, entry in _organisations(path, faults)
        ),
        people=tuple(person_row(entry) for entry in _lines(folder, "people.yaml", "people", faults)),
        memberships=tuple(
            membership_row(entry) for entry in _lines(folder, "memberships.yaml", "memberships", faults)
        ),
        intents=(*intents, *flows),
        decisions=tuple(
            decision_row(entry) for entry in _lines(folder, "decisions.yaml", "decisions", faults)
        ),
        ledger=ledger_rows(_file(folder / "ledger.yaml", faults)),
        expected=expected_of(_file(folder / "expected.yaml", faults)),
        positions=_positions(folder / "positions.csv", faults),
    )


def _organisations(path: Path, faults: list[Fault]) -> Iterator[tuple[str, Entry]]:
    content = _file(path, faults)
    family = content.text("family", "")
    for entry in content.entries("organisations"):
        yield family, entry
    content.done()


def _lines(folder: Path, pattern: str, name: str, faults: list[Fault]) -> Iterator[Entry]:
    for path in sorted(folder.glob(pattern)):
        content = _file(path, faults)
        content.text("theme", "")
        yield from content.entries(name)
        content.done()


def _file(path: Path, faults: list[Fault]) -> Entry:
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(Fault(path.name, "", f"Le fichier ne se lit pas ({error})."))
        content = {}
    return Entry(path.name, content, faults)


def _positions(path: Path, faults: list[Fault]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                found[row["code"]] = (float(row["latitude"]), float(row["longitude"]))
            except (KeyError, TypeError, ValueError):
                faults.append(Fault(path.name, str(row.get("code")), "Le point ne se lit pas."))
    return found
