"""A file on its way in: received, its columns understood, given up. Nothing of the pole is written here."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP
from maillage.domain.actors.enums import ActorFamily
from maillage.domain.actors.models import Account, Pole
from maillage.importers.cells.reading import shown
from maillage.importers.mapping import ColumnChoice, Mapping, header_signature, propose
from maillage.importers.models import BatchKind, BatchState, ImportBatch, RememberedMapping
from maillage.importers.schemas import Schema, schema_named
from maillage.importers.tabular import Table, open_table

DEFAULT_FAMILY = ActorFamily.SOCIAL
_CHUNK = 1024 * 1024
_SAMPLES = 3
_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods"})
_OPEN = (BatchState.UPLOADED, BatchState.CHECKED, BatchState.FAILED)
_UNFINISHED = (*_OPEN, BatchState.CHECKING, BatchState.APPLYING)


def receive_file(
    *,
    pole: Pole,
    kind: str,
    file: BinaryIO,
    filename: str,
    by: Account | None,
    at: datetime,
    sheet: str | None = None,
    most_bytes: int | None = None,
) -> ImportBatch:
    """Keep a file that reads as a table, with the mapping proposed or remembered for its columns.

    Raises ``UserMistake`` and keeps nothing when the file is too heavy, is no table or is a trap.
    """
    schema = schema_named(kind)
    name = PurePath(filename.replace("\\", "/")).name[-255:] or "fichier"
    size = _size(file)
    most = settings.IMPORT_MAX_BYTES if most_bytes is None else most_bytes
    if size > most:
        raise UserMistake(
            f"Le fichier «{NBSP}{name}{NBSP}» pèse {_megabytes(size)}{NBSP}Mo ; cette instance en accepte "
            f"{_megabytes(most)}. Découpez-le en plusieurs fichiers."
        )
    table = open_table(file, filename=name, sheet=sheet, vocabulary=schema.vocabulary)
    batch = ImportBatch(
        pole=pole,
        kind=BatchKind(schema.name),
        filename=name,
        digest=_digest(file),
        size=size,
        uploaded_by=by,
        uploaded_at=at,
        answers={"family": DEFAULT_FAMILY.value},
    )
    _understand(batch, table, schema)
    ending = PurePath(name).suffix.lower()
    file.seek(0)
    batch.file.save(uuid4().hex + (ending if ending in _ENDINGS else ""), File(file), save=False)
    batch.save()
    return batch


@contextmanager
def opened(batch: ImportBatch) -> Iterator[Table]:
    """Lend the table of a batch; raise ``UserMistake`` when its file is gone."""
    try:
        file = batch.file.open("rb")
    except OSError as error:
        raise UserMistake(
            f"Le fichier «{NBSP}{batch.filename}{NBSP}» n’est plus là. Déposez-le de nouveau."
        ) from error
    with file:
        yield open_table(
            file.file,
            filename=batch.filename,
            sheet=batch.sheet or None,
            vocabulary=schema_named(batch.kind).vocabulary,
        )


def mapping_of(batch: ImportBatch) -> Mapping:
    """Return how the columns of a batch are understood; raise ``UserMistake`` when they were never read."""
    if not batch.mapping:
        raise UserMistake("Les colonnes de ce fichier n’ont pas été lues. Déposez-le de nouveau.")
    return Mapping.from_json(batch.mapping)


@transaction.atomic
def choose_sheet(*, batch: ImportBatch, sheet: str) -> ImportBatch:
    """Read another sheet of the workbook; its columns are proposed anew."""
    batch = _still_open(batch)
    batch.sheet = sheet
    with opened(batch) as table:
        _understand(batch, table, schema_named(batch.kind))
    batch.state, batch.report, batch.error = BatchState.UPLOADED, {}, ""
    batch.save()
    return batch


@transaction.atomic
def set_mapping(
    *,
    batch: ImportBatch,
    fields: Sequence[str | None],
    at: datetime,
    default_family: str | None = None,
) -> ImportBatch:
    """Say which field each column feeds, in the file's order, and remember it for files with the same headers.

    Raises ``UserMistake`` when two columns feed one field. What was checked before is to be checked again.
    """
    batch = _still_open(batch)
    proposed = mapping_of(batch)
    if len(fields) != len(proposed.choices):
        raise UserMistake("Les colonnes du fichier ont changé. Déposez le fichier de nouveau.")
    schema = schema_named(batch.kind)
    labels = {column.name: column.label for column in schema.columns}
    chosen = [field or None for field in fields]
    for field in chosen:
        if field is not None and field not in labels:
            raise UserMistake(f"«{NBSP}{field}{NBSP}» n’est pas un champ connu.")
        if field is not None and chosen.count(field) > 1:
            twice = [
                f"«{NBSP}{one.header}{NBSP}»"
                for one, each in zip(proposed.choices, chosen, strict=True)
                if each == field
            ]
            raise UserMistake(
                f"{' et '.join(twice)} donnent le même champ, «{NBSP}{labels[field]}{NBSP}». Gardez une seule colonne.",
                field=field,
            )
    mapping = Mapping(
        schema.name,
        tuple(ColumnChoice(one.header, field) for one, field in zip(proposed.choices, chosen, strict=True)),
    )
    batch.mapping = mapping.to_json()
    if default_family is not None:
        if default_family not in ActorFamily.values:
            raise UserMistake("Choisissez une famille de la liste.", field="family")
        batch.answers = {**batch.answers, "family": default_family}
    batch.state, batch.report, batch.error = BatchState.UPLOADED, {}, ""
    batch.save()
    _remember(batch, mapping, at)
    return batch


@transaction.atomic
def answer_questions(*, batch: ImportBatch, same: dict[str, int]) -> ImportBatch:
    """Say which sheet each doubtful line is (its number, or 0 for another structure); to be checked again."""
    batch = _still_open(batch)
    kept = {str(key): int(pk) for key, pk in batch.answers.get("same", {}).items()}
    batch.answers = {**batch.answers, "same": {**kept, **same}}
    batch.state, batch.error = BatchState.UPLOADED, ""
    batch.save()
    return batch


@transaction.atomic
def cancel_batch(*, batch: ImportBatch) -> ImportBatch:
    """Give an import up: nothing was written, and its file is thrown away."""
    batch = _still_open(batch, _UNFINISHED)
    batch.state, batch.report, batch.reading, batch.mapping = BatchState.CANCELLED, {}, {}, {}
    batch.save()
    storage, name = batch.file.storage, batch.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
    return batch


def _still_open(batch: ImportBatch, states: tuple[str, ...] = _OPEN) -> ImportBatch:
    kept = ImportBatch.objects.select_for_update(of=("self",)).select_related("pole").get(pk=batch.pk)
    if kept.state not in states:
        raise UserMistake(
            f"Cet import n’est plus à préparer : {BatchState(kept.state).label.lower()}. Déposez le fichier de nouveau."
        )
    return kept


def _understand(batch: ImportBatch, table: Table, schema: Schema) -> None:
    sample = table.sample()
    mapping = propose(table.headers, schema, sample, _remembered(batch, table.headers))
    batch.sheet = (table.sheet or "")[:100]
    batch.mapping = mapping.to_json()
    batch.reading = {
        "sheets": list(table.sheets),
        "notes": list(table.notes),
        "skipped": list(table.skipped_lines)[:10],
        "samples": [
            _first_values([row.cells[index] for row in sample]) for index in range(len(table.headers))
        ],
        "remembered": mapping.remembered,
    }


def _first_values(cells: Sequence[Any]) -> list[str]:
    said = dict.fromkeys(shown(cell) for cell in cells if cell is not None)
    return list(said)[:_SAMPLES]


def _remembered(batch: ImportBatch, headers: Sequence[str]) -> Mapping | None:
    found = RememberedMapping.objects.filter(
        pole=batch.pole, kind=batch.kind, signature=header_signature(headers)
    ).first()
    return Mapping.from_json(found.mapping) if found else None


def _remember(batch: ImportBatch, mapping: Mapping, at: datetime) -> None:
    RememberedMapping.objects.update_or_create(
        pole=batch.pole,
        kind=batch.kind,
        signature=mapping.signature,
        defaults={"mapping": mapping.to_json(), "used_at": at},
    )


def _size(file: BinaryIO) -> int:
    file.seek(0, 2)
    return file.tell()


def _digest(file: BinaryIO) -> str:
    told = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        told.update(chunk)
    return told.hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")
