"""``maillage network``: dated links in, what the network looks like out."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from maillage.core.errors import MaillageError, UserMistake
from maillage.core.french import number, typography
from maillage.importers.cells.dates import day as read_day
from maillage.interfaces.cli.console import notes, out, step
from maillage.interfaces.cli.french_click import between, speak_french
from maillage.interfaces.cli.networking.outcome import as_json
from maillage.interfaces.cli.networking.page import write_network
from maillage.interfaces.cli.networking.reading import read_links
from maillage.interfaces.cli.whole_file import whole
from maillage_engine.certify.network import certify_network
from maillage_engine.explain.network import meeting_fr, summary_fr
from maillage_engine.methods.network import network

speak_french()

FILE = click.Path(path_type=Path)
MOST_MEETINGS = 3
HELP = """Regarde un réseau d’acteurs : densité, groupes, intermédiaires, fragilités, noyau, rencontres à provoquer.

LIENS est un tableau (CSV, XLSX ou ODS) : une ligne par accord ou événement, colonnes de, vers, date, fin, projet,
nature ; et, si vous les avez, besoins et offres de l’acteur de la colonne « de ». Sans fin, un lien continue.

\b
Exemples :
  maillage network liens.csv
  maillage network liens.xlsx --animateur "Pôle du Berry" --rapport reseau.html --sortie reseau.json
  maillage network liens.csv --date 31/12/2025 --k 20
"""


class NotCertified(MaillageError):
    """Measures that their own certificate refuses: they are never shown."""


@click.command("network", help=HELP, short_help="Regarde un réseau d’acteurs et de liens datés.")
@click.argument("liens", type=FILE)
@click.option(
    "--animateur", "facilitator", metavar="NOM", help="L’animateur du pôle, pour dire ce qui tient à lui."
)
@click.option(
    "--k",
    type=int,
    default=10,
    show_default=True,
    metavar="N",
    callback=between(1, 1000),
    help="Réponses par liste.",
)
@click.option(
    *("--duree", "lasting"),
    type=int,
    default=365,
    show_default=True,
    metavar="JOURS",
    callback=between(1, 36_500),
    help="Depuis combien de jours un projet « dure ».",
)
@click.option("--date", "day", metavar="JJ/MM/AAAA", help="Le jour où l’on regarde. Sans elle : aujourd’hui.")
@click.option("--sortie", "table", type=FILE, metavar="FICHIER", help="Résultat en .json.")
@click.option("--rapport", "report", type=FILE, metavar="FICHIER", help="Page .html lisible hors ligne.")
def command(
    liens: Path,
    facilitator: str | None,
    k: int,
    lasting: int,
    day: str | None,
    table: Path | None,
    report: Path | None,
) -> None:
    """See a network."""
    begun = time.monotonic()
    _check(table, (".json",), "--sortie")
    _check(report, (".html", ".htm"), "--rapport")
    today = datetime.now(tz=UTC).astimezone().date() if day is None else read_day(day)
    read = read_links(liens)
    problem = read.problem(today=today, facilitator=facilitator)
    with step("Mesurer"):
        result = network(problem, k=k, lasting_days=lasting)
        proof = certify_network(problem, result)
    if not proof.valid:
        faults = " ; ".join(f"{one.name} ({one.detail})" for one in proof.faults)
        raise NotCertified(
            f"Les mesures n’ont pas passé leur vérification, elles ne sont pas montrées : {faults}."
        )
    spent = time.monotonic() - begun
    if table is not None:
        content = as_json(problem, result, proof, seconds=spent)
        with whole(table) as draft:
            draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if report is not None:
        write_network(report, problem, result, proof)
    lines = [
        *summary_fr(problem, result),
        *(meeting_fr(problem, one) for one in result.meetings[:MOST_MEETINGS]),
    ]
    for line in (*lines, f"Résultat vérifié ({number(spent, digits=1)} s)."):
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
