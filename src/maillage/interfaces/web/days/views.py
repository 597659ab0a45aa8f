"""The day of the facilitators, of a member, of an authority."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.domain.actors.models import Account
from maillage.domain.days.policies import (
    check_user_can_see_cockpit,
    check_user_can_see_member_day,
    user_can_see_cockpit,
    user_can_see_member_day,
)
from maillage.domain.days.queries import (
    authority_day,
    dated_things,
    figures_of_year,
    funnel_lines,
    member_day,
    stale_structures,
    things_of_today,
)
from maillage.domain.days.queries.authority import authorities_of
from maillage.domain.mail.queries import notifications_of
from maillage.interfaces.jobs.operations import open_tasks
from maillage.interfaces.web.days.where import page_of
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole
from maillage.interfaces.web.door import today as this_day

AT_ONCE = 4
NEWS = 5
A_WEEK = timedelta(days=7)


@require_safe
@never_cache
@in_pole
def today(request: PoleRequest) -> HttpResponse:
    """Show the facilitators' day; send a member to theirs, anybody else to the pole."""
    if not user_can_see_cockpit(request.viewer, request.pole):
        if user_can_see_member_day(request.viewer, request.pole):
            return redirect("days:member", request.pole.slug)
        check_user_can_see_cockpit(request.viewer, request.pole)
    on, account = this_day(), account_of(request)
    things = things_of_today(pole=request.pole, on=on)
    shown = things if "tout" in request.GET else things[:AT_ONCE]
    year = figures_of_year(pole=request.pole, on=on)
    context = {
        "on": on,
        "name": _given_name(account),
        "things": [(one, page_of(one.subject, one.pk, request.pole)) for one in shown],
        "count": len(things),
        "left": len(things) - len(shown),
        "week": _week(request, on),
        "stale": stale_structures(pole=request.pole, on=on),
        "funnel": year.funnel,
        "coverage": year.coverage,
        "numbers": year.numbers,
        "tasks": open_tasks(pole=request.pole, owner=account) if account else [],
        "news": _news(request, account),
    }
    return render(request, "days/today.html", context)


def _given_name(account: Account | None) -> str:
    return account.person.given_name if account is not None and account.person is not None else ""


def _week(request: PoleRequest, on: date) -> list[tuple[object, str]]:
    rows = dated_things(viewer=request.viewer, pole=request.pole, since=on, until=on + A_WEEK, most=NEWS)
    return [(one, page_of(one.subject, one.pk, request.pole)) for one in rows]


def _news(request: PoleRequest, account: Account | None) -> list[object]:
    if account is None:
        return []
    return list(notifications_of(account=account, pole=request.pole).filter(read_at=None)[:NEWS])


@require_safe
@in_pole
def funnel_step(request: PoleRequest, step: str) -> HttpResponse:
    """List the needs of one step of the year's funnel."""
    check_user_can_see_cockpit(request.viewer, request.pole)
    on = this_day()
    found = funnel_lines(
        viewer=request.viewer, pole=request.pole, since=on.replace(month=1, day=1), code=step
    )
    if found is None:
        raise Http404("Cette étape n’existe pas.")
    label, rows = found
    return render(request, "days/funnel_step.html", {"label": label, "rows": rows, "year": on.year})


@require_safe
@never_cache
@in_pole
def member(request: PoleRequest) -> HttpResponse:
    """Show the day of the structures one speaks for."""
    check_user_can_see_member_day(request.viewer, request.pole)
    on, account = this_day(), account_of(request)
    day = member_day(
        viewer=request.viewer,
        pole=request.pole,
        since=on.replace(month=1, day=1),
        until=on + timedelta(days=31),
    )
    context = {
        "on": on,
        "name": _given_name(account),
        "day": day,
        "news": _news(request, account),
        "has_authority": bool(authorities_of(viewer=request.viewer, pole=request.pole)),
    }
    return render(request, "days/member.html", context)


@require_safe
@never_cache
@in_pole
def authority(request: PoleRequest, pk: int | None = None) -> HttpResponse:
    """Show the day of an authority one speaks for; the first when the address names none."""
    check_user_can_see_member_day(request.viewer, request.pole)
    own = authorities_of(viewer=request.viewer, pole=request.pole)
    chosen = next((one for one in own if pk in {None, one.pk}), None)
    if chosen is None:
        raise Http404("Vous ne représentez pas de collectivité sous cette adresse.")
    day = authority_day(viewer=request.viewer, pole=request.pole, authority=chosen)
    return render(request, "days/authority.html", {"day": day, "own": own})
