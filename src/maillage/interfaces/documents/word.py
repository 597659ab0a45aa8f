"""A paper as a DOCX: real styles, headings, table heads that repeat, French as its language."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from maillage.domain.agreements.document import Block, Document, Grid, Heading, Items, Paragraph

FRENCH = "fr-FR"
FONT = "Georgia"


def as_docx(
    document: Document,
    *,
    author: str,
    at: datetime,
    after: Iterable[Block] = (),
    notes: Iterable[str] = (),
) -> bytes:
    """Return the DOCX; ``after`` follows the text and is not part of it, ``notes`` are the small lines at the end."""
    paper = docx.Document()
    _set_up(paper, document, author, at)
    paper.add_heading(document.title, level=0)
    paper.add_paragraph(document.subtitle, style="Subtitle")
    for block in (*document.blocks, *after):
        _add(paper, block)
    for note in notes:
        paper.add_paragraph(note, style="Caption")
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _set_up(paper: Any, document: Document, author: str, at: datetime) -> None:
    properties = paper.core_properties
    properties.title = f"{document.title} – {document.subtitle}"[:255]
    properties.author = author[:255]
    properties.language = FRENCH
    properties.comments = ""
    properties.created = properties.modified = at.replace(tzinfo=None)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11.5)
    for style in (normal, paper.styles["Title"], *(paper.styles[f"Heading {level}"] for level in (1, 2, 3))):
        style.element.get_or_add_rPr().append(_language())
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    for known in defaults.iter(qn("w:lang")):
        known.set(qn("w:val"), FRENCH)


def _language() -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), FRENCH)
    return language


def _add(paper: Any, block: Block) -> None:
    if isinstance(block, Heading):
        paper.add_heading(block.text, level=block.level)
    elif isinstance(block, Paragraph):
        paper.add_paragraph(block.text)
    elif isinstance(block, Items):
        for line in block.lines:
            paper.add_paragraph(line, style="List Bullet")
    else:
        _add_grid(paper, block)


def _add_grid(paper: Any, grid: Grid) -> None:
    paper.add_paragraph(grid.caption, style="Caption")
    table = paper.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(head).bold = True
    repeats = OxmlElement("w:tblHeader")
    repeats.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeats)  # no public door of python-docx repeats a head
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.add_paragraph()
