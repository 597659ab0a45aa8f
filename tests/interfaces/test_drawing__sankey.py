"""Flows: ribbons as wide as what passes, cycles as return arrows, labels never over one another."""

import random
import re

from maillage.interfaces.drawing.layers import lay
from maillage.interfaces.drawing.sankey import Link, Node, sankey
from tests.interfaces.drawings import SVG, shapes


def _thick(d: str) -> float:
    """Read the height of a ribbon at its start: M x,y … L …, Z ends at the start."""
    numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*", d)]
    return numbers[-1] - numbers[1]


def _ribbons(drawing: object) -> list[str]:
    return [d for one in shapes(drawing, "path") if (d := one.get("d", "")).endswith("Z") and "C" in d]  # type: ignore[arg-type]  # a Drawing


def test_sankey__ribbons_are_as_wide_as_what_passes() -> None:
    drawing = sankey([], [Link("a", "b", 30), Link("a", "c", 10)], title="Flux", unit="t")
    wide = sorted(map(_thick, _ribbons(drawing)), reverse=True)
    assert abs(wide[0] / wide[1] - 3) < 0.05


def test_sankey__a_trickle_stays_visible() -> None:
    drawing = sankey([], [Link("a", "b", 1_000_000), Link("a", "c", 0.001)], title="Flux")
    assert min(map(_thick, _ribbons(drawing))) >= 1.4


def test_sankey__a_cycle_comes_back_by_an_arrow() -> None:
    drawing = sankey([], [Link("a", "b", 5), Link("b", "c", 4), Link("c", "a", 1)], title="Boucle")
    returns = [one for one in shapes(drawing, "path") if "d-return" in one.get("class", "")]
    assert len(returns) == 1
    assert len([one for one in shapes(drawing, "path") if one.get("class") == "d-arrow"]) == 1
    assert "dont 1\u00a0qui revient en arrière" in drawing.sentence


def test_sankey__layers_follow_the_longest_path() -> None:
    layers = lay(5, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 2, 1.0), (2, 4, 1.0)])
    assert layers.layer == (0, 1, 2, 1, 3)
    assert not layers.back


def test_sankey__order_avoids_crossings() -> None:
    layers = lay(6, [(0, 5, 1.0), (1, 4, 1.0), (2, 3, 1.0)])
    place = {node: at for order in layers.order for at, node in enumerate(order)}
    assert (place[0] - place[1]) * (place[5] - place[4]) > 0
    assert (place[1] - place[2]) * (place[4] - place[3]) > 0


def test_sankey__random_graphs_never_point_backwards_but_by_returns() -> None:
    chance = random.Random(3)
    for _ in range(40):
        count = chance.randint(1, 14)
        edges = [(chance.randrange(count), chance.randrange(count), chance.random()) for _ in range(24)]
        layers = lay(count, edges)
        forward = [edge for at, edge in enumerate(edges) if at not in layers.back]
        assert all(layers.layer[a] < layers.layer[b] for a, b, _ in forward)
        assert sorted(node for order in layers.order for node in order) == list(range(count))


def test_sankey__labels_never_stand_on_one_another() -> None:
    chance = random.Random(5)
    nodes = [Node(str(at), f"Structure numéro {at} du pays de Bourges et alentour") for at in range(16)]
    links = [
        Link(str(chance.randrange(8)), str(8 + chance.randrange(8)), chance.random() * 9) for _ in range(30)
    ]
    drawing = sankey(nodes, links, title="Flux", unit="t")
    columns: dict[str, list[tuple[float, float]]] = {}
    for one in shapes(drawing, "text"):
        spans = one.findall(f"{SVG}tspan")
        if spans:
            top = float(one.get("y", "0")) - 12
            columns.setdefault(spans[0].get("x", ""), []).append((top, top + 17 * len(spans)))
    for boxes in columns.values():
        boxes.sort()
        assert all(one[1] <= other[0] + 1.5 for one, other in zip(boxes, boxes[1:], strict=False))


def test_sankey__too_many_steps_are_cut_and_said() -> None:
    links = [Link(f"a{at}", f"b{at}", at + 1.0) for at in range(60)]
    drawing = sankey([], links, title="Flux")
    assert any("80 étapes" in one for one in drawing.remarks)
    assert len(drawing.table.rows) == 60


def test_sankey__what_is_missing_is_said_in_the_table_too() -> None:
    drawing = sankey([], [Link("a", "b", 5), Link("a", "c", 2, "missing")], title="Flux", unit="t")
    assert drawing.table.rows == (("a", "b", "Ce qui passe", 5), ("a", "c", "Manque", 2))
    assert "Il manque 2\u00a0t." in drawing.sentence


def test_sankey__several_units_are_not_compared() -> None:
    links = [Link("a", "c", 12_000, label="Épluchures, 12 t"), Link("b", "c", 1, label="Un camion")]
    drawing = sankey([], links, title="Chaîne", measured=False)
    wide = list(map(_thick, _ribbons(drawing)))
    assert abs(wide[0] - wide[1]) < 0.2
    assert drawing.table.columns == ("De", "Vers", "Quoi")
    assert "12\u00a0000" not in drawing.figure()
