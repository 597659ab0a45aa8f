"""A file that is received is what it says, is kept whole or drawn again, and is found by nobody by chance."""

import io

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from PIL import Image

from maillage.core.errors import UserMistake
from maillage.domain.ledger.models import StoredFile
from maillage.domain.ledger.operations.attachments import keep_file
from maillage.domain.ledger.queries.files import opened_file
from tests.factories import NOW
from tests.factories.actors import make_account, make_pole
from tests.factories.files import docx, odt, pdf, picture

pytestmark = pytest.mark.django_db


def keep(content: bytes, name: str) -> StoredFile:
    return keep_file(
        pole=make_pole(), name=name, content=io.BytesIO(content), by=None, at=NOW, purpose="evidence"
    )


def read(stored: StoredFile) -> bytes:
    with default_storage.open(stored.path, "rb") as file:
        return file.read()


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (picture("JPEG"), "pesée.JPG", "image/jpeg"),
        (picture("PNG"), "plan.png", "image/png"),
        (picture("WEBP"), "bac.webp", "image/webp"),
        (pdf(), "bon.pdf", "application/pdf"),
        (odt(), "mot.odt", "application/vnd.oasis.opendocument.text"),
        ("Tonnes;Kilos\n1;2\n".encode("cp1252"), "pesées.csv", "text/csv"),
        ("Reçu le 3 : 12 kg.".encode(), "reçu.txt", "text/plain"),
        (b"BMX;12\n", "vélos.csv", "text/csv"),
    ],
)
def test_file__is_kept_with_its_kind(content: bytes, name: str, media_type: str) -> None:
    stored = keep(content, name)
    assert (stored.name, stored.media_type) == (name, media_type)
    assert stored.size == len(read(stored))


def test_file__keeps_a_document_as_it_was() -> None:
    assert read(keep(docx(), "bordereau.docx")) == docx()


def test_file__lies_under_a_random_name_that_says_nothing() -> None:
    stored = keep(pdf(), "secret-de-paul.pdf")
    assert "paul" not in stored.path
    assert stored.path.startswith("kept/")


def test_photo__loses_its_position_and_the_model_of_the_phone() -> None:
    stored = keep(picture(with_position=True), "bac.jpg")
    kept = Image.open(io.BytesIO(read(stored)))
    assert dict(kept.getexif()) == {}
    assert b"Telephone-Espion" not in read(stored)


def test_photo__loses_what_was_glued_to_it() -> None:
    stored = keep(picture() + b"<html><script>alert(1)</script></html>" + docx(), "bac.jpg")
    assert b"<script" not in read(stored)
    assert b"PK\x03\x04" not in read(stored)


def test_photo__is_made_smaller_when_it_is_very_large() -> None:
    kept = Image.open(io.BytesIO(read(keep(picture(size=(4_000, 3_000)), "grand.jpg"))))
    assert kept.size == (2_560, 1_920)


def test_photo__stands_upright_whatever_the_phone_said() -> None:
    drawn, file = Image.new("RGB", (60, 20)), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    drawn.save(file, "JPEG", exif=exif)
    assert Image.open(io.BytesIO(read(keep(file.getvalue(), "tournée.jpg")))).size == (20, 60)


def test_name__loses_what_deceives_the_eye() -> None:
    assert keep(pdf(), "facture\u202egpj\x07 :<1>.pdf").name == "facturegpj --1-.pdf"


def test_name__stays_short_and_keeps_its_ending() -> None:
    name = keep(pdf(), "a" * 300 + ".pdf").name
    assert len(name) <= 121
    assert name.endswith(".pdf")


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\temp\\bon.pdf", "/abs/bon.pdf"])
def test_name__that_is_a_path_is_refused(name: str) -> None:
    with pytest.raises(UserMistake, match="contient un chemin de dossiers"):
        keep(pdf(), name)


def test_row__is_never_rewritten() -> None:
    stored = keep(pdf(), "bon.pdf")
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(sha256="0" * 64)


def test_row__outlives_the_account_that_sent_it() -> None:
    account = make_account()
    stored = keep_file(
        pole=make_pole(),
        name="bon.pdf",
        content=io.BytesIO(pdf()),
        by=account,
        at=NOW,
        purpose="evidence",
    )
    account.delete()
    stored.refresh_from_db()
    assert stored.kept_by is None


def test_file__that_the_disk_has_lost_opens_to_nothing() -> None:
    stored = keep(pdf(), "bon.pdf")
    default_storage.delete(stored.path)
    assert opened_file(stored) is None


def test_purpose__is_a_short_word_of_the_programmer() -> None:
    with pytest.raises(ValueError, match="a purpose is a short word"):
        keep_file(
            pole=make_pole(),
            name="bon.pdf",
            content=io.BytesIO(pdf()),
            by=None,
            at=NOW,
            purpose="N’importe quoi",
        )
