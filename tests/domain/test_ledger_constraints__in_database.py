"""What must never be is refused by the database itself, whoever writes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.domain.ledger.models import Action, Agreement, Commitment, EconomicEvent, Process, Resource
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.ledger import (
    fill,
    make_actions,
    make_agreement,
    make_booking,
    make_event,
    make_resource,
    make_room,
    start,
)

pytestmark = pytest.mark.django_db


def raw_event(**columns: Any) -> EconomicEvent:
    """Write an event without any operation."""
    make_actions()
    given_ = {"action_id": "transfer", "quantity": Decimal(1), "unit": "t", "happened_on": TODAY} | columns
    given_["pole"] = given_.get("pole") or make_pole()
    given_["provider"] = given_.get("provider") or make_organisation()
    given_["receiver"] = given_.get("receiver") or make_organisation()
    given_["resource_type"] = given_.get("resource_type") or make_resource_type()
    return EconomicEvent.objects.create(recorded_at=NOW, **given_)


def raw_commitment(**columns: Any) -> Commitment:
    """Write a commitment without any operation."""
    make_actions()
    given_ = {"action_id": "use"} | columns
    given_["pole"] = given_.get("pole") or make_pole()
    given_["provider"] = given_.get("provider") or make_organisation()
    given_["receiver"] = given_.get("receiver") or make_organisation()
    given_["resource_type"] = given_.get("resource_type") or make_resource_type()
    return Commitment.objects.create(**given_)


def span(start: int, end: int) -> DateTimeTZRange:
    return DateTimeTZRange(NOW + timedelta(hours=start), NOW + timedelta(hours=end))


# ---------- bookings ----------


def test_booking__that_overlaps_is_refused() -> None:
    room = make_room()
    raw_commitment(resource=room, during=span(0, 3))
    with pytest.raises(IntegrityError, match="commitment_no_double_booking"):
        raw_commitment(resource=room, during=span(2, 4))


def test_booking__that_touches_is_kept() -> None:
    room = make_room()
    raw_commitment(resource=room, during=span(0, 3))
    raw_commitment(resource=room, during=span(3, 4))
    assert room.commitments.count() == 2


def test_booking__that_was_cancelled_frees_the_room() -> None:
    room = make_room()
    raw_commitment(resource=room, during=span(0, 3), state="cancelled")
    raw_commitment(resource=room, during=span(0, 3))
    assert room.commitments.count() == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1])),
        max_size=8,
    )
)
def test_booking__kept_ones_never_overlap(asked: list[tuple[int, int]]) -> None:
    with transaction.atomic():
        room, pole, one, two = make_room(), make_pole(), make_organisation(), make_organisation()
        kept: list[tuple[int, int]] = []
        for start, end in asked:
            free = all(end <= other or start >= stop for other, stop in kept)
            try:
                with transaction.atomic():
                    raw_commitment(
                        resource=room,
                        during=span(start, end),
                        pole=pole,
                        provider=one,
                        receiver=two,
                        resource_type=room.resource_type,
                    )
            except IntegrityError:
                assert not free
            else:
                assert free
                kept.append((start, end))
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({}, "commitment_says_how_much_or_when"),
        ({"quantity": Decimal(0), "unit": "t"}, "commitment_quantity_with_unit"),
        ({"quantity": Decimal(1)}, "commitment_quantity_with_unit"),
        ({"during": DateTimeTZRange(NOW, None)}, "commitment_range_bounded"),
        ({"during": DateTimeTZRange(NOW, NOW)}, "commitment_range_bounded"),
        ({"quantity": Decimal(1), "unit": "t", "state": "lost"}, "commitment_state_known"),
    ],
)
def test_commitment__refuses(columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        raw_commitment(**columns)


def test_commitment__is_between_two() -> None:
    one = make_organisation()
    with pytest.raises(IntegrityError, match="commitment_two_parties"):
        raw_commitment(provider=one, receiver=one, quantity=Decimal(1), unit="t")


def test_commitment__comes_into_a_draft_only() -> None:
    with pytest.raises(IntegrityError, match="while it is a draft"):
        raw_commitment(agreement=make_agreement(), quantity=Decimal(1), unit="t")


@pytest.mark.parametrize(
    "change", [{"quantity": Decimal(9)}, {"agreement": None}, {"due_on": TODAY}, {"state": "promised"}]
)
def test_commitment__of_a_signed_agreement_stays_as_it_was_signed(change: dict[str, Any]) -> None:
    agreement = make_agreement(is_active=False)
    kept = raw_commitment(agreement=agreement, quantity=Decimal(1), unit="t", state="cancelled")
    Commitment.objects.filter(pk=kept.pk).update(**change)
    Commitment.objects.filter(pk=kept.pk).update(
        agreement=agreement, quantity=1, due_on=None, state="cancelled"
    )
    start(agreement)
    with pytest.raises(IntegrityError, match="while it is a draft"):
        Commitment.objects.filter(pk=kept.pk).update(**change)


# ---------- stock ----------


def test_stock__is_never_negative() -> None:
    heap = make_resource()
    fill(heap, 5)
    with pytest.raises(IntegrityError, match="resource_never_negative"):
        raw_event(resource=heap, quantity=Decimal(6))


def test_stock__is_the_sum_of_its_events() -> None:
    heap = make_resource()
    fill(heap, 5)
    raw_event(resource=heap, quantity=Decimal(2))
    raw_event(resource=heap, action_id="cite", quantity=Decimal(9))
    heap.refresh_from_db()
    assert heap.quantity == 3


def test_stock__moves_by_events_only() -> None:
    heap = make_resource()
    with pytest.raises(IntegrityError, match="only an event moves the stock"):
        Resource.objects.filter(pk=heap.pk).update(quantity=9)


def test_stock__is_born_empty() -> None:
    with pytest.raises(IntegrityError, match="only an event moves the stock"):
        Resource.objects.create(
            name="Cuve", owner=make_organisation(), resource_type=make_resource_type(), unit="t", quantity=3
        )


def test_stock__counts_in_one_unit() -> None:
    heap = make_resource(unit="t")
    with pytest.raises(IntegrityError, match="counts in the unit of its resource"):
        raw_event(resource=heap, action_id="produce", unit="kg")


def test_resource__with_events_keeps_its_unit() -> None:
    heap = make_resource(unit="t")
    fill(heap, 5)
    heap.unit = "kg"
    with pytest.raises(IntegrityError, match="keeps its unit"):
        heap.save(update_fields=["unit"])


# ---------- facts ----------


def test_event__is_never_changed() -> None:
    event = make_event()
    with pytest.raises((InternalError, ProgrammingError), match="Cannot update or delete"):
        EconomicEvent.objects.filter(pk=event.pk).update(quantity=1)


def test_event__is_never_deleted() -> None:
    event = make_event()
    with (
        pytest.raises((InternalError, ProgrammingError), match="Cannot update or delete"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM ledger_economicevent WHERE id = %s", [event.pk])


def test_event__of_zero_only_corrects() -> None:
    with pytest.raises(IntegrityError, match="event_zero_only_corrects"):
        raw_event(quantity=Decimal(0))


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"quantity": Decimal(-1)}, "event_quantity_not_negative"),
        ({"unit": ""}, "event_has_unit"),
    ],
)
def test_event__refuses(columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        raw_event(**columns)


def test_event__is_a_number() -> None:
    event = make_event()
    names = [
        one.column for one in EconomicEvent._meta.concrete_fields if one.column not in {"id", "quantity"}
    ]
    columns = ", ".join(names)
    with pytest.raises(IntegrityError, match="event_quantity_counts"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_economicevent ({columns}, quantity)"
            f" SELECT {columns}, 'NaN' FROM ledger_economicevent WHERE id = %s",
            [event.pk],
        )


def test_event__is_between_two_unless_one_does_it_alone() -> None:
    one = make_organisation()
    assert raw_event(provider=one, receiver=one, action_id="produce").pk
    with pytest.raises(IntegrityError, match="event_two_parties"):
        raw_event(provider=one, receiver=one)


def test_event__is_corrected_once() -> None:
    event = make_event()
    raw_event(pole=event.pole, corrects=event)
    with pytest.raises(IntegrityError, match="corrects_id"):
        raw_event(pole=event.pole, corrects=event)


def test_event__is_corrected_in_its_pole() -> None:
    with pytest.raises(IntegrityError, match="stays in the pole"):
        raw_event(corrects=make_event())


def test_correction__judges_the_stock_on_the_result() -> None:
    heap = make_resource()
    first = fill(heap, 10)
    raw_event(pole=first.pole, resource=heap, quantity=Decimal(8))
    raw_event(pole=first.pole, resource=heap, action_id="produce", quantity=Decimal(12), corrects=first)
    heap.refresh_from_db()
    assert heap.quantity == 4


def test_correction__that_would_empty_more_than_there_is_is_refused() -> None:
    heap = make_resource()
    first = fill(heap, 10)
    raw_event(pole=first.pole, resource=heap, quantity=Decimal(8))
    with pytest.raises(IntegrityError, match="resource_never_negative"):
        raw_event(pole=first.pole, resource=heap, action_id="produce", quantity=Decimal(7), corrects=first)


def test_correction__moves_the_stock_of_another_resource() -> None:
    wrong, right = make_resource("Faux"), make_resource("Juste")
    first = fill(wrong, 10)
    raw_event(pole=first.pole, resource=right, action_id="produce", quantity=Decimal(10), corrects=first)
    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.quantity, right.quantity) == (0, 10)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["produce", "transfer", "correct", "cite"]), st.integers(0, 9), st.integers(0, 9)
        ),
        max_size=10,
    )
)
def test_stock__equals_what_counts_after_any_story(story: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        heap, pole = make_resource(), make_pole()
        counted: dict[int, tuple[str, int]] = {}
        for act, quantity, which in story:
            corrected = sorted(counted)[which % len(counted)] if act == "correct" and counted else None
            code = counted[corrected][0] if corrected else ("produce" if act == "correct" else act)
            try:
                with transaction.atomic():
                    event = raw_event(
                        pole=pole, resource=heap, action_id=code, quantity=quantity, corrects_id=corrected
                    )
            except IntegrityError:
                continue
            counted.pop(corrected or 0, None)
            counted[event.pk] = (code, quantity)
        heap.refresh_from_db()
        sign = {"produce": 1, "transfer": -1, "cite": 0}
        assert heap.quantity == sum(sign[code] * quantity for code, quantity in counted.values())
        assert heap.quantity >= 0
        transaction.set_rollback(True)


# ---------- the rest ----------


def test_action__effect_is_known() -> None:
    with pytest.raises(IntegrityError, match="action_effect_known"):
        Action.objects.create(code="vanish", label="Disparaître", effect="vanish")


def test_action__only_use_occupies() -> None:
    with pytest.raises(IntegrityError, match="action_only_use_occupies"):
        Action.objects.create(code="sleep", label="Dormir", effect="none", is_use=True)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"title": ""}, "agreement_titled"),
        ({"state": "lost"}, "agreement_state_known"),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, "agreement_in_order"),
    ],
)
def test_agreement__refuses(columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Agreement.objects.create(**({"pole": make_pole(), "title": "Accord"} | columns))


def test_agreement__runs_from_a_day_on() -> None:
    agreement = make_agreement()
    with pytest.raises(IntegrityError, match="agreement_active_is_dated"):
        Agreement.objects.filter(pk=agreement.pk).update(starts_on=None)


def test_agreement__names_a_party_once() -> None:
    one = make_organisation()
    agreement = make_agreement(one, make_organisation(), is_active=False)
    with pytest.raises(IntegrityError, match="party_once"):
        agreement.parties.create(organisation=one)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"until": date(2020, 1, 1)}, "process_in_order"),
        ({"stage": "stopped"}, "process_stop_has_reason"),
    ],
)
def test_process__refuses(columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Process.objects.create(pole=make_pole(), name="Projet", since=TODAY, **columns)


def test_booking__by_the_operation_is_guarded_too() -> None:
    room = make_room()
    make_booking(room, NOW, NOW + timedelta(hours=2))
    with pytest.raises(IntegrityError, match="commitment_no_double_booking"):
        raw_commitment(resource=room, during=span(1, 3))
