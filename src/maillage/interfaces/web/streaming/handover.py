"""Around the WSGI application: the socket of a stream leaves the web server's thread for the hub.

gunicorn gives its socket in ``gunicorn.socket``; ``detach`` takes it away for good, and ``StopIteration`` tells the
worker that nothing more is to be written (its documented way out for sockets that are taken over).
"""

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import close_old_connections, connection, connections

from maillage.domain.gathering.live import CHANNEL
from maillage.interfaces.web.streaming.answer import StreamAnswer
from maillage.interfaces.web.streaming.hub import Hub

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_AS_DJANGO_NEEDS = {"cursor_factory", "context", "prepare_threshold"}
_LOCK = threading.Lock()
_KEPT: list[Hub] = []


def hub() -> Hub:
    """Return the hub of this process, opened at the first stream: after the workers are forked."""
    with _LOCK:
        if not _KEPT:
            _KEPT.append(Hub(channel=CHANNEL, connect=_listening, done=close_old_connections))
        return _KEPT[0]


def _listening() -> dict[str, Any]:
    given = connections[connection.alias].get_connection_params()
    return {name: value for name, value in given.items() if name not in _AS_DJANGO_NEEDS}


def with_streams(application: Application) -> Application:
    """Return the application, able to keep streams open when the server lends its socket."""

    def served(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = application(environ, start_response)
        if isinstance(answer, StreamAnswer) and _hand_over(environ, answer):
            answer.close()
            raise StopIteration
        return answer

    return served


def _hand_over(environ: dict[str, Any], answer: StreamAnswer) -> bool:
    lent = environ.get("gunicorn.socket")
    if (
        type(lent) is not socket.socket
    ):  # none, or one that is ciphered here: the page will ask again and again
        return False
    taken = socket.socket(fileno=lent.detach())
    kept = hub().take(taken, head=_head(answer), topic=answer.topic, read=answer.read, since=answer.since)
    if not kept:
        taken.close()
    return True


def _head(answer: StreamAnswer) -> bytes:
    kept = ((name, value) for name, value in answer.headers.items() if name.lower() != "content-length")
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in kept)]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
