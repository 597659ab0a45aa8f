"""A paper is an accessible PDF (PDF/UA-1) and a DOCX with real styles; what somebody typed is shown, never run."""

import io
from datetime import UTC, datetime

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from maillage.domain.agreements.document import (
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    clean,
    from_json,
    to_json,
)
from maillage.interfaces.documents.pdf import BOX_NOTE, as_pdf
from maillage.interfaces.documents.word import as_docx

AT = datetime(2026, 11, 24, tzinfo=UTC)
HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    "]",
    "] #panic[x] [",
    "$ sum $ \\ \\u{41}",
    "#sys.inputs `raw` *gras* _it_ @ref <lab> // /* */ ~ = + - ",
    '#read("/etc/passwd")',
    "</w:t> &amp; <script>",
)


def paper(*texts: str) -> Document:
    return Document(
        "Prêt à usage",
        "Prêter le fourgon",
        (
            Heading("Entre"),
            Items(texts or ("La Donneuse",)),
            Paragraph("\n".join(texts) or "Bonjour."),
            Grid("Qui promet quoi", ("Quoi", "Combien"), tuple((text, "1 t") for text in texts or ("Don",))),
        ),
    )


def opened(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(as_pdf(document, author="Pôle d’essai", notes=("Empreinte",))))


def tags(node: pikepdf.Object, found: list[str]) -> list[str]:
    """Every structure type of a PDF, in reading order."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            tags(one, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node.S))
        if "/K" in node:
            tags(node.K, found)
    return found


def test_pdf__is_tagged_titled_and_french() -> None:
    pdf = opened(paper())
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang).startswith("fr")
    assert str(pdf.docinfo.Title) == "Prêt à usage – Prêter le fourgon"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_pdf__has_headings_lists_and_table_heads() -> None:
    pdf = opened(paper())
    found = tags(pdf.Root.StructTreeRoot, [])
    assert {"/H1", "/H2", "/L", "/LI", "/P", "/Table", "/TH", "/TD", "/Caption"} <= set(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_pdf__shows_what_was_typed_and_runs_nothing(text: str) -> None:
    assert len(opened(paper(text)).pages) == 1


def test_pdf__a_sign_without_drawing_becomes_a_box_and_says_so() -> None:
    content = as_pdf(paper("Merci 😀 漢字 \u0378"), author="Pôle")
    assert content.startswith(b"%PDF")
    assert "□" in BOX_NOTE


def test_docx__has_styles_heads_and_language() -> None:
    content = as_docx(paper(*HOSTILE), author="Pôle", at=AT, notes=("Empreinte",))
    word = docx.Document(io.BytesIO(content))
    assert [one.style.name for one in word.paragraphs[:3]] == ["Title", "Subtitle", "Heading 1"]
    assert word.core_properties.language == "fr-FR"
    assert word.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))} == {"fr-FR"}
    assert HOSTILE[0] in "\n".join(one.text for one in word.paragraphs)


def test_document__comes_back_from_the_database_with_its_digest() -> None:
    document = paper(*HOSTILE)
    assert from_json(to_json(document)) == document
    assert from_json(to_json(document)).digest == document.digest


def test_clean__takes_out_what_no_page_can_show() -> None:
    assert clean(" a\x00b\x1b\r\nc\ufdd0 ") == "ab\nc"
