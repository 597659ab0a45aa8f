"""Where a large computation runs: in this process, on several, or on a Dask cluster. The answer never depends on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from maillage.core.errors import UserMistake
from maillage.interfaces.cli.french_click import between

if TYPE_CHECKING:
    from maillage_engine.scale.runners import Runner

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_PROCESSES = 256


def spread(command: Command) -> Command:
    """Add ``--processus`` and ``--grappe`` to a command; it receives ``processes`` and ``cluster``."""
    processes = click.option(
        *("--processus", "processes"),
        type=int,
        metavar="N",
        callback=between(1, MOST_PROCESSES),
        help="Calculer par morceaux sur N processus. Le résultat est le même.",
    )
    cluster = click.option(
        *("--grappe", "cluster"),
        metavar="ADRESSE",
        help="Calculer par morceaux sur une grappe Dask, par exemple tcp://machine:8786. Le résultat est le même.",
    )
    return processes(cluster(command))


def runner_named(*, processes: int | None, cluster: str | None) -> "Runner | None":
    """Return where to compute; None: here, in one piece. Raises ``UserMistake`` when both are asked."""
    if processes is not None and cluster is not None:
        raise UserMistake("Choisissez --processus ou --grappe, pas les deux.")
    if cluster is None and processes is None:
        return None
    if cluster is not None:
        from maillage_engine.scale.dask_cluster import DaskCluster  # noqa: PLC0415 - loaded when it is asked for

        return DaskCluster(cluster)
    from maillage_engine.scale.runners import Processes  # noqa: PLC0415 - loaded when it is asked for

    return Processes(processes)
