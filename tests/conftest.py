"""The harness: the embedded database unless ``DATABASE_URL`` names another, warnings are errors."""

import sys
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from maillage.config.embedded import ensure_database
from tests.database import migrated_database

ROOT = Path(__file__).resolve().parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the access table anew."""
    parser.addoption("--rewrite-access", action="store_true", help="Write tests/interfaces/access.csv anew.")


# What needs no database goes first, while one is migrated; then the longest, so that no process ends alone.
FLOORS = ("engine", "browser", "interfaces", "domain", "importers")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in the order of ``FLOORS``; the others come last."""

    def place(item: pytest.Item) -> int:
        floor = item.path.relative_to(ROOT).parts[0]
        return FLOORS.index(floor) if floor in FLOORS else len(FLOORS)

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Start the embedded server before the test database is made, and only then; make it from the migrated one."""
    ensure_database()
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()


@pytest.fixture(autouse=True)
def _fresh_catalogue() -> None:
    """Tests make catalogues of their own: forget the one of the test before."""
    module = sys.modules.get("maillage.domain.matching.rows")
    if module is not None:
        module.forget_catalogue()
