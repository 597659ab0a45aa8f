"""The offline page of a process network: the best chain drawn, the alternatives, the reasons, the certificate."""

from datetime import date
from pathlib import Path

from maillage.core.french import number, plural
from maillage.interfaces.cli.cooperating.outcome import CHECKS_FR, STATUS_FR, Assembled, structure_lines
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
from maillage.interfaces.drawing import figure
from maillage.interfaces.drawing.sankey import Link, Node, sankey
from maillage_engine.explain.synthesis import obstacle_fr
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.methods.cooperate.structure import Structure

_KIND_OF = {"raw": "need", "intermediate": "quiet", "product": "offer"}
_WORDS = {"need": "matière première", "offer": "produit", "flow": "quantité qui passe"}


def write_cooperation(path: Path, *, made: Assembled, name: str, day: date) -> None:
    """Write the page."""
    result, measures = made.result, made.network.measures
    money = f"{measures.money}/{measures.time}"
    facts = [Fact(number(len(result.structures)), plural(len(result.structures), "solution", "solutions"))]
    if result.cost is not None:
        facts.insert(0, Fact(f"{number(result.cost)} {money}", "coût de la meilleure"))
    facts.append(Fact(number(len(result.maximal.units)), "unités qui peuvent servir"))
    sections = [] if result.structures else [_why(made)]
    if result.structures:
        best = result.structures[0]
        sections.append(
            Section("La meilleure chaîne", _best(made.network, best), "Qui prend quoi, et donne quoi.")
        )
        sections.append(
            Section("Toutes les solutions", (Table(_ranking(made)),), "De la moins chère à la plus chère.")
        )
    page = Page(
        f"Assembler : {name or 'un réseau de procédés'}.",
        f"{STATUS_FR[result.status].capitalize()}.",
        facts=tuple(facts),
        sections=tuple(sections),
        certificate=Certificate.of(
            made.proof, names=CHECKS_FR, unit=money, facts=(("Graine", str(result.seed)),)
        ),
        day=day,
    )
    write_page(path, page)


def _why(made: Assembled) -> Section:
    lines = tuple(obstacle_fr(one) for one in made.result.obstacles)
    return Section(
        "Pourquoi il n’y a pas de solution", (Prose((STATUS_FR[made.result.status] + ".",), lines),)
    )


def _best(network: ProcessNetwork, best: Structure) -> tuple[Block, ...]:
    unit = f"{network.measures.mass}/{network.measures.time}"
    nodes = [Node(f"m:{one.name}", one.name, _KIND_OF[one.kind]) for one in network.materials]
    links = []
    for row, size in zip(best.units, best.sizes.tolist(), strict=True):
        one = network.units[row]
        nodes.append(Node(f"u:{one.name}", one.name))
        links += [Link(f"m:{name}", f"u:{one.name}", rate * size) for name, rate in one.inputs]
        links += [Link(f"u:{one.name}", f"m:{name}", rate * size) for name, rate in one.outputs]
    used = {end for link in links for end in (link.source, link.target)}
    drawing = sankey(
        [node for node in nodes if node.key in used],
        links,
        title="De la matière première au produit",
        unit=unit,
        words=_WORDS,
    )
    return Figure(drawing), Table(_units(network, best)), Table(_materials(network, best))


def _units(network: ProcessNetwork, best: Structure) -> figure.Table:
    money = f"Coût ({network.measures.money}/{network.measures.time})"
    rows = [(one["name"], one["size"], one["cost"]) for one in structure_lines(network, best)["units"]]
    return figure.Table("Les unités", ("Unité", "Taille", money), tuple(rows))


def _materials(network: ProcessNetwork, best: Structure) -> figure.Table:
    money = f"Coût ({network.measures.money}/{network.measures.time})"
    flow = f"Solde ({network.measures.mass}/{network.measures.time})"
    rows = [(one["name"], one["flow"], one["cost"]) for one in structure_lines(network, best)["materials"]]
    return figure.Table(
        "Les matières : achetées sous 0, restantes au-dessus", ("Matière", flow, money), tuple(rows)
    )


def _ranking(made: Assembled) -> figure.Table:
    network = made.network
    money = f"Coût ({network.measures.money}/{network.measures.time})"
    rows = [
        (rank, one.cost, ", ".join(network.units[row].name for row in one.units))
        for rank, one in enumerate(made.result.structures, start=1)
    ]
    return figure.Table("Les solutions", ("Rang", money, "Unités"), tuple(rows))
