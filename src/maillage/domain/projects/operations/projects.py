"""Opening and describing a project or a working group; the needs it answers."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.ledger.models import Process
from maillage.domain.ledger.operations import create_process
from maillage.domain.projects.drafts import ProjectDraft
from maillage.domain.projects.enums import ProjectKind, ProjectVisibility
from maillage.domain.projects.models import Project, ProjectParty, StageChange
from maillage.domain.projects.words import SUMMARY_LENGTH, long_text, short, title_of

MOST_FROM_ONE_NEED = 20


def open_project(
    *,
    pole: Pole,
    data: ProjectDraft,
    on: date,
    at: datetime,
    by: Account | None = None,
    needs: Sequence[Intent] = (),
    stage: str = ProcessStage.IDEA,
) -> Project:
    """Open a project or a working group, with the first line of its history."""
    said = _checked(data)
    with transaction.atomic():
        process = create_process(
            pole=pole,
            name=data.name,
            since=data.since or on,
            lead=_kept(data.lead),
            needs=needs,
            stage=stage,
        )
        project = Project.objects.create(process=process, created_by=by, **said)
        StageChange.objects.create(
            project=project, starts="", ends=stage, on=process.since, at=at, by=by, reason=""
        )
    return project


def open_group_for_need(*, need: Intent, on: date, at: datetime, by: Account | None) -> tuple[Project, bool]:
    """Make a need into a working group: who said it and who shares it take part; the same click twice gives one.

    Returns the group, and whether it is new.
    """
    with transaction.atomic():
        kept = Intent.objects.select_for_update().get(pk=need.pk)
        open_ones = Project.objects.filter(kind=ProjectKind.GROUP, process__needs=kept)
        known = open_ones.exclude(process__stage=ProcessStage.STOPPED).order_by("pk").first()
        if known is not None:
            return known, False
        hidden = kept.visibility not in {"public", "members"}
        draft = ProjectDraft(
            name=_neutral_name(kept) if hidden else kept.title,
            kind=ProjectKind.GROUP,
            visibility=ProjectVisibility.PARTIES if hidden else ProjectVisibility.MEMBERS,
        )
        group = open_project(pole=kept.pole, data=draft, on=on, at=at, by=by, needs=[kept])
        if not hidden:
            _seat(group, kept, on)
    return group, True


def _neutral_name(need: Intent) -> str:
    """Name a group after the type of a need whose words are not everybody's to read."""
    return f"Groupe : {need.resource_type.label}"[:200] if need.resource_type else "Groupe de travail"


def _seat(group: Project, need: Intent, on: date) -> None:
    """Who said the need and who shares it are of the group."""
    supporters = need.supports.order_by("pk").values_list("organisation_id", flat=True)
    seated = list(dict.fromkeys([need.author_id, *supporters]))[:MOST_FROM_ONE_NEED]
    merged = set(
        Organisation.objects.filter(pk__in=seated, merged_into__isnull=False).values_list("pk", flat=True)
    )
    for organisation_id in seated:
        if organisation_id not in merged:
            ProjectParty.objects.create(
                project=group,
                organisation_id=organisation_id,
                since=on,
                words="A dit le besoin" if organisation_id == need.author_id else "Partage le besoin",
            )


def update_project(*, project: Project, data: ProjectDraft) -> Project:
    """Change what the sheet says; the stage moves elsewhere, with its reason."""
    said = _checked(data)
    with transaction.atomic():
        kept = Project.objects.select_for_update(of=("self",)).select_related("process").get(pk=project.pk)
        process = Process.objects.select_for_update().get(pk=kept.pk)
        process.name = title_of(data.name, ask="Donnez un nom.", field="name")
        process.lead = _kept(data.lead)
        if data.since is not None:
            if process.until is not None and data.since > process.until:
                raise UserMistake("Le projet commence après sa fin. Vérifiez la date.", field="since")
            process.since = data.since
        process.save()
        for field, value in said.items():
            setattr(kept, field, value)
        kept.save()
    kept.process = process
    return kept


def _checked(data: ProjectDraft) -> dict[str, str]:
    if data.kind not in ProjectKind.values:
        raise UserMistake("Choisissez : projet, ou groupe de travail.", field="kind")
    if data.visibility not in ProjectVisibility.values:
        raise UserMistake("Choisissez qui peut voir.", field="visibility")
    summary = short(data.summary, field="summary", longest=SUMMARY_LENGTH)
    if data.visibility == ProjectVisibility.PUBLIC and not summary:
        raise UserMistake("Écrivez le résumé que tout le monde lira.", field="summary")
    return {
        "kind": data.kind,
        "visibility": data.visibility,
        "summary": summary,
        "description": long_text(data.description, field="description"),
    }


def _kept(lead: Organisation | None) -> Organisation | None:
    if lead is not None and lead.merged_into_id is not None:
        raise UserMistake(
            f"La fiche « {lead.name} » a été réunie à une autre. Choisissez la fiche gardée.", field="lead"
        )
    return lead


def make_project(*, project: Project) -> Project:
    """A working group becomes a project: its history, its tasks and its meetings stay."""
    with transaction.atomic():
        kept = Project.objects.select_for_update().get(pk=project.pk)
        if kept.kind == ProjectKind.PROJECT:
            raise UserMistake("C’est déjà un projet.")
        kept.kind = ProjectKind.PROJECT
        kept.save(update_fields=["kind"])
    return kept


def link_need(*, project: Project, need: Intent) -> None:
    """Say that a project answers a need of its pole."""
    if need.pole_id != project.process.pole_id or need.kind != "need":
        raise UserMistake("Choisissez un besoin de ce pôle.", field="need")
    project.process.needs.add(need)


def unlink_need(*, project: Project, need: Intent) -> None:
    """Say that a project does not answer a need any more."""
    project.process.needs.remove(need)


def adopt_process(
    *, process: Process, data: ProjectDraft, at: datetime, by: Account | None = None
) -> Project:
    """Give its sheet to a process that the ledger opened alone, with the first line of its history."""
    said = _checked(data)
    with transaction.atomic():
        kept = Process.objects.select_for_update().get(pk=process.pk)
        if Project.objects.filter(pk=kept.pk).exists():
            raise UserMistake("Ce projet a déjà sa fiche.")
        project = Project.objects.create(process=kept, created_by=by, **said)
        StageChange.objects.create(
            project=project, starts="", ends=kept.stage, on=kept.since, at=at, by=by, reason=kept.stop_reason
        )
    return project
