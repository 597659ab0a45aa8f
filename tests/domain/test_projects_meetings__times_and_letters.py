"""Meetings: times that the summer clock cannot move, letters that leave once, a date that suits."""

from datetime import UTC, date, datetime, time, timedelta
from email import policy
from email.message import MIMEPart as Part
from email.parser import BytesParser

import pytest
from django.core import mail
from icalendar import Calendar

from maillage.core.errors import UserMistake
from maillage.domain.actors.viewer import Role
from maillage.domain.mail.models import Message
from maillage.domain.projects import operations
from maillage.domain.projects.calendar_file import calendar_of
from maillage.domain.projects.models import Invitee, Meeting
from maillage.domain.projects.queries import dates_of
from maillage.domain.projects.seats import seats_of_members, seats_of_project
from maillage.domain.projects.times import moment_here, said_moment
from maillage.interfaces.jobs.post import give
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.projects import make_invitee, make_meeting, make_project

pytestmark = pytest.mark.django_db


def address(invitee: Invitee) -> str:
    return f"https://exemple.fr/{invitee.pk}/"


def send(meeting: Meeting) -> int:
    return operations.send_invitations(meeting=meeting, at=NOW, address=address, host="exemple.fr")


def test_time__is_that_of_paris_in_winter_and_in_summer() -> None:
    assert moment_here(date(2027, 3, 27), time(18, 30)) == datetime(2027, 3, 27, 17, 30, tzinfo=UTC)
    assert moment_here(date(2027, 3, 28), time(18, 30)) == datetime(2027, 3, 28, 16, 30, tzinfo=UTC)
    assert said_moment(datetime(2027, 3, 28, 16, 30, tzinfo=UTC)) == "dimanche 28 mars 2027 à 18 h 30"


def test_time__that_the_summer_clock_skips_is_refused() -> None:
    with pytest.raises(UserMistake, match="n’existe pas"):
        moment_here(date(2027, 3, 28), time(2, 30))


def test_time__that_the_winter_clock_repeats_is_its_first() -> None:
    assert moment_here(date(2027, 10, 31), time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_calendar__says_the_time_in_utc_and_its_version() -> None:
    meeting = make_meeting(starts_at=datetime(2027, 3, 28, 16, 30, tzinfo=UTC), place="Salle ; \nrouge")
    line = Calendar.from_ical(calendar_of(meeting=meeting, at=NOW, host="exemple.fr")).walk("VEVENT")[0]
    assert line.decoded("dtstart") == datetime(2027, 3, 28, 16, 30, tzinfo=UTC)
    assert line.decoded("dtend") - line.decoded("dtstart") == timedelta(hours=2)
    assert str(line["location"]) == "Salle ; rouge"
    cancelled = operations.cancel_meeting(meeting=meeting)
    line = Calendar.from_ical(calendar_of(meeting=cancelled, at=NOW, host="exemple.fr")).walk("VEVENT")[0]
    assert (str(line["status"]), int(line["sequence"])) == ("CANCELLED", 1)


def sent_files(message: Message) -> list[Part]:
    """Send a letter as the job does; read what arrived, and return the files joined to it."""
    give(message)
    arrived = BytesParser(policy=policy.default).parsebytes(mail.outbox[-1].message().as_bytes())
    return list(arrived.iter_attachments())


def test_invitation__carries_the_calendar_beside_the_same_words() -> None:
    meeting = make_meeting(starts_at=datetime(2027, 3, 28, 16, 30, tzinfo=UTC), place="Salle rouge")
    make_invitee(meeting, email="lea@exemple.fr")
    send(meeting)
    (file,) = sent_files(Message.objects.get())
    assert (file.get_filename(), file.get_content_type()) == ("reunion.ics", "text/calendar")
    assert file.get_params()[1:] == [("charset", "utf-8"), ("method", "PUBLISH")]
    read = Calendar.from_ical(file.get_payload(decode=True))
    (line,) = read.walk("VEVENT")
    assert (str(read["method"]), str(line["uid"])) == ("PUBLISH", f"reunion-{meeting.pk}@exemple.fr")
    assert (line.decoded("dtstart"), str(line["location"])) == (meeting.starts_at, "Salle rouge")
    sent = mail.outbox[-1]
    assert "Mettre dans mon agenda" in sent.body
    assert [kind for _, kind in sent.alternatives] == ["text/html"]


def test_invitation__to_choose_a_date_carries_no_file_and_a_cancelled_one_takes_it_out() -> None:
    poll = make_meeting(make_project(), starts_at=None)
    operations.propose_date(meeting=poll, starts_at=moment_here(date(2027, 4, 1), time(18, 0)), at=NOW)
    make_invitee(poll, email="lea@exemple.fr")
    send(poll)
    assert sent_files(Message.objects.get()) == []
    meeting = make_meeting(starts_at=datetime(2027, 3, 28, 16, 30, tzinfo=UTC))
    make_invitee(meeting, email="paul@exemple.fr")
    send(operations.cancel_meeting(meeting=meeting))
    (file,) = sent_files(Message.objects.get(to="paul@exemple.fr"))
    read = Calendar.from_ical(file.get_payload(decode=True))
    assert (str(read["method"]), str(read.walk("VEVENT")[0]["status"])) == ("CANCEL", "CANCELLED")


def test_poll__keeps_the_date_that_suits_most() -> None:
    meeting = make_meeting(make_project())
    first, second = (
        operations.propose_date(meeting=meeting, starts_at=NOW + timedelta(days=days), at=NOW)
        for days in (8, 9)
    )
    one, two = make_invitee(meeting, name="Une"), make_invitee(meeting, name="Deux")
    operations.answer_poll(invitee=one, choices={first.pk: "yes", second.pk: "yes"}, at=NOW)
    operations.answer_poll(invitee=two, choices={first.pk: "no", second.pk: "maybe"}, at=NOW)
    assert [(line.pk, line.is_best) for line in dates_of(meeting)] == [(first.pk, False), (second.pk, True)]
    settled = operations.settle_date(date=second, at=NOW)
    assert (settled.state, settled.starts_at) == ("planned", second.starts_at)
    assert Invitee.objects.get(pk=one.pk).coming == "yes"
    with pytest.raises(UserMistake, match="déjà choisie"):
        operations.settle_date(date=first, at=NOW)


def test_poll__takes_no_answer_for_another_meeting() -> None:
    meeting, other = make_meeting(make_project()), make_meeting(make_project())
    theirs = operations.propose_date(meeting=other, starts_at=NOW + timedelta(days=8), at=NOW)
    operations.propose_date(meeting=meeting, starts_at=NOW + timedelta(days=8), at=NOW)
    with pytest.raises(UserMistake, match="une date au moins"):
        operations.answer_poll(invitee=make_invitee(meeting), choices={theirs.pk: "yes"}, at=NOW)
    assert not theirs.answers.exists()


def test_invitation__leaves_once_for_each_version_of_the_meeting() -> None:
    meeting = make_meeting(make_project())
    make_invitee(meeting, name="Une", email="une@exemple.fr")
    with pytest.raises(UserMistake, match="Proposez d’abord une date"):
        send(meeting)
    date_ = operations.propose_date(meeting=meeting, starts_at=NOW + timedelta(days=8), at=NOW)
    assert send(meeting) == 1
    Message.objects.update(queued_at=NOW - timedelta(hours=1))
    assert send(meeting) == 0
    assert send(operations.settle_date(date=date_, at=NOW)) == 1
    assert send(operations.cancel_meeting(meeting=meeting)) == 1
    subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == [
        "Quelle date pour « Première réunion » ?",
        "Réunion : Première réunion, mardi 1er décembre 2026 à 10 h 30",
        "Annulée : Première réunion",
    ]


def test_invitation__header_never_holds_a_second_line() -> None:
    meeting = make_meeting(title="Titre\r\nBcc: espion@exemple.fr", starts_at=NOW + timedelta(days=1))
    make_invitee(meeting, name="Une\nDeux", email="une@exemple.fr")
    send(meeting)
    assert "\n" not in Message.objects.get().subject


def test_seats__of_a_project_are_its_parties_and_of_an_assembly_the_members() -> None:
    pole, lead = make_pole(), make_organisation()
    make_membership(pole, lead)
    speaker = make_account(Role.MEMBER, pole, lead)
    make_account(Role.MEMBER, pole)
    project = make_project(pole=pole, lead=lead)
    assert [seat.email for seat in seats_of_project(project=project, on=TODAY)] == [speaker.email]
    assert len(seats_of_members(pole=pole, on=TODAY)) == 2


def test_people__are_asked_once_by_name_and_by_address() -> None:
    pole, lead = make_pole(), make_organisation()
    make_account(Role.MEMBER, pole, lead, email="une@exemple.fr")
    meeting = make_meeting(make_project(pole=pole, lead=lead))
    seats = seats_of_project(project=meeting.project, on=TODAY)  # type: ignore[arg-type]  # the meeting has a project
    assert operations.add_seats(meeting=meeting, seats=seats) == 1
    assert operations.add_seats(meeting=meeting, seats=seats) == 0
    with pytest.raises(UserMistake, match="déjà invité à cette adresse"):
        make_invitee(meeting, name="La même", email="UNE@exemple.fr")


def test_presence__is_noted_the_day_itself_and_kept_by_the_minutes() -> None:
    meeting = make_meeting(make_project(), starts_at=NOW + timedelta(days=2))
    invitee = make_invitee(meeting)
    with pytest.raises(UserMistake, match="le jour de la réunion"):
        operations.note_attendance(meeting=meeting, marks={invitee.pk: "present"}, on=TODAY)
    held = make_meeting(make_project(), starts_at=NOW - timedelta(days=2))
    came = make_invitee(held)
    assert operations.note_attendance(meeting=held, marks={came.pk: "present"}, on=TODAY) == 1
    operations.save_draft(meeting=held, text="Tout va bien.", version=0)
    operations.publish_minutes(meeting=held, at=NOW, by=None)
    with pytest.raises(UserMistake, match="ne change plus"):
        operations.note_attendance(meeting=held, marks={came.pk: "absent"}, on=TODAY)
