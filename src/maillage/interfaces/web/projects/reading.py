"""What was typed, read into values; mistakes go back under their field, and nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation, Person
from maillage.domain.exchanges.queries import choices
from maillage.domain.projects.models import Meeting, Project, ProjectTask, Trial
from maillage.domain.projects.people import person_of_pole
from maillage.domain.projects.queries import meeting_in, project_in, task_in, trial_in
from maillage.domain.projects.seats import seats_of_pole, seats_of_project
from maillage.domain.projects.times import HERE, moment_here
from maillage.interfaces.web.actors.forms import KeptForm
from maillage.interfaces.web.door import PoleRequest, line_number, today

Made = TypeVar("Made")
MOST_PEOPLE = 400


def project_or_404(request: PoleRequest, pk: int) -> Project:
    """Return a project that the viewer may see, or say that there is none."""
    found = project_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Ce projet n’existe pas, ou n’est pas visible pour vous.")
    return found


def meeting_or_404(request: PoleRequest, pk: int) -> Meeting:
    """Return a meeting that the viewer may read, or say that there is none."""
    found = meeting_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cette réunion n’existe pas, ou n’est pas visible pour vous.")
    return found


def task_or_404(request: PoleRequest, pk: int) -> ProjectTask:
    """Return a task that the viewer may read, or say that there is none."""
    found = task_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cette tâche n’existe pas, ou n’est pas visible pour vous.")
    return found


def trial_or_404(request: PoleRequest, pk: int) -> Trial:
    """Return a trial that the viewer may read, or say that there is none."""
    found = trial_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cet essai n’existe pas, ou n’est pas visible pour vous.")
    return found


def kept(form: KeptForm, act: Callable[[], Made]) -> Made | None:
    """Do what the form asks; None when something is to be mended, said under its field."""
    if not form.is_valid():
        return None
    try:
        return act()
    except UserMistakes as several:
        form.tell(several.by_field)
    except UserMistake as mistake:
        form.tell({mistake.field or "__all__": mistake.message})
    return None


def told(request: PoleRequest, act: Callable[[], object], said: str) -> bool:
    """Do a gesture that has no words to lose and say so, or say why not."""
    try:
        act()
    except (UserMistake, UserMistakes) as mistake:
        messages.error(request, mistake.message)
        return False
    if said:
        messages.success(request, said)
    return True


def organisation_typed(request: PoleRequest, form: KeptForm, name: str) -> Organisation | None:
    """Return the structure chosen or written in a field; a name that is none is a mistake."""
    number, text = line_number(form.text(name)), form.text(f"{name}_text")[:200]
    found = None
    if number is not None:
        found = choices.organisation_known(pole=request.pole, pk=number)
    elif text:
        found = choices.organisation_named(pole=request.pole, name=text)
    if found is None and (number is not None or text):
        raise UserMistake(
            f"Aucune structure du pôle ne s’appelle « {text} ». Choisissez-la dans la liste.", field=name
        )
    return found


def person_typed(request: PoleRequest, form: KeptForm, name: str) -> Person | None:
    """Return the person chosen in a field."""
    text = form.text(name)
    if not text:
        return None
    number = line_number(text)
    found = person_of_pole(pole=request.pole, pk=number, on=today()) if number is not None else None
    if found is None:
        raise UserMistake("Choisissez la personne dans la liste.", field=name)
    return found


def people(request: PoleRequest, project: Project | None) -> list[tuple[str, str]]:
    """Return who may be charged or asked, those of the project first."""
    near = seats_of_project(project=project, on=today()) if project is not None else []
    known = {seat.person_id for seat in near}
    others = [seat for seat in seats_of_pole(pole=request.pole, on=today()) if seat.person_id not in known]
    return [(str(seat.person_id), seat.label) for seat in [*near, *others][:MOST_PEOPLE]]


def moment_typed(form: forms.Form, *, required: bool) -> datetime | None:
    """Return the day and the hour of a form as one moment."""
    day, hour = form.cleaned_data.get("day"), form.cleaned_data.get("hour")
    if day is None and hour is None and not required:
        return None
    if day is None:
        raise UserMistake("Donnez aussi la date.", field="day")
    if hour is None:
        raise UserMistake("Donnez aussi l’heure.", field="hour")
    if not 2000 <= day.year <= 2100:
        raise UserMistake("Vérifiez l’année.", field="day")
    return moment_here(day, hour)


def here(moment: datetime) -> datetime:
    """Return a moment as clocks here say it."""
    return moment.astimezone(HERE)


def whole(form: KeptForm, name: str) -> int | None:
    """Return a whole number, or None when nothing is typed."""
    text = form.text(name)
    if not text:
        return None
    number = line_number(text)
    if number is None or number > 100_000:
        raise UserMistake("Écrivez un nombre entier.", field=name)
    return number


def decimal(form: KeptForm, name: str) -> Decimal:
    """Return a number written the French way or not."""
    text = form.text(name).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    if not text:
        raise UserMistake("Écrivez combien.", field=name)
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UserMistake("Écrivez un nombre, par exemple 12,5.", field=name) from error
