"""Trials: asked, measured, decided."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.quantities import units
from maillage.domain.projects import operations, policies
from maillage.domain.projects.drafts import IndicatorDraft, TrialDraft
from maillage.domain.projects.models import Project, Trial
from maillage.domain.projects.queries import indicator_of, measure_of, trial_sheet
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today
from maillage.interfaces.web.projects.forms import DecisionForm, IndicatorForm, MeasureForm, TrialForm
from maillage.interfaces.web.projects.reading import decimal, kept, project_or_404, told, trial_or_404


def _draft(form: TrialForm) -> TrialDraft:
    said = form.cleaned_data
    return TrialDraft(
        question=said["question"],
        method=said["method"],
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
    )


def _form_page(
    request: PoleRequest, form: TrialForm, project: Project, trial: Trial | None, *, status: int
) -> HttpResponse:
    context = {"form": form, "project": project, "trial": trial, "no_bar": True}
    return render(request, "projects/edit_trial.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest, pk: int) -> HttpResponse:
    """Start a trial."""
    project = project_or_404(request, pk)
    policies.check_user_can_steer_project(request.viewer, project)
    if request.method != "POST":
        return _form_page(request, TrialForm(initial={"starts_on": today()}), project, None, status=200)
    form = TrialForm(request.POST)
    made = kept(
        form,
        lambda: operations.start_trial(
            project=project, data=_draft(form), on=today(), at=now(), by=account_of(request)
        ),
    )
    if made is None:
        return _form_page(request, form, project, None, status=422)
    messages.success(request, "L’essai est ouvert. Dites ce que vous mesurez, puis la mesure d’avant.")
    return redirect("projects:trial", request.pole.slug, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change the question, the way and the dates."""
    trial = trial_or_404(request, pk)
    policies.check_user_can_measure(request.viewer, trial)
    if request.method != "POST":
        said = {name: getattr(trial, name) for name in ("question", "method", "starts_on", "ends_on")}
        return _form_page(request, TrialForm(initial=said), trial.project, trial, status=200)
    form = TrialForm(request.POST)
    if kept(form, lambda: operations.update_trial(trial=trial, data=_draft(form))) is None:
        return _form_page(request, form, trial.project, trial, status=422)
    messages.success(request, "L’essai est enregistré.")
    return redirect("projects:trial", request.pole.slug, pk)


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a trial: the difference first."""
    return _show(request, trial_or_404(request, pk))


def _show(request: PoleRequest, trial: Trial, *, status: int = 200, **forms: Any) -> HttpResponse:
    found = trial_sheet(trial)
    bound = forms.get("measure")
    asked = bound.text("indicator_pk") if bound is not None else ""
    measuring = [
        (
            line,
            bound
            if bound is not None and str(line.pk) == asked
            else MeasureForm(
                initial={"measured_on": today(), "moment": "after" if line.before else "before"},
                auto_id=f"mesure_{line.pk}_%s",
            ),
        )
        for line in found.indicators
    ]
    context = {
        "found": found,
        "measuring": measuring,
        "measured": any(line.measures for line in found.indicators),
        "indicator": forms.get("indicator") or IndicatorForm(auto_id="chose_%s"),
        "decision": forms.get("decision") or DecisionForm(auto_id="decision_%s"),
        "measure_refusal": policies.reason_of(lambda: policies.check_user_can_measure(request.viewer, trial)),
        "decide_refusal": policies.reason_of(
            lambda: policies.check_user_can_decide_trial(request.viewer, trial)
        ),
        "opened": set(forms),
        "opened_pk": asked,
        "unit_words": [unit.symbol or unit.plural for unit in units().values()],
    }
    return render(request, "projects/trial.html", context, status=status)


@require_POST
@in_pole
def act(request: PoleRequest, pk: int) -> HttpResponse:
    """Say what is measured, note a measure, take one away, decide."""
    trial = trial_or_404(request, pk)
    policies.check_user_can_work_on_project(request.viewer, trial.project)
    act_of = _GESTURES.get(request.POST.get("geste", ""))
    if act_of is None:
        raise SuspiciousOperation("Geste inconnu.")
    return act_of(request, trial)


def _add_indicator(request: PoleRequest, trial: Trial) -> HttpResponse:
    policies.check_user_can_measure(request.viewer, trial)
    form = IndicatorForm(request.POST, auto_id="chose_%s")

    def write() -> object:
        said = form.cleaned_data
        data = IndicatorDraft(label=said["label"], unit=said["unit"], wished=said["wished"])
        return operations.add_indicator(trial=trial, data=data)

    if kept(form, write) is None:
        return _show(request, trial, status=422, indicator=form)
    messages.success(request, "C’est noté. Ajoutez la mesure d’avant.")
    return redirect("projects:trial", request.pole.slug, trial.pk)


def _add_measure(request: PoleRequest, trial: Trial) -> HttpResponse:
    policies.check_user_can_measure(request.viewer, trial)
    number = line_number(request.POST.get("indicator_pk", ""))
    indicator = indicator_of(trial=trial, pk=number) if number is not None else None
    if indicator is None:
        raise Http404("Cette ligne n’est pas dans l’essai.")
    form = MeasureForm(request.POST, auto_id=f"mesure_{indicator.pk}_%s")

    def write() -> object:
        said = form.cleaned_data
        return operations.add_measure(
            indicator=indicator,
            moment=said["moment"],
            quantity=decimal(form, "quantity"),
            measured_on=said["measured_on"],
            source=said["source"],
            at=now(),
            by=account_of(request),
        )

    if kept(form, write) is None:
        return _show(request, trial, status=422, measure=form)
    messages.success(request, "La mesure est notée.")
    return redirect("projects:trial", request.pole.slug, trial.pk)


def _remove_measure(request: PoleRequest, trial: Trial) -> HttpResponse:
    policies.check_user_can_measure(request.viewer, trial)
    number = line_number(request.POST.get("numero", ""))
    measure = measure_of(trial=trial, pk=number) if number is not None else None
    if measure is None:
        raise Http404("Cette mesure n’existe pas.")
    told(request, lambda: operations.remove_measure(measure=measure), "La mesure est retirée.")
    return redirect("projects:trial", request.pole.slug, trial.pk)


def _decide(request: PoleRequest, trial: Trial) -> HttpResponse:
    policies.check_user_can_decide_trial(request.viewer, trial)
    form = DecisionForm(request.POST, auto_id="decision_%s")

    def write() -> object:
        said = form.cleaned_data
        return operations.decide_trial(
            trial=trial,
            verb=said["verb"],
            deciders=said["deciders"],
            reason=said["reason"],
            on=today(),
            at=now(),
            by=account_of(request),
        )

    if kept(form, write) is None:
        return _show(request, trial, status=422, decision=form)
    messages.success(request, "La décision est notée, avec sa raison.")
    return redirect("projects:detail", request.pole.slug, trial.project_id)


_GESTURES: dict[str, Callable[[PoleRequest, Trial], HttpResponse]] = {
    "chose": _add_indicator,
    "mesure": _add_measure,
    "sans-mesure": _remove_measure,
    "decision": _decide,
}
