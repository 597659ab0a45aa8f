"""``DATABASE_URL`` names another server: the embedded one is then not even started."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def _address() -> str:
    """Return the address of the server under test, embedded or not."""
    known = connection.settings_dict
    password = f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    host = quote(str(known["HOST"]), safe="")
    return f"postgres://{quote(known['USER'])}{password}@{host}{port}/{known['NAME']}"


def _ask(home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAILLAGE_", "DATABASE_URL"))
    }
    question = (
        "from django.db import connection; connection.ensure_connection(); "
        "print('serveur', connection.pg_version)"
    )
    return subprocess.run(
        [sys.executable, "-m", "maillage.config.manage", "shell", "--no-imports", "-c", question],
        env=kept | {"MAILLAGE_HOME": str(home), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_database_url__is_used_and_the_embedded_server_is_not_even_created(tmp_path: Path) -> None:
    answer = _ask(tmp_path, DATABASE_URL=_address())
    assert "serveur" in answer.stdout, answer.stderr
    assert not (tmp_path / "postgres").exists()


def test_without_database_url__the_embedded_server_is_created_and_answers(tmp_path: Path) -> None:
    answer = _ask(tmp_path)
    assert "serveur 18" in answer.stdout, answer.stderr
    assert (tmp_path / "postgres" / "PG_VERSION").exists()


def test_a_wrong_database_url__is_said_at_once(tmp_path: Path) -> None:
    answer = _ask(tmp_path, DATABASE_URL="postgres://personne@127.0.0.1:1/rien")
    assert answer.returncode != 0
    assert not (tmp_path / "postgres").exists()
