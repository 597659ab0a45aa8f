"""A runner on a Dask cluster given by its address: any number of machines, pieces moved again when one dies."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from maillage_engine.errors import EngineError
from maillage_engine.scale.runners import Answer, Piece, Shared
from maillage_engine.stop import NO_LIMIT, Stop

CONNECT_SECONDS = 10
WAIT_SECONDS = 1
RETRIES = 3


class ClusterUnreachable(EngineError):
    """No scheduler answers at that address."""


class DaskCluster:
    """The cluster whose scheduler listens at ``address`` (``tcp://machine:8786``).

    A piece whose worker dies is computed again by another, at most ``RETRIES`` times; the answer is the same.
    Workers need the same version of this engine.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def map(
        self,
        work: Callable[[Shared, Piece], Answer],
        shared: Shared,
        pieces: Sequence[Piece],
        *,
        stop: Stop = NO_LIMIT,
    ) -> Iterator[Answer]:
        """Yield the answer of each piece in order. Raises ``ClusterUnreachable``."""
        import distributed  # noqa: PLC0415 - loaded at the first use: every start would pay for it

        watch = stop.watch()
        connect: Any = distributed.Client  # the package is without types in part
        try:
            client = connect(self.address, timeout=CONNECT_SECONDS)
        except ValueError as error:
            raise ClusterUnreachable(
                f"« {self.address} » n’est pas une adresse ; écrivez par exemple tcp://machine:8786."
            ) from error
        except (OSError, TimeoutError) as error:
            raise ClusterUnreachable(
                f"Aucun ordonnanceur ne répond à {self.address} ; vérifiez l’adresse et qu’il est lancé."
            ) from error
        with client:
            common = client.scatter(shared, broadcast=True, hash=False)
            futures = [client.submit(work, common, piece, pure=False, retries=RETRIES) for piece in pieces]
            try:
                for future in futures:
                    while True:
                        watch.check()
                        try:
                            yield future.result(timeout=WAIT_SECONDS)
                        except TimeoutError:
                            continue
                        break
                    future.release()
            finally:
                client.cancel(futures)
