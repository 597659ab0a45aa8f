"""The peer that links data: DjangoLDP, from its own environment, on the same rows and the same PostgreSQL server.

When it cannot be installed or started, the measure goes on and its table says why in one line.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.djangoldp_rows import SITE, copy_rows
from benchmarks.pages import serving

FOLDER = Path(__file__).with_name("djangoldp_site")
DATABASE = "djangoldp_peer"
VERSION = "5.1.1"
NAME = "DjangoLDP : "
NOT_ASKED = "non"
PATIENCE_S = 600


@dataclass(frozen=True, slots=True)
class Peer:
    """The pages that the peer serves, by name; or why it serves none."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    absent: str = ""


@contextmanager
def djangoldp(asked: str, folder: Path, *, workers: int) -> Iterator[Peer]:
    """Serve the rows of our database by DjangoLDP while the caller measures; never raise because it cannot.

    ``asked``: an interpreter that has it, « non » to go without, nothing to install it in ``folder``.
    """
    with ExitStack() as held:
        try:
            peer = Peer(pages=held.enter_context(_started(asked, folder, workers)))
        except (OSError, subprocess.SubprocessError, psycopg.Error, SystemExit) as error:
            peer = Peer(absent=reason(error))
        yield peer


@contextmanager
def _started(asked: str, folder: Path, workers: int) -> Iterator[list[tuple[str, str]]]:
    if asked == NOT_ASKED:
        raise SystemExit("pas demandé")
    python = os.path.abspath(asked) if os.sep in asked else asked or _installed(folder)
    around = {name: text for name, text in os.environ.items() if not name.startswith(("PYTHON", "DJANGO_"))}
    _run(python, "-c", "import djangoldp, gunicorn, psycopg", around=around)
    with _database() as settings:
        around |= {"PEER_DATABASE": json.dumps(settings), "PEER_SITE": SITE, "OMP_NUM_THREADS": "1"}
        _run(python, "program.py", "migrate", "--run-syncdb", "--verbosity", "0", around=around)
        paths = _filled()
        with serving(
            "program:application", workers, "/", python=python, folder=FOLDER, around=around
        ) as port:
            yield [(f"{NAME}{label}", f"http://127.0.0.1:{port}{path}") for label, path in paths]


def _installed(folder: Path) -> str:
    """Make the environment of the peer and return its interpreter."""
    home = folder / "djangoldp"
    python = str(home / ("Scripts" if os.name == "nt" else "bin") / "python")
    _run(sys.executable, "-m", "venv", str(home))
    words = ("--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20")
    _run(python, "-m", "pip", "install", *words, "-r", str(FOLDER / "requirements.txt"))
    return python


def _run(*words: str, around: dict[str, str] | None = None) -> None:
    subprocess.run(
        words,
        cwd=FOLDER,
        env=around,
        check=True,
        timeout=PATIENCE_S,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def _database() -> Iterator[dict[str, Any]]:
    """Lend an empty database beside ours, as Django settings; drop it in the end."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by the caller

    ours = connection.settings_dict
    name, drop = sql.Identifier(DATABASE), sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with _linked(ours["NAME"]) as link:
        link.execute(drop.format(name))
        link.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        kept = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE")
        yield {key: ours[key] for key in kept} | {"NAME": DATABASE}
    finally:
        with _linked(ours["NAME"]) as link:
            link.execute(drop.format(name))


def _linked(name: str) -> psycopg.Connection:
    from django.db import connection  # noqa: PLC0415

    ours = connection.settings_dict
    keys = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    given = {word: str(ours[key]) for word, key in keys.items() if ours[key]}
    return psycopg.connect(dbname=name, autocommit=True, **given)


def _filled() -> list[tuple[str, str]]:
    """Copy the rows and return the pages to ask, by their names."""
    from django.db import connection  # noqa: PLC0415

    with _linked(DATABASE) as theirs, connection.cursor() as ours:
        print(f"DjangoLDP {VERSION} :", copy_rows(ours, theirs), flush=True)
        theirs.execute("VACUUM ANALYZE")
        found = theirs.execute("SELECT id, author_id FROM pole_intent ORDER BY id DESC LIMIT 1").fetchone()
    intent, author = found or (0, 0)
    return [
        ("structures", "/organisations/?limit=40"),  # as many lines as our page of structures; elsewhere 50
        ("besoins et offres", "/intents/"),
        ("accords", "/agreements/"),
        ("faits", "/events/"),
        ("un besoin", f"/intents/{intent}/"),
        ("une structure", f"/organisations/{author}/"),
    ]


def reason(error: BaseException) -> str:
    """Say in one line why the peer is absent: what the error says first, without a path of this machine."""
    if isinstance(error, subprocess.CalledProcessError):
        lines = [line.strip() for line in (error.stderr or "").splitlines() if line.strip()]
        said = next((line for line in lines if line.startswith("ERROR")), lines[-1] if lines else "")
    elif isinstance(error, subprocess.TimeoutExpired):
        said = f"plus de {PATIENCE_S} s"
    elif isinstance(error, OSError):
        said = error.strerror or ""
    else:
        said = next(iter(str(error).splitlines()), "")
    said = re.sub(r"(?<![\w.])/[\w./~-]+", "…", said).replace("|", "/").strip()
    return said or type(error).__name__
