"""Letters sent before each named its text: it is found by the dates, and twins of one address become one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from maillage.domain.agreements.models import AgreementText, ConsentInvitation
from maillage.domain.agreements.operations import propose, propose_amendment, revise
from maillage.domain.ledger.models import Agreement
from tests.database import beside
from tests.factories import NOW
from tests.factories.agreements import make_open, make_ready
from tests.factories.amendments import make_change, make_signed

COPY = "test_lettres_d_avant"
BEFORE = [("agreements", "0002_refusals")]


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give the test a database of its own: what it migrates back is nobody else's."""
    settings = connection.settings_dict
    name, template = settings["NAME"], settings["TEST"]["TEMPLATE"]
    with django_db_blocker.unblock():
        _run(
            f'DROP DATABASE IF EXISTS "{COPY}" WITH (FORCE)',
            f'CREATE DATABASE "{COPY}" TEMPLATE "{template}"',
        )
        connection.close()
        settings["NAME"] = COPY
        try:
            yield
        finally:
            connection.close()
            settings["NAME"] = name
            _run(f'DROP DATABASE IF EXISTS "{COPY}" WITH (FORCE)')


def _run(*statements: str) -> None:
    with beside(connection) as cursor:
        for statement in statements:
            cursor.execute(statement)


def _migrated(targets: list[Any]) -> Any:
    """Migrate back or forward; return the models of that time."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())
    return executor.loader.project_state(targets or executor.loader.graph.leaf_nodes()).apps


def _at(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


def test_letters_sent_before_texts_were_named__find_their_text(own_database: None) -> None:
    agreement = make_ready()
    one, two = [party.organisation_id for party in agreement.parties.order_by("pk")]
    first = propose(agreement=agreement, at=_at(1), by=None)
    revise(agreement=agreement)
    second = propose(agreement=Agreement.objects.get(pk=agreement.pk), at=_at(10), by=None)
    running = make_signed(make_ready(pole=agreement.pole, title="Broyer"))
    amendment = propose_amendment(amendment=make_change(running.commitments.get()), at=_at(3), by=None)
    bare = make_open(pole=agreement.pole, title="Sans texte")

    letters = _migrated(BEFORE).get_model("agreements", "ConsentInvitation").objects

    def sent(email: str, hours: int, *, used: bool = False, of: Agreement = agreement, **fields: Any) -> int:
        row = letters.create(
            agreement_id=of.pk,
            organisation_id=fields.pop("party", one),
            email=email,
            sent_at=_at(hours),
            used_at=_at(hours + 1) if used else None,
            **fields,
        )
        return int(row.pk)

    old = sent("lea@exemple.fr", 2)
    new = sent("lea@exemple.fr", 12)
    other = sent("lea@exemple.fr", 12, party=two)
    early = sent("tot@exemple.fr", 0)
    used, twin = sent("ana@exemple.fr", 3, used=True), sent("Ana@exemple.fr", 4)
    unused, again = sent("max@exemple.fr", 3), sent("max@exemple.fr", 5)
    amends = sent("lea@exemple.fr", 4, of=running, amendment_id=amendment.pk)
    gone = sent("lea@exemple.fr", 4, of=bare)

    apps = _migrated([])

    kept = dict(ConsentInvitation.objects.values_list("pk", "text_id"))
    text = AgreementText.objects.get(amendment=amendment)
    assert kept == {
        old: first.pk,
        new: second.pk,
        other: second.pk,
        early: first.pk,
        used: first.pk,
        again: first.pk,
        amends: text.pk,
    }
    assert not {twin, unused, gone} & set(kept)
    events = apps.get_model("agreements", "ConsentInvitationEvent").objects
    assert not events.filter(text_id=None).exists()
    assert set(events.filter(id=gone).values_list("text_id", flat=True)) == {0}
