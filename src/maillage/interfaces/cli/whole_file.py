"""A file is written whole or not at all: Ctrl-C leaves the old one as it was."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from maillage.core.errors import UserMistake


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a draft beside ``path``, with its ending; it takes the name when the block ends well, else it goes.

    Raises ``UserMistake`` when the disk says no.
    """
    draft = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        yield draft
        draft.replace(path)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if isinstance(error, OSError):
            raise UserMistake(
                f"« {path} » ne peut pas être écrit ({error.strerror or error}). Vérifiez les droits du dossier "
                "et la place sur le disque."
            ) from error
        raise
