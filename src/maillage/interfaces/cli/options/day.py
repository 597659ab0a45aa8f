"""``--date``: the day at which one stands; the command receives a ``date``."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

from maillage.importers.cells.dates import day as read_day

Command = TypeVar("Command", bound=Callable[..., Any])


def day_option(*, is_for: str) -> Callable[[Command], Command]:
    """Add ``--date`` to a command, which receives it as ``day``; ``is_for`` says what the day is."""
    return click.option(
        *("--date", "day"),
        metavar="JJ/MM/AAAA",
        callback=_named,
        help=f"{is_for} Sans elle : aujourd’hui.",
    )


def _named(_context: click.Context, _option: click.Parameter, word: str | None) -> date:
    """Return the day that the option says, today without it."""
    return datetime.now(tz=UTC).astimezone().date() if word is None else read_day(word)
