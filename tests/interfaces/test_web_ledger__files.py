"""A kept file is handed over to who may read it, to be kept and never run."""

import io

import pytest
from django.test import Client

from maillage.domain.actors.models import Account
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.models import EventFile, StoredFile
from maillage.domain.ledger.operations.attachments import keep_file
from tests.factories import NOW
from tests.factories.actors import make_account
from tests.factories.files import pdf
from tests.factories.ledger import make_event

pytestmark = pytest.mark.django_db
PAPER = pdf()


def proof(by: Account | None = None) -> StoredFile:
    event = make_event()
    stored = keep_file(
        pole=event.pole, name="bon d’été.pdf", content=io.BytesIO(PAPER), by=by, at=NOW, purpose="evidence"
    )
    EventFile.objects.create(event=event, file=stored)
    return stored


def asked(client: Client, stored: StoredFile, account: Account | None) -> int:
    if account is not None:
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/p/{stored.pole.slug}/faits/fichiers/{stored.pk}/").status_code


def test_file__is_a_download_that_runs_nothing(client: Client) -> None:
    stored = proof()
    client.force_login(
        make_account(Role.FACILITATOR, stored.pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.get(f"/p/{stored.pole.slug}/faits/fichiers/{stored.pk}/")
    assert answer.content == PAPER
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Type"] == "application/pdf"


def test_file__opens_to_a_party_of_the_fact(client: Client) -> None:
    stored = proof()
    party = stored.proof_of.event.receiver
    assert asked(client, stored, make_account(Role.MEMBER, stored.pole, party)) == 200


def test_file__opens_to_who_sent_it(client: Client) -> None:
    account = make_account()
    assert asked(client, proof(account), account) == 200


def test_file__stays_closed_to_another_member(client: Client) -> None:
    stored = proof()
    assert asked(client, stored, make_account(Role.MEMBER, stored.pole)) == 403


def test_file__stays_closed_to_a_visitor(client: Client) -> None:
    assert asked(client, proof(), None) == 302


def test_file__stays_closed_to_the_team_of_another_pole(client: Client) -> None:
    assert asked(client, proof(), make_account(Role.FACILITATOR)) == 403


def test_file__is_not_found_under_another_pole(client: Client) -> None:
    stored, other = proof(), proof()
    client.force_login(
        make_account(Role.FACILITATOR, other.pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(f"/p/{other.pole.slug}/faits/fichiers/{stored.pk}/").status_code == 404
