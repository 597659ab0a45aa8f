"""What comes back each day: reminders, then the team is woken; run twice, it writes once, summer time or not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from maillage.domain.actors.models import Account
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from maillage.domain.mail.models import Message, Notification
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import AnswerRhythm, Introduction, Synergy
from maillage.domain.synergies.operations import day_of_synergies, move, read_link
from maillage.domain.synergies.operations.links import LinkState
from tests.factories.actors import make_account, make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.synergies import ADDRESSES, answer_token, make_speaking_pair, make_synergy, say, say_yes

pytestmark = pytest.mark.django_db
# In France the clock goes from 2 to 3 in the night of 28 March 2027: the day has 23 hours.
BEFORE_SUMMER = datetime(2027, 3, 26, 23, 30, tzinfo=UTC)  # the 27th here


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 7, 5))


def run_day(day: date, times: int = 2) -> None:
    for _ in range(times):
        day_of_synergies(on=day, at=morning(day), addresses=ADDRESSES)


def letters_to(email: str) -> int:
    return Message.objects.filter(to=email, kind="introduction").count()


@pytest.fixture
def owner() -> Account:
    return make_account(Role.FACILITATOR)


@pytest.fixture
def pair() -> tuple[Intent, Intent]:
    return make_speaking_pair()


def test_silence__has_two_reminders_then_wakes_the_team_once(
    pair: tuple[Intent, Intent], owner: Account
) -> None:
    make_synergy(*pair, state=SynergyState.PROPOSED, at=BEFORE_SUMMER, owner=owner)
    start, said = date(2027, 3, 27), []
    for day in range(25):
        run_day(start + timedelta(days=day))
        said.append(letters_to("ana@besoin.fr"))
    assert [said[day] for day in (0, 6, 7, 13, 14, 24)] == [1, 1, 2, 2, 3, 3]
    woken = Notification.objects.filter(account=owner, text__contains="ne répond pas")
    assert woken.count() == 2  # one a structure
    assert set(Introduction.objects.values_list("woken_on", flat=True)) == {start + timedelta(days=19)}


def test_silence__of_one_who_answered_is_left_alone(pair: tuple[Intent, Intent], owner: Account) -> None:
    synergy = make_synergy(*pair, state=SynergyState.PROPOSED, at=BEFORE_SUMMER, owner=owner)
    say(synergy.parties.get(organisation=pair[0].author), at=BEFORE_SUMMER)
    run_day(date(2027, 4, 3))
    assert (letters_to("ana@besoin.fr"), letters_to("bob@offre.fr")) == (1, 2)


def test_rhythm__is_a_dated_row_of_the_pole(pair: tuple[Intent, Intent]) -> None:
    AnswerRhythm.objects.create(
        pole=pair[0].pole,
        since=date(2027, 1, 1),
        first_reminder_days=2,
        second_reminder_days=2,
        wake_days=2,
        expires_days=10,
        source="Réunion d’équipe",
    )
    make_synergy(*pair, state=SynergyState.PROPOSED, at=BEFORE_SUMMER)
    run_day(date(2027, 3, 29))
    assert letters_to("ana@besoin.fr") == 2


@pytest.mark.parametrize(
    ("sent", "last_day"),
    [
        (BEFORE_SUMMER, date(2027, 5, 11)),
        (datetime(2027, 2, 12, 12, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2026, 9, 10, 12, tzinfo=UTC), date(2026, 10, 25)),  # the day of 25 hours
    ],
)
def test_link__lasts_to_the_end_of_its_day_across_the_change_of_hour(
    pair: tuple[Intent, Intent], sent: datetime, last_day: date
) -> None:
    make_synergy(*pair, state=SynergyState.PROPOSED, at=sent)
    token = answer_token()
    almost = timezone.make_aware(datetime(last_day.year, last_day.month, last_day.day, 23, 59, 59))
    for at, state in ((almost, LinkState.OPEN), (almost + timedelta(seconds=1), LinkState.EXPIRED)):
        link = read_link(token=token, at=at)
        assert link is not None
        assert link.state is state


def test_owner__is_reminded_once_a_due_date(pair: tuple[Intent, Intent], owner: Account) -> None:
    synergy = make_synergy(*pair, owner=owner, due_on=date(2027, 3, 28), next_step="Appeler la cantine")
    run_day(date(2027, 3, 27))
    assert not Notification.objects.filter(account=owner).exists()
    for day in (28, 29, 30):
        run_day(date(2027, 3, day))
    assert Notification.objects.filter(account=owner).count() == 1
    assert "Appeler la cantine" in Message.objects.get(to=owner.email).subject
    Synergy.objects.filter(pk=synergy.pk).update(due_on=date(2027, 4, 2))
    run_day(date(2027, 4, 2))
    assert Message.objects.filter(to=owner.email).count() == 2


def test_offer__that_is_freed_goes_to_the_next_who_said_yes() -> None:
    pole = make_pole()
    offer = make_offer(pole=pole, quantity=1, minimum=1, unit="u")
    first = make_synergy(make_need(pole=pole), offer, state=SynergyState.TALKS)
    second = make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED)
    third = make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED)
    say_yes(third, at=BEFORE_SUMMER)
    say_yes(second, at=BEFORE_SUMMER + timedelta(hours=1))
    run_day(date(2027, 3, 28))
    assert Synergy.objects.filter(state=SynergyState.INTERESTED).count() == 0
    move(synergy=first, verb="abandon", by=None, at=BEFORE_SUMMER, reason="no_time")
    run_day(date(2027, 3, 29))
    assert Synergy.objects.get(pk=third.pk).state == SynergyState.INTERESTED
    assert Synergy.objects.get(pk=second.pk).state == SynergyState.PROPOSED
