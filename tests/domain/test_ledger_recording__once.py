"""The same fact sent twice is one fact, whatever the door; a correction never erases; two at once do not both win."""

import io
import threading
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from maillage.core.errors import UserMistake
from maillage.domain.ledger.drafts import EventDraft, EventOrigin, Proof
from maillage.domain.ledger.models import Commitment, EconomicEvent, EventFile, StoredFile
from maillage.domain.ledger.operations import correct_event
from maillage.domain.ledger.operations.recording import check_event, record_once
from tests.factories import NOW, TODAY
from tests.factories.files import SVG, picture
from tests.factories.ledger import fill, make_commitment, make_event, make_event_of, make_resource

pytestmark = pytest.mark.django_db
KEY = EventOrigin(key="web:1:abc")


def send(
    promise: Commitment, quantity: int = 3, *, on: date = TODAY, proof: Proof | None = None
) -> tuple[EconomicEvent, bool]:
    data = EventDraft.of(promise, quantity=Decimal(quantity), unit="t", happened_on=on)
    return record_once(data=data, origin=KEY, by=None, on=TODAY, at=NOW, proof=proof)


def test_same_key__gives_one_fact() -> None:
    promise = make_commitment()
    first, second = send(promise), send(promise)
    assert (first[0], first[1], second[1]) == (second[0], True, False)
    assert EconomicEvent.objects.count() == 1


def test_same_key__with_its_photo_keeps_one_photo() -> None:
    promise = make_commitment()
    for _ in range(2):
        send(promise, proof=Proof("bac.jpg", io.BytesIO(picture())))
    assert (EventFile.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_same_key__for_another_fact_is_refused() -> None:
    promise = make_commitment()
    send(promise, 3)
    with pytest.raises(UserMistake, match="a déjà noté un autre fait"):
        send(promise, 4)
    with pytest.raises(UserMistake, match="a déjà noté un autre fait"):
        send(promise, 3, on=TODAY - timedelta(days=1))


def test_same_key__in_another_unit_is_the_same_fact() -> None:
    promise = make_commitment()
    send(promise, 3)
    data = EventDraft.of(promise, quantity=Decimal(3000), unit="kg", happened_on=TODAY)
    assert record_once(data=data, origin=KEY, by=None, on=TODAY, at=NOW)[1] is False


def test_refused_photo__leaves_no_fact() -> None:
    with pytest.raises(UserMistake, match="dessin SVG"):
        send(make_commitment(), proof=Proof("dessin.svg", io.BytesIO(SVG)))
    assert not EconomicEvent.objects.exists()


def test_key__that_is_too_long_is_refused() -> None:
    data = EventDraft.of(make_commitment(), quantity=Decimal(1), unit="t", happened_on=TODAY)
    with pytest.raises(UserMistake, match="vide ou trop longue"):
        record_once(data=data, origin=EventOrigin(key="x" * 151), by=None, on=TODAY, at=NOW)


def test_check__twice_is_one_check() -> None:
    event = make_event()
    assert check_event(event=event, by=None, at=NOW) == check_event(event=event, by=None, at=NOW)


def _at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run jobs in threads that start together; return what each gave or raised."""
    gate, told = threading.Barrier(len(jobs)), [None] * len(jobs)
    results: list[object] = list(told)

    def run(index: int, job: Callable[[], object]) -> None:
        try:
            gate.wait()
            results[index] = job()
        except UserMistake as mistake:
            results[index] = mistake
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index, job)) for index, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_sends_of_one_key_at_the_same_second__give_one_fact() -> None:
    promise = make_commitment()
    told = _at_once(lambda: send(promise), lambda: send(promise))
    assert EconomicEvent.objects.count() == 1
    assert sorted(one[1] for one in told if isinstance(one, tuple)) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_the_same_second__one_wins_and_the_other_reads_why() -> None:
    event = make_event_of(make_commitment())

    def correction(quantity: int) -> EconomicEvent:
        return correct_event(
            event=event, quantity=Decimal(quantity), reason="Erreur de pesée", by=None, on=TODAY, at=NOW
        )

    told = _at_once(lambda: correction(4), lambda: correction(5))
    lost = [one for one in told if isinstance(one, UserMistake)]
    assert [one.message for one in lost] == ["Ce fait a déjà été corrigé. Corrigez sa dernière version."]
    assert EconomicEvent.objects.filter(corrects=event).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_takings_from_one_stock_at_the_same_second__never_empty_it_below_nothing() -> None:
    heap = make_resource()
    fill(heap, 5)

    def take() -> EconomicEvent:
        return make_event(resource=heap, provider=heap.owner, quantity=Decimal(4), unit=heap.unit)

    told = _at_once(take, take)
    heap.refresh_from_db()
    assert heap.quantity == 1
    assert sum(isinstance(one, UserMistake) for one in told) == 1
