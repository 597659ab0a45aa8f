"""What the screens of a workshop show: everything, or only what changed since a version. No name of anybody in it."""

from typing import Any

from django.db.models import Count, Q

from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import Card, CardLink, Seat, Vote, Workshop


def screen_since(*, workshop_id: int, since: int = 0) -> dict[str, Any]:
    """Return the state of a workshop as plain values; ``since`` leaves out the cards and links already shown.

    Numbers are given under the workshop's lock: what is read at a version never misses a smaller one.
    """
    workshop = Workshop.objects.get(pk=workshop_id)
    later = Q(version__gt=since)
    cards = (
        Card.objects.filter(later, workshop=workshop_id)
        .select_related("resource_type", "seat", "nearest")
        .annotate(voices=Count("votes"))
        .order_by("pk")
    )
    shown = Q(need__is_hidden=False, offer__is_hidden=False)
    links = CardLink.objects.filter(later, shown, need__workshop=workshop_id).order_by("pk")
    return {
        "version": workshop.version,
        "state": workshop.state,
        "stateLabel": str(WorkshopState(workshop.state).label),
        "phones": Seat.objects.filter(workshop=workshop_id).count(),
        "voices": Vote.objects.filter(card__workshop=workshop_id, card__is_hidden=False).count(),
        "cards": [_card(card) for card in cards if not card.is_hidden],
        "gone": [card.pk for card in cards if card.is_hidden],
        "links": [
            {"id": link.pk, "need": link.need_id, "offer": link.offer_id, "because": link.because}
            for link in links
        ],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "id": card.pk,
        "kind": card.kind,
        "title": card.title,
        "table": card.seat.table_number if card.seat else None,
        "type": card.resource_type.label if card.resource_type else "",
        "people": card.people_concerned,
        "votes": int(getattr(card, "voices", 0)),
        "nearest": card.nearest.title if card.nearest and card.nearest.visibility == "public" else "",
    }
