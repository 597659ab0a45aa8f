"""Invented process networks of several shapes, the same for the same seed."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage_engine.methods.cooperate.network import Material, OperatingUnit, ProcessNetwork

Shape = Literal["layers", "wide", "loops", "products"]
SHAPES: tuple[Shape, ...] = ("layers", "wide", "loops", "products")


@dataclass(frozen=True, slots=True)
class _Frame:
    """``depth``: layers between raw materials and products; ``products``; chances of a loop and of a by-product."""

    depth: int
    products: int
    loop: float
    by_product: float


_FRAMES: dict[Shape, _Frame] = {
    "layers": _Frame(depth=4, products=1, loop=0.0, by_product=0.2),
    "wide": _Frame(depth=2, products=1, loop=0.0, by_product=0.3),
    "loops": _Frame(depth=3, products=1, loop=0.25, by_product=0.3),
    "products": _Frame(depth=3, products=4, loop=0.05, by_product=0.2),
}


def process_network(units: int, shape: Shape, *, seed: int, bounded: bool = False) -> ProcessNetwork:
    """Return a network of ``units`` units. ``bounded``: lower bounds, surpluses to sell, tight capacities."""
    draw = np.random.default_rng([seed, units, SHAPES.index(shape), int(bounded)])
    frame = _FRAMES[shape]
    levels = _levels(units, frame, draw)
    materials = [
        _material(name, level, len(levels) - 1, draw, bounded)
        for level, names in enumerate(levels)
        for name in names
    ]
    made = [(level, name) for level in range(1, len(levels)) for name in levels[level]]
    built = []
    for row in range(units):
        level, name = made[row] if row < len(made) else made[int(draw.integers(len(made)))]
        built.append(_unit(f"O{row + 1}", name, level, levels, frame, draw, bounded))
    groups = []
    for _ in range(int(draw.integers(0, 1 + units // 6))):
        rows = draw.choice(units, size=min(units, int(draw.integers(2, 4))), replace=False)
        groups.append(tuple(built[int(row)].name for row in rows))
    return ProcessNetwork(tuple(materials), tuple(built), tuple(groups))


def _levels(units: int, frame: _Frame, draw: np.random.Generator) -> list[list[str]]:
    """Return the names of the materials of each level, raw ones first, products last."""
    middle = max(0, units // 3 - frame.products)
    depth = min(frame.depth, middle)
    levels = [[f"R{at}" for at in range(max(2, units // 5))]]
    shares = np.sort(draw.integers(0, depth, size=middle)) if depth else np.zeros(0, dtype=np.int64)
    for level in range(depth):
        names = [f"I{at}" for at in range(middle) if shares[at] == level]
        if names:
            levels.append(names)
    levels.append([f"P{at}" for at in range(max(1, min(frame.products, units)))])
    return levels


def _material(name: str, level: int, last: int, draw: np.random.Generator, bounded: bool) -> Material:
    if level == 0:
        upper = float(draw.integers(200, 900)) if bounded and draw.random() < 0.3 else 1e7
        lower = float(draw.integers(1, 20)) if bounded and draw.random() < 0.2 else 0.0
        return Material(name, "raw", lower, upper, round(float(draw.uniform(0.5, 6)), 2))
    if level == last:
        price = round(float(draw.uniform(0, 3)), 2) if bounded and draw.random() < 0.5 else 0.0
        lower = float(draw.integers(50, 200))
        return Material(name, "product", lower, lower * 3 if bounded else 1e7, price)
    price = round(float(draw.uniform(0, 1)), 2) if bounded and draw.random() < 0.2 else 0.0
    upper = float(draw.integers(0, 80)) if bounded and draw.random() < 0.3 else 1e7
    return Material(name, "intermediate", 0.0, upper, price)


def _unit(
    name: str,
    output: str,
    level: int,
    levels: list[list[str]],
    frame: _Frame,
    draw: np.random.Generator,
    bounded: bool,
) -> OperatingUnit:
    pool = [
        one for below in levels[max(0, level - 2) : level] for one in levels[0] * (below is levels[0]) + below
    ]
    chosen = {pool[int(draw.integers(len(pool)))] for _ in range(int(draw.integers(1, 4)))}
    if level < len(levels) - 1 and draw.random() < frame.loop:
        above = levels[int(draw.integers(level, len(levels) - 1))]
        chosen.add(above[int(draw.integers(len(above)))])
    chosen.discard(output)
    outputs = {output: _rate(draw)}
    if draw.random() < frame.by_product:
        inside = [one for names in levels[1:] for one in names if one not in chosen]
        outputs.setdefault(inside[int(draw.integers(len(inside)))], _rate(draw))
    lower = float(draw.integers(5, 40)) if bounded and draw.random() < 0.3 else 0.0
    return OperatingUnit(
        name,
        tuple((one, _rate(draw)) for one in sorted(chosen or {levels[0][0]})),
        tuple(outputs.items()),
        fixed_cost=float(draw.integers(20, 600)),
        proportional_cost=round(float(draw.uniform(0.05, 3)), 2),
        lower=lower,
        upper=float(draw.integers(60, 500)) if bounded or draw.random() < 0.6 else 1e7,
    )


def _rate(draw: np.random.Generator) -> float:
    return float(draw.choice([0.5, 1.0, 1.0, 1.5, 2.0]))
