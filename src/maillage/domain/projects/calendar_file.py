"""A meeting as a line of a calendar (iCalendar): times in UTC, so that no summer clock can move it."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vUri

from maillage.domain.projects.enums import MeetingState
from maillage.domain.projects.models import Meeting


def calendar_of(*, meeting: Meeting, at: datetime, host: str) -> bytes:
    """Return the file; a calendar that knows an older version replaces it, a cancelled one is taken out."""
    if meeting.starts_at is None:
        raise ValueError("a meeting without a date has no calendar")
    cancelled = meeting.state == MeetingState.CANCELLED
    line = Event()
    line.add("uid", f"reunion-{meeting.pk}@{host}")
    line.add("sequence", meeting.sequence)
    line.add("dtstamp", at.astimezone(UTC))
    line.add("dtstart", meeting.starts_at.astimezone(UTC))
    line.add("dtend", (meeting.starts_at + timedelta(minutes=meeting.minutes_long)).astimezone(UTC))
    line.add("summary", meeting.title)
    line.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if meeting.place or meeting.visio_url:
        line.add("location", meeting.place or meeting.visio_url)
    if meeting.visio_url:
        line.add("url", vUri(meeting.visio_url))
    agenda = "\n".join(f"- {item.title}" for item in meeting.agenda.order_by("rank", "pk"))
    said = "\n\n".join(part for part in (meeting.words, agenda, meeting.visio_url) if part)
    if said:
        line.add("description", said)
    file = Calendar()
    file.add("prodid", "-//Maillage//Reunions//FR")
    file.add("version", "2.0")
    file.add("method", "CANCEL" if cancelled else "PUBLISH")
    file.add_component(line)
    return bytes(file.to_ical())
