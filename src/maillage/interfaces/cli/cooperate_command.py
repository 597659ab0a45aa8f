"""``maillage cooperate``: a process network in (P-graph text format), its cheapest structures out."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from maillage.core.errors import UserMistake
from maillage.core.french import typography
from maillage.importers.cells.dates import day as read_day
from maillage.interfaces.cli.console import notes, out, step
from maillage.interfaces.cli.cooperating.outcome import as_json, assembled, told
from maillage.interfaces.cli.cooperating.page import write_cooperation
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import between, speak_french
from maillage.interfaces.cli.whole_file import whole
from maillage_engine.files.pns import read_pns
from maillage_engine.stop import Stop

speak_french()

FILE = click.Path(path_type=Path)
HELP = """Assemble des unités en une chaîne : lesquelles, à quelle taille, pour obtenir les produits au moindre coût.

PROBLEME est un fichier .in du format texte des solveurs P-graph (PNS_problem_v1) : matières, unités, recettes,
unités qui s’excluent. La réponse est exacte : la meilleure solution et les suivantes, de la moins chère à la plus
chère, avec leur preuve. S’il n’y en a pas, la commande dit quel produit ne peut pas être obtenu et pourquoi.

Avec deux fichiers, de besoins puis d’offres (CSV, XLSX ou ODS, comme pour maillage match), elle cherche pour chaque
besoin qui peut y répondre à plusieurs, et quelles chaînes les recettes permettent : qui fait quoi, à quelle
distance, et quel rôle manque.

\b
Exemples :
  maillage cooperate probleme.in
  maillage cooperate probleme.in --k 20 --sortie r.json
  maillage cooperate probleme.in --temps 60 --rapport chaine.html
  maillage cooperate besoins.csv offres.csv --besoin b12 --sortie r.json
"""


@click.command("cooperate", help=HELP, short_help="Assemble des unités en une chaîne, au moindre coût.")
@click.argument("probleme", type=FILE)
@click.argument("offres", type=FILE, required=False)
@click.option(
    "--k",
    type=int,
    default=5,
    show_default=True,
    metavar="N",
    callback=between(1, 10_000),
    help="Solutions demandées, de la moins chère à la plus chère.",
)
@click.option(
    *("--temps", "limit"),
    type=float,
    metavar="S",
    callback=between(0, 86_400),
    help="Secondes de calcul au plus : la meilleure trouvée est donnée avec son écart. Sans elle : aucune limite.",
)
@click.option("--graine", "seed", type=int, default=0, metavar="N", help="Graine du hasard.")
@click.option("--sortie", "table", type=FILE, metavar="FICHIER", help="Résultat en .json.")
@click.option("--rapport", "report", type=FILE, metavar="FICHIER", help="Page .html lisible hors ligne.")
@click.option(
    "--date", "day", metavar="JJ/MM/AAAA", help="Le jour écrit sur la page. Sans elle : aujourd’hui."
)
@click.option(
    "--recettes",
    "recipes",
    type=FILE,
    metavar="DOSSIER",
    help="Dossier de recettes. Sans lui : celles du catalogue.",
)
@click.option("--besoin", "need", metavar="ID", help="Un seul besoin, par son identifiant.")
@click.option(
    *("--distance", "reach_km"),
    type=float,
    metavar="KM",
    callback=between(0, 2000),
    help="Distance acceptée par les lignes qui n’en disent pas. Sans elle : aucune limite.",
)
@click.pass_obj
def command(
    entrance: Entrance,
    probleme: Path,
    offres: Path | None,
    k: int,
    limit: float | None,
    seed: int,
    table: Path | None,
    report: Path | None,
    day: str | None,
    recipes: Path | None,
    need: str | None,
    reach_km: float | None,
) -> None:
    """Assemble a chain."""
    _check(table, (".json",), "--sortie")
    _check(report, (".html", ".htm"), "--rapport")
    if limit is not None and limit <= 0:
        raise UserMistake("--temps : donnez un nombre de secondes au-dessus de 0.")
    today = datetime.now(tz=UTC).astimezone().date() if day is None else read_day(day)
    if offres is not None:
        from maillage.interfaces.cli.cooperating.territory import cooperate_files  # noqa: PLC0415  (heavy)

        with step("Assembler"):
            answers = cooperate_files(
                entrance,
                needs=probleme,
                offers=offres,
                today=today,
                recipes=recipes,
                need=need,
                k=k,
                reach_km=reach_km,
                stop=Stop(seconds=limit),
                seed=seed,
            )
        if table is not None:
            with whole(table) as draft:
                draft.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if report is not None:
            from maillage.interfaces.cli.cooperating.territory_page import write_territory  # noqa: PLC0415  (rarely asked)

            write_territory(report, answers, day=today)
        for line in answers["told"]:
            out.print(line, markup=False, soft_wrap=True)
        for note in answers["notes"]:
            notes.print(note, markup=False, soft_wrap=True)
        for path in (table, report):
            if path is not None:
                out.print(f"Écrit : {path}", markup=False, soft_wrap=True)
        return
    read = read_pns(probleme)
    with step("Assembler"):
        made = assembled(read.network, k=k, stop=Stop(seconds=limit), seed=seed)
    if table is not None:
        content = as_json(made, name=read.name, notes=read.notes)
        with whole(table) as draft:
            draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if report is not None:
        write_cooperation(report, made, name=read.name, day=today)
    for line in told(made):
        out.print(typography(line), markup=False, soft_wrap=True)
    for note in read.notes:
        notes.print(typography(note), markup=False, soft_wrap=True)
    for path in (table, report):
        if path is not None:
            out.print(f"Écrit : {path}", markup=False, soft_wrap=True)


def _check(path: Path | None, endings: tuple[str, ...], option: str) -> None:
    if path is None:
        return
    if not path.name.lower().endswith(endings):
        raise UserMistake(f"{option} {path.name} : choisissez un nom en {', '.join(endings)}.")
    if not path.parent.is_dir():
        raise UserMistake(f"{option} : le dossier « {path.parent} » n’existe pas. Créez-le d’abord.")
