"""Sample drawings of the style page: invented, on real communes of Cher."""

from maillage.interfaces.drawing.bars import Bar, bars
from maillage.interfaces.drawing.figure import Drawing
from maillage.interfaces.drawing.graph import Edge, Member, graph
from maillage.interfaces.drawing.map_figure import Line, Place, areas_of, map_figure
from maillage.interfaces.drawing.map_frame import Town
from maillage.interfaces.drawing.profile import Step, profile
from maillage.interfaces.drawing.sankey import Link, Node, sankey
from maillage.interfaces.drawing.timetable import Interval, Lane, timetable
from maillage.interfaces.web.pages.styleguide import TOWNS, ground


def drawings() -> list[Drawing]:
    """Return one drawing of each kind."""
    return [_bars(), _flows(), _day(), _load(), _map(), _network()]


def _bars() -> Drawing:
    rows = (("Restes de cuisine", 8, 3, 4), ("Petite enfance", 2, 1, 3), ("Matériel et réemploi", 7, 2, 2))
    kinds = ("done", "promised", "missing")
    parts = [Bar(label, tuple(zip(kinds, map(float, amounts), strict=True))) for label, *amounts in rows]
    return bars(parts, title="Besoins par thème", unit="besoins", words={"missing": "Sans réponse"})


def _flows() -> Drawing:
    nodes = [
        Node("college", "Cantine du collège", "need"),
        Node("hospital", "Hôpital de Vierzon", "need"),
        Node("round", "Collecte à vélo"),
        Node("site", "Plateforme Terre Brune", "offer"),
        Node("none", "Sans réponse", "missing"),
        Node("compost", "Compost", "done"),
    ]
    links = [
        Link("college", "round", 8),
        Link("hospital", "round", 12, "promised"),
        Link("hospital", "none", 6, "missing"),
        Link("round", "site", 20),
        Link("site", "compost", 15),
        Link("compost", "site", 1.5),
    ]
    return sankey(nodes, links, title="Où vont les épluchures", unit="t/an")


def _day() -> Drawing:
    van = [
        (420, 450, "", "travel"),
        (450, 490, "Foëcy", "work"),
        (490, 525, "", "travel"),
        (525, 580, "Graçay", "work"),
    ]
    bike = [
        (480, 495, "", "travel"),
        (495, 560, "Biocoop", "work"),
        (560, 600, "", "rest"),
        (600, 640, "", "late"),
    ]
    lanes = [
        Lane(name, tuple(Interval(*one) for one in moments))
        for name, moments in (("Fourgon", van), ("Triporteur", bike))
    ]
    return timetable(lanes, title="Les tournées du mardi")


def _load() -> Drawing:
    steps = [
        (0, 0, "Dépôt"),
        (1, 850, "Foëcy"),
        (2, 2100, "Graçay"),
        (3, 3700, "Vierzon"),
        (4, 0, "Déchargement"),
    ]
    loads = [Step(*one) for one in steps]
    return profile(loads, title="Charge du fourgon", unit="kg", capacity=3500, end=5)


def _map() -> Drawing:
    points = {name: (lat, lon) for name, lat, lon, _ in TOWNS}
    order = ("Mehun-sur-Yèvre", "Foëcy", "Vierzon", "Graçay")
    places = [
        Place(*points["Bourges"], "Dépôt, Bourges", "house"),
        Place(*points["Sancerre"], "Une cuisine", "cup"),
    ]
    places += [Place(*points[name], name, order=str(rank)) for rank, name in enumerate(order, 1)]
    route = Line(tuple(points[name] for name in ("Bourges", *order, "Bourges")), "Tournée du mardi")
    return map_figure(
        places,
        title="La tournée sur la carte",
        lines=[route],
        areas=areas_of(ground()),
        towns=[Town(lat, lon, name, people) for name, lat, lon, people in TOWNS],
        words={"house": "Dépôt"},
        source="Contours schématiques, calculés depuis le point des communes.",
    )


def _network() -> Drawing:
    shapes = ("disc", "square", "house", "triangle", "diamond")
    members = [
        Member(str(n), f"Structure {n + 1}", shapes[n % 5], 1 + (n * 7) % 5, n in {0, 3}) for n in range(18)
    ]
    edges = [Edge(str(n // 3 if n > 4 else 0), str(n)) for n in range(1, 16)]
    return graph(members, [*edges, Edge("5", "9", "proposed"), Edge("2", "4")], title="Le réseau")
