"""Documents and workbooks are zips of XML: none may swell, run a macro or fetch something elsewhere."""

import io
import re
import zipfile

from maillage.core.archives import MEBIBYTE, ArchiveLimits, check_archive, member_bytes
from maillage.core.errors import UserMistake
from maillage.domain.ledger.files.kinds import DOCX, ODS, ODT, XLSX, FileKind
from maillage.domain.ledger.files.traps import refuse_known_virus, two_in_one

LIMITS = ArchiveLimits(unzipped_bytes=200 * MEBIBYTE, members=2_000, what="document")
_END_LENGTH = 22
_OPEN_XML = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_OPEN_DOCUMENT = {ODT.media_type.encode(): ODT, ODS.media_type.encode(): ODS}
_RUNS = re.compile(
    r"vbaproject|(?:^|/)(?:basic|scripts|activex|macros)/|(?:^|/)embeddings/|"
    r"\.(?:exe|dll|js|jse|vbs|vbe|wsf|bat|cmd|ps1|scr|hta|html?|svg|jar|lnk)$",
    re.IGNORECASE,
)
_FETCHES = re.compile(
    rb"(?:attachedTemplate|oleObject|frame|externalLinkPath|subDocument)[^>]*TargetMode\s*=\s*[\"']External"
    rb"|TargetMode\s*=\s*[\"']External[^>]*(?:attachedTemplate|oleObject|frame|externalLinkPath|subDocument)",
    re.IGNORECASE,
)


def document_kind(content: bytes) -> FileKind | None:
    """Return the kind of a zip-made document by what it holds; None when it is another archive, or broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            for member, kind in _OPEN_XML.items():
                if member in names and "[Content_Types].xml" in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
        return None
    return None


def check_document(content: bytes, *, name: str) -> None:
    """Raise ``UserMistake`` for a document that swells, is locked, runs something or names a path."""
    if content[-_END_LENGTH:][:4] != b"PK\x05\x06":
        raise two_in_one(name)  # something is written after the end of the archive
    file = io.BytesIO(content)
    archive = check_archive(file, filename=name, limits=LIMITS)
    if min((member.header_offset for member in archive.infolist()), default=1) != 0:
        raise two_in_one(name)
    for member in archive.infolist():
        _check_member(archive, file, member, name)


def _check_member(archive: zipfile.ZipFile, file: io.BytesIO, member: zipfile.ZipInfo, name: str) -> None:
    inside = member.filename.replace("\\", "/")
    if inside.startswith("/") or ".." in inside.split("/") or ":" in inside:
        raise UserMistake(
            f"« {name} » contient un chemin de dossiers suspect : il n’a pas été gardé.", field="file"
        )
    if _RUNS.search(inside):
        raise _active(name)
    content = member_bytes(archive, file, member.filename, name)
    refuse_known_virus(content, name=name)
    if inside.lower().endswith((".xml", ".rels")):
        head = content[:4_096].replace(b"\x00", b"").lower()
        if b"<!doctype" in head or b"<!entity" in head:
            raise _active(name)
        if b"macroenabled" in content[:65_536].lower() or _FETCHES.search(content[: 4 * MEBIBYTE]):
            raise _active(name)


def _active(name: str) -> UserMistake:
    return UserMistake(
        f"« {name} » contient des macros, du code ou un objet inséré. Enregistrez-le sans eux, ou en PDF, puis "
        "recommencez.",
        field="file",
    )
