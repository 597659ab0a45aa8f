"""``maillage network``: dated links in, what the network looks like out."""

import time
from datetime import date
from pathlib import Path

import click

from maillage.core.french import number
from maillage.interfaces.cli.certified import refuse_faults
from maillage.interfaces.cli.console import remark, say, say_written, step
from maillage.interfaces.cli.french_click import between, speak_french
from maillage.interfaces.cli.json_file import write_json
from maillage.interfaces.cli.networking.outcome import as_json
from maillage.interfaces.cli.networking.page import write_network
from maillage.interfaces.cli.networking.reading import read_links
from maillage.interfaces.cli.options.day import day_option
from maillage.interfaces.cli.options.searching import count_option
from maillage.interfaces.cli.options.writing import FILE, report_option, spare, table_option
from maillage_engine.certify.network import certify_network
from maillage_engine.explain.network import meeting_fr, summary_fr
from maillage_engine.methods.network import network

speak_french()

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


@click.command("network", help=HELP, short_help="Regarde un réseau d’acteurs et de liens datés.")
@click.argument("liens", type=FILE)
@click.option(
    "--animateur", "facilitator", metavar="NOM", help="L’animateur du pôle, pour dire ce qui tient à lui."
)
@count_option(default=10, most=1000, is_for="Réponses par liste.")
@click.option(
    *("--duree", "lasting"),
    type=int,
    default=365,
    show_default=True,
    metavar="JOURS",
    callback=between(1, 36_500),
    help="Depuis combien de jours un projet « dure ».",
)
@day_option(is_for="Le jour où l’on regarde.")
@table_option(".json", is_for="Résultat en .json.")
@report_option()
def command(
    liens: Path,
    facilitator: str | None,
    k: int,
    lasting: int,
    day: date,
    table: Path | None,
    report: Path | None,
) -> None:
    """See a network."""
    begun = time.monotonic()
    spare((liens,), (table, report))
    read = read_links(liens)
    problem = read.problem(today=day, facilitator=facilitator)
    with step("Mesurer"):
        result = network(problem, k=k, lasting_days=lasting)
        proof = certify_network(problem, result)
    refuse_faults(
        proof.faults, "Les mesures n’ont pas passé leur vérification, elles ne sont pas montrées : {faults}."
    )
    spent = time.monotonic() - begun
    if table is not None:
        write_json(table, as_json(problem, result, proof, seconds=spent))
    if report is not None:
        write_network(report, problem, result, proof)
    say(summary_fr(problem, result))
    say(meeting_fr(problem, one) for one in result.meetings[:MOST_MEETINGS])
    say((f"Résultat vérifié ({number(spent, digits=1)} s).",))
    remark(read.notes)
    say_written(table, report)
