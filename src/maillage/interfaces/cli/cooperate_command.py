"""``maillage cooperate``: a process network in (P-graph text format), its cheapest structures out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.core.errors import UserMistake
from maillage.interfaces.cli.console import remark, say, say_written, step
from maillage.interfaces.cli.cooperating.outcome import as_json, assembled, told
from maillage.interfaces.cli.cooperating.page import write_cooperation
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.json_file import write_json
from maillage.interfaces.cli.options.day import day_option
from maillage.interfaces.cli.options.fitting import TWO_FILES, refuse_useless
from maillage.interfaces.cli.options.reading import reach_option
from maillage.interfaces.cli.options.searching import count_option, seconds_option, seed_option
from maillage.interfaces.cli.options.writing import FILE, report_option, spare, table_option
from maillage_engine.files.pns import read_pns
from maillage_engine.stop import Stop

if TYPE_CHECKING:
    from maillage.interfaces.cli.cooperating.territory import Asked

speak_french()

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


@dataclass(frozen=True, slots=True)
class _Found:
    """What is said, and how to make what is written: the content of the JSON, the page at a path."""

    told: Sequence[str]
    notes: Sequence[str]
    content: Callable[[], dict[str, Any]]
    page: Callable[[Path], None]


@click.command("cooperate", help=HELP, short_help="Assemble des unités en une chaîne, au moindre coût.")
@click.argument("probleme", type=FILE)
@click.argument("offres", type=FILE, required=False)
@count_option(default=5, most=10_000, is_for="Solutions demandées, de la moins chère à la plus chère.")
@seconds_option(
    is_for="Secondes de calcul au plus : la meilleure trouvée est donnée avec son écart. Sans elle : aucune limite."
)
@seed_option()
@table_option(".json", is_for="Résultat en .json.")
@report_option()
@day_option(is_for="Le jour écrit sur la page.")
@click.option(
    "--recettes",
    "recipes",
    type=FILE,
    metavar="DOSSIER",
    help="Dossier de recettes. Sans lui : celles du catalogue.",
)
@click.option("--besoin", "need", metavar="ID", help="Un seul besoin, par son identifiant.")
@reach_option()
@click.pass_obj
def command(
    entrance: Entrance,
    probleme: Path,
    offres: Path | None,
    k: int,
    seconds: float | None,
    seed: int,
    table: Path | None,
    report: Path | None,
    day: date,
    recipes: Path | None,
    need: str | None,
    reach_km: float | None,
) -> None:
    """Assemble a chain."""
    spare((probleme, offres), (table, report))
    if seconds is not None and seconds <= 0:
        raise UserMistake("--temps : donnez un nombre de secondes au-dessus de 0.")
    stop = Stop(seconds=seconds)
    if offres is None:
        lists = {"--recettes": recipes, "--besoin": need, "--distance": reach_km}
        refuse_useless(lists, because=TWO_FILES)
        found = _network(probleme, k=k, stop=stop, seed=seed, day=day)
    else:
        from maillage.interfaces.cli.cooperating.territory import Asked  # noqa: PLC0415  (heavy)

        found = _territory(entrance, Asked(probleme, offres, day, recipes, need, k, reach_km, stop, seed))
    if table is not None:
        write_json(table, found.content())
    if report is not None:
        found.page(report)
    say(found.told)
    remark(found.notes)
    say_written(table, report)


def _network(path: Path, *, k: int, stop: Stop, seed: int, day: date) -> _Found:
    """Solve a published problem."""
    read = read_pns(path)
    with step("Assembler"):
        made = assembled(read.network, k=k, stop=stop, seed=seed)
    return _Found(
        told(made),
        read.notes,
        partial(as_json, made, name=read.name, notes=read.notes),
        partial(write_cooperation, made=made, name=read.name, day=day),
    )


def _territory(entrance: Entrance, asked: "Asked") -> _Found:
    """Answer the needs of one file with the offers of the other."""
    from maillage.interfaces.cli.cooperating.territory import cooperate_files  # noqa: PLC0415  (heavy)
    from maillage.interfaces.cli.cooperating.territory_page import write_territory  # noqa: PLC0415  (heavy)

    with step("Assembler"):
        answered = cooperate_files(entrance, asked)
    content = answered.content
    return _Found(
        content["told"],
        content["notes"],
        lambda: content,
        partial(write_territory, answered=answered, day=asked.day),
    )
