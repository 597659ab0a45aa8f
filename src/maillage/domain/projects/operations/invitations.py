"""Letters of a meeting: invitations, and the minutes once published; each leaves once for each version."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from maillage.core.errors import UserMistake
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import MOST_JOINED, Attachment
from maillage.domain.mail.operations import queue_letter
from maillage.domain.projects.calendar_file import calendar_of
from maillage.domain.projects.enums import MeetingState
from maillage.domain.projects.letters import invitation, minutes_letter
from maillage.domain.projects.models import Invitee, Meeting
from maillage.domain.projects.seats import seats_of_project

Address = Callable[[Invitee], str]


def send_invitations(*, meeting: Meeting, at: datetime, address: Address, host: str) -> int:
    """Write to everybody who is asked and has an address; return how many had not this version yet.

    ``address`` gives each person the page that is theirs; ``host`` names the site in the file of the calendar, joined
    as soon as there is a date. The key names the state and the version of the invitation:
    a second click, a job that runs twice, write nothing twice.
    """
    with transaction.atomic():
        kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if kept.state == MeetingState.HELD:
            raise UserMistake("Cette réunion a eu lieu.")
        if kept.state == MeetingState.POLLING and not kept.poll_dates.exists():
            raise UserMistake("Proposez d’abord une date au moins.", field="day")
        invitees = list(kept.invitees.exclude(email="").order_by("pk"))
        if not invitees:
            raise UserMistake("Personne n’a d’adresse de courriel. Ajoutez quelqu’un.")
        joined = _calendar(kept, at, host)
        fresh = 0
        for invitee in invitees:
            key = f"meeting:{kept.pk}:{kept.state}:{kept.sequence}:{invitee.pk}"
            queued = queue_letter(
                key=key,
                kind=MessageKind.MEETING,
                to=invitee.email,
                letter=replace(invitation(kept, invitee, address(invitee)), attachments=joined),
                at=at,
                pole=kept.pole,
                person=invitee.person,
                silent_if_unsubscribed=False,
            )
            if queued is not None and queued.queued_at == at:
                fresh += 1
        Invitee.objects.filter(pk__in=[one.pk for one in invitees], invited_at=None).update(invited_at=at)
    return fresh


def _calendar(meeting: Meeting, at: datetime, host: str) -> tuple[Attachment, ...]:
    """Return the file that calendars read, the same as behind the link; none without a date, none when it is long."""
    if meeting.starts_at is None:
        return ()
    method = "CANCEL" if meeting.state == MeetingState.CANCELLED else "PUBLISH"
    content = calendar_of(meeting=meeting, at=at, host=host)
    if len(content) > MOST_JOINED:
        return ()
    return (Attachment("reunion.ics", f"text/calendar; charset=utf-8; method={method}", content),)


def send_minutes(*, meeting: Meeting, at: datetime, address: str) -> int:
    """Send published minutes to who was asked and to who speaks for the project's structures, once each."""
    if meeting.published_at is None:
        raise UserMistake("Ce compte rendu n’est pas encore publié.")
    readers = {one.email.lower(): one.name for one in meeting.invitees.exclude(email="").order_by("pk")}
    if meeting.project is not None:
        for seat in seats_of_project(project=meeting.project, on=localdate(at)):
            if seat.email:
                readers.setdefault(seat.email.lower(), seat.name)
    sent = 0
    for email, name in readers.items():
        queued = queue_letter(
            key=f"minutes:{meeting.pk}:{email}",
            kind=MessageKind.MEETING,
            to=email,
            letter=minutes_letter(meeting, name, address),
            at=at,
            pole=meeting.pole,
        )
        sent += 1 if queued is not None else 0
    return sent
