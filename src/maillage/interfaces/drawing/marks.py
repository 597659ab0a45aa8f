"""The marks of a drawing: elements, kinds with their fills, and the SVG that holds them.

The weave tightens as a thing becomes certain: proposed is dotted, promised hatched, done solid; missing is hatched
saffron. Colours are classes (``drawing.css``), weaves are patterns; nothing is ever styled by an attribute.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Literal, TypeAlias, get_args

from markupsafe import Markup, escape

from maillage.interfaces.drawing.words import clean, legal

Kind: TypeAlias = Literal[
    "done",
    "promised",
    "proposed",
    "missing",
    "need",
    "offer",
    "flow",
    "travel",
    "work",
    "rest",
    "late",
    "quiet",
]
"""What a mark stands for; each has a colour and a weave, and its word in the key."""

KINDS: tuple[Kind, ...] = get_args(Kind)

KIND_WORDS: dict[str, str] = {
    "done": "Fait",
    "promised": "Promis",
    "proposed": "Proposé",
    "missing": "Manque",
    "need": "Besoin",
    "offer": "Offre",
    "flow": "Ce qui passe",
    "travel": "En route",
    "work": "Sur place",
    "rest": "Pause",
    "late": "En retard",
    "quiet": "Autre",
}
_WOVEN = {
    "promised": '<path class="d-weave-leaf" d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4"/>',
    "proposed": '<circle class="d-dot-leaf" cx="2" cy="2" r="1.1"/><circle class="d-dot-leaf" cx="6" cy="6" r="1.1"/>',
    "missing": '<path class="d-weave-saffron" d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4"/>',
    "late": '<path class="d-weave-tile" d="M-2,6l4,4M0,0l8,8M6,-2l4,4"/>',
    "rest": '<path class="d-weave-quiet" d="M0,4h8"/>',
}


_TOLD_APART = 200


def tag(name: str, content: Iterable[str] | str = "", /, **attributes: object) -> Markup:
    """Return an element: ``class_`` is class, ``stroke_width`` stroke-width; what is not markup is escaped."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(point(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = legal(content) if isinstance(content, str) else joined(content)
    return Markup(f"<{name}{said}>{escape(inner)}</{name}>")  # noqa: S704 - attributes and content are escaped here


def joined(parts: Iterable[str]) -> Markup:
    """Return parts one after the other; those that are not markup are escaped."""
    return Markup("").join(map(legal, parts))


def point(value: object) -> str:
    """Write an attribute: numbers with one decimal at most."""
    if isinstance(value, float):
        return f"{round(value, 1) + 0.0:.10g}"
    return clean(value)


def percent(share: float) -> str:
    """Write a share of the width, in percent."""
    return f"{round(share, 3) + 0.0:.10g}%"


def path(*steps: object) -> str:
    """Return the ``d`` of a path from letters and numbers, parted by commas (no helper of typography touches it)."""
    written: list[str] = []
    for step in steps:
        word = point(step)
        if written and not word.isalpha() and not written[-1].isalpha():
            written.append(",")
        written.append(word)
    return "".join(written)


def known(kind: str) -> str:
    """Return ``kind``, or "quiet" when nobody knows it."""
    return kind if kind in KIND_WORDS else "quiet"


def fill(kind: str, key: str) -> dict[str, str]:
    """Return the class, and the weave if any, of a shape of this kind in the drawing ``key``."""
    kind = known(kind)
    woven = {"fill": f"url(#{key}-{kind})"} if kind in _WOVEN else {}
    return {"class_": f"d-k d-{kind}", **woven}


def weaves(kinds: Iterable[str], key: str) -> Markup:
    """Return the patterns that these kinds need."""
    found = [
        tag(
            "pattern",
            (Markup('<path class="d-under" d="M0,0h8v8h-8z"/>'), Markup(_WOVEN[kind])),  # noqa: S704 - written above
            id=f"{key}-{kind}",
            class_=f"d-w-{kind}",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
        )
        for kind in sorted({known(one) for one in kinds})
        if kind in _WOVEN
    ]
    return tag("defs", found) if found else Markup("")


def key_of(*parts: object) -> str:
    """Return the identifier of a drawing: the same contents give the same one, on every machine.

    Of a long list, its length and its beginning are enough to tell the drawings of one page apart.
    """
    short = [(len(one), one[:_TOLD_APART]) if isinstance(one, list | tuple) else one for one in parts]
    digest = blake2b(repr(short).encode("utf-8", errors="replace"), digest_size=5)
    return f"d{digest.hexdigest()}"


def frame(
    content: Iterable[str],
    *,
    key: str,
    title: str,
    sentence: str,
    height: float,
    width: float | None = None,
    class_: str = "",
    kinds: Iterable[str] = (),
) -> Markup:
    """Return the SVG of a drawing, named for those who do not see it.

    With a ``width`` it keeps its proportions (viewBox); without, it takes the width of the page and the shapes inside
    are placed in percentages, so that words keep their size on a phone.
    """
    named = (
        tag("title", clean(title), id=f"{key}-t"),
        tag("desc", clean(sentence), id=f"{key}-d"),
        weaves(kinds, key),
    )
    shape = {"width": "100%"} if width is None else {"viewBox": f"0,0,{point(width)},{point(height)}"}
    return tag(
        "svg",
        (*named, *content),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"d-svg {class_}".strip(),
        role="img",
        aria_labelledby=f"{key}-t",
        aria_describedby=f"{key}-d",
        focusable="false",
        height=float(height) if width is None else None,
        **shape,
    )
