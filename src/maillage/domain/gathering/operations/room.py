"""What phones do in the room: sit down, say who they are, write cards, vote."""

import secrets
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.checks import MOST_PEOPLE
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.queries import similar_intents
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.live import turn_page
from maillage.domain.gathering.models import Card, CardLink, Seat, Vote, Workshop
from maillage.domain.gathering.proximity import Said, near, type_of

CARD_LENGTH = 200
MOST_CARDS_A_SEAT = 30
MOST_CARDS = 500
MOST_SEATS = 600
MOST_LINKS = 3
_OTHER = {IntentKind.NEED.value: IntentKind.OFFER.value, IntentKind.OFFER.value: IntentKind.NEED.value}


def take_seat(*, workshop: Workshop, at: datetime) -> Seat:
    """Let a phone in."""
    if workshop.state == WorkshopState.CLOSED:
        raise UserMistake("L’atelier est clos. Merci d’être venus.")
    if Seat.objects.filter(workshop=workshop).count() >= MOST_SEATS:
        raise UserMistake("La salle est pleine : trop de téléphones sont déjà là. Prévenez l’animation.")
    with transaction.atomic():
        seat = Seat.objects.create(workshop=workshop, key=secrets.token_urlsafe(16), joined_at=at)
        turn_page(workshop.pk)
    return seat


def introduce_seat(
    *,
    seat: Seat,
    table_number: int | None,
    organisation: str,
    name: str,
    email: str,
    consents: bool,
    at: datetime,
) -> Seat:
    """Say at which table a phone is and, with consent, who holds it. Taking consent back erases name and e-mail."""
    found: dict[str, str] = {}
    if table_number is not None and not 1 <= table_number <= 200:
        found["table_number"] = "Le numéro de table va de 1 à 200."
    for field, text in (("organisation", organisation), ("name", name)):
        if len(text) > 200:
            found[field] = "C’est trop long : 200 caractères au plus."
    if email.strip():
        try:
            validate_email(email.strip())
        except ValidationError:
            found["email"] = "Cette adresse ne semble pas complète. Il faut par exemple : prenom@exemple.fr."
    if (name.strip() or email.strip()) and not consents:
        found["consents"] = "Cochez la case pour que nous gardions ces lignes, ou videz-les."
    if found:
        raise UserMistakes(found)
    seat.table_number = table_number
    seat.organisation = organisation.strip()
    seat.name, seat.email = (name.strip(), email.strip()) if consents else ("", "")
    seat.consented_at = (seat.consented_at or at) if consents else None
    seat.save(update_fields=["table_number", "organisation", "name", "email", "consented_at"])
    return seat


def write_card(
    *,
    workshop: Workshop,
    seat: Seat | None,
    kind: str,
    title: str,
    people_concerned: int | None,
    on: date,
    at: datetime,
) -> Card:
    """Put a card on the screen: its type is read from its words, its links with the other cards are found."""
    said = " ".join(title.replace("\x00", "").split())
    _check_card(kind, said, people_concerned)
    resource_type = type_of(said)
    echo = similar_intents(
        viewer=Viewer(account=None, on=on),
        pole=workshop.pole,
        kind=_OTHER[kind],
        text=said,
        resource_type=resource_type,
        municipality=workshop.municipality,
        limit=1,
    )
    with transaction.atomic():
        version = turn_page(workshop.pk)
        _check_room(workshop, seat)
        card = Card.objects.create(
            workshop=workshop,
            seat=seat,
            kind=kind,
            title=said,
            people_concerned=people_concerned,
            resource_type=resource_type,
            nearest_id=echo[0].pk if echo else None,
            version=version,
            at=at,
        )
        _link(card, version)
    return card


def _check_card(kind: str, said: str, people: int | None) -> None:
    if kind not in IntentKind.values:
        raise UserMistake("Dites s’il s’agit d’un besoin ou d’une offre.", field="kind")
    if not said:
        raise UserMistake("Écrivez quelques mots.", field="title")
    if len(said) > CARD_LENGTH:
        raise UserMistake(
            f"Une carte tient en {CARD_LENGTH} caractères ; la vôtre en a {len(said)}.", field="title"
        )
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        raise UserMistake("Le nombre de personnes est un nombre entier, 0 ou plus.", field="people")


def _check_room(workshop: Workshop, seat: Seat | None) -> None:
    state = Workshop.objects.values_list("state", flat=True).get(pk=workshop.pk)
    if state == WorkshopState.PREPARED:
        raise UserMistake(
            "L’animation n’a pas encore ouvert l’écriture. Gardez votre phrase : encore un instant."
        )
    if state == WorkshopState.VOTING:
        raise UserMistake("On vote maintenant : les cartes ne s’écrivent plus. Demandez à l’animation.")
    if state == WorkshopState.CLOSED:
        raise UserMistake("L’atelier est clos : les cartes ne s’écrivent plus.")
    cards = Card.objects.filter(workshop=workshop)
    if seat is not None and cards.filter(seat=seat).count() >= MOST_CARDS_A_SEAT:
        raise UserMistake(f"Vous avez déjà écrit {MOST_CARDS_A_SEAT} cartes : laissez la parole aux autres.")
    if cards.count() >= MOST_CARDS:
        raise UserMistake("Le mur est plein. Passez au vote.")


def _link(card: Card, version: int) -> None:
    """Find the cards of the other side that answer this one."""
    rows = Card.objects.filter(workshop=card.workshop_id, kind=_OTHER[card.kind], is_hidden=False)
    others = {row.pk: row for row in rows.select_related("resource_type").order_by("pk")}
    is_need = card.kind == IntentKind.NEED
    found = near(_said(card), [_said(one) for one in others.values()], is_need=is_need)[:MOST_LINKS]
    CardLink.objects.bulk_create(
        CardLink(
            need=card if is_need else others[one.pk],
            offer=others[one.pk] if is_need else card,
            closeness=one.closeness,
            because=one.because,
            version=version,
        )
        for one in found
    )


def _said(card: Card) -> Said:
    return Said(card.pk, card.title, card.resource_type)


def show_card(*, card: Card, is_hidden: bool) -> Card:
    """Take a card away from the screens, or bring it back; nothing is deleted."""
    with transaction.atomic():
        card.version = turn_page(card.workshop_id)
        card.is_hidden = is_hidden
        card.save(update_fields=["is_hidden", "version"])
    return card


def cast_vote(*, card: Card, seat: Seat, at: datetime) -> None:
    """Give a card one of the phone's few votes; the database refuses one too many."""
    try:
        with transaction.atomic():
            version = turn_page(card.workshop_id)
            Vote.objects.create(card=card, seat=seat, at=at)
            Card.objects.filter(pk=card.pk).update(version=version)
    except IntegrityError as error:
        for name, sentence in (
            ("vote_once", "Vous avez déjà voté pour cette carte."),
            ("vote_few", "Vous avez donné tous vos votes. Reprenez-en un pour changer d’avis."),
            ("vote_while_voting", "Le vote n’est pas ouvert."),
            ("vote_of_the_room", "Cette carte n’est plus à l’écran."),
        ):
            if name in str(error):
                raise UserMistake(sentence) from error
        raise


def take_vote_back(*, card: Card, seat: Seat) -> None:
    """Take one's vote back, while the room votes."""
    with transaction.atomic():
        version = turn_page(card.workshop_id)
        state = Workshop.objects.values_list("state", flat=True).get(pk=card.workshop_id)
        if state != WorkshopState.VOTING:
            raise UserMistake("Le vote n’est pas ouvert.")
        taken, _ = Vote.objects.filter(card=card, seat=seat).delete()
        if not taken:
            raise UserMistake("Vous n’aviez pas voté pour cette carte.")
        Card.objects.filter(pk=card.pk).update(version=version)
