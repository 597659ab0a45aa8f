"""What a view returns to open a stream: who may read was decided by the view, what is read comes later."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

Read = Callable[[int], dict[str, Any]]
"""Return what changed since a version, as plain values with their ``version``; 0 asks for everything."""


class StreamAnswer(HttpResponse):
    """The beginning of a stream; a server that cannot keep it open says 204, and the page asks again and again.

    ``topic`` is what the database tells of, ``read`` what is then sent, ``since`` what the page already shows.
    """

    def __init__(self, *, topic: str, read: Read, since: int = 0) -> None:
        super().__init__(status=204, content_type="text/event-stream")
        self.topic, self.read, self.since = topic, read, since
        self.headers["Cache-Control"] = "no-store"
        self.headers["X-Accel-Buffering"] = "no"
