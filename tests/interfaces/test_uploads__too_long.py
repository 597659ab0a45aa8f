"""A request that sends too much is refused with a page that says so, before it fills the memory or the disk."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maillage.domain.actors.viewer import Role
from tests.factories.actors import make_account, make_pole

pytestmark = pytest.mark.django_db
BOUNDARY = "frontiere"


def facilitator(client: Client) -> str:
    pole = make_pole()
    client.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    return f"/p/{pole.slug}/structures/nouvelle/"


def test_request__that_announces_two_gigabytes_is_refused_unread(client: Client) -> None:
    class Unread:
        def read(self, *_: object) -> bytes:
            raise AssertionError("not a byte is read")

        readline = read

    answer = client.generic(
        "POST",
        facilitator(client),
        b"x",
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH="2000000000",
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 413
    assert "Ce fichier est trop gros." in answer.content.decode()


def test_request__longer_than_two_files_is_refused(client: Client, settings: Any) -> None:
    address = facilitator(client)
    settings.UPLOAD_MAX_BYTES = 100_000
    file = SimpleUploadedFile("film.pdf", b"x" * 500_000)
    answer = client.post(address, {"file": file})
    assert answer.status_code == 413
    assert "Rien n’a été enregistré." in answer.content.decode()


def test_import__may_send_a_longer_table_than_a_photo(client: Client, settings: Any) -> None:
    address = facilitator(client).replace("structures/nouvelle", "importer")
    settings.UPLOAD_MAX_BYTES = 1_000
    table = SimpleUploadedFile("t.csv", b"nom\n" + b"Une structure\n" * 40_000)
    assert client.post(address, {"file": table, "kind": "organisations"}).status_code == 302
