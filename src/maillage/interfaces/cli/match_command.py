"""``maillage match``: two files in, their best pairs out; no database, no server."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from maillage.core.errors import UserMistake
from maillage.interfaces.cli.console import out, remark
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.matching.answers import find
from maillage.interfaces.cli.matching.columns import write_kept
from maillage.interfaces.cli.matching.line import ReadFile
from maillage.interfaces.cli.matching.session import (
    NOT_SAID,
    Knowledge,
    Options,
    Reader,
    encoder_named,
    inside,
    knowledge,
    refuse_empty,
    territory_of,
    to_check,
    understood,
)
from maillage.interfaces.cli.matching.shown import show_file, write_faults
from maillage.interfaces.cli.matching.steps import Steps
from maillage.interfaces.cli.matching.summary import summary
from maillage.interfaces.cli.matching.tables import write_answers
from maillage.interfaces.cli.options.day import day_option
from maillage.interfaces.cli.options.reading import (
    columns_option,
    encoder_option,
    reach_option,
    territory_option,
)
from maillage.interfaces.cli.options.searching import count_option
from maillage.interfaces.cli.options.writing import FILE, file_option, report_option, spare, table_option
from maillage.interfaces.cli.report import Told, write_report
from maillage.interfaces.cli.spread import runner_named, spread
from maillage.interfaces.cli.whole_file import whole
from maillage_engine.files import write_problem
from maillage_engine.scale.runners import Runner

speak_french()

HELP = """Rapproche un fichier de besoins et un fichier d’offres, et dit pourquoi.

Ni base de données ni serveur. Les fichiers sont des CSV, XLSX ou ODS, tels que vous les tenez : colonnes dans
n’importe quel ordre, titres approchants, accents et virgules français. Les colonnes comprises sont montrées.

\b
Exemples :
  maillage match besoins.xlsx offres.csv
  maillage match besoins.xlsx offres.csv --rapport rapport.html --sortie resultats.xlsx
  maillage match besoins.csv offres.ods --territoire Cher --distance 30
  maillage match projets.csv siae.csv --colonnes besoin=nom_du_projet --k 5
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the files are read, what is looked for in them, and where it is computed (None: here)."""

    options: Options
    territory: tuple[str, ...]
    k: int
    encoder: str
    day: date
    strict: bool
    runner: Runner | None


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where to write what."""

    table: Path | None
    report: Path | None
    faults: Path | None
    kept: Path | None
    problem: Path | None


@click.command("match", help=HELP, short_help="Rapproche un fichier de besoins et un fichier d’offres.")
@click.argument("besoins", type=FILE)
@click.argument("offres", type=FILE)
@territory_option
@count_option(default=10, most=100, is_for="Réponses par besoin.")
@reach_option()
@table_option(".csv", ".xlsx", ".json", ".geojson", is_for="Résultat en .csv, .xlsx, .json ou .geojson.")
@report_option(is_for="Page .html lisible hors ligne : carte et raisons.")
@encoder_option()
@columns_option(
    is_for="Corrige les colonnes comprises : besoin=nom_du_projet ; offres:commune=ville ; rien=titre en écarte une."
)
@file_option(
    *("--correspondance", "kept"),
    endings=(".json",),
    is_for="Colonnes retenues (.json) : lues si le fichier existe, écrites sinon.",
)
@file_option(
    "--defauts",
    "faults",
    endings=(".csv", ".xlsx", ".json"),
    is_for="Toutes les cases à corriger ou à relire.",
)
@click.option("--strict", is_flag=True, help="S’arrête si une case est à corriger.")
@day_option(is_for="Le jour du rapprochement.")
@file_option(
    *("--enregistrer", "problem"),
    endings=(".json", ".json.gz"),
    is_for="Garde le problème (.json.gz) pour le rejouer.",
)
@spread
@click.pass_obj
def command(
    entrance: Entrance,
    besoins: Path,
    offres: Path,
    territory: tuple[str, ...],
    k: int,
    reach_km: float | None,
    table: Path | None,
    report: Path | None,
    encoder: str,
    columns: tuple[str, ...],
    kept: Path | None,
    faults: Path | None,
    strict: bool,
    day: date,
    problem: Path | None,
    processes: int | None,
    cluster: str | None,
) -> None:
    """Match two files."""
    asked = Asked(
        Options(besoins, offres, kept, columns, reach_km),
        territory,
        k,
        encoder,
        day,
        strict,
        runner_named(processes=processes, cluster=cluster),
    )
    outputs = Outputs(table, report, faults, kept, problem)
    spare((besoins, offres), (table, report, faults, kept, problem))
    begun = time.monotonic()
    with Steps().shown() as steps:
        told = _matched(entrance, asked, outputs, steps)
        written = _write(outputs, told, steps)
    duration = time.monotonic() - begun
    for line in summary(
        told.needs, told.offers, told.found, encoder=encoder, duration=duration, written=written
    ):
        out.print(line, markup=False, soft_wrap=True)


def _matched(entrance: Entrance, asked: Asked, outputs: Outputs, steps: Steps) -> Told:
    """Read the two files and match them; the problem is kept as soon as it is made."""
    with steps.whole("Lire les communes"):
        known = knowledge(entrance)
    needs, offers = _read(known, asked, outputs, steps)
    made = understood(
        known,
        needs,
        offers,
        encoder=encoder_named(asked.encoder, entrance.home),
        today=asked.day,
        progress=steps.of("Comprendre les textes"),
    )
    if outputs.problem is not None:
        with whole(outputs.problem) as draft:
            write_problem(made, draft)
    found = find(
        made,
        k=asked.k,
        to_check=to_check(known, needs, offers),
        searching=steps.of("Chercher"),
        explaining=steps.of("Dire les raisons"),
        runner=asked.runner,
    )
    return Told(needs, offers, found, asked.encoder, asked.day, ", ".join(asked.territory), known.ground)


def _read(known: Knowledge, asked: Asked, outputs: Outputs, steps: Steps) -> tuple[ReadFile, ReadFile]:
    options = asked.options
    if known.note:
        remark((known.note,))
    area = territory_of(known, asked.territory) if asked.territory else None
    reader = Reader(known, options)
    with steps.whole("Lire les besoins"):
        needs = reader.read("needs")
    with steps.whole("Lire les offres"):
        offers = reader.read("offers")
    reader.check(needs, offers)
    for file in (needs, offers):
        show_file(file)
    if outputs.faults is not None:
        write_faults(outputs.faults, (needs, offers))
    if options.kept is not None and not options.kept.exists():
        write_kept(options.kept, {"needs": needs.mapping, "offers": offers.mapping})
    if asked.strict and (needs.faults or offers.faults):
        count = len(needs.faults) + len(offers.faults)
        raise UserMistake(
            f"Arrêté par --strict : {count} case(s) à corriger, dites ci-dessus. Rien n’est écrit."
        )
    if area is not None:
        needs, offers = inside(needs, area), inside(offers, area)
    where = f" dans {area.label}" if area is not None else NOT_SAID
    refuse_empty((needs, offers), where=where, aim="à rapprocher")
    return needs, offers


def _write(outputs: Outputs, told: Told, steps: Steps) -> list[Path]:
    written: list[Path] = []
    if outputs.table is not None:
        with steps.whole("Écrire le résultat"):
            write_answers(outputs.table, told.found, told.needs.lines, told.offers.lines)
        written.append(outputs.table)
    if outputs.report is not None:
        with steps.whole("Écrire le rapport"):
            write_report(outputs.report, told)
        written.append(outputs.report)
    return [*written, *(path for path in (outputs.faults, outputs.problem) if path is not None)]
