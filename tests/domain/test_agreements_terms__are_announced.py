"""A term that comes is announced 90, 30 and 7 days before, once each, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.operations import announce_ends, invite_to_sign, propose, sign
from maillage.domain.agreements.operations.signing import Signature
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message, Notification
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_organisation, make_pole
from tests.factories.agreements import DOORS, make_ready
from tests.factories.ledger import make_agreement

pytestmark = pytest.mark.django_db
END = date(2027, 4, 20)


def running(ends_on: date = END) -> Agreement:
    """An agreement of one represented party, in a pole that somebody facilitates."""
    pole, one = make_pole(), make_organisation("Une")
    make_account(Role.MEMBER, pole, one)
    make_account(Role.FACILITATOR, pole)
    return make_agreement(one, make_organisation("Deux"), pole=pole, ends_on=ends_on)


def morning(on: date) -> None:
    at = datetime(on.year, on.month, on.day, 6, tzinfo=UTC)
    announce_ends(
        today=on, at=at, site="https://exemple.fr", sheet=lambda pole, pk: f"/p/{pole}/accords/{pk}/"
    )


def written() -> int:
    return Message.objects.filter(kind="term").count()


def test_term__is_announced_at_each_step_and_once() -> None:
    running()
    found = []
    for left in range(95, -2, -1):
        for _ in range(2):
            morning(END - timedelta(days=left))
        found.append((left, written()))
    changes = [left for (left, count), (_, before) in zip(found[1:], found, strict=False) if count != before]
    assert changes == [90, 30, 7]
    assert written() == 6


def test_term__crosses_summer_time_with_one_letter() -> None:
    running(date(2027, 6, 26))  # 90 days before is 28 March 2027, the night of summer time
    for hour in (0, 1, 2, 3, 22):
        at = datetime(2027, 3, 28, hour, 30, tzinfo=UTC)
        announce_ends(today=date(2027, 3, 28), at=at, site="", sheet=lambda pole, pk: "/")
    assert written() == 2


def test_term__a_morning_missed_is_made_up_for() -> None:
    running()
    morning(END - timedelta(days=87))
    assert written() == 2
    assert "dans 87" in Message.objects.filter(kind="term")[0].subject


def test_term__noted_late_is_said_once() -> None:
    running()
    morning(END - timedelta(days=5))
    assert written() == 2


def test_term__moved_by_an_amendment_is_announced_anew() -> None:
    agreement = running()
    morning(END - timedelta(days=7))
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=END + timedelta(days=10))
    morning(END - timedelta(days=7))
    assert written() == 4


def test_term__is_told_on_the_site_to_the_parties_and_the_team() -> None:
    agreement = running()
    morning(END - timedelta(days=30))
    told = Notification.objects.all()
    assert told.count() == 2
    assert told[0].url == f"/p/{agreement.pole.slug}/accords/{agreement.pk}/"


def test_term__is_written_to_the_address_that_was_typed_for_a_party() -> None:
    agreement = make_ready()
    text = propose(agreement=agreement, at=NOW, by=None)
    one, two = [party.organisation for party in agreement.parties.order_by("pk")]
    to = "bob@exemple.fr"
    invite_to_sign(agreement=agreement, organisation=two, email=to, base_url=DOORS.reading, at=NOW, by=None)
    for party in (one, two):
        yes = Signature(
            organisation=party, digest=text.digest, signer="Bob", capacity="gérant", way=ConsentWay.LINK
        )
        sign(agreement=agreement, signature=yes, at=NOW, on=TODAY)
    ends_on = Agreement.objects.get(pk=agreement.pk).ends_on
    assert ends_on is not None
    morning(ends_on - timedelta(days=7))
    assert list(Message.objects.filter(kind="term").values_list("to", flat=True)) == [to]
