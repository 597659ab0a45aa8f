"""Files that are kept, for who may read them."""

from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from maillage.domain.actors.models import Pole
from maillage.domain.ledger.models import StoredFile


def stored_file_in(*, pole: Pole, pk: int) -> StoredFile | None:
    """Return a file of a pole; the caller checks who asks."""
    return StoredFile.objects.filter(pole=pole, pk=pk).first()


def opened_file(stored: StoredFile) -> BinaryIO | None:
    """Open a file that is kept; None when the disk has lost it."""
    try:
        return cast(BinaryIO, default_storage.open(stored.path, "rb"))
    except FileNotFoundError:
        return None
