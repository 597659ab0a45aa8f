"""The kinds of files that are kept, as data; whatever is not here is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind: its media type, how its names end (the first ending is the one kept), how one says it."""

    media_type: str
    endings: tuple[str, ...]
    label: str

    @property
    def is_image(self) -> bool:
        """Whether it is a picture, which is drawn again before it is kept."""
        return self.media_type.startswith("image/")


JPEG = FileKind("image/jpeg", ("jpg", "jpeg", "jpe"), "une photo JPEG")
PNG = FileKind("image/png", ("png",), "une image PNG")
WEBP = FileKind("image/webp", ("webp",), "une image WebP")
PDF = FileKind("application/pdf", ("pdf",), "un PDF")
DOCX = FileKind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ("docx",),
    "un document Word",
)
XLSX = FileKind(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), "un classeur Excel"
)
ODT = FileKind("application/vnd.oasis.opendocument.text", ("odt",), "un document LibreOffice")
ODS = FileKind("application/vnd.oasis.opendocument.spreadsheet", ("ods",), "un classeur LibreOffice")
CSV = FileKind("text/csv", ("csv", "tsv"), "un tableau CSV")
TEXT = FileKind("text/plain", ("txt",), "un texte")

KINDS = (JPEG, PNG, WEBP, PDF, DOCX, XLSX, ODT, ODS, CSV, TEXT)
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
ACCEPTED = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)
IMAGES_FIRST = f"image/jpeg,image/png,image/webp,{ACCEPTED}"
SAID = "photo (JPEG, PNG, WebP), PDF, document (DOCX, ODT), tableau (XLSX, ODS, CSV) ou texte"
