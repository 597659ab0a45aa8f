"""The drawings of the studies, from what their pages read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.domain.matching.studies.assembled import AssembledShown
from maillage.domain.matching.studies.gone_round import DayShown, RoundShown, RoundsShown
from maillage.domain.matching.studies.networking import NetworkShown
from maillage.domain.matching.studies.shared_out import ShareOut
from maillage.domain.places.queries import NamedPoint
from maillage.interfaces.drawing.figure import Drawing
from maillage.interfaces.drawing.graph import Edge, Member, graph
from maillage.interfaces.drawing.map_figure import Line, Place, map_figure
from maillage.interfaces.drawing.map_frame import Town
from maillage.interfaces.drawing.profile import Step, profile
from maillage.interfaces.drawing.sankey import Link, Node, sankey
from maillage.interfaces.drawing.timetable import Interval, Lane, timetable

DRAWN_LINES = 60


def share_out_flows(told: ShareOut) -> Drawing | None:
    """What is really shared: offers that serve several needs, needs that several offers serve; none without any.

    A ribbon is as wide as the share of the need that it covers: units differ from line to line.
    """
    of_offer = Counter(line.offer.pk for line in told.lines)
    of_need = Counter(line.need.pk for line in told.lines)
    shared = [line for line in told.lines if of_offer[line.offer.pk] > 1 or of_need[line.need.pk] > 1]
    if not shared:
        return None
    lines = sorted(shared, key=lambda line: -line.amount)[:DRAWN_LINES]
    nodes = {f"o{line.offer.pk}": Node(f"o{line.offer.pk}", line.offer.title, "offer") for line in lines}
    nodes |= {f"n{line.need.pk}": Node(f"n{line.need.pk}", line.need.title, "need") for line in lines}
    links = [
        Link(f"o{line.offer.pk}", f"n{line.need.pk}", 100 * line.amount, "proposed", line.quantity)
        for line in lines
    ]
    return sankey(
        list(nodes.values()),
        links,
        title="Ce qui se partage entre plusieurs, en part de chaque besoin",
        unit="%",
    )


@dataclass(frozen=True, slots=True)
class DayPictures:
    """A day with its drawings; none when nothing is served that day."""

    day: DayShown
    map: Drawing | None
    hours: Drawing | None
    loads: tuple[Drawing, ...]


def day_pictures(told: RoundsShown, towns: Sequence[NamedPoint]) -> list[DayPictures]:
    """Return the map, the timetable and the loads of each day."""
    named = [Town(one.latitude, one.longitude, one.label, one.population) for one in towns]
    return [
        DayPictures(
            day,
            _map(day, named) if day.rounds else None,
            _hours(day) if day.rounds else None,
            tuple(_load(one) for one in day.rounds),
        )
        for day in told.days
    ]


def _map(day: DayShown, towns: Sequence[Town]) -> Drawing:
    places, lines = [], []
    for one in day.rounds:
        order = 0
        for stage in one.stages:
            order += stage.kind == "visit"
            if stage.kind in {"visit", "start"}:
                is_stop = stage.kind == "visit"
                places.append(
                    Place(
                        *stage.point,
                        stage.label,
                        "ring" if is_stop else "disc",
                        str(order) if is_stop else "",
                        stage.at,
                    )
                )
        lines.append(Line(tuple(stage.point for stage in one.stages), one.label))
    return map_figure(
        places,
        title=f"{day.label} : les tournées sur la carte",
        lines=lines,
        towns=towns,
        words={"ring": "Arrêt", "disc": "Départ et retour"},
        source="Traits droits d’un arrêt au suivant : ce ne sont pas les routes.",
    )


def _hours(day: DayShown) -> Drawing:
    lanes = [Lane(one.label, tuple(_intervals(one))) for one in day.rounds]
    return timetable(lanes, title=f"{day.label} : les horaires", words={"work": "arrêt", "travel": "trajet"})


def _intervals(one: RoundShown) -> list[Interval]:
    found, before = [], None
    for stage in one.stages:
        if before is not None and stage.arrival > before:
            found.append(Interval(before / 60, stage.arrival / 60, "", "travel"))
        if stage.leave > stage.begin:
            kind = "rest" if stage.kind == "pause" else "work"
            found.append(Interval(stage.begin / 60, stage.leave / 60, stage.label, kind))
        before = stage.leave
    return found


def _load(one: RoundShown) -> Drawing:
    heavy = one.capacity[0] > 0 and any(stage.load[0] for stage in one.stages)
    at = 0 if heavy else 1
    steps = [Step(float(rank), stage.load[at], stage.label) for rank, stage in enumerate(one.stages)]
    unit = ("kg", "m³")[at]
    return profile(
        steps, title=f"{one.label} : ce qui est à bord", unit=unit, capacity=one.capacity[at] or None
    )


def chain_pictures(told: AssembledShown) -> list[Drawing]:
    """What flows in each chain, missing parts hatched."""
    return [
        sankey(
            [Node(node["key"], node["label"], node["kind"]) for node in chain["nodes"]],
            [
                Link(link["source"], link["target"], link["value"], link["kind"], link["label"])
                for link in chain["links"]
            ],
            title="Ce qui passe de l’un à l’autre",
            measured=False,
        )
        for chain in told.chains
    ]


def network_picture(shown: NetworkShown) -> Drawing:
    """Who deals with whom, and the meetings proposed."""
    members = [
        Member(one["key"], shown.names[one["key"]], "ring", float(max(one["links"], 1)), one["cut"])
        for one in shown.told["actors"]
    ]
    edges = [Edge(one, other) for one, other in shown.told["links"]]
    edges += [Edge(one, other, "proposed") for one, other in shown.told["proposed"]]
    return graph(members, edges, title="Le réseau aujourd’hui", words={"ring": "Structure"})
