"""The map of a report, computed here: points of communes for the ground, needs, offers, links, a scale. No tiles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maillage.core.french import number
from maillage.interfaces.cli.matching.answers import VERDICTS, NeedAnswers
from maillage.interfaces.cli.matching.line import Line
from maillage.interfaces.drawing.map_frame import WIDTH, Frame, Point, Town, dot_size, dots, on_mainland

MANY_LINKS = 300
SIZES = ((150, 18), (800, 9), (10**9, 6))
"""Pixels of a pin, by the most places that are drawn so."""
MOST_NAMES = 7
NAME_HEIGHT, NAME_LETTER = 18, 7.4

Place = Town


@dataclass(frozen=True, slots=True)
class Pin:
    """A place of the drawing: how many are there, and what the tooltip says."""

    x: float
    y: float
    count: int
    title: str


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a large commune, to find one's way."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """``ground`` and ``links`` are SVG paths; ``scale_px`` is the length of ``scale_km``."""

    width: int
    height: int
    ground: str
    dot: float
    names: tuple[Name, ...]
    links: str
    weak_links: str
    needs: tuple[Pin, ...]
    unanswered: tuple[Pin, ...]
    offers: tuple[Pin, ...]
    idle: tuple[Pin, ...]
    size: int
    scale_km: int
    scale_px: float
    sentence: str
    remarks: tuple[str, ...]


def draw(
    needs: Sequence[Line], offers: Sequence[Line], answers: Sequence[NeedAnswers], ground: Sequence[Place]
) -> Drawing | None:
    """Return the drawing, None when no place is known."""
    every = [point for line in (*needs, *offers) if (point := line.point) is not None]
    mainland = [point for point in every if on_mainland(point)]
    if not every:
        return None
    frame = Frame(mainland or every)
    seen = set(mainland or every)
    best = {one.need: one.answers[0] for one in answers if one.answers}
    used = {answer.offer for answer in best.values()}
    pins = {
        "needs": _pins([line for row, line in enumerate(needs) if row in best], frame, seen, "besoin"),
        "unanswered": _pins(
            [line for row, line in enumerate(needs) if row not in best], frame, seen, "besoin sans réponse"
        ),
        "offers": _pins([line for row, line in enumerate(offers) if row in used], frame, seen, "offre"),
        "idle": _pins(
            [line for row, line in enumerate(offers) if row not in used], frame, seen, "offre non retenue"
        ),
    }
    strong, weak, remarks = _links(needs, offers, answers, frame, seen)
    unplaced = sum(line.point is None for line in (*needs, *offers))
    if unplaced:
        remarks.append(f"{number(unplaced)} lignes sans lieu connu ne sont pas dessinées.")
    if len(every) > len(seen & set(every)) and mainland and len(mainland) < len(every):
        remarks.append(
            f"{number(len(every) - len(mainland))} lignes d’outre-mer sont hors du cadre ; la liste les donne."
        )
    scale = frame.scale_km()
    return Drawing(
        width=WIDTH,
        height=frame.height,
        ground=dots(ground, frame),
        dot=dot_size(frame),
        names=_names(ground, frame),
        links=strong,
        weak_links=weak,
        **pins,
        size=next(size for most, size in SIZES if sum(map(len, pins.values())) <= most),
        scale_km=scale,
        scale_px=round(scale * frame.pixels_a_km, 1),
        sentence=_sentence(pins),
        remarks=tuple(remarks),
    )


def _pins(lines: Sequence[Line], frame: Frame, seen: set[Point], what: str) -> tuple[Pin, ...]:
    counts: Counter[Point] = Counter()
    names: dict[Point, str] = {}
    for line in lines:
        point = line.point
        if point is not None and point in seen:
            place = frame.place(point)
            counts[place] += 1
            names.setdefault(place, line.municipality or "lieu sans nom")
    return tuple(
        Pin(x, y, count, f"{names[x, y]} : {count} {what if count < 2 else _plural(what)}")
        for (x, y), count in sorted(counts.items())
    )


def _plural(what: str) -> str:
    return " ".join(word if word == "sans" or word.startswith("non") else f"{word}s" for word in what.split())


def _links(
    needs: Sequence[Line],
    offers: Sequence[Line],
    answers: Sequence[NeedAnswers],
    frame: Frame,
    seen: set[Point],
) -> tuple[str, str, list[str]]:
    lines: dict[bool, list[str]] = {True: [], False: []}
    for one in answers:
        if not one.answers:
            continue
        start, end = needs[one.need].point, offers[one.answers[0].offer].point
        if start is None or end is None or start not in seen or end not in seen or start == end:
            continue
        (x, y), (to_x, to_y) = frame.place(start), frame.place(end)
        lines[one.answers[0].verdict in VERDICTS[:2]].append(f"M{x:g} {y:g}L{to_x:g} {to_y:g}")
    remarks = []
    if len(lines[True]) + len(lines[False]) > MANY_LINKS:
        remarks.append("Les liens sont nombreux : seuls ceux des bons et très bons accords sont dessinés.")
        lines[False] = []
    return "".join(lines[True]), "".join(lines[False]), remarks


def _names(places: Iterable[Place], frame: Frame) -> tuple[Name, ...]:
    """Return the most populated communes of the frame, none over another."""
    found: list[Name] = []
    for one in sorted(places, key=lambda place: (-place.population, place.name)):
        x, y = frame.place((one.latitude, one.longitude))
        half = len(one.name) * NAME_LETTER / 2
        inside = half < x < WIDTH - half and NAME_HEIGHT < y < frame.height - 2 * NAME_HEIGHT
        clear = all(
            abs(x - name.x) > half + len(name.text) * NAME_LETTER / 2
            or abs(y + NAME_HEIGHT - name.y) > 2 * NAME_HEIGHT
            for name in found
        )
        if inside and clear:
            found.append(Name(x, round(y + NAME_HEIGHT, 1), one.name))
        if len(found) == MOST_NAMES or not one.population:
            break
    return tuple(found)


def _sentence(pins: dict[str, tuple[Pin, ...]]) -> str:
    counts = {name: number(sum(pin.count for pin in found)) for name, found in pins.items()}
    return (
        f"Carte. Besoins avec une piste : {counts['needs']}, sans réponse : {counts['unanswered']}. Offres retenues : "
        f"{counts['offers']}, non retenues : {counts['idle']}. Le tableau qui suit dit la même chose en mots."
    )
