"""Files that a project keeps: checked and put away by the ledger, listed here."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from maillage.domain.actors.models import Account
from maillage.domain.ledger.operations.attachments import keep_file
from maillage.domain.projects.models import Project, ProjectFile
from maillage.domain.projects.words import short

PURPOSE = "project"


def add_file(
    *, project: Project, name: str, content: BinaryIO, words: str, at: datetime, by: Account | None
) -> ProjectFile:
    """Keep a file; what is too big, unknown or a trap is refused with a sentence, and nothing is kept."""
    said = short(words, field="words", longest=200)
    with transaction.atomic():
        stored = keep_file(
            pole=project.process.pole, name=name, content=content, by=by, at=at, purpose=PURPOSE
        )
        return ProjectFile.objects.create(project=project, stored=stored, words=said)


def remove_file(*, file: ProjectFile) -> None:
    """Take a file out of the list; the ledger keeps what it received."""
    file.delete()
