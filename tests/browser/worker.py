"""The worker of long tasks, for the time of a test: it empties its queue and stops."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from procrastinate.contrib.django import app


def run_waiting_jobs() -> None:
    """Carry out every job that waits, as ``maillage serve`` does, in a thread that has its own loop."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(_empty_the_queue())
        except BaseException as failure:  # noqa: BLE001 - handed to the thread that waits
            failures.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


async def _empty_the_queue() -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(
        ThreadPoolExecutor(max_workers=1)
    )  # the jobs' thread, so that its connection is closed
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
    await loop.run_in_executor(None, connections.close_all)
