"""What one does on the sheet: the stage, the nature, the structures, the needs."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.queries import visible_intent
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects import operations, policies
from maillage.domain.projects.models import Project
from maillage.domain.projects.queries import party_of
from maillage.domain.projects.states import STAGE_TRANSITIONS
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today
from maillage.interfaces.web.projects.forms import NeedForm, PartyForm
from maillage.interfaces.web.projects.reading import kept, organisation_typed, project_or_404, told
from maillage.interfaces.web.projects.views.sheet import show


@require_POST
@in_pole
def act(request: PoleRequest, pk: int) -> HttpResponse:
    """Do the gesture that was asked; the sheet comes back."""
    project = project_or_404(request, pk)
    policies.check_user_can_steer_project(request.viewer, project)
    act_of = _GESTURES.get(request.POST.get("geste", ""))
    if act_of is None:
        raise SuspiciousOperation("Geste inconnu.")
    return act_of(request, project)


def _back(request: PoleRequest, project: Project, anchor: str = "") -> HttpResponse:
    answer = redirect("projects:detail", request.pole.slug, project.pk)
    answer["Location"] += f"#{anchor}" if anchor else ""
    return answer


def _move(request: PoleRequest, project: Project) -> HttpResponse:
    verb = request.POST.get("verbe", "")
    if verb not in STAGE_TRANSITIONS:
        raise SuspiciousOperation("Stade inconnu.")
    policies.check_user_can_move_stage(request.viewer, project, verb=verb)
    reason = request.POST.get("raison_texte", "").strip() or request.POST.get("raison", "").strip()
    ends = ProcessStage(STAGE_TRANSITIONS[verb].ends)
    told(
        request,
        lambda: operations.move_stage(
            project=project, verb=verb, on=today(), at=now(), by=account_of(request), reason=reason
        ),
        f"Le stade est maintenant « {ends.label} ».",
    )
    return _back(request, project)


def _make_project(request: PoleRequest, project: Project) -> HttpResponse:
    told(
        request,
        lambda: operations.make_project(project=project),
        "Le groupe devient un projet. Rien n’est perdu.",
    )
    return _back(request, project)


def _add_party(request: PoleRequest, project: Project) -> HttpResponse:
    form = PartyForm(request.POST, auto_id="structure_%s")

    def write() -> object:
        organisation = organisation_typed(request, form, "organisation")
        if organisation is None:
            raise UserMistake("Dites quelle structure : choisissez-la dans la liste.", field="organisation")
        return operations.add_party(
            project=project,
            organisation=organisation,
            role=form.cleaned_data["role"],
            words=form.cleaned_data["words"],
            since=form.cleaned_data["since"],
        )

    if kept(form, write) is None:
        return show(request, project, status=422, party=form)
    messages.success(request, "La structure est dans le projet.")
    return _back(request, project, "structures")


def _end_party(request: PoleRequest, project: Project) -> HttpResponse:
    number = line_number(request.POST.get("numero", ""))
    party = party_of(project=project, pk=number) if number is not None else None
    if party is None:
        raise Http404("Cette structure n’est pas dans le projet.")
    told(request, lambda: operations.end_party(party=party, on=today()), "Son départ est noté.")
    return _back(request, project, "structures")


def _link_need(request: PoleRequest, project: Project) -> HttpResponse:
    form = NeedForm(request.POST, auto_id="lien_%s")

    def write() -> bool:
        number = line_number(form.text("need"))
        need = (
            visible_intent(viewer=request.viewer, pole=request.pole, pk=number)
            if number is not None
            else None
        )
        if need is None:
            raise UserMistake("Choisissez le besoin dans la liste.", field="need")
        operations.link_need(project=project, need=need)
        return True

    if kept(form, write) is None:
        return show(request, project, status=422, need=form)
    messages.success(request, "Le besoin est lié : sa fiche montre ce projet.")
    return _back(request, project, "besoins")


def _unlink_need(request: PoleRequest, project: Project) -> HttpResponse:
    number = line_number(request.POST.get("numero", ""))
    need = visible_intent(viewer=request.viewer, pole=request.pole, pk=number) if number is not None else None
    if need is None:
        raise Http404("Ce besoin n’existe pas.")
    told(request, lambda: operations.unlink_need(project=project, need=need), "Le besoin n’est plus lié.")
    return _back(request, project, "besoins")


_GESTURES: dict[str, Callable[[PoleRequest, Project], HttpResponse]] = {
    "stade": _move,
    "projet": _make_project,
    "structure": _add_party,
    "depart": _end_party,
    "besoin": _link_need,
    "sans-besoin": _unlink_need,
}
