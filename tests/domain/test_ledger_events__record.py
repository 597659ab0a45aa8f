"""What happened is recorded once, in the right unit, and moves stock and promises."""

from datetime import date
from decimal import Decimal

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.ledger.models import Commitment, EconomicEvent
from maillage.domain.ledger.operations import cancel_commitment, correct_event
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_organisation
from tests.factories.catalogue import make_resource_type
from tests.factories.ledger import (
    fill,
    make_agreement,
    make_commitment,
    make_event,
    make_event_of,
    make_resource,
)

pytestmark = pytest.mark.django_db

N = "\u00a0"


def state_of(commitment: Commitment) -> str:
    return Commitment.objects.get(pk=commitment.pk).state


def correct(event: EconomicEvent, quantity: int | Decimal, unit: str = "") -> EconomicEvent:
    return correct_event(
        event=event,
        quantity=Decimal(quantity),
        unit=unit,
        reason="Erreur de pesée",
        by=None,
        on=TODAY,
        at=NOW,
    )


def test_record__converts_to_the_unit_of_the_resource() -> None:
    heap = make_resource(unit="t")
    event = make_event(
        action="produce",
        provider=heap.owner,
        receiver=heap.owner,
        resource=heap,
        quantity=Decimal(2500),
        unit="kg",
    )
    heap.refresh_from_db()
    assert (event.quantity, event.unit, heap.quantity) == (Decimal("2.5"), "t", Decimal("2.5"))


def test_record__without_resource_keeps_the_unit_of_measure() -> None:
    event = make_event(quantity=Decimal(2500), unit="kilos")
    assert (event.quantity, event.unit) == (2500, "kg")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"action": "fly"}, "n’existe pas"),
        ({"quantity": Decimal(0)}, "plus grand que zéro"),
        ({"unit": "h"}, "mesure du temps de travail"),
        ({"action": "pay"}, "se compte par une somme d’argent"),
        ({"happened_on": date(2027, 1, 1)}, "avenir"),
        ({"evidence_kind": "dream"}, "Choisissez une preuve"),
        ({"evidence": "a" * 301}, "300 caractères"),
    ],
)
def test_record__refuses_with_a_sentence(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        make_event(**fields)
    assert sentence in mistake.value.message
    assert not EconomicEvent.objects.exists()


def test_record__of_more_than_there_is_says_what_is_left() -> None:
    heap = make_resource("Tas de compost")
    fill(heap, 3)
    with pytest.raises(UserMistake) as mistake:
        make_event(resource=heap, provider=heap.owner, quantity=Decimal(5))
    assert mistake.value.message == (
        f"Il ne reste que 3{N}t dans « Tas de compost » : 5{N}t ne peuvent pas en sortir."
    )


def test_record__from_an_empty_resource_says_so() -> None:
    heap = make_resource("Tas de compost")
    with pytest.raises(UserMistake, match="Il n’y a rien dans « Tas de compost »"):
        make_event(resource=heap, provider=heap.owner)


def test_promise__is_done_when_its_quantity_is_reached() -> None:
    promise = make_commitment(quantity=Decimal(12), unit="t")
    make_event_of(promise, 5)
    assert state_of(promise) == "promised"
    make_event_of(promise, 7000, "kg")
    assert state_of(promise) == "fulfilled"


def test_promise__is_promised_again_after_a_correction() -> None:
    promise = make_commitment(quantity=Decimal(3), unit="t")
    event = make_event_of(promise, 3)
    assert state_of(promise) == "fulfilled"
    correct(event, 2)
    assert state_of(promise) == "promised"


def test_promise__cancelled_takes_no_fact() -> None:
    promise = cancel_commitment(commitment=make_commitment())
    with pytest.raises(UserMistake, match="est annulé"):
        make_event_of(promise)


def test_promise__of_a_draft_takes_no_fact() -> None:
    one, two = make_organisation(), make_organisation()
    agreement = make_agreement(one, two, is_active=False)
    promise = make_commitment(agreement=agreement, pole=agreement.pole, provider=one, receiver=two)
    with pytest.raises(UserMistake, match="encore un brouillon"):
        make_event_of(promise)


def test_promise__of_others_takes_no_fact() -> None:
    promise = make_commitment()
    with pytest.raises(UserMistake, match="ne répond pas à cet engagement"):
        make_event(commitment=promise, pole=promise.pole, resource_type=promise.resource_type)


def test_correct__replaces_and_keeps_the_rest() -> None:
    event = make_event(evidence_kind="weighing", evidence="Ticket 12", quantity=Decimal(3))
    right = correct(event, 2)
    assert (right.quantity, right.evidence, right.provider, right.corrects) == (
        2,
        "Ticket 12",
        event.provider,
        event,
    )
    assert right.note == "Erreur de pesée"


def test_correct__of_zero_gives_the_stock_back() -> None:
    heap = make_resource()
    fill(heap, 10)
    event = make_event(resource=heap, provider=heap.owner, quantity=Decimal(4))
    correct(event, 0)
    heap.refresh_from_db()
    assert heap.quantity == 10


def test_correct__twice_is_refused() -> None:
    event = make_event()
    correct(event, 2)
    with pytest.raises(UserMistake, match="déjà été corrigé"):
        correct(event, 1)


def test_correct__what_was_cancelled_is_refused() -> None:
    gone = correct(make_event(), 0)
    with pytest.raises(UserMistake, match="est annulé"):
        correct(gone, 1)


def test_correct__asks_why() -> None:
    with pytest.raises(UserMistake, match="Dites pourquoi"):
        correct_event(
            event=make_event(), quantity=Decimal(1), reason=" ", by=make_account(), on=TODAY, at=NOW
        )


def test_correct__that_leaves_less_than_nothing_says_what_to_do() -> None:
    heap = make_resource("Tas")
    first = fill(heap, 10)
    make_event(pole=first.pole, resource=heap, provider=heap.owner, quantity=Decimal(8))
    with pytest.raises(UserMistake, match="Corrigez d’abord ce qui en est sorti"):
        correct(first, 7)


def test_correct__to_another_dimension_is_refused() -> None:
    with pytest.raises(UserMistake, match="mesure une surface"):
        correct(make_event(resource_type=make_resource_type()), 1, "m2")
