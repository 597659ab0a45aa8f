"""The drafts to read, and where what is noted comes from."""

from django.db.models import Count, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.gathering.enums import DraftState
from maillage.domain.gathering.models import Draft, MailFile, Workshop
from maillage.domain.gathering.models.draft import ORIGINS
from maillage.domain.ledger.models import StoredFile

_READ = ("organisation", "resource_type", "municipality", "intent", "pole", "mail", "interview")


def drafts_of(*, pole: Pole, state: str = DraftState.WAITING, origin: str = "") -> QuerySet[Draft]:
    """Return the drafts of a pole in a state, the most voted first; ``origin`` keeps those of a kind of listening."""
    rows = Draft.objects.filter(pole=pole, state=state)
    if origin in ORIGINS:
        rows = rows.filter(**{f"{origin}__isnull": False})
    return rows.select_related(*_READ, "card__workshop", "answer__campaign").order_by(
        "-votes", "-said_on", "-pk"
    )


def draft_numbered(*, pole: Pole, pk: int) -> Draft | None:
    """Return a draft of a pole with what its page shows."""
    rows = Draft.objects.select_related(*_READ, "card__workshop", "answer__campaign", "decided_by__person")
    return rows.filter(pole=pole, pk=pk).first()


def files_of(draft: Draft) -> list[MailFile]:
    """Return the files that came with the e-mail of a draft, those refused too."""
    if draft.mail_id is None:
        return []
    return list(MailFile.objects.filter(mail=draft.mail_id).select_related("stored"))


def file_of(*, draft: Draft, pk: int) -> StoredFile | None:
    """Return a file that came with a draft and is kept; the caller checked who reads the draft."""
    found = MailFile.objects.filter(mail=draft.mail_id, pk=pk).select_related("stored").first()
    return found.stored if found is not None and draft.mail_id is not None else None


def waiting_counts(pole: Pole) -> dict[str, int]:
    """Count the drafts that wait, by origin and in all."""
    counted = {origin: Count(origin) for origin in ORIGINS}
    found = Draft.objects.filter(pole=pole, state=DraftState.WAITING).aggregate(all=Count("pk"), **counted)
    return {name: int(value or 0) for name, value in found.items()}


def drafts_of_workshop(workshop: Workshop) -> QuerySet[Draft]:
    """Return what the cards of a workshop became."""
    rows = Draft.objects.filter(card__workshop=workshop)
    return rows.select_related("organisation", "intent", "pole").order_by("-votes", "pk")


def origins_of(intent_id: int) -> list[Draft]:
    """Return where a need or an offer was heard."""
    rows = Draft.objects.filter(intent=intent_id)
    return list(
        rows.select_related("pole", "card__workshop", "answer__campaign", "mail", "interview").order_by("pk")
    )
