"""A promise is kept when it holds; a sentence says what to do otherwise."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.ledger.models import Resource
from maillage.domain.ledger.operations import (
    cancel_agreement,
    cancel_commitment,
    commit,
    fulfil_commitment,
    update_resource,
)
from tests.factories.actors import make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.ledger import (
    draft_booking,
    draft_commitment,
    make_agreement,
    make_booking,
    make_commitment,
    make_resource,
    make_room,
)

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
N = "\u00a0"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.fixture
def room() -> Resource:
    return make_room("Salle du Berry", owner=make_organisation("La Fabrique"))


def test_commit__keeps_a_quantity_in_its_unit() -> None:
    commitment = make_commitment(quantity=Decimal(12), unit="tonnes")
    assert (commitment.quantity, commitment.unit, commitment.state) == (12, "t", "promised")


def test_commit__takes_the_type_of_its_resource() -> None:
    heap = make_resource()
    commitment = make_commitment(resource=heap, provider=heap.owner)
    assert commitment.resource_type == heap.resource_type


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"action": "fly"}, "« fly » n’existe pas"),
        ({"quantity": Decimal(-1)}, "plus grand que zéro"),
        ({"quantity": Decimal("NaN")}, "plus grand que zéro"),
        ({"unit": ""}, "en quelle unité"),
        ({"unit": "m2"}, "mesure une surface ; « "),
        ({"action": "work"}, "se compte par du temps de travail ; « tonne » mesure une masse"),
        ({"quantity": Decimal("0.00001")}, "trop peu"),
        ({"quantity": None}, "combien, ou de quand à quand"),
        ({"note": "a" * 301}, "300 caractères"),
        ({"starts_at": at(24, 9)}, "quand cela finit"),
        ({"starts_at": at(24, 9), "ends_at": at(24, 9)}, "La fin vient avant le début"),
    ],
)
def test_commit__refuses_with_a_sentence(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        make_commitment(**fields)
    assert sentence in mistake.value.message


def test_commit__is_between_two_structures() -> None:
    one = make_organisation()
    with pytest.raises(UserMistake, match="deux structures"):
        make_commitment(provider=one, receiver=one)


def test_commit__is_between_parties_of_the_agreement() -> None:
    one, two = make_organisation("Une"), make_organisation("Deux")
    agreement = make_agreement(one, make_organisation(), is_active=False)
    with pytest.raises(UserMistake, match="Deux n’est pas dans l’accord"):
        make_commitment(agreement=agreement, pole=agreement.pole, provider=one, receiver=two)


def test_commit__of_another_pole_is_refused() -> None:
    one, two = make_organisation(), make_organisation()
    agreement = make_agreement(one, two)
    with pytest.raises(UserMistake, match="autre pôle"):
        make_commitment(agreement=agreement, pole=make_pole(), provider=one, receiver=two)


def test_commit__in_a_cancelled_agreement_is_refused() -> None:
    one, two = make_organisation(), make_organisation()
    agreement = cancel_agreement(agreement=make_agreement(one, two))
    with pytest.raises(UserMistake, match="est annulé"):
        make_commitment(agreement=agreement, pole=agreement.pole, provider=one, receiver=two)


def test_commit__in_a_signed_agreement_is_refused() -> None:
    one, two = make_organisation(), make_organisation()
    agreement = make_agreement(one, two)
    with pytest.raises(UserMistake, match="déjà signé. Pour promettre autre chose"):
        make_commitment(agreement=agreement, pole=agreement.pole, provider=one, receiver=two)


def test_commit__of_a_type_other_than_its_resource_is_refused(room: Resource) -> None:
    draft = replace(draft_booking(room, at(24, 9), at(24, 12)), resource_type=make_resource_type())
    with pytest.raises(UserMistake, match="est du type"):
        commit(data=draft)


def test_booking__is_lent_by_its_owner(room: Resource) -> None:
    draft = replace(draft_booking(room, at(24, 9), at(24, 12)), provider=make_organisation())
    with pytest.raises(UserMistake, match="à La Fabrique de la prêter"):
        commit(data=draft)


def test_booking__of_what_is_not_bookable_is_refused(room: Resource) -> None:
    update_resource(resource=room, name=room.name, bookable=False)
    with pytest.raises(UserMistake, match="« Salle du Berry » ne se réserve pas"):
        make_booking(room, at(24, 9), at(24, 12))


def refusal(room: Resource, start: datetime, end: datetime) -> str:
    with pytest.raises(UserMistake) as mistake:
        make_booking(room, start, end)
    assert mistake.value.field == "during"
    return mistake.value.message


def test_booking__taken_names_who_and_the_next_time_that_day(room: Resource) -> None:
    make_booking(room, at(24, 9), at(24, 12), receiver=make_organisation("Le Chœur"))
    assert refusal(room, at(24, 10), at(24, 11)) == (
        f"« Salle du Berry » n’est pas libre : Le Chœur l’utilise mardi 24{N}novembre de 9{N}h à 12{N}h. "
        f"Libre le même jour de 8{N}h à 9{N}h."
    )


def test_booking__taken_all_day_offers_the_same_hour_another_day(room: Resource) -> None:
    make_booking(room, at(24, 8), at(24, 20))
    make_booking(room, at(25, 13), at(25, 18))
    said = refusal(room, at(24, 14), at(24, 16, 30))
    assert said.endswith(f"Libre jeudi 26{N}novembre de 14{N}h à 16{N}h{N}30.")


def test_booking__taken_for_weeks_asks_for_another_date(room: Resource) -> None:
    make_booking(room, at(1, 0), at(30, 0) + timedelta(days=30))
    assert refusal(room, at(24, 9), at(24, 12)).endswith("Choisissez une autre date.")


def test_booking__of_several_days_is_said_in_full(room: Resource) -> None:
    make_booking(room, at(24, 9), at(26, 12))
    said = refusal(room, at(25, 9), at(25, 12))
    assert f"du mardi 24{N}novembre, 9{N}h, au jeudi 26{N}novembre, 12{N}h" in said


def test_booking__cancelled_leaves_its_place(room: Resource) -> None:
    cancel_commitment(commitment=make_booking(room, at(24, 9), at(24, 12)))
    assert make_booking(room, at(24, 9), at(24, 12)).state == "promised"


def test_fulfil__then_cancel_is_refused() -> None:
    done = fulfil_commitment(commitment=make_commitment())
    assert done.state == "fulfilled"
    with pytest.raises(UserMistake, match="déjà fait"):
        cancel_commitment(commitment=done)


def test_cancel__twice_is_refused() -> None:
    gone = cancel_commitment(commitment=make_commitment())
    with pytest.raises(UserMistake, match="est annulé"):
        cancel_commitment(commitment=gone)


def test_commit__in_the_name_of_a_merged_sheet_is_refused() -> None:
    merged = make_organisation(merged_into=make_organisation())
    with pytest.raises(UserMistake, match="réunie à une autre"):
        commit(data=draft_commitment(provider=merged))
