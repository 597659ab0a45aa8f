"""``maillage import``: lists into a pole after a dry run, communes, outlines, registers of enterprises."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.core.errors import UserMistake
from maillage.core.french import number, plural, typography
from maillage.interfaces.cli.console import notes, out, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.import_registers import write_results, write_sirene
from maillage.interfaces.cli.matching.columns import corrected, read_corrections
from maillage.interfaces.cli.matching.session import knowledge, territory_of

if TYPE_CHECKING:
    from maillage.importers.database import Report

speak_french()

FILE = click.Path(path_type=Path)
MOST_SHOWN = 12
LISTS = {
    "structures": "les structures",
    "besoins": "les besoins",
    "offres": "les offres",
    "flux": "les flux de matières",
    "faits": "les faits : pesées, livraisons, heures, paiements",
}
HELP = """Importe un tableau dans un pôle, des communes, des contours ou un registre d’entreprises.

Un tableau est d’abord vérifié : ce qui serait créé, changé, laissé, et chaque case à corriger. Rien n’est enregistré
avant votre oui, et tout l’est d’un coup, ou rien. Importer deux fois le même fichier ne change rien la seconde fois.

\b
Exemples :
  maillage import communes
  maillage import catalogue
  maillage import structures adherents.xlsx --pole mon-pole --simuler
  maillage import besoins besoins.csv --pole mon-pole
  maillage import contours communes-18.geojson --millesime 2018
"""


@click.group(
    "import",
    subcommand_metavar="QUOI …",
    help=HELP,
    short_help="Importe un tableau dans un pôle, après vérification.",
)
def command() -> None:
    """Import something."""


def _listing(name: str, what: str) -> click.Command:
    """Return the command of one kind of list."""

    @click.command(
        name,
        help=f"Importe {what} d’un fichier CSV, XLSX ou ODS dans un pôle, après vérification.\n\n"
        f"\b\nExemples :\n  maillage import {name} liste.xlsx --pole mon-pole --simuler\n"
        f"  maillage import {name} liste.xlsx --pole mon-pole --oui",
        short_help=f"Importe {what} d’un pôle.",
    )
    @click.argument("fichier", type=FILE)
    @_pole_options
    @click.option(
        "--colonnes",
        "columns",
        multiple=True,
        metavar="CHAMP=TITRE,…",
        help="Corrige les colonnes comprises.",
    )
    @click.pass_obj
    def one(
        entrance: Entrance, fichier: Path, pole: str, simulate: bool, yes: bool, columns: tuple[str, ...]
    ) -> int:
        return import_list(entrance, name, fichier, pole=pole, simulate=simulate, yes=yes, columns=columns)

    return one


def _pole_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--oui", "yes", is_flag=True, help="Enregistre sans demander."),
        click.option(
            "--simuler", "simulate", is_flag=True, help="Vérifie seulement ; rien n’est enregistré."
        ),
        click.option("--pole", required=True, metavar="ADRESSE", help="Le pôle, par son adresse : mon-pole."),
    ):
        function = option(function)
    return function


for _name, _what in LISTS.items():
    command.add_command(_listing(_name, _what))


def import_list(
    entrance: Entrance,
    kind: str,
    path: Path,
    *,
    pole: str,
    simulate: bool,
    yes: bool,
    columns: tuple[str, ...] = (),
) -> int:
    """Check a list, show what it would do, and write it once the person agrees."""
    steps = _database(entrance)
    batch = steps.receive(pole=steps.pole_named(pole), kind=kind, path=path)
    agreed = False
    try:
        mapping = steps.mapping_of(batch)
        for _, field, header in read_corrections(columns):
            mapping = corrected(mapping, field, header)
        if columns:
            batch = steps.correct(batch, mapping)
        for choice in mapping.choices:
            _note(f"  {choice.header} → {choice.field or 'pas utilisée'}")
        with step("Vérifier les lignes"):
            report = steps.check(batch, _silent)
        _show(report)
        to_write = report.created + report.updated
        if to_write and not simulate:
            agreed = yes or _agrees(to_write)
        if agreed:
            with step("Enregistrer"):
                steps.apply(batch, _silent)
    finally:
        if not agreed:
            steps.give_up(batch)
    _end(agreed=agreed, simulate=simulate, to_write=to_write)
    return int(
        ExitCode.FAULTY_INPUT if report.faulty and not to_write and not report.unchanged else ExitCode.OK
    )


@command.command(
    "communes",
    help="Charge les communes, intercommunalités, départements et régions de France.\n\n"
    "Sans fichier : la liste du paquet installé. Avec le fichier « v_commune_AAAA.csv » de l’INSEE : sa liste et ses "
    "noms, le reste venant du paquet.\n\n\b\nExemples :\n  maillage import communes\n"
    "  maillage import communes v_commune_2026.csv",
    short_help="Charge les communes de France.",
)
@click.argument("fichier", type=FILE, required=False)
@click.pass_obj
def municipalities(entrance: Entrance, fichier: Path | None) -> None:
    """Load the communes."""
    steps = _database(entrance)
    with step("Charger les communes"):
        report = steps.load_municipalities(fichier, entrance.node_modules)
    created, updated = sum(report.created.values()), sum(report.updated.values())
    absent = number(len(report.absent))
    _say(
        f"Lignes créées : {number(created)} ; changées : {number(updated)} ; absentes de la liste, gardées : {absent}."
    )


@command.command(
    "catalogue",
    help="Charge le catalogue des types de ressources livré avec Maillage. Le refaire après chaque mise à jour ne "
    "change que ce qui a changé.\n\n\b\nExemple :\n  maillage import catalogue",
    short_help="Charge le catalogue des types de ressources.",
)
@click.pass_obj
def catalogue(entrance: Entrance) -> None:
    """Load the catalogue and the verbs of the ledger."""
    steps = _database(entrance)
    with step("Charger le catalogue") as said:
        said.append(f"{number(steps.load_types())} types")


@command.command(
    "contours",
    help="Charge les contours officiels des communes (GeoJSON).\n\n\b\nExemple :\n"
    "  maillage import contours communes-18.geojson communes-45.geojson --millesime 2018",
    short_help="Charge les contours des communes.",
)
@click.argument("fichiers", type=FILE, nargs=-1, required=True)
@click.option(
    "--millesime",
    "vintage",
    required=True,
    metavar="AAAA",
    help="L’année, montrée sur les cartes.",
)
@click.option(
    "--source", default="IGN, Admin Express", show_default=True, metavar="TEXTE", help="Montrée aussi."
)
@click.pass_obj
def outlines(entrance: Entrance, fichiers: tuple[Path, ...], vintage: str, source: str) -> None:
    """Load the outlines."""
    steps = _database(entrance)
    with step("Charger les contours"):
        report = steps.load_outlines(fichiers, vintage=vintage, source=source)
    counts = [number(count) for count in (report.created, report.updated, report.unchanged)]
    _say(f"Contours créés : {counts[0]} ; changés : {counts[1]} ; déjà là : {counts[2]}.")
    if report.unknown:
        _say(f"Communes inconnues, laissées de côté : {', '.join(report.unknown[:20])}.")


@command.command(
    "sirene",
    help="Importe les structures d’un territoire depuis les fichiers stock de SIRENE (CSV, ZIP ou Parquet).\n\n"
    "La lecture se fait au fil de l’eau : la mémoire ne dépend que du territoire.\n\n\b\nExemple :\n"
    "  maillage import sirene StockUniteLegale.csv StockEtablissement.csv --territoire Cher --ess --pole mon-pole",
    short_help="Importe les structures d’un territoire depuis SIRENE.",
)
@click.argument("unites", type=FILE)
@click.argument("etablissements", type=FILE)
@click.option(
    "--territoire",
    "territory",
    multiple=True,
    required=True,
    metavar="NOM",
    help="Comme pour maillage match.",
)
@click.option(
    "--ess",
    "only_social",
    is_flag=True,
    help="Seulement l’économie sociale et solidaire, selon l’INSEE.",
)
@_pole_options
@click.pass_obj
def sirene(
    entrance: Entrance,
    unites: Path,
    etablissements: Path,
    territory: tuple[str, ...],
    only_social: bool,
    pole: str,
    simulate: bool,
    yes: bool,
) -> int:
    """Import the organisations of a territory."""
    codes = territory_of(knowledge(entrance), territory).codes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sirene.csv"
        with step("Lire SIRENE") as said:
            count = write_sirene(
                path, units=unites, establishments=etablissements, codes=codes, only_social=only_social
            )
            said.append(f"{number(count)} structures")
        if not count:
            raise UserMistake(
                "Aucune structure de ces fichiers n’est dans ce territoire. Élargissez-le, ou ôtez --ess."
            )
        return import_list(entrance, "structures", path, pole=pole, simulate=simulate, yes=yes)


@command.command(
    "recherche-entreprises",
    help="Importe les structures d’un résultat enregistré de « recherche d’entreprises » (JSON).\n\n\b\nExemple :\n"
    "  maillage import recherche-entreprises resultats.json --pole mon-pole --simuler",
    short_help="Importe un résultat de « recherche d’entreprises ».",
)
@click.argument("fichier", type=FILE)
@click.option("--territoire", "territory", multiple=True, metavar="NOM", help="Comme pour maillage match.")
@click.option("--ess", "only_social", is_flag=True, help="Seulement l’économie sociale et solidaire.")
@_pole_options
@click.pass_obj
def search_results(
    entrance: Entrance,
    fichier: Path,
    territory: tuple[str, ...],
    only_social: bool,
    pole: str,
    simulate: bool,
    yes: bool,
) -> int:
    """Import the results of a search."""
    codes = territory_of(knowledge(entrance), territory).codes if territory else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recherche-entreprises.csv"
        count, faults = write_results(path, source=fichier, codes=codes, only_social=only_social)
        for fault in faults[:MOST_SHOWN]:
            _note(f"  résultat {fault.line} : {fault.sentence}")
        if not count:
            raise UserMistake(
                "Aucune structure de ce fichier n’est à importer. Élargissez le territoire, ou ôtez --ess."
            )
        return import_list(entrance, "structures", path, pole=pole, simulate=simulate, yes=yes)


def _database(entrance: Entrance) -> Any:
    """Open the database; the steps are imported after it, because they load the models."""
    with step("Base de données"):
        entrance.open_database()
    from maillage.interfaces.cli import import_steps  # noqa: PLC0415 - Django must be set up first
    from maillage.interfaces.cli.database_ready import check_ready  # noqa: PLC0415 - idem

    check_ready()
    return import_steps


def _show(report: "Report") -> None:
    """Show the dry run."""
    _say(
        f"{number(report.lines_read)} lignes lues : {number(report.created)} à créer, {number(report.updated)} à "
        f"changer, {number(report.unchanged)} déjà là, {number(report.faulty)} à corriger."
    )
    if report.newcomer_count:
        names = ", ".join(report.newcomers[:5]) + ("…" if report.newcomer_count > 5 else "")
        _say(f"Structures créées en même temps : {number(report.newcomer_count)} ({names}).")
    if report.questions:
        count = number(len(report.questions))
        _say(
            f"Lignes qui ressemblent à une fiche connue : {count}. Le site permet d’y répondre ; ici, elles suivent ce "
            "que la vérification propose."
        )
    for blocking, title in ((True, "À corriger (la ligne n’est pas importée)"), (False, "À relire")):
        groups = report.groups(blocking=blocking)
        if groups:
            _note(title)
        for group in groups[:MOST_SHOWN]:
            lines = ", ".join(str(line) for line in group.lines[:5]) + ("…" if group.count > 5 else "")
            _note(f"  {number(group.count)} × {group.column} : {group.sentence} (lignes {lines})")
        if len(groups) > MOST_SHOWN:
            _note(f"  et {number(len(groups) - MOST_SHOWN)} autres phrases.")
    for said in report.notes:
        _note(said)


def _agrees(count: int) -> bool:
    answer = click.prompt(
        f"Enregistrer {number(count)} {plural(count, 'ligne', 'lignes')} ? oui ou non",
        default="non",
        err=True,
    )
    return str(answer).strip().lower() in {"o", "oui"}


def _end(*, agreed: bool, simulate: bool, to_write: int) -> None:
    if agreed:
        _say(f"C’est enregistré : {number(to_write)} {plural(to_write, 'ligne', 'lignes')}.")
    elif not to_write:
        _say("Il n’y a rien à enregistrer.")
    else:
        _say("Vérification seule : rien n’est enregistré." if simulate else "Rien n’est enregistré.")


def _silent(_done: int, _total: int, _step: str) -> None:
    """Tell nothing: a step line already says what goes on."""


def _say(text: str) -> None:
    out.print(typography(text), markup=False, soft_wrap=True)


def _note(text: str) -> None:
    notes.print(typography(text), markup=False, soft_wrap=True)
