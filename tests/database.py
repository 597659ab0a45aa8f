"""One migrated database, made once and copied for each process of the tests: the migrations take half a minute.

    python -m tests.database

makes it ahead. Its name holds a digest of what it is made from, so that an old one is never taken for the new.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from maillage.config.embedded import ensure_database
from maillage.config.environment import home

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "test_modele_"


def _name() -> str:
    """Return the name of the database made from these migrations and these versions of the packages."""
    digest = sha256()
    sources = [*sorted((ROOT / "src").glob("**/migrations/*")), *sorted(ROOT.glob("requirements*.lock"))]
    for source in sources:
        if source.is_file():
            digest.update(source.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "tests.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def beside(connection: Any) -> Iterator[Any]:
    """Give a cursor on the server's own database, from which the others are listed, renamed and dropped."""
    beside = connection.copy()
    beside.settings_dict = connection.settings_dict | {"NAME": "postgres"}
    try:
        with beside.cursor() as cursor:
            yield cursor
    finally:
        beside.close()


def migrated_database() -> str:
    """Return the name of the migrated database, made now when it is not there yet."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by the caller

    name = _name()
    with _alone():
        with beside(connection) as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
            found = {one for (one,) in cursor.fetchall()}
            if name in found:
                return name
            for old in found:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        settings = connection.settings_dict
        own, settings["TEST"]["NAME"] = (settings["NAME"], settings["TEST"]["NAME"]), f"{name}_en_cours"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        settings["NAME"], settings["TEST"]["NAME"] = own
        with beside(connection) as cursor:
            cursor.execute(f'ALTER DATABASE "{name}_en_cours" RENAME TO "{name}"')
    return name


def main() -> None:
    """Make the database ahead of the tests."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    ensure_database()
    import django  # noqa: PLC0415 - after the settings are named

    django.setup()
    migrated_database()


if __name__ == "__main__":
    main()
