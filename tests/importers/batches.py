"""Files on their way into a pole, for the tests of the imports."""

import io
from collections.abc import Sequence
from datetime import date

from maillage.domain.actors.models import Pole
from maillage.domain.places.models import Municipality
from maillage.importers.database import apply_batch, check_batch, receive_file
from maillage.importers.database.report import Report, read_report
from maillage.importers.models import ImportBatch
from tests.factories import NOW, TODAY
from tests.factories.actors import make_pole
from tests.factories.places import make_municipality, make_territory


def make_towns() -> list[Municipality]:
    """Make three real communes, two of them of one name."""
    return [
        make_municipality("Bourges", "18033", postcodes=["18000"], latitude=47.0833, longitude=2.4),
        make_municipality(
            "Amilly", "45004", postcodes=["45200"], has_homonym=True, latitude=47.97, longitude=2.77
        ),
        make_municipality(
            "Amilly", "28006", postcodes=["28300"], has_homonym=True, latitude=48.45, longitude=1.39
        ),
    ]


def make_pole_here() -> Pole:
    """Make a pole whose territory holds the towns."""
    return make_pole(territory=make_territory(municipalities=make_towns()))


def csv_of(headers: Sequence[str], *rows: Sequence[str]) -> io.BytesIO:
    """Return a CSV as a spreadsheet writes it."""
    lines = [";".join(f'"{cell}"' for cell in row) for row in (headers, *rows)]
    return io.BytesIO("\r\n".join(lines).encode("utf-8-sig"))


def receive(
    pole: Pole, kind: str, headers: Sequence[str], *rows: Sequence[str], filename: str = "liste.csv"
) -> ImportBatch:
    return receive_file(pole=pole, kind=kind, file=csv_of(headers, *rows), filename=filename, by=None, at=NOW)


def checked(
    pole: Pole, kind: str, headers: Sequence[str], *rows: Sequence[str]
) -> tuple[ImportBatch, Report]:
    batch = check_batch(batch=receive(pole, kind, headers, *rows), on=TODAY)
    return batch, report_of_batch(batch)


def imported(pole: Pole, kind: str, headers: Sequence[str], *rows: Sequence[str], on: date = TODAY) -> Report:
    """Receive, check and write a file; return what was said of it."""
    batch = check_batch(batch=receive(pole, kind, headers, *rows), on=on)
    apply_batch(batch=batch, by=None, on=on, at=NOW)
    return report_of_batch(batch)


def report_of_batch(batch: ImportBatch) -> Report:
    report = read_report(batch.report)
    assert report is not None
    return report
