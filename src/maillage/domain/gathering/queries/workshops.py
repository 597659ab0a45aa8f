"""The workshops of a pole, a phone's own view, and what a workshop found."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import Card, CardLink, Seat, Vote, Workshop


def workshops_of(pole: Pole) -> QuerySet[Workshop]:
    """Return the workshops of a pole, the latest first, with how many cards and phones each has."""
    return (
        Workshop.objects.filter(pole=pole)
        .annotate(
            card_count=Count("cards", filter=Q(cards__is_hidden=False), distinct=True),
            seat_count=Count("seats", distinct=True),
        )
        .order_by("-held_on", "-pk")
    )


def workshop_numbered(*, pole: Pole, pk: int) -> Workshop | None:
    """Return a workshop of a pole."""
    return Workshop.objects.select_related("pole", "municipality").filter(pole=pole, pk=pk).first()


def workshop_keyed(*, pole: Pole, key: str) -> Workshop | None:
    """Return the workshop whose address bears this key."""
    return Workshop.objects.select_related("pole", "municipality").filter(pole=pole, key=key).first()


def seat_keyed(*, workshop: Workshop, key: str) -> Seat | None:
    """Return the phone that bears this key in the room."""
    return Seat.objects.select_related("workshop").filter(workshop=workshop, key=key).first() if key else None


def card_of(*, workshop: Workshop, pk: int, is_shown: bool = False) -> Card | None:
    """Return a card of the room; ``is_shown`` leaves out those taken away from the screen."""
    rows = Card.objects.select_related("workshop").filter(workshop=workshop, pk=pk)
    return (rows.filter(is_hidden=False) if is_shown else rows).first()


def voted_by(seat: Seat) -> list[int]:
    """Return the cards for which a phone voted."""
    return list(Vote.objects.filter(seat=seat).order_by("card").values_list("card", flat=True))


@dataclass(frozen=True, slots=True)
class Finding:
    """A card and its answers, for the list of the end."""

    card: Card
    votes: int
    answers: tuple[CardLink, ...]


def findings_of(workshop: Workshop) -> list[Finding]:
    """Return the cards of a room, the most voted first, each with its links, the closest first."""
    cards = (
        Card.objects.filter(workshop=workshop, is_hidden=False)
        .select_related("resource_type", "seat", "nearest", "draft__intent")
        .annotate(voices=Count("votes"))
        .order_by("-voices", "pk")
    )
    links = CardLink.objects.filter(
        need__workshop=workshop, need__is_hidden=False, offer__is_hidden=False
    ).select_related("need", "offer", "need__seat", "offer__seat")
    by_card: dict[int, list[CardLink]] = {}
    for link in links.order_by("-closeness", "pk"):
        by_card.setdefault(link.need_id, []).append(link)
        by_card.setdefault(link.offer_id, []).append(link)
    return [Finding(card, int(getattr(card, "voices", 0)), tuple(by_card.get(card.pk, ()))) for card in cards]


def cards_written_by(seat: Seat) -> list[Card]:
    """Return the cards of a phone."""
    return list(Card.objects.filter(seat=seat).order_by("-pk"))


def running_workshop(pole: Pole) -> Workshop | None:
    """Return the workshop that is open now, the latest."""
    return Workshop.objects.filter(
        pole=pole, state__in=[WorkshopState.GATHERING, WorkshopState.VOTING]
    ).first()
