"""A cap on what one request may send: what is longer is refused before it fills the memory or the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

_ROOMY = "importing"  # tables are longer than photos
_AROUND = 200_000  # the other fields of the form


def most_bytes(request: HttpRequest | None) -> int:
    """Return how many bytes a request may send: two files, or one table where tables are imported."""
    found = request.resolver_match if request is not None else None
    if found is not None and found.namespace == _ROOMY:
        # Without a hair's breadth the page itself could not say that the table is too long.
        return int(settings.IMPORT_MAX_BYTES * 1.02) + _AROUND
    return int(settings.UPLOAD_MAX_BYTES * 2) + _AROUND


class CappedUpload(FileUploadHandler):
    """Count what comes in, all files together; believe the announced length only when it is too long."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._counted = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django gives it by this name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse what announces that it is too long, before a byte of it is read."""
        self._most = most_bytes(self.request)
        if content_length > self._most:
            raise RequestDataTooBig("the request announces too many bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count a piece and hand it on."""
        self._counted += len(raw_data)
        if self._counted > self._most:
            raise RequestDataTooBig("the request holds too many bytes")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""
