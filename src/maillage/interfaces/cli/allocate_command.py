"""``maillage allocate``: who serves whom and how much, what stays unmet and why; or where to open sites."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from maillage.core.errors import UserMistake
from maillage.interfaces.cli.console import remark, say, say_written, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import between, speak_french
from maillage.interfaces.cli.json_file import write_json
from maillage.interfaces.cli.options.day import day_option
from maillage.interfaces.cli.options.fitting import TWO_FILES, refuse_useless
from maillage.interfaces.cli.options.reading import (
    columns_option,
    encoder_option,
    reach_option,
    territory_option,
)
from maillage.interfaces.cli.options.searching import count_option, seconds_option
from maillage.interfaces.cli.options.writing import FILE, report_option, spare, table_option
from maillage.interfaces.cli.spread import runner_named, spread

speak_french()

MOST_FOR_UNLOCKS = 300_000
"""Pairs above which what would unlock most is only looked for when asked."""
HELP = """Répartit ce qui est rare : le plus de besoins servis, puis le moins de transport ; et dit ce qui manque.

FICHIERS est un tableau de paires (colonnes need, offer, value, need_qty, offer_qty : la valeur est le gain d’une
unité), ou deux fichiers de besoins et d’offres comme ceux de maillage match, ou avec --format orlib un problème
publié d’implantation (où ouvrir).

\b
Exemples :
  maillage allocate arcs.csv --sortie r.json
  maillage allocate besoins.xlsx offres.csv --territoire Cher --rapport partage.html
  maillage allocate besoins.csv offres.csv --equite commune
  maillage allocate cap41.txt --format orlib --sortie r.json
"""


@click.command(
    "allocate", help=HELP, short_help="Répartit les offres entre les besoins, et dit ce qui manque."
)
@click.argument("fichiers", type=FILE, nargs=-1, required=True)
@click.option(
    *("--format", "form"),
    type=click.Choice(("arcs", "orlib")),
    help="Ce qu’est un fichier seul. Sans elle : un tableau de paires.",
)
@table_option(".json", is_for="Résultat en .json.")
@report_option()
@click.option(
    *("--equite", "fairness"),
    type=click.Choice(("commune", "famille")),
    help="Servir d’abord le mieux possible le groupe le moins servi.",
)
@seconds_option(is_for="Secondes de calcul au plus. Sans elle : jusqu’à la preuve.")
@click.option(
    *("--deblocages", "unlocks"),
    type=int,
    metavar="N",
    callback=between(0, 100),
    help="Combien de façons de débloquer. Sans elle : 3, ou 0 au-delà de 300 000 paires.",
)
@territory_option
@count_option(default=20, most=1000, is_for="Offres possibles par besoin.")
@reach_option()
@encoder_option()
@columns_option(is_for="Corrige les colonnes comprises, comme pour maillage match.")
@day_option(is_for="Le jour du partage.")
@spread
@click.pass_obj
def command(
    entrance: Entrance,
    fichiers: tuple[Path, ...],
    form: str | None,
    table: Path | None,
    report: Path | None,
    fairness: str | None,
    seconds: float | None,
    unlocks: int | None,
    territory: tuple[str, ...],
    k: int,
    reach_km: float | None,
    encoder: str,
    columns: tuple[str, ...],
    day: date,
    processes: int | None,
    cluster: str | None,
) -> None:
    """Share out."""
    runner = runner_named(processes=processes, cluster=cluster)
    spare(fichiers, (table, report))
    if len(fichiers) > 2 or (len(fichiers) == 2 and form is not None):
        raise UserMistake("Donnez un tableau de paires, ou deux fichiers : les besoins, puis les offres.")
    if len(fichiers) == 1:
        lists = {"--territoire": territory, "--distance": reach_km, "--colonnes": columns}
        refuse_useless(lists, because=TWO_FILES)
    if form == "orlib":
        shares = {
            "--equite": fairness,
            "--deblocages": unlocks,
            "--processus": processes,
            "--grappe": cluster,
        }
        refuse_useless(shares, because="avec --format orlib")
        _sites(fichiers[0], table, report, seconds)
        return
    if len(fichiers) == 1:
        shared = _arcs(fichiers[0], fairness, seconds, unlocks, runner)
    else:
        from maillage.interfaces.cli.allocating.files import Asked, share_files  # noqa: PLC0415  (heavy)

        asked = Asked(fichiers[0], fichiers[1], territory, k, reach_km, encoder, columns, day)
        shared = share_files(
            entrance, asked, fairness=fairness, seconds=seconds, most_unlocks=unlocks, runner=runner
        )
    _tell(shared, table, report, day)


def _arcs(path: Path, fairness: str | None, seconds: float | None, unlocks: int | None, runner: Any) -> Any:
    from maillage.interfaces.cli.allocating.sharing import MOST_UNLOCKS, share  # noqa: PLC0415  (heavy)
    from maillage_engine.files.arcs import read_arcs  # noqa: PLC0415  (heavy)

    if fairness is not None:
        raise UserMistake("--equite demande des communes ou des familles : donnez les besoins et les offres.")
    with step("Lire les paires"):
        read = read_arcs(path)
    few = MOST_UNLOCKS if read.problem.edges <= MOST_FOR_UNLOCKS else 0
    with step("Répartir"):
        return share(
            read.problem,
            seconds=seconds,
            most_unlocks=few if unlocks is None else unlocks,
            remarks=read.remarks,
            runner=runner,
        )


def _tell(shared: Any, table: Path | None, report: Path | None, day: date) -> None:
    from maillage.interfaces.cli.allocating.outcome import as_json, sentences  # noqa: PLC0415  (heavy)

    if table is not None:
        write_json(table, as_json(shared), indent=None)
    if report is not None:
        from maillage.interfaces.cli.allocating.page import write_sharing  # noqa: PLC0415  (heavy)

        write_sharing(report, shared, day=day)
    say(sentences(shared))
    remark(shared.remarks)
    say_written(table, report)


def _sites(path: Path, table: Path | None, report: Path | None, seconds: float | None) -> None:
    from maillage.interfaces.cli.allocating.orlib import solve_file  # noqa: PLC0415  (heavy)

    if report is not None:
        raise UserMistake(
            "--rapport ne va pas avec --format orlib : ces fichiers ne disent ni noms ni lieux."
        )
    with step("Chercher où ouvrir"):
        told = solve_file(path, seconds=seconds)
    if table is not None:
        write_json(table, told, indent=None)
    say(told["sentences"])
    say_written(table)
