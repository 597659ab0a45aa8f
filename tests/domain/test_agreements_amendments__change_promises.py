"""An amendment adds, changes and ends promises: when every party signed, and with what is done still counted."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.agreements.models import AgreementText, Amendment, PromiseChange
from maillage.domain.agreements.operations import (
    end_promise,
    leave_promise,
    open_amendment,
    propose_amendment,
    revise_amendment,
    update_amendment,
)
from maillage.domain.agreements.operations.amending import amendment_text
from maillage.domain.ledger.models import Agreement, Commitment, RecordingLabel
from maillage.domain.ledger.operations import cancel_agreement, commit, fulfil_commitment, labels
from tests.domain.test_agreements_amendments__keep_what_was import change
from tests.factories import NOW, TODAY
from tests.factories.agreements import STAFF_LOAN, fill, make_open, make_ready, promise
from tests.factories.amendments import WRITING, make_addition, make_change, make_signed, sign_by_all
from tests.factories.ledger import draft_booking, draft_commitment, make_event_of, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed() -> Agreement:
    return make_signed()


def only(agreement: Agreement) -> Commitment:
    return Commitment.objects.select_related("agreement", "pole").get(agreement=agreement)


def between(agreement: Agreement) -> dict[str, Any]:
    first, second = [party.organisation for party in agreement.parties.order_by("pk")]
    return {"provider": first, "receiver": second}


def scan(label: RecordingLabel | None) -> None:
    assert label is not None
    labels.record_by_label(
        label=label,
        told_by="Awa",
        quantity=Decimal(2),
        unit="t",
        happened_on=TODAY,
        key="a",
        on=TODAY,
        at=NOW,
    )


def at(hour: int) -> datetime:
    return datetime.combine(
        TODAY + timedelta(days=30), datetime.min.time(), ZoneInfo("Europe/Paris")
    ).replace(hour=hour)


def test_change__moves_nothing_until_the_last_yes(signed: Agreement) -> None:
    amendment = make_change(only(signed), due_on=TODAY + timedelta(days=90), note="De saison")
    propose_amendment(amendment=amendment, at=NOW, by=None)
    assert only(signed).quantity == 12


def test_change__holds_once_signed_with_the_earlier_text_and_promise_readable(signed: Agreement) -> None:
    sign_by_all(make_change(only(signed), due_on=TODAY + timedelta(days=90), note="De saison"))
    kept = only(signed)
    assert (kept.quantity, kept.due_on, kept.note) == (8, TODAY + timedelta(days=90), "De saison")
    line = PromiseChange.objects.get()
    assert (line.was_quantity, line.was_due_on, line.quantity) == (12, None, 8)
    after, before = AgreementText.objects.filter(agreement=signed, amendment=None)
    assert "12 t" in before.body.replace("\u00a0", " ")
    assert "8 t" in after.body.replace("\u00a0", " ")


def test_text__says_before_and_after_of_each_promise(signed: Agreement) -> None:
    amendment = make_change(only(signed))
    make_addition(signed, note="Le soir")
    body = amendment_text(amendment).body.replace("\u00a0", " ")
    assert "Engagement changé : La Donneuse → La Receveuse" in body
    assert "| 12 t, pendant l’accord | 8 t, pendant l’accord" in body
    assert "| – | 3 t, pendant l’accord (Le soir)" in body
    assert "Modalités" not in body


def test_addition__enters_when_signed_and_knows_its_line(signed: Agreement) -> None:
    amendment = make_addition(signed)
    assert signed.commitments.count() == 1
    sign_by_all(amendment)
    made = signed.commitments.latest("pk")
    assert made.quantity == 3
    assert PromiseChange.objects.get().commitment == made


def test_end__keeps_what_was_done(signed: Agreement) -> None:
    make_addition(signed)
    kept = only(signed)
    make_event_of(kept, 5)
    sign_by_all(end_promise(commitment=kept, writing=WRITING))
    kept.refresh_from_db()
    assert kept.state == "cancelled"
    assert kept.events.get().quantity == 5
    assert "5 t" not in AgreementText.objects.filter(agreement=signed, amendment=None)[0].body


def test_label__of_an_ended_promise_records_nothing_more(signed: Agreement) -> None:
    make_addition(signed)
    label = labels.make_label(commitment=only(signed), name="Bac n° 3", by=None, at=NOW)
    sign_by_all(end_promise(commitment=only(signed), writing=WRITING))
    with pytest.raises(UserMistake, match="annulé"):
        scan(labels.label_of(labels.label_token(label)))


def test_end__of_the_only_promise_of_an_exchange_is_refused_when_sent(signed: Agreement) -> None:
    amendment = end_promise(commitment=only(signed), writing=WRITING)
    with pytest.raises(UserMistake, match="au moins un engagement"):
        propose_amendment(amendment=amendment, at=NOW, by=None)


def test_change__under_what_is_done_is_refused_when_written(signed: Agreement) -> None:
    make_event_of(only(signed), 9)
    with pytest.raises(UserMistake, match="Déjà fait : 9\u00a0t"):
        make_change(only(signed))
    assert not Amendment.objects.exists()


def test_change__under_what_was_done_meanwhile_is_refused_at_the_last_yes(signed: Agreement) -> None:
    amendment = make_change(only(signed))
    make_event_of(only(signed), 7)
    make_event_of(only(signed), 2)
    with pytest.raises(UserMistake, match="Déjà fait"):
        sign_by_all(amendment)
    assert only(signed).quantity == 12


def test_change__to_what_is_done_makes_it_done_and_more_makes_it_promised_again(signed: Agreement) -> None:
    make_event_of(only(signed), 8)
    sign_by_all(make_change(only(signed)))
    assert only(signed).state == "fulfilled"
    sign_by_all(make_change(only(signed), quantity=Decimal(20)))
    assert only(signed).state == "promised"


def test_change__in_another_unit_counts_the_same_facts(signed: Agreement) -> None:
    make_event_of(only(signed), 9)
    with pytest.raises(UserMistake, match="Déjà fait : 9"):
        make_change(only(signed), quantity=Decimal(8000), unit="kg")
    sign_by_all(make_change(only(signed), quantity=Decimal(9000), unit="kg"))
    assert (only(signed).unit, only(signed).state) == ("kg", "fulfilled")


def test_end__waits_for_facts_to_be_checked(signed: Agreement) -> None:
    label = labels.make_label(commitment=only(signed), name="Bac n° 3", by=None, at=NOW)
    scan(label)
    with pytest.raises(UserMistake, match="1\u00a0fait attend d’être vérifié sur cet engagement"):
        end_promise(commitment=only(signed), writing=WRITING)


def test_end__of_a_promise_done_is_refused(signed: Agreement) -> None:
    with pytest.raises(UserMistake, match="déjà fait"):
        end_promise(commitment=fulfil_commitment(commitment=only(signed)), writing=WRITING)


def test_amendment__holds_several_lines_and_terms_together(signed: Agreement) -> None:
    amendment = open_amendment(agreement=signed, data=change(), at=NOW, by=None)
    assert make_change(only(signed)) == amendment
    assert make_addition(signed) == amendment
    sign_by_all(amendment)
    assert sorted(signed.commitments.values_list("quantity", flat=True)) == [3, 8]
    signed.refresh_from_db()
    assert signed.ends_on == change().ends_on


def test_line__said_as_it_stands_leaves_the_amendment(signed: Agreement) -> None:
    amendment = make_change(only(signed))
    make_change(only(signed), quantity=Decimal(12))
    assert not PromiseChange.objects.exists()
    with pytest.raises(UserMistake, match="Rien ne change dans cet engagement"):
        make_change(only(signed), quantity=Decimal(12))
    with pytest.raises(UserMistake, match="Rien ne change"):
        propose_amendment(amendment=amendment, at=NOW, by=None)


def test_line__is_left_out_while_a_draft_only(signed: Agreement) -> None:
    amendment = make_change(only(signed))
    make_addition(signed)
    leave_promise(change=PromiseChange.objects.get(kind="add"))
    kept = propose_amendment(amendment=amendment, at=NOW, by=None)
    with pytest.raises(UserMistake, match="à la signature"):
        leave_promise(change=PromiseChange.objects.get())
    with pytest.raises(UserMistake, match="à la signature"):
        make_addition(signed)
    revise_amendment(amendment=kept)
    leave_promise(change=PromiseChange.objects.get())


def test_terms__may_stay_when_a_promise_changes(signed: Agreement) -> None:
    amendment = make_change(only(signed))
    data = change(ends_on=signed.ends_on, reason="Moins de restes")
    assert update_amendment(amendment=amendment, data=data).reason == "Moins de restes"


def test_staff_loan__stays_at_cost_through_its_promises() -> None:
    agreement = make_open("pret-de-personnel")
    fill(agreement, STAFF_LOAN)
    promise(agreement, action="work", quantity=Decimal(40), unit="h")
    agreement = make_signed(agreement)
    with pytest.raises(UserMistake, match="L8241-1"):
        make_addition(agreement, action="pay", quantity=Decimal(2000), unit="€")


def test_booking__moves_and_gives_its_time_back() -> None:
    agreement = make_ready()
    giver = agreement.parties.order_by("pk")[0].organisation
    taker = agreement.parties.order_by("pk")[1].organisation
    room = make_room(owner=giver)
    given: dict[str, Any] = {"pole": agreement.pole, "agreement": agreement, "receiver": taker}
    one = commit(data=draft_booking(room, at(9), at(12), **given))
    two = commit(data=draft_booking(room, at(14), at(16), **given))
    make_signed(agreement)
    one, two = Commitment.objects.get(pk=one.pk), Commitment.objects.get(pk=two.pk)
    with pytest.raises(UserMistake, match="n’est pas libre"):
        make_change(one, quantity=None, starts_at=at(14), ends_at=at(16))
    make_change(two, quantity=None, starts_at=at(17), ends_at=at(19))
    sign_by_all(make_change(one, quantity=None, starts_at=at(14), ends_at=at(16)))
    one.refresh_from_db()
    assert one.during.lower == at(14)


def test_database__takes_no_promise_in_a_signed_agreement_without_its_amendment(signed: Agreement) -> None:
    kept = only(signed)
    with pytest.raises(IntegrityError, match="signed amendment"), transaction.atomic():
        Commitment.objects.filter(pk=kept.pk).update(quantity=8)
    amendment = make_change(kept)
    with pytest.raises(IntegrityError, match="signed amendment"), transaction.atomic():
        Commitment.objects.filter(pk=kept.pk).update(quantity=8)
    sign_by_all(amendment)
    for quantity in (12, 9):
        with pytest.raises(IntegrityError, match="signed amendment"), transaction.atomic():
            Commitment.objects.filter(pk=kept.pk).update(quantity=quantity)


def test_database__ends_no_signed_promise_without_its_amendment_or_its_agreement(signed: Agreement) -> None:
    kept = only(signed)
    with pytest.raises(IntegrityError, match="a signed promise ends"), transaction.atomic():
        Commitment.objects.filter(pk=kept.pk).update(state="cancelled")
    cancel_agreement(agreement=signed)
    assert only(signed).state == "cancelled"


def test_database__lets_an_added_promise_in_once(signed: Agreement) -> None:
    sign_by_all(make_addition(signed))
    twin = signed.commitments.latest("pk")
    twin.pk = None
    with pytest.raises(IntegrityError, match="signed amendment"), transaction.atomic():
        twin.save(force_insert=True)
    with pytest.raises(UserMistake, match="écrivez un avenant"):
        commit(data=replace(draft_commitment(agreement=signed, pole=signed.pole), **between(signed)))


def test_database__keeps_the_lines_of_an_amendment_that_was_sent(signed: Agreement) -> None:
    amendment = propose_amendment(amendment=make_change(only(signed)), at=NOW, by=None)
    line = PromiseChange.objects.get()
    with pytest.raises(IntegrityError, match="while it is a draft"), transaction.atomic():
        PromiseChange.objects.filter(pk=line.pk).update(quantity=1)
    with pytest.raises(IntegrityError, match="keeps what was signed"), transaction.atomic():
        line.delete()
    revise_amendment(amendment=amendment)
    sign_by_all_again = sign_by_all(Amendment.objects.select_related("agreement").get(pk=amendment.pk))
    with pytest.raises(IntegrityError, match="stays so"), transaction.atomic():
        Amendment.objects.filter(pk=sign_by_all_again.pk).update(state="draft")


def test_database__changes_the_promises_of_this_agreement_only(signed: Agreement) -> None:
    amendment = make_change(only(signed))
    other = make_signed(make_ready(pole=signed.pole, title="Un autre"))
    line = PromiseChange.objects.get()
    line.pk, line.commitment, line.amendment = None, only(other), amendment
    with pytest.raises(IntegrityError, match="of its agreement"), transaction.atomic():
        line.save(force_insert=True)
