"""The list: filters, the file one takes away, many lines at once."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.domain.synergies.enums import ClosingReason, SynergyState
from maillage.domain.synergies.operations import BulkResult, abandon_many, follow_up_many
from maillage.domain.synergies.policies import (
    check_user_can_list_synergies,
    check_user_can_run_synergies,
    user_can_run_synergies,
)
from maillage.domain.synergies.queries import (
    SynergyFilters,
    SynergyView,
    filtered,
    owner_of,
    owners_of,
    synergies_for_change,
    views_of,
)
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today
from maillage.interfaces.web.synergies.shown import SIGNS, pending_undo
from maillage.interfaces.web.takeaway import FORMATS, Takeaway

A_PAGE = 50
MOST_AT_ONCE = 500
LONGEST = 200
FORMATS_HERE = ("csv", "xlsx")
GROUPS = (("en-cours", "open", "En cours de route"), ("closes", "closed", "Closes"))
STATES = {word: (state, label) for word, state, label in GROUPS} | {
    state.value: (state.value, str(state.label)) for state in SynergyState
}
SYNERGIES: Takeaway[SynergyView] = Takeaway(
    title="Synergies",
    columns=(
        ("numero", "Numéro", lambda one: one.pk),
        ("titre", "Titre", lambda one: one.title),
        ("etat", "État", lambda one: one.state_label),
        ("structures", "Structures", lambda one: one.who),
        ("besoins", "Besoins", lambda one: ", ".join(line.intent.title for line in one.needs)),
        ("offres", "Offres", lambda one: ", ".join(line.intent.title for line in one.offers)),
        ("suivie_par", "Suivie par", lambda one: one.owner),
        ("prochaine_etape", "Prochaine étape", lambda one: one.next_step),
        ("pour_le", "Pour le", lambda one: one.due_on),
        ("depuis_le", "Dans cet état depuis", lambda one: localdate(one.moved_at)),
        ("raison", "Raison", lambda one: one.reason_text),
        ("precision", "Précision", lambda one: one.words),
    ),
)


def _asked(request: PoleRequest) -> tuple[dict[str, str], SynergyFilters]:
    """Read the filters of the address; what is not understood is left out."""
    names = ("etat", "suivie", "retard", "texte")
    values = {name: request.GET.get(name, "").strip()[:LONGEST] for name in names}
    if values["etat"] not in STATES:
        values["etat"] = ""
    owner = line_number(values["suivie"])
    values["suivie"] = "" if owner is None else str(owner)
    filters = SynergyFilters(
        state=STATES[values["etat"]][0] if values["etat"] else "",
        owner=owner,
        is_late=values["retard"] == "1",
        text=values["texte"],
    )
    return values, filters


@require_safe
@in_pole
def listing(request: PoleRequest) -> HttpResponse:
    """List the synergies that answer the filters."""
    check_user_can_list_synergies(request.viewer, request.pole)
    values, filters = _asked(request)
    rows = filtered(viewer=request.viewer, pole=request.pole, filters=filters)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    first = page.start_index() - 1 if page.paginator.count else 0
    runs = user_can_run_synergies(request.viewer, request.pole)
    kept = {name: value for name, value in values.items() if value}
    context: dict[str, Any] = {
        "page_obj": page,
        "shown": views_of(viewer=request.viewer, rows=rows[first : first + A_PAGE]),
        "values": values,
        "is_filtered": bool(kept),
        "states": [(word, label) for word, (_, label) in STATES.items()],
        "owners": owners_of(pole=request.pole) if runs else [],
        "reasons": ClosingReason.choices,
        "runs": runs,
        "signs": SIGNS,
        "formats": [FORMATS[name] for name in FORMATS_HERE],
        "query": urlencode(kept),
        "undo": pending_undo(request.session, request.pole),
        "wide": True,
    }
    return render(request, "synergies/list.html", context)


@require_safe
@in_pole
def export(request: PoleRequest, ending: str) -> HttpResponse:
    """Give the list as a file, masked as the page is."""
    check_user_can_list_synergies(request.viewer, request.pole)
    if ending not in FORMATS_HERE:
        raise Http404("Ce format n’existe pas. Choisissez CSV ou Excel.")
    _, filters = _asked(request)
    rows = filtered(viewer=request.viewer, pole=request.pole, filters=filters)
    content = SYNERGIES.written(views_of(viewer=request.viewer, rows=rows), ending=ending)
    name = f"synergies-{request.pole.slug}-{today():%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@require_POST
@in_pole
def many(request: PoleRequest) -> HttpResponse:
    """Give an owner or a date to the ticked lines, or abandon them for one reason."""
    check_user_can_run_synergies(request.viewer, request.pole)
    verb = request.POST.get("geste", "")
    if verb not in {"suivre", "abandonner"}:
        raise SuspiciousOperation("Geste inconnu.")
    ticked = [pk for pk in map(line_number, request.POST.getlist("pk")) if pk is not None]
    chosen = synergies_for_change(pole=request.pole, pks=ticked[:MOST_AT_ONCE])
    if not chosen:
        messages.error(request, "Cochez d’abord une ligne ou plusieurs.")
        return redirect("synergies:list", request.pole.slug)
    try:
        if verb == "suivre":
            owner = owner_of(pole=request.pole, pk=line_number(request.POST.get("owner", "")))
            result = follow_up_many(synergies=chosen, owner=owner, due_on=_day(request))
        else:
            result = abandon_many(
                synergies=chosen,
                by=account_of(request),
                at=now(),
                reason=request.POST.get("raison", ""),
                words=request.POST.get("precision", ""),
            )
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    else:
        _say(request, result)
    return redirect(reverse("synergies:list", args=[request.pole.slug]))


def _day(request: PoleRequest) -> date | None:
    typed = request.POST.get("due_on", "").strip()
    try:
        found = parse_date(typed) if typed else None
    except ValueError:
        found = None
    if typed and found is None:
        raise UserMistake("Cette date n’existe pas. Écrivez-la par exemple 31/12/2027.")
    return found


def _say(request: PoleRequest, result: BulkResult) -> None:
    done, left = len(result.done), len(result.left)
    if left:
        reasons = " ".join(dict.fromkeys(why for _, why in result.left))
        word = plural(left, "ligne n’a pas changé", "lignes n’ont pas changé")
        messages.warning(request, f"{left}{NBSP}{word}. {reasons}")
    if done:
        messages.success(request, f"{done}{NBSP}{plural(done, 'synergie changée', 'synergies changées')}.")
