"""Each trap is refused with a sentence, and leaves neither a row nor a file."""

import io
import zlib
from typing import Any, BinaryIO, cast

import pikepdf
import pytest

from maillage.core.errors import UserMistake
from maillage.domain.ledger.models import StoredFile
from maillage.domain.ledger.operations.attachments import keep_file
from tests.factories import NOW
from tests.factories.actors import make_pole
from tests.factories.files import (
    CONTENT_TYPES,
    EICAR,
    SVG,
    docx,
    huge_png,
    odt,
    pdf,
    pdf_that_runs,
    pdf_with_a_file,
    picture,
)

pytestmark = pytest.mark.django_db
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200
EXTERNAL = (
    b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://mechant" '
    b'TargetMode="External"/></Relationships>'
)


def refused(content: bytes, name: str) -> str:
    with pytest.raises(UserMistake) as told:
        keep_file(
            pole=make_pole(), name=name, content=io.BytesIO(content), by=None, at=NOW, purpose="evidence"
        )
    assert not StoredFile.objects.exists()
    assert told.value.field in {"file", None}
    return told.value.message


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (EICAR, "virus.txt", "signature d’un virus d’essai"),
        (picture() + EICAR, "virus.jpg", "signature d’un virus d’essai"),
        (docx({"word/notes.xml": EICAR}), "virus.docx", "signature d’un virus d’essai"),
        (SVG, "dessin.svg", "dessin SVG, qui peut contenir du code"),
        (SVG, "dessin.txt", "dessin SVG, qui peut contenir du code"),
        (SVG, "dessin.png", "ce fichier est un texte"),
        (b"<html><script>alert(1)</script>", "page.csv", "page web ou un dessin SVG"),
        (huge_png(), "bombe.png", "a trop de points"),
        (picture()[:200], "coupée.jpg", "est abîmée ou incomplète"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "fausse.png", "est abîmée ou incomplète"),
        (picture("GIF"), "anim.gif", "d’un genre que nous ne gardons pas"),
        (b"GIF89a/*" + b" " * 50 + b"*/=1;alert(1)", "poly.txt", "d’un genre que nous ne gardons pas"),
        (HEIC, "iphone.heic", "Le plus compatible"),
        (pdf(), "photo.jpg", "finit par « .jpg », mais ce fichier est un PDF"),
        (picture(), "photo", "n’a pas de terminaison"),
        (picture(), "photo.jpg.exe", "finit par « .exe »"),
        (pdf_that_runs("JavaScript"), "code.pdf", "contient du code qui s’exécute"),
        (pdf_that_runs("Launch"), "lance.pdf", "contient du code qui s’exécute"),
        (pdf_with_a_file(), "porteur.pdf", "contient d’autres fichiers"),
        (pdf() + docx(), "double.pdf", "deux fichiers en un"),
        (pdf() + b"<script>alert(1)</script>", "double.pdf", "deux fichiers en un"),
        (pdf()[:300], "coupé.pdf", "deux fichiers en un"),
        (b"%PDF-1.4\nrien\n%%EOF", "faux.pdf", "abîmé ou incomplet"),
        (docx({"word/vbaProject.bin": b"x"}), "macro.docx", "macros, du code ou un objet inséré"),
        (docx({"word/embeddings/ole.bin": b"x"}), "ole.docx", "macros, du code ou un objet inséré"),
        (docx({"word/_rels/settings.xml.rels": EXTERNAL}), "loin.docx", "macros, du code ou un objet"),
        (docx({"word/x.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]>"}), "entités.docx", "macros, du code"),
        (docx({"../../etc/cron": b"x"}), "chemin.docx", "chemin de dossiers suspect"),
        (docx(after=b"<html>"), "suite.docx", "deux fichiers en un"),
        (docx({"word/gros.xml": b"0" * 60_000_000}), "bombe.docx", "grossit démesurément"),
        (docx({CONTENT_TYPES: b"<Types>macroEnabled</Types>"}), "m.docx", "macros, du code"),
        (odt(), "mot.docx", "ce fichier est un document LibreOffice"),
        (b"", "vide.pdf", "est vide"),
        (b"PK\x03\x04" + b"\x00" * 60, "archive.zip", "est une archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "vieux.doc", "d’un genre|ancien format"),
        (b"MZ" + b"\x00" * 100, "prog.exe", "d’un genre que nous ne gardons pas"),
    ],
)
def test_trap__is_refused_with_a_sentence(content: bytes, name: str, sentence: str) -> None:
    told = refused(content, name)
    assert any(one in told for one in sentence.split("|")), told


def test_locked_pdf__is_refused() -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "protégé par un mot de passe" in refused(locked, "fermé.pdf")


def test_pdf__whose_parts_swell_is_refused_without_filling_the_memory() -> None:
    objects = zlib.compress(b" " * 300_000_000, 1)
    head = b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
    body = head + str(len(objects)).encode() + b">>\nstream\n" + objects + b"\nendstream\nendobj\n"
    bomb = body + b"trailer\n<</Root 1 0 R/Size 2>>\nstartxref\n9\n%%EOF"
    refused(bomb, "bombe.pdf")


def test_too_long_a_stream__is_left_as_soon_as_it_is_too_long(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000_000
    endless = _Endless()
    with pytest.raises(UserMistake, match="est trop gros : 1\u00a0Mo au plus"):
        keep_file(
            pole=make_pole(),
            name="film.pdf",
            content=cast(BinaryIO, endless),
            by=None,
            at=NOW,
            purpose="evidence",
        )
    assert endless.given < 2_000_000


class _Endless(io.RawIOBase):
    """A stream of two thousand million bytes and more."""

    given = 0

    def seek(self, *_: object) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b"\x00" * size
