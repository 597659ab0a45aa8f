"""Which characters the bytes of a text file stand for.

The whole file is read once, in blocks, because an accent may come late: valid UTF-8 from end to end is
UTF-8, anything else is Windows-1252, what French spreadsheets write. A byte order mark decides at once.
"""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

_BLOCK = 1 << 20
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Encoding:
    """``name`` for Python, ``skip`` bytes of order mark, and a sentence to show if there is something to
    know.
    """

    name: str
    skip: int = 0
    note: str = ""


def detect(file: BinaryIO) -> Encoding:
    """Return the encoding of a file that can seek."""
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(codecs.BOM_UTF8):
        return _utf8_or_mended(file, 3)
    if head.startswith(codecs.BOM_UTF16_LE):
        return Encoding("utf-16-le", 2)
    if head.startswith(codecs.BOM_UTF16_BE):
        return Encoding("utf-16-be", 2)
    pairs = len(head) // 2
    if pairs >= 8:
        if head[1::2].count(0) > 0.7 * pairs:
            return Encoding("utf-16-le")
        if head[0::2].count(0) > 0.7 * pairs:
            return Encoding("utf-16-be")
    return _utf8_or_mended(file, 0)


def _utf8_or_mended(file: BinaryIO, skip: int) -> Encoding:
    """Read the file through; a few bad bytes among many good UTF-8 accents stay UTF-8, with a note."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(skip)
    while block := file.read(_BLOCK):
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return _after_bad_byte(block, skip)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _mended(skip)
    return Encoding("utf-8", skip)


def _after_bad_byte(block: bytes, skip: int) -> Encoding:
    text = block.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    accents = sum(1 for char in text if char > "\x7f") - bad
    if skip or accents > 5 * bad:
        return _mended(skip)
    return Encoding("cp1252", 0, "Le fichier est en Windows-1252 : ses accents ont été lus ainsi.")


def _mended(skip: int) -> Encoding:
    return Encoding(
        "utf-8",
        skip,
        "Quelques signes du fichier sont illisibles : ils sont remplacés par « \ufffd ». Vérifiez-les.",
    )
