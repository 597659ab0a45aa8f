"""Maps and networks: shapes, numbers, names that find room, and what is left to the table."""

from itertools import combinations

from maillage.interfaces.drawing.graph import Edge, Member, graph
from maillage.interfaces.drawing.labels import Wish, write
from maillage.interfaces.drawing.map_figure import Area, Line, Place, areas_of, map_figure
from maillage.interfaces.drawing.map_frame import Town
from maillage.interfaces.drawing.words import width
from tests.interfaces.drawings import shapes

BOURGES, VIERZON = (47.08, 2.4), (47.22, 2.07)


def test_map__north_is_above_and_east_at_the_right() -> None:
    drawing = map_figure(
        [Place(*BOURGES, "Bourges", order="1"), Place(*VIERZON, "Vierzon", order="2")], title="Carte"
    )
    one, two = (group for group in shapes(drawing, "text") if group.get("class") == "d-order")
    found = {group.text: (float(group.get("x", "0")), float(group.get("y", "0"))) for group in (one, two)}
    assert found["1"][0] > found["2"][0]
    assert found["1"][1] > found["2"][1]


def test_map__places_of_one_commune_are_counted_together() -> None:
    places = [Place(*BOURGES, f"Besoin {at}", "cup") for at in range(3)]
    drawing = map_figure(places, title="Carte")
    assert [one.text for one in shapes(drawing, "text") if one.get("class") == "d-order"] == ["3"]
    assert len(drawing.table.rows) == 3


def test_map__says_who_is_not_drawn() -> None:
    drawing = map_figure(
        [Place(*BOURGES, "Bourges"), Place(None, None, "Sans lieu"), Place(-21.1, 55.5, "Saint-Denis")],
        title="Carte",
    )
    told = " ".join(drawing.remarks)
    assert "Sans lieu connu, donc pas dessinés : 1" in told
    assert "Outre-mer" in told


def test_map__lives_without_a_place() -> None:
    drawing = map_figure([Place(None, None, "Sans lieu")], title="Carte")
    assert drawing.table.rows == (("Sans lieu", "Lieu"),)


def test_map__draws_outlines_routes_and_names() -> None:
    square = ((47.0, 2.3), (47.2, 2.3), (47.2, 2.5), (47.0, 2.5), (47.0, 2.3))
    drawing = map_figure(
        [Place(*BOURGES, "Dépôt", "house"), Place(*VIERZON, "Vierzon", order="1")],
        title="Carte",
        areas=[Area((square,), "Bourges")],
        lines=[Line((BOURGES, VIERZON, BOURGES), "Tournée 1"), Line((VIERZON, BOURGES), "Tournée 2")],
        towns=[Town(*BOURGES, "Bourges", 64_000)],
    )
    classes = [one.get("class", "") for one in shapes(drawing, "path")]
    assert "d-area" in classes
    assert "d-route d-r0" in classes
    assert "d-route d-r1" in classes
    assert "Bourges" in [one.text for one in shapes(drawing, "text")]
    assert [one.words for one in drawing.key][-2:] == ["Tournée 1", "Tournée 2"]


def test_map__reads_the_outlines_of_the_places_room() -> None:
    ring = [[2.3, 47.0], [2.5, 47.0], [2.5, 47.2], [2.3, 47.0]]
    features = [
        {"properties": {"name": "A"}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [ring]]}},
        {"properties": {}, "geometry": {"type": "Point", "coordinates": [2, 47]}},
    ]
    found = areas_of({"features": features})
    assert [len(one.rings) for one in found] == [1, 2]
    assert found[0].rings[0][0] == (47.0, 2.3)


def test_labels__none_over_another() -> None:
    wishes = [
        Wish(f"Saint-Amand-Montrond {at}", 100 + at % 7 * 30, 100 + at // 7 * 12, 8) for at in range(49)
    ]
    found = write(wishes, size=14, inside=(640, 400), most=49)
    boxes = []
    for one in found:
        wide = width(one.text, 14)
        left = {"middle": one.x - wide / 2, "start": one.x, "end": one.x - wide}[one.anchor]
        boxes.append((left, one.y - 11, left + wide, one.y + 3))
    assert len(found) > 5
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_graph__the_single_passage_is_marked_by_a_shape_and_in_words() -> None:
    members = [Member("a", "Arche", cut=True), Member("b", "Brique"), Member("c", "Caisse")]
    drawing = graph(members, [Edge("a", "b"), Edge("a", "c"), Edge("b", "x")], title="Réseau")
    assert len([one for one in shapes(drawing, "rect") if one.get("class") == "d-cut"]) == 1
    assert drawing.table.rows[0][1] == "Lieu, passage obligé"
    assert drawing.table.rows[0][3] == "Brique, Caisse"
    assert "inconnu" in drawing.remarks[0]


def test_graph__members_keep_apart_and_inside() -> None:
    members = [Member(str(at), f"Membre {at}") for at in range(60)]
    edges = [Edge(str(at), str(at // 3)) for at in range(1, 50)]
    drawing = graph(members, edges, title="Réseau")
    places = []
    for one in shapes(drawing, "path"):
        moved = one.get("transform", "")
        x, y = moved.removeprefix("translate(").split(")")[0].split(",")
        places.append((float(x), float(y)))
    assert len(places) == 60
    for a, b in combinations(places, 2):
        assert (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 > 18**2
    assert all(0 < x < 880 for x, _ in places)


def test_graph__a_crowd_is_cut_and_said() -> None:
    members = [Member(str(at), f"Membre {at}", size=at) for at in range(200)]
    drawing = graph(members, [], title="Réseau")
    assert "150 membres sur 200" in drawing.remarks[0]
    assert len(drawing.table.rows) == 200


def test_map__names_the_towns_of_the_frame_however_many_larger_ones_are_elsewhere() -> None:
    elsewhere = [Town(43.0 + at / 1000, 5.0, f"Ville {at}", 1_000_000) for at in range(500)]
    places = [Place(*BOURGES, "Besoin", "cup"), Place(47.4, 2.9, "Offre", "arch")]
    drawing = map_figure(places, title="Carte", towns=[*elsewhere, Town(47.25, 2.65, "Rians", 900)])
    assert "Rians" in [one.text for one in shapes(drawing, "text")]


def test_map__the_scale_leaves_its_corner_to_a_place() -> None:
    def scale_at(*places: Place) -> list[str]:
        drawing = map_figure(list(places), title="Carte")
        return [one.get("transform", "") for one in shapes(drawing, "g") if "translate" in str(one.attrib)]

    south_west, north_east = Place(47.0, 2.0, "Besoin", "cup"), Place(47.4, 3.0, "Offre", "arch")
    north_west, south_east = Place(47.4, 2.0, "Besoin", "cup"), Place(47.0, 3.0, "Offre", "arch")
    assert any(one.startswith("translate(466,") for one in scale_at(south_west, north_east))
    assert any(one.startswith("translate(16,") for one in scale_at(north_west, south_east))
