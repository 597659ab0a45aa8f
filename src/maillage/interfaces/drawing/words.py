"""Words inside a drawing: what may be written in XML, how wide it is, and numbers as French readers expect them."""

import math
import re
import unicodedata
from typing import TypeAlias

from markupsafe import Markup

from maillage.core.french import NBSP, number, plural, typography

Cell: TypeAlias = str | int | float | None
"""What a table holds: words, a number, or None when it is not known."""

UNKNOWN = "inconnu"
MINUS = "\u2212"
_LARGEST = 1e15
_SMALLEST = 0.005
# What XML 1.0 refuses (https://www.w3.org/TR/xml/#charsets), and the marks that turn the direction of a line.
_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile("[ \t\n\r]+")
_NARROW, _CAPITAL, _BROAD = frozenset("iIjlt.,:;'’!|()[] \u00a0\u202f"), 0.72, frozenset("mwMW@%…—")


def clean(text: object) -> str:
    """Return ``text`` on one line, without what XML refuses; words that are already markup stay markup."""
    if isinstance(text, Markup):
        return text
    return _BLANKS.sub(" ", legal(str(text))).strip(" ")


def legal(text: str) -> str:
    """Return ``text`` with U+FFFD in place of what XML refuses; markup stays as it is."""
    return text if isinstance(text, Markup) else _REFUSED.sub("\ufffd", text)


def finite(value: float | None) -> bool:
    """Tell whether a value can be drawn."""
    return value is not None and math.isfinite(value)


def said(value: Cell, unit: str = "", *, digits: int = 2) -> str:
    """Write a cell in French: ``None``, NaN and infinities are « inconnu », very large numbers a power of ten."""
    if isinstance(value, str):
        return clean(value)
    if value is None or not math.isfinite(value):
        return UNKNOWN
    size = abs(value)
    if size >= _LARGEST or 0 < size < _SMALLEST:
        mantissa, power = f"{value:.2e}".split("e")
        words = f"{number(float(mantissa))}{NBSP}×{NBSP}10^{int(power)}"
    else:
        words = number(value, digits=digits)
    words = words.replace("-", MINUS)
    return typography(f"{words}{NBSP}{clean(unit)}") if unit else words


def counted(count: int, one: str, many: str) -> str:
    """Say how many: « 1 arrêt », « 12 arrêts »."""
    return f"{number(count)}{NBSP}{plural(count, one, many)}"


def width(text: str, size: float) -> float:
    """Estimate how wide a text is, in pixels: on the wide side, for fonts are not known before the reading."""
    return size * sum(map(_advance, text))


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _BROAD:
        return 0.98
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    return _CAPITAL if char.isupper() else 0.61


def shorten(text: str, room: float, size: float) -> str:
    """Return ``text``, cut with an ellipsis when it is wider than ``room`` pixels."""
    text = clean(text)
    if width(text, size) <= room:
        return text
    kept, used = [], width("…", size)
    for char in text:
        used += _advance(char) * size
        if used > room:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def wrap(text: str, room: float, size: float, *, lines: int) -> list[str]:
    """Return ``text`` on at most ``lines`` lines of ``room`` pixels; what does not fit ends with an ellipsis."""
    found: list[str] = []
    rest = clean(text).split(" ")
    while rest and len(found) < lines - 1:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size) <= room:
            taken += 1
        found.append(shorten(" ".join(rest[:taken]), room, size))
        rest = rest[taken:]
    if rest:
        found.append(shorten(" ".join(rest), room, size))
    return found or [""]
