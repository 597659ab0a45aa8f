"""Open a table whatever its format: the one door of this folder."""

from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from maillage.core.archives import MEBIBYTE
from maillage.core.errors import UserMistake
from maillage.importers.tabular import csv_source, workbook_source
from maillage.importers.tabular.header import find_headers
from maillage.importers.tabular.limits import Limits
from maillage.importers.tabular.table import Table

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = {
    b"%PDF": "un document PDF",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"PAR1": "un fichier Parquet",
    b"\x1f\x8b": "une archive compressée",
    b"7z\xbc\xaf": "une archive compressée",
    b"Rar!": "une archive compressée",
    b"{\\rtf": "un document de traitement de texte",
}


def open_table(
    source: Path | BinaryIO,
    *,
    filename: str = "",
    sheet: str | None = None,
    limits: Limits | None = None,
    vocabulary: Collection[str] = (),
) -> Table:
    """Open a CSV, XLSX or ODS file and find its headers.

    ``source`` is a path, or a binary file that can seek and stays open while lines are read. ``vocabulary``
    holds folded words that headers are likely to use: it helps to find them. Raises ``UserMistake`` when the
    file cannot be read as a table, with what to do.
    """
    limits = limits or Limits()
    name = filename or (source.name if isinstance(source, Path) else "fichier")
    size = _size(source, name)
    if size == 0:
        raise UserMistake(f"Le fichier « {name} » est vide.")
    if size > limits.file_bytes:
        raise UserMistake(
            f"Le fichier « {name} » dépasse {limits.file_bytes // MEBIBYTE} Mo. Découpez-le en plusieurs "
            "fichiers."
        )
    head = _head(source)
    if head.startswith(b"PK\x03\x04"):
        if size > limits.workbook_bytes:
            raise UserMistake(
                f"Le classeur « {name} » dépasse {limits.workbook_bytes // MEBIBYTE} Mo. Enregistrez la "
                "feuille au format CSV : elle sera lue au fil de l’eau."
            )
        opened = workbook_source.open_workbook(source, filename=name, sheet=sheet, limits=limits)
    else:
        _refuse_what_is_no_text(head, name)
        opened = csv_source.open_csv(source, filename=name, limits=limits)
    return find_headers(opened, limits=limits, vocabulary=vocabulary)


def _size(source: Path | BinaryIO, name: str) -> int:
    if isinstance(source, Path):
        if source.is_dir():
            raise UserMistake(f"« {name} » est un dossier : choisissez un fichier CSV, XLSX ou ODS.")
        if not source.exists():
            raise UserMistake(f"Le fichier « {name} » n’existe pas. Vérifiez son nom et son dossier.")
        return source.stat().st_size
    source.seek(0, 2)
    return source.tell()


def _head(source: Path | BinaryIO) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(512)
    source.seek(0)
    return source.read(512)


def _refuse_what_is_no_text(head: bytes, name: str) -> None:
    if head.startswith(_OLE):
        raise UserMistake(
            f"Le fichier « {name} » est un ancien classeur (.xls) ou un classeur protégé par un mot de "
            "passe. Ouvrez-le dans votre tableur, retirez le mot de passe s’il y en a un, puis "
            "enregistrez-le au format .xlsx, .ods ou .csv."
        )
    for start, what in _NOT_TABLES.items():
        if head.startswith(start):
            raise UserMistake(
                f"Le fichier « {name} » est {what}, pas un tableau. Enregistrez le tableau au format .xlsx, "
                ".ods ou .csv."
            )
    if head.lstrip()[:1] in {b"{", b"["} and name.lower().endswith((".json", ".geojson")):
        raise UserMistake(
            f"Le fichier « {name} » est un fichier JSON. Un tableau s’importe en CSV, XLSX ou ODS."
        )
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise UserMistake(
            f"Le fichier « {name} » est une page web enregistrée sous un nom de tableau. Ouvrez-le dans "
            "votre tableur et enregistrez-le au format .xlsx, .ods ou .csv."
        )
