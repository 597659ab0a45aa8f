"""How long and how far one looks: ``--temps --k --graine``."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from maillage.interfaces.cli.french_click import between

Command = TypeVar("Command", bound=Callable[..., Any])
LONGEST = 86_400
"""Seconds: a day."""
LARGEST_SEED = 2_000_000_000
"""What every generator takes, with what the searches add to it."""


def seconds_option(*, is_for: str, default: float | None = None) -> Callable[[Command], Command]:
    """Add ``--temps``; the command receives ``seconds``."""
    return click.option(
        *("--temps", "seconds"),
        type=float,
        default=default,
        show_default=default is not None,
        metavar="S",
        callback=between(0, LONGEST),
        help=is_for,
    )


def count_option(*, default: int, most: int, is_for: str) -> Callable[[Command], Command]:
    """Add ``--k``, from 1 to ``most``; the command receives ``k``."""
    return click.option(
        "--k",
        type=int,
        default=default,
        show_default=True,
        metavar="N",
        callback=between(1, most),
        help=is_for,
    )


def seed_option(
    *, is_for: str = "Graine du hasard.", show_default: bool = False
) -> Callable[[Command], Command]:
    """Add ``--graine``, from 0; the command receives ``seed``."""
    return click.option(
        *("--graine", "seed"),
        type=int,
        default=0,
        show_default=show_default,
        metavar="N",
        callback=between(0, LARGEST_SEED),
        help=is_for,
    )
