"""A thousand organisations enter in a few questions a line, whatever the directory already holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.importers.database import apply_batch, check_batch
from tests.factories import NOW, TODAY
from tests.importers.batches import make_pole_here, receive, report_of_batch

pytestmark = pytest.mark.django_db
HEADERS = ("Référence", "Nom", "Ville", "Famille")


def _rows(count: int) -> list[tuple[str, str, str, str]]:
    return [(f"A{line}", f"Structure d’essai {line}", "Bourges", "ESS") for line in range(count)]


def test_check__asks_as_few_questions_for_many_lines_as_for_one() -> None:
    pole = make_pole_here()
    warming, *batches = [receive(pole, "organisations", HEADERS, *_rows(count)) for count in (1, 1, 200)]
    check_batch(batch=warming, on=TODAY)  # the communes are read once a process
    asked = []
    for batch in batches:
        with CaptureQueriesContext(connection) as captured:
            check_batch(batch=batch, on=TODAY)
        asked.append(len(captured))
    assert asked[0] == asked[1] < 25


def test_apply__costs_less_than_twenty_questions_a_line() -> None:
    batch = check_batch(batch=receive(make_pole_here(), "organisations", HEADERS, *_rows(100)), on=TODAY)
    with CaptureQueriesContext(connection) as captured:
        apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    assert report_of_batch(batch).created == 100
    assert len(captured) < 2_000
