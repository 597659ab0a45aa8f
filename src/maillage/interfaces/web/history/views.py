"""The tab « Historique »: each change in a sentence, and the button that takes a mistaken one back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP
from maillage.core.periods import DAYS, MONTHS
from maillage.domain.actors.changes import Change, Tracked, change_numbered, changes_of, undo, undo_refusal
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number
from maillage.interfaces.web.history.registry import ADDRESSES, PARTS, REGISTRY

NOBODY = "par le site"
NOTHING_THERE = "Il n’y a pas d’histoire à cette adresse."


@dataclass(frozen=True, slots=True)
class Line:
    """One change as the page shows it; ``refusal`` is why it may not be taken back."""

    change: Change
    when: str
    who: str
    refusal: str


def moment(at: datetime) -> str:
    """Write a moment: « mardi 3 mars 2026 à 14 h 05 »."""
    here = timezone.localtime(at)
    minutes = f"{NBSP}{here:%M}" if here.minute else ""
    first = "1er" if here.day == 1 else str(here.day)
    date = f"{DAYS[here.weekday()]} {first}{NBSP}{MONTHS[here.month - 1]} {here.year}"
    return f"{date} à {here.hour}{NBSP}h{minutes}"


def _asked(request: PoleRequest, thing: str, pk: int) -> tuple[Tracked, Any]:
    """Return the table and the row, when the reader may know its history; refuse with the reason otherwise."""
    tracked = REGISTRY.get(thing)
    row = tracked.model._base_manager.filter(pk=pk).first() if tracked else None
    if tracked is None or row is None or tracked.owned_by(row) not in (None, request.pole.pk):
        raise Http404(NOTHING_THERE)
    if not tracked.knows_of_it(request.viewer, request.pole, row):
        raise Http404(NOTHING_THERE)
    tracked.check_reads(request.viewer, request.pole, row)
    return tracked, row


@require_safe
@in_pole
def changes(request: PoleRequest, thing: str, pk: int) -> HttpResponse:
    """Show every change of a row, the last first."""
    tracked, row = _asked(request, thing, pk)
    found = changes_of(
        viewer=request.viewer, pole=request.pole, tracked=tracked, pk=pk, parts=PARTS.get(thing, ())
    )
    back = ADDRESSES.get(thing)
    context = {
        "lines": [
            Line(
                one,
                moment(one.at),
                f"par {one.by}" if one.by else NOBODY,
                undo_refusal(viewer=request.viewer, pole=request.pole, change=one),
            )
            for one in found
        ],
        "title": tracked.named(row),
        "back_url": reverse(back, args=[request.pole.slug, pk]) if back else "",
        "thing": thing,
        "number": pk,
    }
    return render(request, "history/changes.html", context)


@require_POST
@in_pole
def take_back(request: PoleRequest, thing: str, pk: int) -> HttpResponse:
    """Take one change of a row, or of one of its lines, back."""
    tracked, _ = _asked(request, thing, pk)
    table = REGISTRY.get(request.POST.get("table", ""), tracked)
    number = line_number(request.POST.get("change", "")) or 0
    change = change_numbered(viewer=request.viewer, pole=request.pole, tracked=table, number=number)
    if change is None or not _is_of(change, tracked, thing, pk):
        raise Http404("Ce changement n’existe pas.")
    table.check_undoes(request.viewer, request.pole, change.state)
    try:
        undo(change=change)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    else:
        messages.success(request, "C’est revenu comme avant. Ce retour est noté dans l’histoire.")
    return redirect("history:changes", request.pole.slug, thing, pk)


def _is_of(change: Change, tracked: Tracked, thing: str, pk: int) -> bool:
    if change.tracked is tracked:
        return change.row == pk
    return change.tracked in PARTS.get(thing, ()) and getattr(change.state, change.tracked.owner) == pk
