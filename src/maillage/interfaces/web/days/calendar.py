"""The private calendar of an account: its address, and the feed itself (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings as site
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from maillage.core.errors import Refused
from maillage.domain.actors.models import Account
from maillage.domain.actors.viewer import viewer_of
from maillage.domain.days.models import CalendarFeed
from maillage.domain.days.operations import close_calendar, open_calendar
from maillage.domain.days.queries import Dated, dated_things
from maillage.domain.days.queries.calendar import feed_numbered, feed_of
from maillage.domain.mail.links import read, sign
from maillage.interfaces.web.days.where import page_of
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today

PURPOSE = "calendar"
BEFORE, AFTER = timedelta(days=31), timedelta(days=400)


def _address(feed: CalendarFeed) -> str:
    path = reverse("days:feed", args=[sign(PURPOSE, {"feed": feed.pk})])
    return site.SITE_ADDRESS.rstrip("/") + path


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@in_pole
def settings(request: PoleRequest) -> HttpResponse:
    """Show, open, change or close one's private address."""
    account: Account | None = account_of(request)
    if account is None or not request.viewer.belongs(request.pole.pk):
        raise Refused("L’agenda privé est pour les membres du pôle.")
    if request.method == "POST":
        if request.POST.get("geste") == "fermer":
            close_calendar(account=account, pole=request.pole)
        else:
            open_calendar(account=account, pole=request.pole, at=now())
        return redirect("days:calendar", request.pole.slug)
    kept = feed_of(account=account, pole=request.pole)
    return render(request, "days/calendar.html", {"address": _address(kept) if kept else ""})


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the dates of the account that holds this address."""
    signed = read(PURPOSE, token)
    found = feed_numbered(pk=int(signed["feed"])) if signed else None
    if found is None or not found.account.is_active:
        raise Http404("Cet agenda a été fermé.")
    on = today()
    viewer = viewer_of(account=found.account, on=on)
    rows = dated_things(viewer=viewer, pole=found.pole, since=on - BEFORE, until=on + AFTER)
    answer = HttpResponse(_calendar(found, rows, now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="maillage.ics"'
    return answer


def _calendar(feed: CalendarFeed, rows: list[Dated], at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", feed.pole.name)
    for one in rows:
        event = Event()
        event.add("uid", f"{one.subject}-{one.pk}@{feed.pole.slug}.maillage")
        event.add("dtstamp", at)
        event.add("dtstart", one.at.astimezone(UTC) if one.at else one.on)
        event.add("dtend", (one.at.astimezone(UTC) if one.at else one.on) + _length(one))
        event.add("summary", one.text)
        event.add("url", site.SITE_ADDRESS.rstrip("/") + page_of(one.subject, one.pk, feed.pole))
        event.add("transp", "OPAQUE" if one.at else "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _length(one: Dated) -> timedelta:
    return timedelta(minutes=one.minutes) if one.at else timedelta(days=1)
