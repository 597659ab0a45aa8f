"""Where the answer goes: ``--sortie``, ``--rapport``… A name that could not be written is refused before the work."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from maillage.core.errors import UserMistake

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
"""A file whose name alone is looked at: the command says itself what is wrong with it."""
PAGE = (".html", ".htm")
LONGEST_NAME = 200
"""Bytes: file systems take 255, and the draft beside the file adds some."""


def file_option(
    *names: str, is_for: str, endings: tuple[str, ...] | None = None
) -> Callable[[Command], Command]:
    """Add an option that takes a file; with ``endings``, one that is written and must bear one of them."""
    checked = None if endings is None else _writable(names[0], endings)
    return click.option(*names, type=FILE, metavar="FICHIER", callback=checked, help=is_for)


def table_option(*endings: str, is_for: str) -> Callable[[Command], Command]:
    """Add ``--sortie``; the command receives ``table``."""
    return file_option("--sortie", "table", endings=endings, is_for=is_for)


def report_option(*, is_for: str = "Page .html lisible hors ligne.") -> Callable[[Command], Command]:
    """Add ``--rapport``; the command receives ``report``."""
    return file_option("--rapport", "report", endings=PAGE, is_for=is_for)


def _writable(
    option: str, endings: tuple[str, ...]
) -> Callable[[click.Context, click.Parameter, Path | None], Path | None]:
    def check(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
        if path is not None:
            refuse_unwritable(path, endings, option)
        return path

    return check


def refuse_unwritable(path: Path, endings: tuple[str, ...], option: str) -> None:
    """Raise ``UserMistake`` on a wrong ending, a folder that does not exist, a name that is a folder's."""
    if not path.name.lower().endswith(endings):
        raise UserMistake(f"{option} {path.name} : choisissez un nom en {', '.join(endings)}.")
    if not path.parent.is_dir():
        raise UserMistake(f"{option} : le dossier « {path.parent} » n’existe pas. Créez-le d’abord.")
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise UserMistake(f"{option} : ce nom est trop long. Choisissez-en un plus court.")
    if path.is_dir():
        raise UserMistake(f"{option} : « {path} » est un dossier. Donnez un nom de fichier.")


def spare(read: tuple[Path | None, ...], written: tuple[Path | None, ...]) -> None:
    """Refuse to write over a file that is read, or twice the same one. Raises ``UserMistake``."""
    taken = {one.resolve() for one in read if one is not None}
    for path in written:
        if path is None:
            continue
        if path.resolve() in taken:
            raise UserMistake(
                f"« {path} » sert déjà dans cette commande : donnez un autre nom au fichier à écrire."
            )
        taken.add(path.resolve())
