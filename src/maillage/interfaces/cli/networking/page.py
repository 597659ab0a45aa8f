"""The report of a network: what it looks like, who holds it, how it grew, who should meet."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from maillage.core.french import number, plural
from maillage.interfaces.cli.report.blocks import (
    Block,
    Certificate,
    Fact,
    Figure,
    Page,
    Prose,
    Section,
    Table,
    write_page,
)
from maillage.interfaces.drawing.figure import Drawing
from maillage.interfaces.drawing.figure import Table as Rows
from maillage.interfaces.drawing.graph import Edge, Member, graph
from maillage_engine.certify import Proof
from maillage_engine.explain.network import DEFINITIONS, meeting_fr, names_fr, single_point_fr, summary_fr
from maillage_engine.methods.network import STILL, NetworkProblem, NetworkResult
from maillage_engine.methods.network.seeing import neighbours

CHECKS = {
    "digest": "Les mesures sont celles de ces liens",
    "links": "Liens et densité recomptés",
    "components": "Groupes parcourus de nouveau",
    "single_points": "Points de fragilité retirés un à un",
    "core": "Noyau",
    "brokers": "Intermédiaires",
    "quarters": "Nouveaux liens",
    "meetings": "Rencontres proposées",
    "reach": "Portée de l’animateur",
}
EPOCH = date(1970, 1, 1)


def write_network(path: Path, problem: NetworkProblem, result: NetworkResult, proof: Proof) -> None:
    """Write the page."""
    day = EPOCH + timedelta(days=problem.today)
    page = Page(
        f"{number(result.actors)} acteurs, {number(result.links)} liens.",
        " ".join(summary_fr(problem, result)[1:]),
        facts=(
            Fact(f"{number(100 * result.density, digits=1)} %", "des paires possibles sont liées"),
            Fact(number(len(result.components)), plural(len(result.components), "groupe", "groupes")),
            Fact(
                number(len(result.single_points)),
                plural(len(result.single_points), "point de fragilité", "points de fragilité"),
            ),
        ),
        sections=_sections(problem, result),
        certificate=replace(Certificate.of(proof, names=CHECKS), objective=None),
        day=day,
    )
    write_page(path, page)


def _sections(problem: NetworkProblem, result: NetworkResult) -> tuple[Section, ...]:
    found = [
        _section("components", Figure(_drawing(problem, result))),
        _section("brokers", Table(_brokers(problem, result))),
        _section("single_points", _lines([single_point_fr(problem, one) for one in result.single_points])),
        _section("core", _core(problem, result)),
        _section("quarters", Table(_quarters(result))),
        _section("lasting_projects", Table(_projects(problem, result))),
    ]
    if result.reach is not None:
        found.append(_section("reach", _lines(summary_fr(problem, result)[-1:])))
    return (*found, _section("meetings", _lines([meeting_fr(problem, one) for one in result.meetings])))


def _section(name: str, *blocks: Block) -> Section:
    about = DEFINITIONS[name]
    return Section(about.label, blocks, intro=about.definition, source=about.source)


def _lines(lines: list[str]) -> Prose:
    return Prose((), tuple(lines)) if lines else Prose(("Aucun.",))


def _drawing(problem: NetworkProblem, result: NetworkResult) -> Drawing:
    around = neighbours(problem)
    points = {one.actor for one in result.single_points}
    members = [
        Member(str(row), name, "ring", float(max(len(around[row]), 1)), row in points)
        for row, name in enumerate(problem.actors)
    ]
    edges = [
        Edge(str(one), str(other))
        for one, others in enumerate(around)
        for other in sorted(others)
        if one < other
    ]
    edges += [Edge(str(one.one), str(one.other), "proposed") for one in result.meetings]
    return graph(members, edges, title="Le réseau aujourd’hui", words={"ring": "Acteur"})


def _brokers(problem: NetworkProblem, result: NetworkResult) -> Rows:
    rows = tuple((problem.actors[one.actor], round(100 * one.share, 1)) for one in result.brokers)
    return Rows("Les intermédiaires", ("Acteur", "Part des chemins (%)"), rows, digits=1)


def _core(problem: NetworkProblem, result: NetworkResult) -> Prose:
    k = max(result.core_numbers, default=0)
    lines = []
    if result.core:
        lines.append(f"Noyau (au moins {k} liens entre eux) : {names_fr(problem, result.core)}.")
    if result.periphery:
        lines.append(f"Périphérie : {names_fr(problem, result.periphery)}.")
    return _lines(lines)


def _quarters(result: NetworkResult) -> Rows:
    rows = tuple(
        (
            f"{one.year}, trimestre {one.quarter}",
            one.actors,
            one.links,
            one.new_links,
            one.ended_links,
            round(100 * one.density, 1),
            one.components,
            round(100 * one.largest_share, 1),
        )
        for one in result.quarters
    )
    columns = (
        "Trimestre",
        "Acteurs liés",
        "Liens",
        "Nouveaux",
        "Finis",
        "Densité (%)",
        "Groupes",
        "Plus grand (%)",
    )
    return Rows("Le réseau, trimestre après trimestre", columns, rows, digits=1)


def _projects(problem: NetworkProblem, result: NetworkResult) -> Rows:
    rows = tuple(
        (
            problem.projects[one.project],
            len(one.actors),
            names_fr(problem, one.actors),
            one.days,
            "oui" if one.last_day == STILL or one.last_day >= problem.today else "non",
        )
        for one in result.lasting_projects
    )
    return Rows("Les projets qui durent", ("Projet", "Acteurs", "Lesquels", "Jours", "Continue"), rows)
