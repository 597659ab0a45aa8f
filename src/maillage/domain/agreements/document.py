"""A text as blocks: titles, paragraphs, lists, tables. From the same blocks come the page, the PDF, the DOCX and the
canonical text, whose SHA-256 is what a party says yes to.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; level 1 is the part, 2 what is inside it."""

    text: str
    level: int = 1

    @property
    def kind(self) -> str:
        """How a page names this block."""
        return "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str

    @property
    def kind(self) -> str:
        """How a page names this block."""
        return "paragraph"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    lines: tuple[str, ...]

    @property
    def kind(self) -> str:
        """How a page names this block."""
        return "items"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with the heads of its columns; the first cell of each row names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def kind(self) -> str:
        """How a page names this block."""
        return "grid"

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each cell with the head of its column."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


Block = Heading | Paragraph | Items | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]

    @property
    def body(self) -> str:
        """The canonical text: one line a sentence or a cell row, in composed Unicode."""
        lines = [self.title, self.subtitle]
        for block in self.blocks:
            lines += ["", *_lines(block)]
        return unicodedata.normalize("NFC", BREAK.join(lines).strip() + BREAK)

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical text."""
        return hashlib.sha256(self.body.encode("utf-8")).hexdigest()


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return ["#" * block.level + " " + block.text]
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Items):
        return ["- " + line for line in block.lines]
    return [block.caption, *(" | ".join(row) for row in (block.heads, *block.rows))]


def clean(text: str) -> str:
    """Return what somebody typed without what no page can show: control signs and lone surrogates."""
    kept = (
        char
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
        if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def to_json(document: Document) -> dict[str, Any]:
    """Write a document as plain values, for the database and for Typst."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "blocks": [block_json(block) for block in document.blocks],
    }


def block_json(block: Block) -> dict[str, Any]:
    """Write one block as plain values."""
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}
    if isinstance(block, Items):
        return {"kind": "items", "lines": list(block.lines)}
    return {
        "kind": "grid",
        "caption": block.caption,
        "heads": list(block.heads),
        "rows": [list(row) for row in block.rows],
    }


def from_json(content: dict[str, Any]) -> Document:
    """Read a document back; what ``to_json`` wrote comes out equal."""
    return Document(content["title"], content["subtitle"], tuple(_block(one) for one in content["blocks"]))


def _block(one: dict[str, Any]) -> Block:
    if one["kind"] == "heading":
        return Heading(one["text"], one["level"])
    if one["kind"] == "paragraph":
        return Paragraph(one["text"])
    if one["kind"] == "items":
        return Items(tuple(one["lines"]))
    return Grid(one["caption"], tuple(one["heads"]), tuple(tuple(row) for row in one["rows"]))
