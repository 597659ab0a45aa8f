"""The structures of a project, and what they are in it."""

from datetime import date, timedelta

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation
from maillage.domain.projects.constraints import friendly_refusals
from maillage.domain.projects.enums import PartyRole
from maillage.domain.projects.models import Project, ProjectParty
from maillage.domain.projects.words import short


def add_party(
    *, project: Project, organisation: Organisation, role: str, since: date, words: str = ""
) -> ProjectParty:
    """A structure takes part in a project; the same role twice at one time is refused."""
    if organisation.merged_into_id is not None:
        raise UserMistake(
            f"La fiche « {organisation.name} » a été réunie à une autre. Choisissez la fiche gardée.",
            field="organisation",
        )
    if role not in PartyRole.values:
        raise UserMistake("Choisissez le rôle de la structure.", field="role")
    with friendly_refusals():
        return ProjectParty.objects.create(
            project=project,
            organisation=organisation,
            role=role,
            words=short(words, field="words", longest=200),
            since=since,
        )


def end_party(*, party: ProjectParty, on: date) -> ProjectParty:
    """A structure leaves; ``on`` is the first day without it, and its time in the project is kept."""
    with transaction.atomic():
        kept = ProjectParty.objects.select_for_update().get(pk=party.pk)
        if kept.until is not None and kept.until <= on:
            raise UserMistake("Cette structure a déjà quitté le projet.")
        kept.until = max(on, kept.since + timedelta(days=1))
        kept.save(update_fields=["until"])
    return kept
