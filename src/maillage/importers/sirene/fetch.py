"""Stream the lines of a stock file, CSV or Parquet, plain or zipped, with the columns that are asked for
only.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import pyarrow
import pyarrow.parquet

from maillage.core.errors import UserMistake

Line = dict[str, str]
_BATCH = 20_000


def lines(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[Line]:
    """Yield one dictionary a line, memory flat; a column that the file has not is empty.

    Raises ``UserMistake`` when the file lacks a required column or cannot be read.
    """
    if not path.is_file():
        raise UserMistake(f"Le fichier « {path.name} » n’existe pas. Vérifiez son nom et son dossier.")
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PAR1":
        yield from _parquet(path, columns, required)
    elif start == b"PK\x03\x04":
        yield from _zipped(path, columns, required)
    else:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield from _csv(text, path.name, columns, required)


def _parquet(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[Line]:
    try:
        file = pyarrow.parquet.ParquetFile(path, memory_map=True, pre_buffer=False)
        present = [name for name in columns if name in set(file.schema_arrow.names)]
        _check(present, required, path.name)
        for batch in file.iter_batches(batch_size=_BATCH, columns=present):
            arrays = [column.to_pylist() for column in batch.columns]
            for values in zip(*arrays, strict=True):
                yield {name: _text(value) for name, value in zip(present, values, strict=True)}
    except (pyarrow.ArrowException, OSError) as error:
        raise UserMistake(f"Le fichier « {path.name} » est abîmé. Téléchargez-le de nouveau.") from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _zipped(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if len(names) != 1:
                raise UserMistake(f"L’archive « {path.name} » doit contenir un seul fichier CSV.")
            with (
                archive.open(names[0]) as file,
                io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text,
            ):
                yield from _csv(text, names[0], columns, required)
    except (zipfile.BadZipFile, OSError) as error:
        raise UserMistake(f"L’archive « {path.name} » est abîmée. Téléchargez-la de nouveau.") from error


def _csv(text: TextIO, name: str, columns: Sequence[str], required: Sequence[str]) -> Iterator[Line]:
    try:
        reader = csv.reader(text)
        headers = next(reader, [])
        if len(headers) == 1 and ";" in headers[0]:
            headers = headers[0].split(";")
            reader = csv.reader(text, delimiter=";")
        present = [(headers.index(column), column) for column in columns if column in headers]
        _check([column for _, column in present], required, name)
        width = len(headers)
        for cells in reader:
            if len(cells) == width:
                yield {column: cells[index] for index, column in present}
            elif cells:
                raise UserMistake(
                    f"La ligne {reader.line_num} de « {name} » n’a pas le bon nombre de colonnes : le "
                    "fichier est abîmé."
                )
    except (csv.Error, UnicodeDecodeError) as error:
        raise UserMistake(f"Le fichier « {name} » ne se lit pas comme un fichier SIRENE.") from error


def _check(present: Sequence[str], required: Sequence[str], name: str) -> None:
    lacking = [column for column in required if column not in present]
    if lacking:
        raise UserMistake(
            f"« {name} » n’est pas le fichier SIRENE attendu : il manque {', '.join(lacking)}. Prenez "
            "StockUniteLegale ou StockEtablissement."
        )
