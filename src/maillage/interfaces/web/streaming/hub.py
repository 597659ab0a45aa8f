"""One thread keeps every open stream of the process: it listens to the database and writes to the sockets.

A request thread hands its socket over and is free at once: two hundred phones cost sockets and buffers, no thread.
The state is read once a change, whatever the number of phones, and changes that come together are sent together.
"""

import asyncio
import json
import logging
import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psycopg

from maillage.interfaces.web.streaming.answer import Read

MOST_STREAMS = 2_000
TOGETHER_S = 0.15
BREATH_S = 20.0
AGAIN_S = 3.0
TOO_LATE_BYTES = 512_000
RETRY_MS = 2_000
_LOG = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Stream:
    writer: asyncio.StreamWriter
    version: int


@dataclass(slots=True)
class _Topic:
    read: Read
    streams: set[_Stream] = field(default_factory=set)
    is_due: bool = False


class Hub:
    """The streams of one process; ``connect`` gives what opens a connection that listens, ``done`` ends a reading."""

    def __init__(
        self, *, channel: str, connect: Callable[[], dict[str, Any]], done: Callable[[], None]
    ) -> None:
        self._channel, self._connect, self._done = channel, connect, done
        self._topics: dict[str, _Topic] = {}
        self._count = 0
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="streams-read")
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="streams", daemon=True)
        self._thread.start()

    @property
    def count(self) -> int:
        """How many streams are open."""
        return self._count

    def take(self, sock: socket.socket, *, head: bytes, topic: str, read: Read, since: int) -> bool:
        """Keep a socket and write its head; say no when there are already too many."""
        if self._count >= MOST_STREAMS:
            return False
        self._count += 1
        sock.setblocking(False)
        asyncio.run_coroutine_threadsafe(self._keep(sock, head, topic, read, since), self._loop)
        return True

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        for work in (self._listen(), self._breathe()):
            self._spawn(work)
        self._loop.run_forever()

    def _spawn(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep(self, sock: socket.socket, head: bytes, name: str, read: Read, since: int) -> None:
        """Send everything once, then wait for the phone to leave."""
        stream = None
        try:
            reader, writer = await asyncio.open_connection(sock=sock)
            stream = _Stream(writer, since)
            writer.write(head + f"retry: {RETRY_MS}\n\n".encode())
            topic = self._topics.setdefault(name, _Topic(read))
            topic.streams.add(stream)
            self._due(name)
            while await reader.read(1_024):
                pass  # a browser says nothing more on this connection; the end of it is what is awaited
        except OSError:
            pass  # the phone left
        finally:
            self._count -= 1
            if stream is None:
                sock.close()
            else:
                self._drop(name, stream)

    def _drop(self, name: str, stream: _Stream) -> None:
        topic = self._topics.get(name)
        if topic is not None:
            topic.streams.discard(stream)
            if not topic.streams:
                self._topics.pop(name, None)
                self._turns.pop(name, None)
        stream.writer.close()

    def _due(self, name: str) -> None:
        topic = self._topics.get(name)
        if topic is not None and not topic.is_due:
            topic.is_due = True
            self._spawn(self._send(name))

    async def _send(self, name: str) -> None:
        """Read once what changed since the oldest of the streams that wait alike, and write it to each."""
        await asyncio.sleep(TOGETHER_S)
        async with self._turns[name]:
            topic = self._topics.get(name)
            if topic is None:
                return
            topic.is_due = False
            waiting: dict[int, list[_Stream]] = defaultdict(list)
            for stream in topic.streams:
                waiting[stream.version].append(stream)
            for since, streams in waiting.items():
                try:
                    state = await self._loop.run_in_executor(self._reader, self._read, topic.read, since)
                except Exception:  # noqa: BLE001 - a reading that fails must not end the streams: the next one reads again
                    _LOG.exception("A live page could not be read")
                    continue
                if state["version"] > since or since == 0:
                    self._write(streams, state)

    def _read(self, read: Read, since: int) -> dict[str, Any]:
        try:
            return read(since)
        finally:
            self._done()

    @staticmethod
    def _write(streams: list[_Stream], state: dict[str, Any]) -> None:
        version = int(state["version"])
        words = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        event = f"id: {version}\ndata: {words}\n\n".encode()
        for stream in streams:
            if stream.writer.transport.get_write_buffer_size() > TOO_LATE_BYTES:
                stream.writer.transport.abort()  # this phone no longer reads: it will come back by itself
                continue
            stream.writer.write(event)
            stream.version = version

    async def _breathe(self) -> None:
        """Say something to everybody now and then: proxies keep the line open, phones that left are noticed."""
        while True:
            await asyncio.sleep(BREATH_S)
            for topic in self._topics.values():
                for stream in topic.streams:
                    stream.writer.write(b": .\n\n")

    async def _listen(self) -> None:
        """Listen to the database for ever; after a cut, everything is read again."""
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(**self._connect(), autocommit=True)
                async with connection:
                    await connection.execute(f'LISTEN "{self._channel}"')
                    for name in list(self._topics):
                        self._due(name)
                    async for told in connection.notifies():
                        self._due(told.payload)
            except (psycopg.Error, OSError):
                _LOG.warning("Live pages no longer hear the database; trying again")
            await asyncio.sleep(AGAIN_S)
