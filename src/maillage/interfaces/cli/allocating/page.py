"""The report of a sharing: who serves whom, what stays unmet and why, what would unlock it, the certificate."""

from datetime import date
from pathlib import Path

import numpy as np

from maillage.core.french import number, plural, typography
from maillage.interfaces.cli.allocating.outcome import why_unmet
from maillage.interfaces.cli.allocating.sharing import Shared, Where
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
from maillage.interfaces.drawing.map_figure import STRAIGHT, Line, map_figure, placed
from maillage.interfaces.drawing.sankey import Link, Node, sankey
from maillage_engine.explain.allocation import summary_fr, unlock_fr

MOST_DRAWN = 40
"""Flows of the drawing, the largest ones; the table has them all."""
CHECKS = {
    "digest": "C’est bien le partage de ces lignes",
    "lines": "Chaque ligne est une paire possible",
    "needs": "Aucun besoin ne reçoit trop",
    "offers": "Aucune offre ne donne trop",
    "lots": "Quantités minimales respectées",
    "indivisible": "Offres indivisibles respectées",
    "value": "Valeur recomptée",
    "transport": "Transport recompté",
    "bound": "Rien ne dépasse la borne",
    "prices": "Les prix prouvent la borne",
    "used": "Ce qui a un prix sert entièrement",
    "transport_prices": "Le transport est le moindre",
    "levels": "Parts des groupes recomptées",
}


def write_sharing(path: Path, shared: Shared, *, day: date | None = None) -> None:
    """Write the page."""
    summary = [typography(line) for line in summary_fr(shared.problem, shared.result)]
    unmet_needs = len({line.need for line in shared.report.lines})
    page = Page(
        "Qui sert qui, et ce qui manque.",
        " ".join(summary),
        facts=(
            Fact(
                number(len(shared.result.edge)),
                plural(len(shared.result.edge), "échange retenu", "échanges retenus"),
            ),
            Fact(
                number(unmet_needs),
                plural(unmet_needs, "besoin pas entièrement servi", "besoins pas entièrement servis"),
            ),
        ),
        sections=(_flows(shared), _unmet(shared), _unlock(shared)),
        certificate=Certificate.of(shared.proof, names=CHECKS),
        day=day,
        notes=tuple(typography(one) for one in shared.remarks),
    )
    write_page(path, page)


def _flows(shared: Shared) -> Section:
    problem, result = shared.problem, shared.result
    needs, offers = problem.edge_need[result.edge].tolist(), problem.edge_offer[result.edge].tolist()
    rows = tuple(
        (
            problem.offer_ids[offer],
            problem.need_ids[need],
            *((problem.slots[slot],) if len(problem.slots) > 1 else ()),
            round(quantity, 3),
            problem.need_unit[need],
        )
        for need, offer, slot, quantity in zip(
            needs, offers, result.slot.tolist(), result.quantity.tolist(), strict=True
        )
    )
    when = ("Quand",) if len(problem.slots) > 1 else ()
    table = Rows("Tous les échanges", ("Offre", "Besoin", *when, "Quantité", "Unité"), rows, digits=3)
    blocks: list[Block] = []
    if len(set(problem.need_unit)) == 1 and len(result.edge):
        blocks.append(Figure(_drawing(shared, needs, offers)))
    if shared.where is not None and any((*shared.where.needs, *shared.where.offers)):
        blocks.append(Figure(_map(shared, shared.where, needs, offers)))
    return Section("Qui sert qui", (*blocks, Table(table)))


def _map(shared: Shared, where: Where, needs: list[int], offers: list[int]) -> Drawing:
    """Needs and offers where they are, a line an exchange; who exchanges nothing is empty."""
    problem, serving, served = shared.problem, set(offers), set(needs)
    places = [
        placed(where.needs[row], name, "cup" if row in served else "cup-empty")
        for row, name in enumerate(problem.need_ids)
    ]
    places += [
        placed(where.offers[row], name, "arch" if row in serving else "arch-empty")
        for row, name in enumerate(problem.offer_ids)
    ]
    ends = dict.fromkeys(
        (where.offers[offer], where.needs[need]) for need, offer in zip(needs, offers, strict=True)
    )
    lines = [Line((start, end), "Échange retenu") for start, end in ends if start and end and start != end]
    return map_figure(
        places, title="Le partage sur la carte", lines=lines, towns=where.ground, source=STRAIGHT
    )


def _drawing(shared: Shared, needs: list[int], offers: list[int]) -> Drawing:
    problem, result = shared.problem, shared.result
    largest = np.argsort(-result.quantity, kind="stable")[:MOST_DRAWN].tolist()
    nodes = [Node(f"o{row}", problem.offer_ids[row]) for row in dict.fromkeys(offers[at] for at in largest)]
    nodes += [Node(f"b{row}", problem.need_ids[row]) for row in dict.fromkeys(needs[at] for at in largest)]
    links = [Link(f"o{offers[at]}", f"b{needs[at]}", float(result.quantity[at])) for at in largest]
    return sankey(nodes, links, title="Des offres aux besoins", unit=problem.need_unit[0])


def _unmet(shared: Shared) -> Section:
    lines = tuple(typography(why_unmet(shared, at)) for at in range(len(shared.report.lines)))
    intro = "Pour chacun, la raison ; quand tout est pris, une coupe du réseau le prouve."
    return Section(
        "Ce qui manque", (Prose((), lines) if lines else Prose(("Rien : tout est servi.",)),), intro=intro
    )


def _unlock(shared: Shared) -> Section:
    lines = tuple(typography(unlock_fr(shared.problem, one)) for one in shared.unlocks)
    words = "Rien de sûr à dire : le partage a des lots, une règle d’équité, ou n’est pas prouvé."
    if shared.result.way == "flow" and shared.result.status == "optimal":
        words = "Aucune capacité de plus ne servirait davantage."
    intro = "Chaque phrase a été vérifiée en refaisant le partage avec cette quantité de plus."
    return Section(
        "Ce qui débloquerait le plus", (Prose((), lines) if lines else Prose((words,)),), intro=intro
    )
