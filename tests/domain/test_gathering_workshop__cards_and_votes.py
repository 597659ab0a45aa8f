"""In the room: cards find their answers, votes are few, and the database holds it even without us."""

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.exchanges.enums import IntentKind, Visibility
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import Card, CardLink, Seat, Vote, Workshop
from maillage.domain.gathering.operations import room
from maillage.domain.gathering.queries.screen import screen_since
from tests.factories import NOW, TODAY
from tests.factories.actors import make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_offer
from tests.factories.gathering import make_card, make_seat, make_workshop

pytestmark = pytest.mark.django_db


def write(workshop: Workshop, kind: str, title: str, seat: Seat | None = None) -> Card:
    return room.write_card(
        workshop=workshop, seat=seat, kind=kind, title=title, people_concerned=None, on=TODAY, at=NOW
    )


def test_cards__of_one_type_answer_each_other() -> None:
    make_resource_type("salle-reunion", "Salle de réunion")
    workshop = make_workshop()
    need = write(workshop, IntentKind.NEED, "Il nous faut une salle de réunion")
    offer = write(workshop, IntentKind.OFFER, "Notre salle de réunion est libre le mardi")
    link = CardLink.objects.get()
    assert (link.need, link.offer) == (need, offer)
    assert link.because == "même type : Salle de réunion"


def test_cards__that_share_words_answer_each_other_and_others_do_not() -> None:
    workshop = make_workshop()
    write(workshop, IntentKind.NEED, "Transporter des zigouflettes vers Vierzon")
    write(workshop, IntentKind.OFFER, "Nos zigouflettes à transporter")
    write(workshop, IntentKind.OFFER, "Cours de solfège")
    assert [link.offer.title for link in CardLink.objects.all()] == ["Nos zigouflettes à transporter"]


def test_card__never_shows_what_the_pole_keeps_for_its_members() -> None:
    pole = make_pole()
    kind = make_resource_type("salle-reunion", "Salle de réunion")
    for visibility in (Visibility.MEMBERS, Visibility.ANONYMOUS, Visibility.FACILITATORS):
        make_offer(pole=pole, title="Salle de réunion cachée", resource_type=kind, visibility=visibility)
    card = write(make_workshop(pole), IntentKind.NEED, "Une salle de réunion")
    assert card.nearest is None
    shown = make_offer(pole=pole, title="Salle ouverte", resource_type=kind, visibility=Visibility.PUBLIC)
    assert write(make_workshop(pole), IntentKind.NEED, "Une salle de réunion").nearest == shown


def test_vote__is_one_a_card_a_phone() -> None:
    workshop = make_workshop(state=WorkshopState.VOTING)
    card, seat = make_card(workshop), make_seat(workshop)
    room.cast_vote(card=card, seat=seat, at=NOW)
    with pytest.raises(UserMistake, match="déjà voté"):
        room.cast_vote(card=card, seat=seat, at=NOW)


def test_vote__one_too_many_is_refused_and_one_taken_back_is_free_again() -> None:
    workshop = make_workshop(state=WorkshopState.VOTING, votes_each=2)
    cards, seat = [make_card(workshop) for _ in range(3)], make_seat(workshop)
    for card in cards[:2]:
        room.cast_vote(card=card, seat=seat, at=NOW)
    with pytest.raises(UserMistake, match="tous vos votes"):
        room.cast_vote(card=cards[2], seat=seat, at=NOW)
    room.take_vote_back(card=cards[0], seat=seat)
    room.cast_vote(card=cards[2], seat=seat, at=NOW)
    assert Vote.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "name"), [(WorkshopState.VOTING, "vote_few"), (WorkshopState.GATHERING, "vote_while_voting")]
)
def test_database__refuses_a_vote_written_behind_our_back(state: str, name: str) -> None:
    workshop = make_workshop(state=state, votes_each=1)
    seat = make_seat(workshop)
    first, second = (Vote(card=make_card(workshop), seat=seat, at=NOW) for _ in range(2))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Vote.objects.bulk_create([first, second])


def test_database__refuses_a_vote_for_the_card_of_another_room() -> None:
    seat = make_seat(make_workshop(state=WorkshopState.VOTING))
    elsewhere = make_card(make_workshop(state=WorkshopState.VOTING))
    with pytest.raises(IntegrityError, match="vote_of_the_room"), transaction.atomic():
        Vote.objects.create(card=elsewhere, seat=seat, at=NOW)


def test_database__refuses_a_name_without_consent() -> None:
    with pytest.raises(IntegrityError, match="seat_named_by_consent"), transaction.atomic():
        make_seat(make_workshop(), name="Léa")


def test_seat__taking_consent_back_erases_name_and_email() -> None:
    seat = make_seat(make_workshop())
    said = {"table_number": 4, "organisation": "Ci&el", "name": "Léa", "email": "lea@exemple.fr", "at": NOW}
    with pytest.raises(UserMistakes):
        room.introduce_seat(seat=seat, consents=False, **said)  # type: ignore[arg-type]  # one dictionary of several types
    room.introduce_seat(seat=seat, consents=True, **said)  # type: ignore[arg-type]  # one dictionary of several types
    assert Seat.objects.get().email == "lea@exemple.fr"
    room.introduce_seat(seat=seat, consents=False, **(said | {"name": "", "email": ""}))  # type: ignore[arg-type]  # one dictionary of several types
    kept = Seat.objects.get()
    assert (kept.name, kept.email, kept.consented_at, kept.table_number) == ("", "", None, 4)


def test_screen__tells_only_what_changed_and_nobodys_name() -> None:
    workshop = make_workshop()
    seat = make_seat(workshop, name="Léa", organisation="Ci&el", consented_at=NOW, table_number=3)
    first = write(workshop, IntentKind.NEED, "Une salle", seat)
    version = screen_since(workshop_id=workshop.pk)["version"]
    second = write(workshop, IntentKind.NEED, "Un four", seat)
    state = screen_since(workshop_id=workshop.pk, since=version)
    assert [card["id"] for card in state["cards"]] == [second.pk]
    assert "Léa" not in str(state)
    assert "Ci&el" not in str(state)
    room.show_card(card=first, is_hidden=True)
    assert screen_since(workshop_id=workshop.pk, since=state["version"])["gone"] == [first.pk]


@pytest.mark.parametrize("state", [WorkshopState.PREPARED, WorkshopState.VOTING, WorkshopState.CLOSED])
def test_card__is_written_only_while_the_room_writes(state: str) -> None:
    with pytest.raises(UserMistake):
        write(make_workshop(state=state), IntentKind.NEED, "Une salle")
    assert not Card.objects.exists()
