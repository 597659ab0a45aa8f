"""What the database itself refuses of projects, meetings and trials."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.projects import operations
from maillage.domain.projects.models import Meeting, MinutesAddendum, PollAnswer, ProjectTask
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation
from tests.factories.projects import (
    make_invitee,
    make_meeting,
    make_party,
    make_project,
    make_task,
    make_trial,
)

pytestmark = pytest.mark.django_db
YESTERDAY = NOW - timedelta(days=1)


def published() -> Meeting:
    meeting = make_meeting(make_project(), starts_at=YESTERDAY)
    operations.save_draft(meeting=meeting, text="On y va.", version=0)
    return operations.publish_minutes(meeting=meeting, at=NOW, by=None)


def refused(act: object) -> bool:
    try:
        with transaction.atomic():
            act()  # type: ignore[operator]  # a lambda
    except (IntegrityError, DatabaseError):
        return True
    return False


def test_party__never_holds_one_role_twice_at_one_time() -> None:
    project, organisation = make_project(), make_organisation()
    make_party(project, organisation)
    make_party(project, organisation, role="funder")
    with pytest.raises(UserMistake, match="a déjà ce rôle"):
        make_party(project, organisation)


def test_party__may_come_back_after_it_left() -> None:
    project, organisation = make_project(), make_organisation()
    operations.end_party(party=make_party(project, organisation), on=TODAY)
    assert make_party(project, organisation, since=TODAY).pk


def test_poll__keeps_one_answer_a_person_for_each_date() -> None:
    meeting = make_meeting(make_project())
    date = operations.propose_date(meeting=meeting, starts_at=NOW + timedelta(days=9), at=NOW)
    invitee = make_invitee(meeting)
    for choice in ("yes", "no"):
        operations.answer_poll(invitee=invitee, choices={date.pk: choice}, at=NOW)
    assert PollAnswer.objects.get().choice == "no"
    assert refused(lambda: PollAnswer.objects.create(date=date, invitee=invitee, choice="yes", at=NOW))


def test_minutes__are_frozen_once_published() -> None:
    meeting = published()
    assert refused(lambda: Meeting.objects.filter(pk=meeting.pk).update(minutes="Autre chose."))
    assert refused(lambda: Meeting.objects.filter(pk=meeting.pk).update(published_at=None))
    assert Meeting.objects.get(pk=meeting.pk).minutes == "On y va."


def test_addendum__is_never_rewritten() -> None:
    added = operations.add_to_minutes(meeting=published(), text="Il manquait un nom.", at=NOW, by=None)
    assert refused(lambda: MinutesAddendum.objects.filter(pk=added.pk).update(text="Rien."))


def test_task__is_not_dropped_without_a_reason_nor_closed_without_a_date() -> None:
    task = make_task()
    rows = ProjectTask.objects.filter(pk=task.pk)
    assert refused(lambda: rows.update(state="dropped", closed_at=NOW))
    assert refused(lambda: rows.update(state="done"))


def test_trial__is_not_decided_without_who_and_why() -> None:
    trial = make_trial()
    assert refused(lambda: type(trial).objects.filter(pk=trial.pk).update(state="go", decided_on=TODAY))


def test_meeting__is_not_planned_without_a_date() -> None:
    meeting = make_meeting(make_project())
    assert refused(lambda: Meeting.objects.filter(pk=meeting.pk).update(state="planned"))
