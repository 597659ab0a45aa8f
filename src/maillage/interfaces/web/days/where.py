"""Where each subject of a day is shown."""

from django.urls import NoReverseMatch, reverse

from maillage.domain.actors.models import Pole
from maillage.domain.days.enums import Subject

_PAGES = {
    Subject.SYNERGY: "synergies:detail",
    Subject.AGREEMENT: "agreements:detail",
    Subject.COMMITMENT: "ledger:promise",
    Subject.INTENT: "exchanges:detail",
    Subject.ORGANISATION: "actors:detail",
    Subject.PROJECT: "projects:detail",
    Subject.MEETING: "projects:meeting",
    Subject.TASK: "projects:task",
}


def page_of(subject: Subject, pk: int, pole: Pole) -> str:
    """Return the address of a subject's page."""
    if subject is Subject.LETTERS:
        return reverse("mail:letters", args=[pole.slug])
    try:
        return reverse(_PAGES[subject], args=[pole.slug, pk])
    except NoReverseMatch:
        return reverse("pages:pole", args=[pole.slug])
