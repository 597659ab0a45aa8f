"""``maillage serve``: the site and the worker of long tasks, stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import click

from maillage.core.errors import UserMistake
from maillage.interfaces.cli.console import notes
from maillage.interfaces.cli.entrance import Entrance

HIGHEST_PORT = 65_535
KEPT_S = "20"
"""Seconds that a browser's connection is kept: from one page to the next, people read for a few."""


@click.command(
    "serve",
    help="Ouvre le site et son exécutant de travaux. Ctrl-C arrête les deux.\n\n"
    "Exemple : maillage serve --port 8080",
)
@click.option(
    "--port", type=click.IntRange(1, HIGHEST_PORT), default=8000, show_default=True, help="Port local."
)
@click.option(
    "--workers", type=click.IntRange(1, 16), default=1, show_default=True, help="Processus du site."
)
@click.pass_obj
def command(entrance: Entrance, port: int, workers: int) -> None:
    """Serve until stopped."""
    entrance.open_database()
    with supervised() as processes:
        processes += [launch_site(port=port, workers=workers), launch_worker(port=port)]
        watch(processes)


def free_port(first: int) -> int:
    """Return ``first``, or the next port of this machine that nobody uses; raise ``UserMistake`` when none is."""
    for port in range(first, first + 50):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise UserMistake(f"Aucun port libre entre {first} et {first + 49} : donnez-en un avec --port.")


def door(workers: int) -> tuple[str, ...]:
    """Return what gunicorn opens: one process shows its first page at once, several share what they read before."""
    if workers == 1:
        return ("maillage.config.wsgi:application",)
    return ("maillage.config.ready:application", "--preload")


def site_words(*, port: int, workers: int) -> list[str]:
    """Return the command of the site."""
    return [
        *(sys.executable, "-m", "gunicorn", *door(workers)),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4"),
        *("--keep-alive", KEPT_S),
        *("--worker-class", "gthread", "--timeout", "120", "--log-level", "warning", "--no-control-socket"),
    ]


def launch_site(*, port: int, workers: int) -> subprocess.Popen[bytes]:
    """Start the site."""
    return subprocess.Popen(site_words(port=port, workers=workers), env=_environment(port))


def launch_worker(*, port: int) -> subprocess.Popen[bytes]:
    """Start the worker: one long task at a time, the letters beside it; its greeting is kept from the screen."""
    words = [sys.executable, "-m", "maillage.config.manage", "procrastinate", "worker", "--concurrency", "2"]
    return subprocess.Popen(words, env=_environment(port), stdout=subprocess.DEVNULL)


def _environment(port: int) -> dict[str, str]:
    return os.environ | {"MAILLAGE_ADDRESS": f"http://localhost:{port}", "OMP_NUM_THREADS": "1"}


@contextmanager
def supervised() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Lend a list of processes: those that are in it are stopped at the end, whatever ended the block."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        yield processes
    except KeyboardInterrupt:
        notes.print("Au revoir.")
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


def watch(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait until one of the processes ends."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    notes.print("Un des deux processus s’est arrêté ; l’autre est arrêté aussi.", style="red")
