"""The steps of ``maillage import``, once Django is set up."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.operations import load_catalogue
from maillage.domain.ledger.operations import load_actions
from maillage.domain.places.models import PositionSource
from maillage.domain.places.operations import GeographyReport, OutlineReport, load_geography, store_outlines
from maillage.importers.database import (
    Report,
    apply_batch,
    cancel_batch,
    check_batch,
    read_report,
    receive_file,
    set_mapping,
)
from maillage.importers.mapping import Mapping
from maillage.importers.models import ImportBatch
from maillage.importers.municipalities import read_division, read_insee_csv
from maillage.importers.outlines import read_outlines

Progress = Callable[[int, int, str], None]


def load_types() -> int:
    """Load the catalogue and the verbs of the ledger; return how many types there are."""
    load_actions()
    files = read_catalogue()
    load_catalogue(files=files)
    return len(files.types)


def pole_named(slug: str) -> Pole:
    """Return the pole of an address; raise ``UserMistake`` with the poles there are."""
    found = Pole.objects.filter(slug=slug).first()
    if found is not None:
        return found
    known = ", ".join(Pole.objects.order_by("slug").values_list("slug", flat=True)[:20])
    raise UserMistake(
        f"Aucun pôle n’a l’adresse « {slug} ». "
        + (f"Il y a : {known}." if known else "Créez d’abord un pôle.")
    )


def receive(*, pole: Pole, kind: str, path: Path) -> ImportBatch:
    """Receive a file."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UserMistake(
            f"Le fichier « {path.name} » ne s’ouvre pas. Vérifiez son nom et son dossier."
        ) from error
    with file:
        return receive_file(pole=pole, kind=kind, file=file, filename=path.name, by=None, at=timezone.now())


def mapping_of(batch: ImportBatch) -> Mapping:
    """Return how the columns of a batch are understood."""
    return Mapping.from_json(batch.mapping)


def correct(batch: ImportBatch, mapping: Mapping) -> ImportBatch:
    """Understand the columns as the person says."""
    return set_mapping(batch=batch, fields=[choice.field for choice in mapping.choices], at=timezone.now())


def check(batch: ImportBatch, progress: Progress) -> Report:
    """Say what the file would do."""
    check_batch(batch=batch, on=timezone.localdate(), progress=progress)
    report = read_report(batch.report)
    if report is None:
        raise UserMistake("La vérification n’a rien rendu. Recommencez.")
    return report


def apply(batch: ImportBatch, progress: Progress) -> None:
    """Write what was shown, or nothing."""
    apply_batch(batch=batch, by=None, on=timezone.localdate(), at=timezone.now(), progress=progress)


def give_up(batch: ImportBatch) -> None:
    """Forget the file."""
    cancel_batch(batch=batch)


def load_municipalities(path: Path | None, folder: Path) -> GeographyReport:
    """Load the communes of the package; those of INSEE's official CSV give the present list and the names.

    INSEE's file says neither intercommunal bodies nor populations: what the package knows of a commune is kept.
    """
    division = read_division(folder=folder)
    rows = division.municipalities
    if path is not None:
        known = {row.code: row for row in rows}
        rows = tuple(
            replace(known[row.code], name=row.name, department=row.department) if row.code in known else row
            for row in read_insee_csv(path)
        )
    return load_geography(
        regions=division.regions,
        departments=division.departments,
        bodies=division.intermunicipal_bodies,
        municipalities=rows,
        source=PositionSource.PACKAGE,
    )


def load_outlines(paths: Sequence[Path], *, vintage: str, source: str) -> OutlineReport:
    """Load the outlines of official GeoJSON files."""
    outlines = {row.code: row.polygons for path in paths for row in read_outlines(path)}
    return store_outlines(outlines=outlines, vintage=vintage, source=source)
