"""Check a batch against the database, then write it: everything that was shown, in one transaction, or nothing."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.core.french import number
from maillage.domain.actors.models import Account, Pole
from maillage.importers.database.batches import DEFAULT_FAMILY, mapping_of, opened
from maillage.importers.database.facts import FactPlanner
from maillage.importers.database.intents import IntentPlanner
from maillage.importers.database.organisations import OrganisationPlanner
from maillage.importers.database.places import database_gazetteer
from maillage.importers.database.plan import Plan, Progress
from maillage.importers.database.report import report_of
from maillage.importers.dry_run import Outcome, outcomes
from maillage.importers.models import BatchKind, BatchState, ImportBatch
from maillage.importers.municipalities import Gazetteer
from maillage.importers.schemas import schema_named
from maillage.importers.tabular import Table

SOURCE = "tableur"
MOST_LINES = 50_000
_TELLING_EVERY = 200


class Planner(Protocol):
    """Plans the lines of one kind of file, then writes them."""

    def plan(self, outcomes: Iterable[Outcome]) -> Plan: ...
    def write(
        self, plan: Plan, *, by: Account | None, on: date, at: datetime, progress: Progress
    ) -> None: ...


def no_progress(done: int, total: int, step: str) -> None:
    """Tell nobody."""


def check_batch(*, batch: ImportBatch, on: date, progress: Progress = no_progress) -> ImportBatch:
    """Say what the file would create, update and leave, and every fault; nothing of the pole is written.

    A file that cannot be read ends as ``FAILED`` with its sentence, which is raised too.
    """
    _move(batch, (BatchState.UPLOADED, BatchState.CHECKED, BatchState.FAILED), BatchState.CHECKING)
    try:
        with opened(batch) as table:
            _, plan = _planned(batch, table, on=on, progress=progress)
            notes = [*table.notes, *_what_is_left(batch)]
        _end(batch, BatchState.CHECKING, state=BatchState.CHECKED, error="", report=report_of(plan, notes))
    except UserMistake as mistake:
        _end(batch, BatchState.CHECKING, state=BatchState.FAILED, error=mistake.message, report={})
        raise
    finally:  # stopped by the person, or a bug: the file is as it was before
        ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CHECKING).update(state=BatchState.UPLOADED)
    return batch


def apply_batch(
    *,
    batch: ImportBatch,
    by: Account | None,
    on: date,
    at: datetime,
    progress: Progress = no_progress,
) -> ImportBatch:
    """Write the right lines of a checked batch, exactly as they were shown, in one transaction.

    Raises ``UserMistake`` and writes nothing when the directory has changed since the check, or a line is refused.
    """
    _move(batch, (BatchState.CHECKED,), BatchState.APPLYING)
    try:
        with opened(batch) as table, transaction.atomic():
            Pole.objects.select_for_update(no_key=True).get(pk=batch.pole_id)
            planner, plan = _planned(batch, table, on=on, progress=progress)
            if plan.digest != batch.report.get("digest"):
                raise UserMistake(
                    "Le pôle a changé depuis la vérification : ce qui serait enregistré n’est plus ce que vous avez "
                    "vu. Vérifiez de nouveau."
                )
            planner.write(plan, by=by, on=on, at=at, progress=progress)
            _end(batch, BatchState.APPLYING, state=BatchState.APPLIED, applied_at=at, error="")
    except UserMistake as mistake:
        _end(batch, BatchState.APPLYING, state=BatchState.UPLOADED, error=mistake.message)
        raise
    finally:  # stopped by the person, or a bug: nothing was written
        ImportBatch.objects.filter(pk=batch.pk, state=BatchState.APPLYING).update(state=BatchState.CHECKED)
    return batch


def _move(batch: ImportBatch, starts: tuple[str, ...], ends: str) -> None:
    """Take the batch from one of these states to another, once even if two people press at once."""
    moved = ImportBatch.objects.filter(pk=batch.pk, state__in=starts).update(state=ends)
    batch.refresh_from_db()
    if not moved:
        raise UserMistake(f"Cet import ne peut pas avancer : {BatchState(batch.state).label.lower()}.")


def _end(batch: ImportBatch, starts: str, **values: object) -> None:
    """Write how a step ended, unless the import was given up meanwhile."""
    if not ImportBatch.objects.filter(pk=batch.pk, state=starts).update(**values):
        raise UserMistake("Cet import a été abandonné pendant le travail. Rien n’a été enregistré.")
    batch.refresh_from_db()


def _planned(batch: ImportBatch, table: Table, *, on: date, progress: Progress) -> tuple[Planner, Plan]:
    mapping = mapping_of(batch)
    gazetteer = database_gazetteer()
    planner = _planner(batch, gazetteer, on=on)
    lines = outcomes(table, mapping, gazetteer=gazetteer)
    return planner, planner.plan(_told(lines, progress))


def _planner(batch: ImportBatch, gazetteer: Gazetteer, *, on: date) -> Planner:
    family = str(batch.answers.get("family", DEFAULT_FAMILY))
    same = {str(key): int(pk) for key, pk in batch.answers.get("same", {}).items()}
    if batch.kind == BatchKind.ORGANISATIONS:
        return OrganisationPlanner(
            pole=batch.pole,
            source=f"{SOURCE}:{batch.pole_id}",
            gazetteer=gazetteer,
            default_family=family,
            same=same,
        )
    if batch.kind == BatchKind.FACTS:
        return FactPlanner(pole=batch.pole, source="file", on=on)
    return IntentPlanner(
        pole=batch.pole,
        schema=schema_named(batch.kind),
        source=SOURCE,
        gazetteer=gazetteer,
        default_family=family,
        same=same,
        on=on,
    )


def _told(lines: Iterator[Outcome], progress: Progress) -> Iterator[Outcome]:
    """Pass the lines on, telling how many were read; a file too long for one transaction is refused."""
    for done, line in enumerate(lines):
        if done % _TELLING_EVERY == 0:
            progress(done, 0, "Lire et vérifier les lignes")
        if done >= MOST_LINES:
            raise UserMistake(
                f"Le fichier a plus de {number(MOST_LINES)} lignes. Découpez-le, et importez les morceaux l’un après "
                "l’autre."
            )
        yield line


def _what_is_left(batch: ImportBatch) -> list[str]:
    mapping = mapping_of(batch)
    notes = []
    if mapping.unmapped:
        notes.append(f"Colonnes laissées de côté : {', '.join(mapping.unmapped)}.")
    if batch.kind == BatchKind.ORGANISATIONS and "contact" in mapping.fields:
        notes.append(
            "La colonne « Personne à joindre » n’est pas enregistrée : une personne s’ajoute depuis la fiche, avec son "
            "accord."
        )
    return notes
