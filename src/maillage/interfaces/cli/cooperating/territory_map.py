"""Where the members of the best answer stand: the best chain when there is one, else the best group."""

from collections.abc import Iterable, Iterator
from typing import Any

from maillage.core.french import typography
from maillage.interfaces.cli.cooperating.territory import Answered
from maillage.interfaces.drawing.figure import Drawing
from maillage.interfaces.drawing.map_figure import STRAIGHT, Line, Place, map_figure, placed
from maillage.interfaces.drawing.map_frame import Point

WORDS = {"cup": "Le besoin", "arch": "Qui apporte", "house": "Où la chaîne se fait"}
CHAIN, GROUP = "Ce qui passe dans la chaîne", "Qui répond ensemble"


def territory_map(need: dict[str, Any], answered: Answered) -> Drawing | None:
    """Draw the best answer of one need; None when nothing answers, or nobody's place is known.

    A member without a place is in the table of the map only.
    """
    chains, bundles = need["chains"]["solutions"], need["bundles"]["solutions"]
    if not chains and not bundles:
        return None
    home = answered.needs.get(need["need"])
    if chains:
        places, links = _of_chain(chains[0], home, answered)
    else:
        places, links = _of_group(bundles[0], home, answered)
    if home is None and not any(one.latitude is not None for one in places):
        return None
    drawn = [Line(ends, CHAIN if chains else GROUP) for ends in links]
    return map_figure(
        [placed(home, typography(need["title"] or need["need"]), "cup"), *places],
        title="La meilleure réponse sur la carte",
        lines=drawn,
        towns=answered.ground,
        words=WORDS,
        source=STRAIGHT,
    )


Drawn = tuple[list[Place], list[tuple[Point, Point]]]


def _of_group(bundle: dict[str, Any], home: Point | None, answered: Answered) -> Drawn:
    members = {one["offer"]: one["name"] for one in bundle["members"]}
    places = [placed(answered.offers.get(key), typography(name), "arch") for key, name in members.items()]
    return places, list(_links((answered.offers.get(key), home) for key in members))


def _of_chain(chain: dict[str, Any], home: Point | None, answered: Answered) -> Drawn:
    """A recipe is carried out at the place of one of its members; without one, at the need."""
    hosts = {run["place"]: run["label"] for run in chain["runs"] if run["place"] is not None}
    sites = [answered.offers.get(run["place"]) if run["place"] else home for run in chain["runs"]]
    members = {one["offer"]: one["name"] for one in chain["flows"] if one["offer"] is not None}
    places = [
        placed(
            answered.offers.get(key),
            typography(name),
            "house" if key in hosts else "arch",
            hosts.get(key, ""),
        )
        for key, name in members.items()
    ]
    ends = (
        (
            answered.offers.get(one["offer"]) if one["offer"] is not None else sites[one["from_run"]],
            home if one["to_run"] is None else sites[one["to_run"]],
        )
        for one in chain["flows"]
    )
    return places, list(_links(ends))


def _links(ends: Iterable[tuple[Point | None, Point | None]]) -> Iterator[tuple[Point, Point]]:
    """Keep each pair of two known and different places, once."""
    for start, end in dict.fromkeys(ends):
        if start is not None and end is not None and start != end:
            yield start, end
