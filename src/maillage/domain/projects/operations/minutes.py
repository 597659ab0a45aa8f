"""Minutes: a draft that saves itself, frozen once published; what is added later is an addendum."""

from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.projects.enums import MeetingState
from maillage.domain.projects.models import Meeting, MinutesAddendum
from maillage.domain.projects.words import TEXT_LENGTH, long_text

FROZEN = "Ce compte rendu est publié : il ne change plus. Écrivez un complément."


class SomebodyElseWrote(UserMistake):
    """The draft changed since this person read it; ``version`` is the one that is kept."""

    def __init__(self, version: int) -> None:
        super().__init__(
            "Quelqu’un d’autre a écrit dans ce compte rendu entre-temps. Copiez votre texte, rechargez la page, "
            "puis réunissez les deux."
        )
        self.version = version


def save_draft(*, meeting: Meeting, text: str, version: int) -> Meeting:
    """Keep the draft as it is typed; ``version`` is the one that was read."""
    if len(text) > TEXT_LENGTH:
        raise UserMistake(f"Ce texte est trop long : {TEXT_LENGTH} caractères au plus.", field="minutes")
    with transaction.atomic():
        kept = _draft(meeting)
        said = text.replace("\x00", "").replace("\r\n", "\n")
        if said == kept.minutes:
            return kept
        if version != kept.minutes_version:
            raise SomebodyElseWrote(kept.minutes_version)
        kept.minutes, kept.minutes_version = said, kept.minutes_version + 1
        kept.save(update_fields=["minutes", "minutes_version"])
    return kept


def _draft(meeting: Meeting) -> Meeting:
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if kept.published_at is not None:
        raise UserMistake(FROZEN)
    if kept.state in {MeetingState.POLLING, MeetingState.CANCELLED}:
        raise UserMistake("On écrit le compte rendu d’une réunion prévue ou tenue.")
    return kept


def publish_minutes(*, meeting: Meeting, at: datetime, by: Account | None) -> Meeting:
    """Freeze the minutes: the meeting took place, and nobody changes what was said any more."""
    with transaction.atomic():
        kept = _draft(meeting)
        if kept.starts_at is not None and kept.starts_at > at:
            raise UserMistake("Cette réunion n’a pas commencé.")
        text = long_text(kept.minutes, field="minutes")
        if not text:
            raise UserMistake("Le compte rendu est vide. Écrivez au moins une phrase.", field="minutes")
        kept.state, kept.minutes = MeetingState.HELD, text
        kept.minutes_version += 1
        kept.published_at, kept.published_by = at, by
        kept.save(update_fields=["state", "minutes", "minutes_version", "published_at", "published_by"])
    return kept


def add_to_minutes(*, meeting: Meeting, text: str, at: datetime, by: Account | None) -> MinutesAddendum:
    """Add to published minutes, dated and signed."""
    said = long_text(text, field="addendum")
    if not said:
        raise UserMistake("Écrivez ce que vous ajoutez.", field="addendum")
    with transaction.atomic():
        kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if kept.published_at is None:
            raise UserMistake("Ce compte rendu n’est pas encore publié : corrigez-le directement.")
        return MinutesAddendum.objects.create(meeting=kept, text=said, at=at, by=by)
