"""A real IMAP server on a free port, its boxes in memory."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

USER, PASSWORD = "pole", "mot-de-passe"


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def imap_server() -> Iterator[int]:
    """Start the server and wait until it answers."""
    port = free_port()
    words = [
        *(
            sys.executable,
            "-c",
            "from pymap.main import main; main()",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--no-tls",
        ),
        *("dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD),
    ]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def put(port: int, *messages: bytes, folder: str = "Pole") -> None:
    """Put messages in a folder, as a mail server would."""
    box = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    box.login(USER, PASSWORD)
    box.create(folder)
    for message in messages:
        status, said = box.append(folder, "", imaplib.Time2Internaldate(time.time()), message)
        assert status == "OK", said
    box.logout()


def flags_of(port: int, folder: str = "Pole") -> list[bytes]:
    """Return the flags of every message of a folder."""
    box = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    box.login(USER, PASSWORD)
    box.select(folder, readonly=True)
    _, found = box.fetch("1:*", "(FLAGS)")
    box.logout()
    return [one for one in found if isinstance(one, bytes)]
