"""Axes that follow the width of the page: hairlines, and words that keep their size."""

from collections.abc import Sequence

from markupsafe import Markup

from maillage.interfaces.drawing.marks import percent, tag
from maillage.interfaces.drawing.scales import Tick


def across(
    ticks: Sequence[Tick], span: tuple[float, float], *, rules: tuple[float, float], words: float
) -> list[Markup]:
    """Return the axis from left to right: a rule from ``rules[0]`` to ``rules[1]``, the words at ``words`` (pixels)."""
    start, end = span
    drawn = []
    for tick in ticks:
        share = 100 * ((tick.at - start) / (end - start))
        anchor = "start" if share < 1 else "end" if share > 99 else "middle"
        x, minor = percent(share), "" if tick.main else " d-minor"
        drawn.append(tag("line", x1=x, x2=x, y1=rules[0], y2=rules[1], class_="d-grid"))
        drawn.append(tag("text", tick.words, x=x, y=words, class_=f"d-tick{minor}", text_anchor=anchor))
    return drawn


def level(y: float, class_: str = "d-grid") -> Markup:
    """Return a rule across the whole drawing."""
    return tag("line", x1="0%", x2="100%", y1=y, y2=y, class_=class_)
