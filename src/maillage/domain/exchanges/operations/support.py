"""Who said it, and who shares it."""

from datetime import date

from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation
from maillage.domain.exchanges.checks import evidence_mistakes, people_mistakes
from maillage.domain.exchanges.drafts import EvidenceDraft
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Evidence, Intent, Support

NOTE_LENGTH = 300


def write_evidence(*, intent: Intent, data: EvidenceDraft, on: date) -> Evidence:
    """Write a piece of evidence that was checked; without a day of its own it is of ``on``."""
    return Evidence.objects.create(
        intent=intent,
        said_by=data.said_by.strip(),
        person=data.person,
        channel=data.channel,
        place=data.place.strip(),
        on=data.on or on,
        people_concerned=data.people_concerned,
        words=data.words.strip(),
    )


def add_evidence(*, intent: Intent, data: EvidenceDraft, on: date) -> Evidence:
    """Add who else said it, where, when, for how many people; raise ``UserMistakes`` by field."""
    found = dict(evidence_mistakes(data, on=on))
    if found:
        raise UserMistakes(found)
    return write_evidence(intent=intent, data=data, on=on)


def support(
    *,
    intent: Intent,
    organisation: Organisation,
    on: date,
    people_concerned: int | None = None,
    note: str = "",
) -> Support:
    """Say that another structure shares the need or backs the offer; once each."""
    if organisation.pk == intent.author_id:
        raise UserMistake("La structure qui l’a dit n’a pas besoin de le soutenir.", field="organisation")
    if intent.state == IntentState.WITHDRAWN:
        raise UserMistake("Il est retiré : rouvrez-le d’abord.")
    for field, sentence in people_mistakes(people_concerned):
        raise UserMistake(sentence, field=field)
    if len(note) > NOTE_LENGTH:
        raise UserMistake(f"La note est trop longue : {NOTE_LENGTH} caractères au plus.", field="note")
    try:
        with transaction.atomic():
            return Support.objects.create(
                intent=intent,
                organisation=organisation,
                on=on,
                people_concerned=people_concerned,
                note=note.strip(),
            )
    except IntegrityError as error:
        if "support_once" in str(error):
            raise UserMistake(f"{organisation.name} le soutient déjà.", field="organisation") from error
        raise


def withdraw_support(*, intent: Intent, organisation: Organisation) -> None:
    """Take a support back."""
    taken, _ = Support.objects.filter(intent=intent, organisation=organisation).delete()
    if not taken:
        raise UserMistake(f"{organisation.name} ne le soutient pas.", field="organisation")
