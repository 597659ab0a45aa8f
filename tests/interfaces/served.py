"""The site as ``maillage serve`` opens it: gunicorn, one worker of four threads, on the tests' database."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from django.db import connection


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: str = "tests.settings") -> Iterator[tuple[int, psutil.Process]]:
    """Open the site; give its port and its only worker."""
    port, base = free_port(), connection.settings_dict
    words = [
        *(sys.executable, "-m", "gunicorn", "maillage.config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
        *("--worker-class", "gthread", "--timeout", "120", "--log-level", "warning", "--no-control-socket"),
    ]
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{base['USER']}@/{base['NAME']}?host={base['HOST']}",
        "DJANGO_SETTINGS_MODULE": settings,
        "MAILLAGE_DEBUG": "oui",
        "MAILLAGE_ENCODER": "lexical",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    server = subprocess.Popen(words, env=environment)
    try:
        _wait(port)
        (worker,) = psutil.Process(server.pid).children()
        yield port, worker
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/compte/login/", timeout=30).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not start")
