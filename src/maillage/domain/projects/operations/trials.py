"""Trials: asked, measured before and after, decided; the decision moves the stage of the project."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from maillage.core.errors import UserMistake
from maillage.core.quantities import unit_named
from maillage.domain.actors.models import Account
from maillage.domain.projects.constraints import friendly_refusals
from maillage.domain.projects.drafts import IndicatorDraft, TrialDraft
from maillage.domain.projects.enums import MeasureMoment, TrialState, Wished
from maillage.domain.projects.models import Project, Trial, TrialIndicator, TrialMeasure
from maillage.domain.projects.operations.stages import move_stage
from maillage.domain.projects.states import STAGE_AFTER_TRIAL, STAGE_TRANSITIONS, TRIAL_TRANSITIONS
from maillage.domain.projects.words import long_text, short, title_of

LARGEST = Decimal(10) ** 12


def start_trial(*, project: Project, data: TrialDraft, on: date, at: datetime, by: Account | None) -> Trial:
    """Start a trial; a project that may enters the stage of trials."""
    with friendly_refusals():
        trial = Trial.objects.create(project=project, **_checked(data))
        if project.process.stage in STAGE_TRANSITIONS["try"].starts:
            move_stage(
                project=project, verb="try", on=on, at=at, by=by, reason=f"Essai : {trial.question}"[:300]
            )
    return trial


def update_trial(*, trial: Trial, data: TrialDraft) -> Trial:
    """Change the question, the way and the dates of a trial that runs."""
    said = _checked(data)
    with friendly_refusals():
        kept = _running(trial)
        for field, value in said.items():
            setattr(kept, field, value)
        kept.save()
    return kept


def _checked(data: TrialDraft) -> dict[str, object]:
    question = title_of(
        data.question, ask="Écrivez la question à laquelle l’essai répond.", field="question", longest=300
    )
    if data.ends_on is not None and data.ends_on < data.starts_on:
        raise UserMistake("L’essai finit avant de commencer. Échangez les deux dates.", field="ends_on")
    return {
        "question": question,
        "method": long_text(data.method, field="method"),
        "starts_on": data.starts_on,
        "ends_on": data.ends_on,
    }


def _running(trial: Trial) -> Trial:
    kept = Trial.objects.select_for_update().get(pk=trial.pk)
    if kept.state != TrialState.RUNNING:
        raise UserMistake("La décision est prise : l’essai ne change plus.")
    return kept


def add_indicator(*, trial: Trial, data: IndicatorDraft) -> TrialIndicator:
    """Say what is measured, in which unit, and which way is better."""
    label = title_of(data.label, ask="Dites ce que vous mesurez.", field="label", longest=120)
    unit = unit_named(data.unit)
    if data.wished not in Wished.values:
        raise UserMistake("Dites ce que vous espérez.", field="wished")
    with friendly_refusals():
        return TrialIndicator.objects.create(
            trial=_running(trial), label=label, unit=unit.code, wished=data.wished
        )


def add_measure(
    *,
    indicator: TrialIndicator,
    moment: str,
    quantity: Decimal,
    measured_on: date,
    source: str,
    at: datetime,
    by: Account | None,
) -> TrialMeasure:
    """Keep a number, with its day and where it comes from; the day is not in the future."""
    if moment not in MeasureMoment.values:
        raise UserMistake("Dites si c’est avant ou après l’essai.", field="moment")
    if not quantity.is_finite() or not 0 <= quantity < LARGEST:
        raise UserMistake("Écrivez un nombre, zéro ou plus.", field="quantity")
    if measured_on > localdate(at):
        raise UserMistake("Cette date n’est pas encore venue. Vérifiez l’année.", field="measured_on")
    said = title_of(source, ask="Dites d’où vient ce chiffre.", field="source", longest=200)
    with friendly_refusals():
        _running(indicator.trial)
        return TrialMeasure.objects.create(
            indicator=indicator,
            moment=moment,
            quantity=quantity.quantize(Decimal("0.0001")),
            measured_on=measured_on,
            source=said,
            noted_at=at,
            noted_by=by,
        )


def remove_measure(*, measure: TrialMeasure) -> None:
    """Take a wrong number away; the history keeps that it was there."""
    with transaction.atomic():
        _running(measure.indicator.trial)
        TrialMeasure.objects.filter(pk=measure.pk).delete()


def decide_trial(
    *, trial: Trial, verb: str, deciders: str, reason: str, on: date, at: datetime, by: Account | None
) -> Trial:
    """Say whether to go on: who decided, when and why; the stage of the project follows when it can."""
    move = TRIAL_TRANSITIONS.get(verb)
    if move is None:
        raise UserMistake("Choisissez : continuer, ou arrêter.", field="verb")
    who = title_of(deciders, ask="Dites qui a décidé.", field="deciders")
    why = title_of(reason, ask="Dites pourquoi : cela servira aux suivants.", field="reason", longest=300)
    with transaction.atomic():
        kept = Trial.objects.select_for_update().get(pk=trial.pk)
        if kept.state not in move.starts:
            raise UserMistake("La décision est déjà prise.")
        if not TrialMeasure.objects.filter(indicator__trial=kept, moment=MeasureMoment.AFTER).exists():
            raise UserMistake("Notez d’abord au moins une mesure après l’essai.")
        kept.state, kept.decided_on, kept.decided_by = move.ends, on, by
        kept.deciders, kept.reason = who, why
        kept.ends_on = min(kept.ends_on, max(on, kept.starts_on)) if kept.ends_on else max(on, kept.starts_on)
        kept.save()
        _follow(kept, STAGE_AFTER_TRIAL[verb], on=on, at=at, by=by)
    return kept


def _follow(trial: Trial, verb: str, *, on: date, at: datetime, by: Account | None) -> None:
    project = Project.objects.select_related("process").get(pk=trial.project_id)
    if project.process.stage in STAGE_TRANSITIONS[verb].starts:
        move_stage(
            project=project, verb=verb, on=on, at=at, by=by, reason=short(trial.reason, field="reason")
        )
