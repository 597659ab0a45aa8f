"""A map without tiles: outlines or points of communes, routes with their order, places by shape; the list beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from maillage.core.french import NBSP, number
from maillage.interfaces.drawing.figure import Drawing, Key, Table
from maillage.interfaces.drawing.labels import Box, Wish, write
from maillage.interfaces.drawing.map_frame import (
    WIDTH,
    Frame,
    Point,
    Town,
    dot_size,
    dots,
    on_earth,
    on_mainland,
)
from maillage.interfaces.drawing.map_spots import Spot, box_of, draw_spot, gather, size_of
from maillage.interfaces.drawing.marks import frame as svg_of
from maillage.interfaces.drawing.marks import key_of, path, tag
from maillage.interfaces.drawing.shapes import SHAPE_WORDS, SHAPES, shaped, swatch
from maillage.interfaces.drawing.words import Cell, clean

MOST_NAMES = 14
MOST_WISHED = 400
CORNER = (190.0, 34.0)
"""Pixels that the scale takes, with room for its number."""
MOST_LINES, MOST_SPOTS = 1_500, 3_000
TOWN = 14.0
STRAIGHT = "Traits droits de l’un à l’autre : ce ne sont pas les routes."


@dataclass(frozen=True, slots=True)
class Place:
    """Something on the map; ``order`` is its number along a route ("3", "A3"), ``count`` how many are there."""

    latitude: float | None
    longitude: float | None
    label: str
    shape: str = "ring"
    order: str = ""
    detail: str = ""


def placed(point: Point | None, label: str, shape: str, detail: str = "") -> Place:
    """Return something on the map, or in its table only when nobody knows where it is."""
    latitude, longitude = point or (None, None)
    return Place(latitude, longitude, label, shape, detail=detail)


@dataclass(frozen=True, slots=True)
class Line:
    """A route or a link through (latitude, longitude); lines of one ``label`` share their dash and their key."""

    points: tuple[Point, ...]
    label: str = "Trajet"


@dataclass(frozen=True, slots=True)
class Area:
    """The outline of a commune: rings of (latitude, longitude)."""

    rings: tuple[tuple[Point, ...], ...]
    name: str = ""


def areas_of(collection: Mapping[str, Any]) -> tuple[Area, ...]:
    """Return the areas of a GeoJSON collection of polygons, as the places room gives it."""
    found = []
    for feature in collection.get("features", ()):
        shape_of = feature.get("geometry") or {}
        polygons = shape_of.get("coordinates", ())
        if shape_of.get("type") == "Polygon":
            polygons = [polygons]
        elif shape_of.get("type") != "MultiPolygon":
            continue
        rings = tuple(tuple((y, x) for x, y, *_ in ring) for polygon in polygons for ring in polygon)
        found.append(Area(rings, str((feature.get("properties") or {}).get("name") or "")))
    return tuple(found)


def map_figure(
    places: Sequence[Place],
    *,
    title: str,
    lines: Sequence[Line] = (),
    areas: Sequence[Area] = (),
    towns: Sequence[Town] = (),
    words: Mapping[str, str] | None = None,
    source: str = "",
) -> Drawing:
    """Draw places, and what links them; ``words`` say what each shape means here, ``source`` where outlines are from.

    Without a single known place nothing is drawn but the table; places overseas are left to it when others are not.
    """
    named = {**SHAPE_WORDS, **(words or {})}
    known = [one for one in places if on_earth(one.latitude, one.longitude)]
    framed = _framed(known, lines)
    key = key_of("map", places, lines, title, words, len(areas), len(towns))
    labels = list(dict.fromkeys(line.label for line in lines))
    table, sentence = _table(places, named, title), _sentence(places, named, len(lines))
    remarks = _remarks(places, known, framed, lines, source)
    if not framed:
        svg = svg_of([], key=key, title=title, sentence=sentence, height=10)
        return Drawing(key, title, sentence, svg, table, (), remarks)
    frame = Frame(framed)
    inside = set(framed)
    rows = [(_point(one), one.shape, one.order, one.label) for one in known if _point(one) in inside]
    spots = gather(rows, frame)[:MOST_SPOTS]
    taken = [box_of(spot, size_of(spots)) for spot in spots]
    corner = _corner(frame, taken)
    drawn = [
        *_ground(areas, towns, frame),
        *_lines(lines[:MOST_LINES], labels, inside, frame),
        *_names(towns, frame, [*taken, corner]),
        *[draw_spot(spot, size_of(spots)) for spot in spots],
        _scale(frame, corner),
    ]
    look = "d-map" if areas else "d-map d-bare"
    svg = svg_of(
        drawn, key=key, title=title, sentence=sentence, width=WIDTH, height=frame.height, class_=look
    )
    return Drawing(key, title, sentence, svg, table, _key(spots, labels, named), remarks, 480)


def _point(one: Place) -> Point:
    return one.latitude or 0.0, one.longitude or 0.0


def _framed(known: Sequence[Place], lines: Sequence[Line]) -> list[Point]:
    every = [_point(one) for one in known]
    every += [point for line in lines[:MOST_LINES] for point in line.points if on_earth(*point)]
    mainland = [point for point in every if on_mainland(point)]
    return mainland or every


def _ground(areas: Sequence[Area], towns: Sequence[Town], frame: Frame) -> list[Markup]:
    outlines = []
    for area in areas:
        steps: list[object] = []
        for ring in area.rings:
            placed = [frame.place(point) for point in ring if on_earth(*point)]
            kept = [one for at, one in enumerate(placed) if not at or one != placed[at - 1]]
            if len(kept) > 2 and any(frame.holds(one, -40) for one in kept):
                steps += ["M", *kept[0], "L", *(value for one in kept[1:] for value in one), "Z"]
        if steps:
            outlines.append(tag("path", d=path(*steps), class_="d-area"))
    if outlines:
        return [tag("g", outlines)]
    inside = [one for one in towns if on_earth(one.latitude, one.longitude)]
    return (
        [tag("path", d=dots(inside, frame), class_="d-dots", stroke_width=dot_size(frame))] if inside else []
    )


def _lines(lines: Sequence[Line], labels: Sequence[str], inside: set[Point], frame: Frame) -> list[Markup]:
    drawn, cases = [], []
    for rank, label in enumerate(labels):
        steps: list[object] = []
        for line in lines:
            points = [frame.place(point) for point in line.points if point in inside]
            if line.label == label and len(points) > 1:
                steps += ["M", *points[0], "L", *(value for one in points[1:] for value in one)]
        if steps:
            cases.append(tag("path", d=path(*steps), class_="d-route-case"))
            drawn.append(tag("path", d=path(*steps), class_=_dash(rank)))
    return [*cases, *drawn] if len(lines) < 60 else drawn


def _dash(rank: int) -> str:
    """Four dashes, thin then thick: eight routes that no colour tells apart."""
    return f"d-route d-r{rank % 4}" + (" d-thick" if rank % 8 >= 4 else "")


def _names(towns: Sequence[Town], frame: Frame, avoid: Sequence[Box]) -> list[Markup]:
    """Write the names of the most populated communes that find room."""
    inside = [
        (one, place)
        for one in towns
        if one.population
        and on_earth(one.latitude, one.longitude)
        and frame.holds(place := frame.place((one.latitude, one.longitude)))
    ]
    inside.sort(key=lambda pair: (-pair[0].population, pair[0].name))
    wishes = [Wish(clean(one.name), x, y, 9) for one, (x, y) in inside[:MOST_WISHED]]
    found = write(
        wishes,
        size=TOWN,
        inside=(WIDTH, frame.height),
        avoid=avoid,
        most=MOST_NAMES,
    )
    return [tag("text", one.text, x=one.x, y=one.y, text_anchor=one.anchor, class_="d-town") for one in found]


def _corner(frame: Frame, taken: Sequence[Box]) -> Box:
    """Where the scale stands: at the left, at the right when places are there and none at the right."""
    left, right = (
        (x, frame.height - CORNER[1], x + CORNER[0], float(frame.height)) for x in (0.0, WIDTH - CORNER[0])
    )

    def free(corner: Box) -> bool:
        return not any(box[0] < corner[2] and box[2] > corner[0] and box[3] > corner[1] for box in taken)

    return right if free(right) and not free(left) else left


def _scale(frame: Frame, corner: Box) -> Markup:
    length = frame.scale_km()
    rule = tag("path", d=path("M", 0, -5, "V", 0, "H", length * frame.pixels_a_km, "V", -5), class_="d-scale")
    words = tag("text", f"{number(length)}{NBSP}km", x=4, y=-8, class_="d-tick")
    return tag("g", [rule, words], transform=f"translate({corner[0] + 16:.10g},{frame.height - 14})")


def _key(spots: Sequence[Spot], labels: Sequence[str], named: Mapping[str, str]) -> tuple[Key, ...]:
    used = {spot.shape for spot in spots}
    found = [Key("quiet", named[name], swatch(name)) for name in SHAPES if name in used]
    if "order" in used:
        disc = tag("rect", x=1, y=0, width=18, height=14, rx=7, class_="d-order-disc")
        found.append(Key("quiet", "Arrêt, à son rang", disc))
    for rank, label in enumerate(labels[:8]):
        found.append(Key("quiet", label, tag("path", d="M0,7h20", class_=_dash(rank))))
    return tuple(found)


def _table(places: Sequence[Place], named: Mapping[str, str], title: str) -> Table:
    ordered, detailed = any(one.order for one in places), any(one.detail for one in places)
    rows: list[tuple[Cell, ...]] = [
        (
            one.label,
            *((one.order,) if ordered else ()),
            named[shaped(one.shape)],
            *((one.detail,) if detailed else ()),
        )
        for one in places
    ]
    columns = ("Lieu", *(("Rang",) if ordered else ()), "Ce que c’est", *(("Détail",) if detailed else ()))
    return Table(title, columns, tuple(rows))


def _sentence(places: Sequence[Place], named: Mapping[str, str], lines: int) -> str:
    counts: dict[str, int] = {}
    for one in places:
        counts[named[shaped(one.shape)]] = counts.get(named[shaped(one.shape)], 0) + 1
    said_counts = ", ".join(f"{word}{NBSP}: {number(count)}" for word, count in counts.items())
    told = f"Carte. {said_counts or 'Aucun lieu'}. Traits{NBSP}: {number(lines)}."
    return f"{told} Le tableau qui suit donne les lieux un par un."


def _remarks(
    places: Sequence[Place],
    known: Sequence[Place],
    framed: Sequence[Point],
    lines: Sequence[Line],
    source: str,
) -> tuple[str, ...]:
    remarks = []
    if len(known) < len(places):
        remarks.append(f"Sans lieu connu, donc pas dessinés : {number(len(places) - len(known))}.")
    inside = set(framed)
    outside = sum(_point(one) not in inside for one in known)
    if outside:
        remarks.append(f"Outre-mer, hors du cadre : {number(outside)} ; le tableau les donne.")
    spots = len({(_point(one), shaped(one.shape)) for one in known})
    if spots > MOST_SPOTS:
        remarks.append(
            f"Au plus {number(MOST_SPOTS)} marques sont dessinées, du nord au sud ; le tableau a tous les lieux."
        )
    if len(lines) > MOST_LINES:
        remarks.append(f"Les {number(MOST_LINES)} premiers traits sont dessinés.")
    if source:
        remarks.append(source)
    return tuple(remarks)
