"""The campaigns of a pole and what was answered."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.gathering.models import Answer, Campaign


def campaigns_of(pole: Pole) -> QuerySet[Campaign]:
    """Return the campaigns of a pole, the latest first, with how many answers were sent."""
    sent = Count("answers", filter=Q(answers__sent_at__isnull=False))
    return Campaign.objects.filter(pole=pole).annotate(sent_count=sent).order_by("-opens_on", "-pk")


def open_campaigns(*, pole: Pole, on: date) -> list[Campaign]:
    """Return the campaigns that anybody may answer that day."""
    running = Q(opens_on__lte=on) & (Q(closes_on__isnull=True) | Q(closes_on__gte=on))
    return list(Campaign.objects.filter(running, pole=pole).order_by("closes_on", "pk"))


def campaign_numbered(*, pole: Pole, pk: int) -> Campaign | None:
    """Return a campaign of a pole with its questions."""
    return (
        Campaign.objects.filter(pole=pole, pk=pk).select_related("pole").prefetch_related("questions").first()
    )


def campaign_addressed(*, pole: Pole, slug: str) -> Campaign | None:
    """Return the campaign of a public address, with its questions."""
    rows = Campaign.objects.filter(pole=pole, slug=slug).select_related("pole")
    return rows.prefetch_related("questions").first()


def answers_of(campaign: Campaign, *, is_sent: bool = True) -> QuerySet[Answer]:
    """Return the answers that were sent, the latest first; or those begun and not sent."""
    rows = Answer.objects.filter(campaign=campaign, sent_at__isnull=not is_sent)
    return rows.prefetch_related("drafts").order_by("-sent_at", "-pk")


def answer_numbered(*, pole: Pole, pk: int) -> Answer | None:
    """Return an answer that was sent, with what it became."""
    rows = Answer.objects.filter(campaign__pole=pole, pk=pk, sent_at__isnull=False)
    return (
        rows.select_related("campaign__pole", "entered_by__person")
        .prefetch_related("campaign__questions", "drafts__intent")
        .first()
    )


def answer_keyed(*, campaign: Campaign, key: str) -> Answer | None:
    """Return the answer of a private link."""
    return Answer.objects.filter(campaign=campaign, key=key).first() if key else None
