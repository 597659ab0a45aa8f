"""Where the pieces of a problem are computed: one after the other, on processes, on a Dask cluster.

A runner maps a function over pieces and gives the results back in the order of the pieces. What all pieces share
(the catalogue, the day) is sent once. The function must be importable by name and give the same bytes anywhere.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Any, Protocol, TypeVar

from maillage_engine.errors import InvalidArgument
from maillage_engine.stop import NO_LIMIT, Stop

Shared = TypeVar("Shared")
Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

Work = Callable[[Any, Any], Any]


class Runner(Protocol):
    """Maps ``work(shared, piece)`` over pieces, in order."""

    def map(
        self,
        work: Callable[[Shared, Piece], Answer],
        shared: Shared,
        pieces: Sequence[Piece],
        *,
        stop: Stop = ...,
    ) -> Iterator[Answer]:
        """Yield the answer of each piece in the order of ``pieces``; raise ``Cancelled`` when asked to stop."""
        ...


class Serial:
    """One piece after the other, in this process."""

    def map(
        self,
        work: Callable[[Shared, Piece], Answer],
        shared: Shared,
        pieces: Sequence[Piece],
        *,
        stop: Stop = NO_LIMIT,
    ) -> Iterator[Answer]:
        """Yield the answer of each piece in order."""
        watch = stop.watch()
        for piece in pieces:
            watch.check()
            yield work(shared, piece)


_shared: Any = None
_work: Work | None = None


def _receive(work: Work, shared: Any) -> None:
    global _shared, _work
    _work, _shared = work, shared


def _answer(piece: Any) -> Any:
    if _work is None:
        raise RuntimeError("this worker has not received its work")
    return _work(_shared, piece)


class Processes:
    """``count`` processes of this machine (None: one a core); each starts afresh, nothing is inherited."""

    def __init__(self, count: int | None = None) -> None:
        if count is not None and count < 1:
            raise InvalidArgument("count", "il faut au moins un processus.")
        self.count = count or os.cpu_count() or 1

    def map(
        self,
        work: Callable[[Shared, Piece], Answer],
        shared: Shared,
        pieces: Sequence[Piece],
        *,
        stop: Stop = NO_LIMIT,
    ) -> Iterator[Answer]:
        """Yield the answer of each piece in order."""
        watch = stop.watch()
        pool = ProcessPoolExecutor(
            min(self.count, max(len(pieces), 1)),
            mp_context=get_context("spawn"),
            initializer=_receive,
            initargs=(work, shared),
        )
        others = set(active_children())
        try:
            with _interruption_kept_here():
                answers = pool.map(_answer, pieces)
            for answer in answers:
                watch.check()
                yield answer
        except BaseException:
            # whoever stops does not wait until the pieces at hand are done
            for worker in set(active_children()) - others:
                worker.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interruption_kept_here() -> Iterator[None]:
    """Start processes that Ctrl-C of the terminal does not reach: this one hears it, and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
