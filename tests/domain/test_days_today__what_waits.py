"""What waits for the facilitator, the most pressing first."""

from datetime import timedelta

import pytest

from maillage.domain.actors.models import Pole
from maillage.domain.days.enums import Mark, Subject
from maillage.domain.days.queries import coverage_by_month, funnel_of, things_of_today, three_numbers
from maillage.domain.exchanges.operations import cover, reopen
from maillage.domain.matching.models import Decision
from tests.factories import NOW, TODAY
from tests.factories.actors import make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.ledger import make_agreement, make_commitment, make_event, start
from tests.factories.mail import make_message

pytestmark = pytest.mark.django_db
NEW_YEAR = TODAY.replace(month=1, day=1)


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def test_today__of_an_empty_pole_waits_for_nothing(pole: Pole) -> None:
    assert things_of_today(pole=pole, on=TODAY) == []


def test_today__shows_a_late_promise_before_an_agreement_that_ends(pole: Pole) -> None:
    make_agreement(pole=pole, starts_on=TODAY - timedelta(days=90), ends_on=TODAY + timedelta(days=9))
    make_commitment(pole=pole, due_on=TODAY - timedelta(days=2))
    things = things_of_today(pole=pole, on=TODAY)
    assert [one.subject for one in things] == [Subject.COMMITMENT, Subject.AGREEMENT]
    assert [one.mark for one in things] == [Mark.LATE, Mark.SOON]
    assert things[1].mark_text == "Dans 9\u00a0jours"


def test_today__shows_a_need_nobody_answers_after_a_month(pole: Pole) -> None:
    make_need(pole=pole, said_on=TODAY - timedelta(days=29))
    old = make_need(pole=pole, said_on=TODAY - timedelta(days=31))
    assert [one.pk for one in things_of_today(pole=pole, on=TODAY)] == [old.pk]


def test_today__leaves_out_a_need_that_has_a_lead(pole: Pole) -> None:
    need = make_need(pole=pole, said_on=TODAY - timedelta(days=31))
    Decision.objects.create(pole=pole, need=need, offer=make_offer(pole=pole), kind="accepted", at=NOW)
    assert things_of_today(pole=pole, on=TODAY) == []


def test_today__counts_the_letters_that_did_not_leave(pole: Pole) -> None:
    message = make_message(pole=pole)
    type(message).objects.update(state="failed")
    assert things_of_today(pole=pole, on=TODAY)[0].title == "1\u00a0lettre n’est pas partie"


def test_today__shows_nothing_of_another_pole(pole: Pole) -> None:
    make_commitment(pole=make_pole(), due_on=TODAY - timedelta(days=2))
    assert things_of_today(pole=pole, on=TODAY) == []


def test_funnel__counts_a_need_at_every_step_before_the_one_it_reached(pole: Pole) -> None:
    make_need(pole=pole, said_on=TODAY)
    need = make_need(pole=pole, said_on=TODAY)
    agreement = make_agreement(pole=pole, need=need, is_active=False)
    one, other = (party.organisation for party in agreement.parties.all())
    promise = make_commitment(pole=pole, agreement=agreement, provider=one, receiver=other)
    start(agreement)
    make_event(
        pole=pole,
        commitment=promise,
        provider=promise.provider,
        receiver=promise.receiver,
        resource_type=promise.resource_type,
    )
    assert [step.count for step in funnel_of(pole=pole, since=NEW_YEAR).steps] == [2, 1, 1, 1, 1]


def test_coverage__is_the_part_of_the_needs_that_stood_at_each_month_end(pole: Pole) -> None:
    make_need(pole=pole, said_on=TODAY - timedelta(days=70))
    covered = make_need(pole=pole, said_on=TODAY - timedelta(days=70))
    cover(intent=covered, by=None, at=NOW)
    months = coverage_by_month(pole=pole, on=TODAY)
    assert [one.percent for one in months[-2:]] == [0, 50]
    assert months[0].percent is None


def test_coverage__counts_a_reopened_need_as_waiting(pole: Pole) -> None:
    need = make_need(pole=pole, said_on=TODAY - timedelta(days=70))
    cover(intent=need, by=None, at=NOW)
    reopen(intent=need, by=None, on=TODAY, at=NOW)
    assert coverage_by_month(pole=pole, on=TODAY)[-1].percent == 0


def test_three_numbers__count_structures_that_really_exchanged(pole: Pole) -> None:
    make_event(pole=pole)
    assert [one.number for one in three_numbers(pole=pole, since=NEW_YEAR, on=TODAY)] == [0, 0, 2]
