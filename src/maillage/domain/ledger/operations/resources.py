"""Concrete resources, and the projects they serve."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.core.quantities import unit_named
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.checks import units_offered
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.checks import check_note
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.ledger.models import Process, Resource

NAME_LENGTH = 200


def _named(name: str) -> str:
    if not name.strip():
        raise UserMistake("Donnez un nom.", field="name")
    if len(name.strip()) > NAME_LENGTH:
        raise UserMistake(f"Le nom est trop long : {NAME_LENGTH} caractères au plus.", field="name")
    return name.strip()


def create_resource(
    *, name: str, owner: Organisation, resource_type: ResourceType, unit: str, bookable: bool = False
) -> Resource:
    """Keep a concrete thing; it is born empty, events fill it."""
    counted = unit_named(unit)
    if counted.dimension != resource_type.dimension:
        raise UserMistake(
            f"« {resource_type.label} » se compte en {units_offered(resource_type)}.", field="unit"
        )
    return Resource.objects.create(
        name=_named(name), owner=owner, resource_type=resource_type, unit=counted.code, bookable=bookable
    )


def update_resource(*, resource: Resource, name: str, bookable: bool) -> Resource:
    """Change the name of a resource, and whether it can be booked; what is booked stays."""
    resource.name, resource.bookable = _named(name), bookable
    resource.save(update_fields=["name", "bookable"])
    return resource


def create_process(
    *,
    pole: Pole,
    name: str,
    since: date,
    lead: Organisation | None = None,
    needs: Sequence[Intent] = (),
    stage: str = ProcessStage.IDEA,
) -> Process:
    """Open a project, a working group, a trial, from the needs it answers."""
    if any(need.pole_id != pole.pk for need in needs):
        raise UserMistake("Les besoins d’un projet sont ceux de son pôle.", field="needs")
    if stage not in ProcessStage.values or stage == ProcessStage.STOPPED:
        raise UserMistake("Choisissez à quel stade en est le projet.", field="stage")
    with transaction.atomic():
        process = Process.objects.create(pole=pole, name=_named(name), since=since, lead=lead, stage=stage)
        process.needs.set(needs)
    return process


def change_stage(*, process: Process, stage: str, on: date, reason: str = "") -> Process:
    """Move a project to another stage; stopping asks why, and starting again forgets the stop."""
    if stage not in ProcessStage.values:
        raise UserMistake("Choisissez à quel stade en est le projet.", field="stage")
    with transaction.atomic():
        kept = Process.objects.select_for_update().get(pk=process.pk)
        is_stop = stage == ProcessStage.STOPPED
        if is_stop and not reason.strip():
            raise UserMistake(
                "Dites pourquoi le projet s’arrête : cela servira aux suivants.", field="reason"
            )
        kept.stage = stage
        kept.stop_reason = check_note(reason) if is_stop else ""
        kept.until = max(on, kept.since) if is_stop else None
        kept.save()
    return kept
