"""CSV as spreadsheets write it: the separator and the characters are found, the lines flow one by one."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from maillage.core.errors import UserMistake
from maillage.importers.tabular.encoding import Encoding, detect
from maillage.importers.tabular.limits import Limits
from maillage.importers.tabular.raw import RawTable
from maillage.importers.tabular.table import Row

DELIMITERS = (";", "\t", ",", "|")
_SNIFFED = 200_000
_LEAST_SHARE = 0.34
_BLANKS = " \t\r\n\u00a0\u202f\ufeff"


@contextmanager
def _opened(source: Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    else:
        yield source


def open_csv(source: Path | BinaryIO, *, filename: str, limits: Limits) -> RawTable:
    """Find encoding and separator; raise ``UserMistake`` when the file holds no text."""
    with _opened(source) as file:
        encoding = detect(file)
        file.seek(encoding.skip)
        head = file.read(_SNIFFED).decode(encoding.name, errors="replace")
    if not head.strip(_BLANKS + "\0;,|"):
        raise UserMistake(f"Le fichier « {filename} » ne contient aucun texte.")
    if _is_binary(head):
        raise UserMistake(
            f"Le fichier « {filename} » n’est pas un tableau lisible. Enregistrez-le au format .xlsx, .ods "
            "ou .csv."
        )
    declared, delimiter = _declared_delimiter(head)
    delimiter = delimiter or sniff_delimiter(head, complete=len(head) < _SNIFFED // 2)
    reader = partial(_read, source, encoding, delimiter, filename, limits, declared)
    notes: tuple[str, ...] = (encoding.note,) if encoding.note else ()
    if "\0" in head:
        notes += ("Le fichier contenait des signes nuls : ils ont été retirés.",)
    return RawTable(filename=filename, kind="csv", reader=reader, notes=notes)


def _is_binary(head: str) -> bool:
    start = head[:4000]
    control = sum(1 for char in start if char < " " and char not in "\t\r\n\0\f\v\x1a")
    return control > 0.05 * len(start)


def _declared_delimiter(head: str) -> tuple[bool, str]:
    """Excel may say its separator in a first line ``sep=;``."""
    first = head.splitlines()[0].strip().strip('"').lower() if head else ""
    if first.startswith("sep=") and len(first) == 5:
        return True, first[4]
    return first == "sep=", "\t" if first == "sep=" else ""


def sniff_delimiter(head: str, *, complete: bool = True) -> str:
    """Return the separator that cuts most lines into the same number of cells, the more cells the better."""
    head = head.replace("\0", "")
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        widths = _widths(head, delimiter, complete=complete)
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
        share = count / len(widths)
        score = share**2 * (width - 1) ** 0.5
        if share >= _LEAST_SHARE and score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(head: str, delimiter: str, *, complete: bool) -> list[int]:
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == 300:
                return widths
    except csv.Error:
        return widths
    return widths if complete or len(widths) < 2 else widths[:-1]


def _physical_lines(text: io.TextIOWrapper, filename: str, limits: Limits) -> Iterator[str]:
    count = 0
    while line := text.readline(limits.field_characters + 1):
        count += 1
        if len(line) > limits.field_characters:
            raise UserMistake(
                f"La ligne {count} du fichier « {filename} » ne finit pas : est-ce bien un tableau CSV ?"
            )
        yield line.replace("\0", "") if "\0" in line else line


def _read(
    source: Path | BinaryIO,
    encoding: Encoding,
    delimiter: str,
    filename: str,
    limits: Limits,
    declared: bool,
) -> Iterator[Row]:
    """Yield every record, blank ones included, so that line numbers are those of the spreadsheet."""
    csv.field_size_limit(limits.field_characters)
    with _opened(source) as file:
        file.seek(encoding.skip)
        text = io.TextIOWrapper(file, encoding=encoding.name, errors="replace", newline="")
        number = 0
        try:
            for number, record in enumerate(
                csv.reader(_physical_lines(text, filename, limits), delimiter=delimiter), start=1
            ):
                if declared and number == 1:
                    continue
                if len(record) > limits.columns:
                    record = _without_empty_end(record, number, filename, limits)
                yield Row(number, tuple([cell.strip(_BLANKS) or None for cell in record]))
        except csv.Error as error:
            raise UserMistake(
                f"Après la ligne {number}, le fichier « {filename} » contient un texte sans fin : un "
                "guillemet ouvert n’est sans doute pas refermé."
            ) from error
        finally:
            text.detach()


def _without_empty_end(record: list[str], number: int, filename: str, limits: Limits) -> list[str]:
    while record and not record[-1].strip(_BLANKS):
        record.pop()
    if len(record) > limits.columns:
        raise UserMistake(
            f"La ligne {number} du fichier « {filename} » a {len(record)} colonnes ; {limits.columns} au "
            "plus se lisent."
        )
    return record
