"""``maillage tour``: stops and vehicles in, rounds with their timetable out; or a published instance."""

import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from maillage.core.errors import UserMistake
from maillage.core.french import number, plural
from maillage.importers.export import write_table
from maillage.importers.municipalities import Gazetteer, read_division
from maillage.interfaces.cli.console import remark, say, say_written, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import between, speak_french
from maillage.interfaces.cli.json_file import write_json
from maillage.interfaces.cli.options.day import day_option
from maillage.interfaces.cli.options.fitting import refuse_useless
from maillage.interfaces.cli.options.searching import seconds_option, seed_option
from maillage.interfaces.cli.options.writing import FILE, file_option, report_option, spare, table_option
from maillage.interfaces.cli.report.ground import ground_of
from maillage.interfaces.cli.touring.building import Asked, Built, build
from maillage.interfaces.cli.touring.outcome import (
    HEADERS,
    Emissions,
    Planned,
    Told,
    as_json,
    certified,
    table_rows,
)
from maillage.interfaces.cli.whole_file import whole
from maillage_engine.explain.tour import cost_fr, summary_fr, why_left_out
from maillage_engine.files.vrp import ROUNDINGS, looks_published, read_vrp
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.week import plan_week
from maillage_engine.stop import Stop

speak_french()

MOST_LEFT = 5
HELP = """Prépare des tournées : qui passe où, dans quel ordre, à quelle heure, avec quoi à bord.

ARRETS est un tableau (CSV, XLSX ou ODS) : une ligne par arrêt, sa commune ou ses coordonnées, kg, m³, horaires,
durée, matière, priorité, « tous les n jours ». Ou une instance publiée (VRPLIB .vrp, Solomon .txt).

\b
Exemples :
  maillage tour arrets.csv --depot Bourges --rapport tournees.html
  maillage tour arrets.xlsx --vehicules vehicules.csv --sortie tournees.csv
  maillage tour semaine.csv --depot Vierzon --jours 5 --temps 30
  maillage tour X-n101-k25.vrp --temps 10 --sortie r.json
"""


@click.command("tour", help=HELP, short_help="Prépare des tournées de collecte ou de livraison.")
@click.argument("arrets", type=FILE)
@file_option("--vehicules", "vehicles", is_for="Véhicules (CSV, XLSX ou ODS).")
@click.option("--depot", metavar="COMMUNE", help="D’où partent les véhicules qui ne le disent pas.")
@seconds_option(default=10.0, is_for="Secondes de calcul.")
@click.option(
    "--jours",
    "days",
    type=int,
    default=5,
    show_default=True,
    metavar="N",
    callback=between(1, 366),
    help="Jours à planifier, quand des arrêts reviennent.",
)
@click.option(
    *("--separer", "apart"),
    multiple=True,
    metavar="A+B",
    help="Deux matières à ne pas mettre dans la même tournée.",
)
@click.option(
    "--routes",
    "roads",
    envvar="MAILLAGE_ROADS",
    metavar="ADRESSE",
    help="Calculateur d’itinéraires (osrm+http://…, valhalla+http://…). Sans elle : vol d’oiseau × facteur.",
)
@click.option(
    "--co2", "per_km", type=float, metavar="KG", callback=between(0, 100), help="Kilogrammes de CO₂e par km."
)
@click.option(
    "--source-co2", "source", metavar="TEXTE", help="D’où vient ce facteur : affiché avec le résultat."
)
@click.option(
    "--arrondi",
    "rounding",
    type=click.Choice(list(ROUNDINGS)),
    help="Arrondi d’une instance publiée. Sans elle : celui de sa famille.",
)
@seed_option()
@table_option(".json", ".csv", ".xlsx", ".geojson", is_for="Résultat en .json, .csv, .xlsx ou .geojson.")
@report_option()
@day_option(is_for="Le jour écrit sur la page.")
@click.pass_obj
def command(
    entrance: Entrance,
    arrets: Path,
    vehicles: Path | None,
    depot: str | None,
    seconds: float,
    days: int,
    apart: tuple[str, ...],
    roads: str | None,
    per_km: float | None,
    source: str | None,
    rounding: str | None,
    seed: int,
    table: Path | None,
    report: Path | None,
    day: date,
) -> None:
    """Plan rounds."""
    begun = time.monotonic()
    spare((arrets, vehicles), (table, report))
    emissions = _emissions(per_km, source)
    limits = Limits(seconds, seed, os.cpu_count() or 1, days)
    published, unit = _is_published(arrets), ""
    notes: tuple[str, ...] = ()
    communes: Gazetteer | None = None
    if published:
        said = {"--vehicules": vehicles, "--depot": depot, "--separer": apart}
        refuse_useless(said, because="sur une instance publiée, qui dit tout")
        plans = [_instance(arrets, rounding, limits)]
    else:
        asked = Asked(arrets, vehicles, depot, _pairs(apart), roads)
        communes = _gazetteer(entrance)
        built = build(asked, communes)
        unit, notes = "€" if built.priced else "km", built.notes
        plans = _planned(built, limits)
    ground = tuple(ground_of(communes)) if report is not None else ()
    told = Told(tuple(plans), notes, emissions, time.monotonic() - begun, unit, published, ground)
    if table is not None:
        _write_table(table, told)
    if report is not None:
        from maillage.interfaces.cli.touring.page import write_rounds  # noqa: PLC0415 - only for those who ask a page

        write_rounds(report, told, day=day)
    _say(told)
    say_written(table, report)


class Limits:
    """How long, with which seed, on how many cores, over how many days."""

    def __init__(self, seconds: float, seed: int, workers: int, days: int) -> None:
        self.stop = Stop(seconds=max(seconds, 0.1))
        self.seed = seed
        self.workers = workers
        self.days = days


def _gazetteer(entrance: Entrance) -> Gazetteer | None:
    """Return the communes, None when they are not installed: coordinates are enough."""
    try:
        return Gazetteer.of(read_division(folder=entrance.node_modules))
    except UserMistake as mistake:
        remark((mistake.message,))
        return None


def _emissions(per_km: float | None, source: str | None) -> Emissions | None:
    if per_km is None:
        return None
    if not source:
        raise UserMistake("Un facteur de CO₂e se montre avec sa source : ajoutez --source-co2.")
    return Emissions(per_km, source)


def _pairs(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for one in words:
        parts = [part.strip().lower() for part in one.split("+")]
        if len(parts) != 2 or not all(parts) or parts[0] == parts[1]:
            raise UserMistake(f"« {one} » : écrivez deux matières, par exemple --separer verre+biodéchets.")
        found.append((parts[0], parts[1]))
    return tuple(found)


def _is_published(path: Path) -> bool:
    if path.suffix.lower() not in {".vrp", ".txt"} or not path.is_file():
        return path.suffix.lower() == ".vrp"
    with path.open("rb") as file:
        return path.suffix.lower() == ".vrp" or looks_published(file.read(4000).decode("utf-8", "replace"))


def _instance(path: Path, rounding: str | None, limits: Limits) -> Planned:
    problem = read_vrp(path, rounding=rounding)
    with step("Chercher"):
        result = tour(problem, stop=limits.stop, seed=limits.seed, workers=limits.workers)
    return certified(problem, result)


def _planned(built: Built, limits: Limits) -> list[Planned]:
    if not built.rhythms:
        with step("Chercher"):
            result = tour(built.problem, stop=limits.stop, seed=limits.seed, workers=limits.workers)
        return [certified(built.problem, result)]
    with step("Choisir les jours et chercher"):
        week = plan_week(
            built.problem,
            built.rhythms,
            days=limits.days,
            stop=limits.stop,
            seed=limits.seed,
            workers=limits.workers,
        )
    return [
        certified(one.problem, one.result, day=one.day)
        for one in week.days
        if one.problem is not None and one.result is not None
    ]


def _write_table(path: Path, told: Told) -> None:
    if path.suffix.lower() == ".json":
        write_json(path, as_json(told))
        return
    with whole(path) as draft:
        write_table(draft, HEADERS, table_rows(told.plans))


def _inside(sentence: str) -> str:
    """Return a sentence that goes on after a colon."""
    return sentence[0].lower() + sentence[1:]


def _say(told: Told) -> None:
    lines: list[str] = []
    for one in told.plans:
        said = summary_fr(one.problem, one.result)
        if one.day is not None:
            lines.append(f"Jour {one.day + 1} : {said[0]}")
        elif told.published:
            rounds = len(one.result.rounds)
            cost = cost_fr(one.problem, one.result.cost)
            lines.extend((f"Coût {cost}, {rounds} {plural(rounds, 'tournée', 'tournées')}.", *said[1:]))
        else:
            lines.extend(said)
    left = [(one.problem, each) for one in told.plans for each in one.result.left_out]
    lines.extend(
        f"{problem.visits[each.visit].id} : {_inside(why_left_out(problem, each))}"
        for problem, each in left[:MOST_LEFT]
    )
    if len(left) > MOST_LEFT:
        lines.append(f"… et {number(len(left) - MOST_LEFT)} autres arrêts de côté : --sortie les donne tous.")
    lines.append(f"Distances : {told.plans[0].problem.convention}.")
    lines.append(f"Résultat vérifié ({number(told.seconds, digits=1)} s).")
    say(lines)
    remark(told.notes, style="dim")
