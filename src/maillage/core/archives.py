"""Is this zip safe to open? Its members are really inflated, without trusting the sizes they declare."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from maillage.core.errors import UserMistake

MEBIBYTE = 1024 * 1024
_CHUNK = 1 << 18
_LOCAL_HEADER = 30


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How far a zip may swell; ``what`` names it in the sentences: « classeur », « document »."""

    unzipped_bytes: int = 400 * MEBIBYTE
    ratio: int = 250
    ratio_from_bytes: int = 10 * MEBIBYTE
    members: int = 5_000
    what: str = "classeur"


def check_archive(file: BinaryIO, *, filename: str, limits: ArchiveLimits) -> zipfile.ZipFile:
    """Return the opened zip; raise ``UserMistake`` when it is broken, encrypted, or swells beyond the
    limits.
    """
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, UnicodeDecodeError) as error:
        raise UserMistake(_broken(filename, limits.what)) from error
    if len(members) > limits.members:
        raise UserMistake(
            f"Le {limits.what} « {filename} » contient {len(members)} fichiers : ce n’est pas un {limits.what}."
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise UserMistake(_encrypted(filename, limits.what))
    compressed = sum(member.compress_size for member in members)
    total = 0
    for member in members:
        for block in inflated(file, member, filename, limits.what):
            total += len(block)
            swollen = total > limits.ratio_from_bytes and total > limits.ratio * max(compressed, 1)
            if total > limits.unzipped_bytes or swollen:
                raise UserMistake(
                    f"Le {limits.what} « {filename} » grossit démesurément quand on l’ouvre (plus de "
                    f"{total // MEBIBYTE} Mo) : il n’a pas été lu. Copiez ce qui est utile dans un "
                    f"{limits.what} neuf, ou enregistrez la feuille au format CSV."
                )
    return archive


def inflated(
    file: BinaryIO, member: zipfile.ZipInfo, filename: str, what: str = "classeur"
) -> Iterator[bytes]:
    """Yield what a member really holds, whatever size it declares; refuse exotic compressions."""
    file.seek(member.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise UserMistake(_broken(filename, what))
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    position, left = member.header_offset + _LOCAL_HEADER + lengths, member.compress_size
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UserMistake(_broken(filename, what))
    inflater = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        file.seek(position)
        block = file.read(min(_CHUNK, left))
        if not block:
            raise UserMistake(_broken(filename, what))
        position += len(block)
        left -= len(block)
        if inflater is None:
            yield block
            continue
        try:
            yield inflater.decompress(block, _CHUNK)
            while inflater.unconsumed_tail:
                yield inflater.decompress(inflater.unconsumed_tail, _CHUNK)
        except zlib.error as error:
            raise UserMistake(_broken(filename, what)) from error


def member_bytes(archive: zipfile.ZipFile, file: BinaryIO, name: str, filename: str) -> bytes:
    """Return one member whole; its size was checked before."""
    return b"".join(inflated(file, archive.getinfo(name), filename))


def _broken(filename: str, what: str) -> str:
    return (
        f"Le {what} « {filename} » est abîmé ou incomplet. Ouvrez-le sur votre ordinateur et enregistrez-le "
        "de nouveau."
    )


def _encrypted(filename: str, what: str) -> str:
    return (
        f"Le {what} « {filename} » est protégé par un mot de passe. Retirez le mot de passe dans votre "
        "logiciel, puis recommencez."
    )
