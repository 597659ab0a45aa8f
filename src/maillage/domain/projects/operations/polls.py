"""Finding a date: proposed, answered without an account, settled."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.projects.constraints import friendly_refusals
from maillage.domain.projects.enums import Coming, MeetingState, PollChoice
from maillage.domain.projects.models import Invitee, Meeting, PollAnswer, PollDate
from maillage.domain.projects.states import MEETING_TRANSITIONS

MOST_DATES = 20


def propose_date(*, meeting: Meeting, starts_at: datetime, at: datetime) -> PollDate:
    """Propose a date, in the future."""
    if starts_at <= at:
        raise UserMistake("Cette date est passée. Proposez-en une autre.", field="day")
    with friendly_refusals():
        kept = _polling(meeting)
        if kept.poll_dates.count() >= MOST_DATES:
            raise UserMistake(f"{MOST_DATES} dates au plus : retirez-en une d’abord.", field="day")
        return PollDate.objects.create(meeting=kept, starts_at=starts_at)


def withdraw_date(*, date: PollDate) -> None:
    """Take a date away with its answers."""
    with transaction.atomic():
        _polling(date.meeting)
        date.delete()


def answer_poll(*, invitee: Invitee, choices: Mapping[int, str], at: datetime) -> int:
    """Keep what somebody says of each date: one answer a date, the last one counts."""
    if any(choice not in PollChoice.values for choice in choices.values()):
        raise UserMistake("Choisissez oui, si besoin ou non.")
    with transaction.atomic():
        kept = _polling(invitee.meeting)
        known = set(kept.poll_dates.values_list("pk", flat=True))
        answers = [
            PollAnswer(date_id=pk, invitee=invitee, choice=choice, at=at)
            for pk, choice in sorted(choices.items())
            if pk in known
        ]
        if not answers:
            raise UserMistake("Répondez pour une date au moins.")
        PollAnswer.objects.bulk_create(
            answers,
            update_conflicts=True,
            unique_fields=["date", "invitee"],
            update_fields=["choice", "at"],
        )
    return len(answers)


def settle_date(*, date: PollDate, at: datetime) -> Meeting:
    """Keep one date: the meeting is planned; who said yes to it comes, until they say otherwise."""
    with transaction.atomic():
        kept = _polling(date.meeting)
        kept.state = MEETING_TRANSITIONS["settle"].ends
        kept.starts_at = date.starts_at
        kept.sequence += 1
        kept.save(update_fields=["state", "starts_at", "sequence"])
        said_yes = date.answers.filter(choice=PollChoice.YES).values("invitee_id")
        kept.invitees.filter(pk__in=said_yes, coming=Coming.UNSAID).update(coming=Coming.YES, coming_at=at)
        said_no = date.answers.filter(choice=PollChoice.NO).values("invitee_id")
        kept.invitees.filter(pk__in=said_no, coming=Coming.UNSAID).update(coming=Coming.NO, coming_at=at)
    return kept


def _polling(meeting: Meeting) -> Meeting:
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if kept.state != MeetingState.POLLING:
        raise UserMistake("La date de cette réunion est déjà choisie.")
    return kept
