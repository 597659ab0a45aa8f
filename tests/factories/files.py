"""Files, honest and hostile, made on the spot: none is kept in the repository."""

import io
import zipfile
import zlib

import pikepdf
from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CONTENT_TYPES = "[Content_Types].xml"
WORD_TYPES = b'<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats"/></Types>'


def picture(ending: str = "JPEG", size: tuple[int, int] = (64, 48), *, with_position: bool = False) -> bytes:
    """Draw a picture; ``with_position`` hides a phone's model and a place in it."""
    drawn = Image.new("RGB", size, (200, 120, 40))
    exif = Image.Exif()
    if with_position:
        exif[0x0110] = "Telephone-Espion"
        exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    drawn.save(kept, ending, exif=exif)
    return kept.getvalue()


def huge_png(side: int = 30_000) -> bytes:
    """Write the few bytes of a picture that says it has ``side`` × ``side`` points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    sizes = side.to_bytes(4, "big") * 2
    rows = zlib.compress(b"\x00" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", sizes + b"\x08\x02\x00\x00\x00")
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def pdf(root: dict[str, object] | None = None, **save: object) -> bytes:
    """Write a PDF of one page; ``root`` is added to its catalogue."""
    kept = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        for key, value in (root or {}).items():
            made.Root[key] = value
        made.save(kept, **save)
    return kept.getvalue()


def pdf_that_runs(kind: str = "JavaScript") -> bytes:
    """Write a PDF that runs something when it opens."""
    action = pikepdf.Dictionary(S=pikepdf.Name("/" + kind))
    if kind == "JavaScript":
        action["/JS"] = pikepdf.String("app.alert(1)")
    return pdf({"/OpenAction": action})


def pdf_with_a_file() -> bytes:
    """Write a PDF that carries another file."""
    kept = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.attachments["secret.txt"] = b"un autre fichier"
        made.save(kept)
    return kept.getvalue()


def docx(more: dict[str, bytes] | None = None, *, after: bytes = b"", before: bytes = b"") -> bytes:
    """Write the least Word document; ``more`` are further members, ``before`` and ``after`` are glued to it."""
    kept = io.BytesIO()
    members = {CONTENT_TYPES: WORD_TYPES, "word/document.xml": b"<w:document/>"} | (more or {})
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return before + kept.getvalue() + after


def odt() -> bytes:
    """Write the least LibreOffice document."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")
    return kept.getvalue()
