"""A file is written whole or not at all: Ctrl-C leaves the old one as it was."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from maillage.core.errors import UserMistake

NO_RIGHT = "Vous n’avez pas le droit d’écrire dans ce dossier ; choisissez-en un autre."
REASONS = {
    errno.ENOSPC: "Il n’y a plus de place sur le disque ; libérez-en.",
    errno.EDQUOT: "Il n’y a plus de place sur le disque ; libérez-en.",
    errno.EACCES: NO_RIGHT,
    errno.EPERM: NO_RIGHT,
    errno.EROFS: NO_RIGHT,
    errno.ENAMETOOLONG: "Ce nom est trop long ; choisissez-en un plus court.",
}
OTHERWISE = "Le disque a refusé ; choisissez un autre dossier."


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
                f"« {path} » n’est pas écrit. {REASONS.get(error.errno or 0, OTHERWISE)}"
            ) from error
        raise
