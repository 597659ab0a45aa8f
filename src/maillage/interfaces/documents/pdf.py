"""A paper as a PDF that a screen reader reads: PDF/UA-1, checked by Typst when it writes.

Typst carries its own fonts; ours are WOFF2, which it does not read. Libertinus Serif is a book face that stays legible
on paper, has every letter of French and its capitals, and needs no file of ours.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import typst

from maillage.domain.agreements.document import Block, Document, block_json, to_json

_SOURCE = Path(__file__).with_name("paper.typ")
_FONTS = typst.Fonts(include_system_fonts=False)
BOX = "□"
BOX_NOTE = f"{BOX} : un signe que ce document ne sait pas dessiner. Il se lit dans le texte en ligne."
# What Libertinus Serif draws for sure: Latin, Greek, Cyrillic, their accents, punctuation, money.
_DRAWN = re.compile(
    "[^\\n\\t\\u0020-\\u024f\\u02b0-\\u0361\\u0370-\\u04ff\\u1e00-\\u1fff\\u2000-\\u206f\\u20a0-\\u20bf"
    "\\u2100-\\u22ff\\u25a0-\\u25cf\\ufb00-\\ufb06]"
)
_NOT_DRAWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_MOST_TRIES = 20


def as_pdf(
    document: Document, *, author: str, after: Iterable[Block] = (), notes: Iterable[str] = ()
) -> bytes:
    """Return the PDF; ``after`` is what follows the text and is not part of it, ``notes`` the small lines at the end.

    A sign that the font does not have becomes a box, and a note says so: PDF/UA refuses a text it cannot draw.
    """
    paper = {
        "document": to_json(document),
        "author": author,
        "after": [block_json(block) for block in after],
        "notes": list(notes),
    }
    whole = json.dumps(paper, ensure_ascii=False)
    shown = _DRAWN.sub(BOX, whole)
    for _ in range(_MOST_TRIES):
        try:
            return _compiled(shown if shown == whole else _noted(shown))
        except typst.TypstError as error:
            missing = _NOT_DRAWN.search(str(error))
            if missing is None:
                raise
            for sign in _signs(missing.group(1)):
                shown = shown.replace(sign, BOX)
    raise LookupError("the font draws too little of this text")


def _signs(said: str) -> set[str]:
    """Return the signs that Typst names, some of them as ``\\u{378}``; plain letters are always drawn."""
    text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), said)
    return {sign for sign in text if not sign.isascii() and sign != BOX}


def _noted(text: str) -> str:
    paper = json.loads(text)
    paper["notes"].append(BOX_NOTE)
    return json.dumps(paper, ensure_ascii=False)


def _compiled(paper: str) -> bytes:
    made = typst.compile(
        _SOURCE.read_bytes(), sys_inputs={"paper": paper}, font_paths=_FONTS, pdf_standards=["ua-1"]
    )
    return bytes(made)
