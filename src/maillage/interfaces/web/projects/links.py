"""The address that is somebody's own: answers a poll or an invitation without an account."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from maillage.domain.actors.models import Pole
from maillage.domain.mail.links import read, sign
from maillage.domain.projects.models import Invitee, Meeting
from maillage.domain.projects.queries import invitee_by_link

PURPOSE = "projects.invitation"
LASTS_S = 180 * 24 * 3600


def own_address(invitee: Invitee) -> str:
    """Return the whole address of the page that answers for this person."""
    token = sign(PURPOSE, {"invitee": invitee.pk})
    return settings.SITE_ADDRESS + reverse("projects:invitation", args=[invitee.meeting.pole.slug, token])


def site_host() -> str:
    """Return the name of the site, which numbers its meetings in people's calendars."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "maillage"


def invitee_named(*, pole: Pole, token: str) -> Invitee | None:
    """Return the person that an address names; None when it was changed, is too old or of another pole."""
    found = read(PURPOSE, token, LASTS_S)
    number = found.get("invitee") if found is not None else None
    return invitee_by_link(pole=pole, pk=number) if isinstance(number, int) else None


def minutes_address(meeting: Meeting) -> str:
    """Return the whole address of the minutes."""
    return settings.SITE_ADDRESS + reverse("projects:minutes", args=[meeting.pole.slug, meeting.pk])


def tasks_page(pole: Pole) -> str:
    """Return where one reads one's tasks, on this site."""
    return reverse("projects:tasks", args=[pole.slug])
