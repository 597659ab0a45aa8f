"""Run several calls at the same second, each on its own connection, as two people do."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Return what each call gave or raised."""
    start, said = threading.Barrier(len(calls)), [object()] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        start.wait()
        try:
            said[place] = call()
        except Exception as error:  # noqa: BLE001 - handed to the test
            said[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
