"""Where a draft was heard, in words, with the page that shows it."""

from dataclasses import dataclass

from django.urls import reverse

from maillage.domain.gathering.models import Draft

ORIGIN_LABELS = {
    "card": "Ateliers",
    "answer": "Campagnes",
    "interview": "Entretiens",
    "mail": "Courriels",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """A kind of listening, its title and its page."""

    words: str
    url: str


def origin_of(draft: Draft) -> Origin:
    """Return where a draft comes from."""
    slug = draft.pole.slug
    if draft.card is not None:
        workshop = draft.card.workshop
        url = reverse("gathering:workshop", args=[slug, workshop.pk])
        return Origin(f"Atelier « {workshop.title} »", url)
    if draft.answer is not None:
        campaign = draft.answer.campaign
        url = reverse("gathering:answer", args=[slug, draft.answer.pk])
        return Origin(f"Campagne « {campaign.title} »", url)
    if draft.interview is not None:
        url = reverse("gathering:interview", args=[slug, draft.interview.pk])
        return Origin(f"Entretien avec {draft.interview.subject}", url)
    return Origin("Courriel reçu", reverse("gathering:draft", args=[slug, draft.pk]))
