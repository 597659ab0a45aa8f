"""What the ledger shows: progress, sheets, totals, each with its lines, to those who may read them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.operations import correct_event
from maillage.domain.ledger.queries import (
    agreement_sheet,
    agreements_list,
    bookings_of,
    commitment_progress,
    events_of_organisation,
    total_lines,
    totals_by_type,
)
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need
from tests.factories.ledger import (
    make_agreement,
    make_booking,
    make_commitment,
    make_event,
    make_event_of,
    make_room,
    start,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def test_progress__counts_done_and_remaining(pole: Pole) -> None:
    promise = make_commitment(pole=pole, quantity=Decimal(12), unit="t", due_on=date(2026, 1, 1))
    make_event_of(promise, 4)
    make_event_of(promise, 500, "kg")
    progress = commitment_progress(viewer=make_viewer(Role.FACILITATOR, pole), pk=promise.pk)
    assert progress is not None
    assert (str(progress.done), str(progress.remaining)) == ("4,5\u00a0t", "7,5\u00a0t")
    assert progress.is_late
    assert len(progress.lines) == 2


def test_progress__skips_what_was_corrected(pole: Pole) -> None:
    promise = make_commitment(pole=pole, quantity=Decimal(12), unit="t")
    event = make_event_of(promise, 4)
    correct_event(event=event, quantity=Decimal(3), reason="Erreur", by=None, on=TODAY, at=NOW)
    progress = commitment_progress(viewer=make_viewer(Role.FACILITATOR, pole), pk=promise.pk)
    assert progress is not None
    assert progress.done is not None
    assert progress.done.value == 3


@pytest.mark.parametrize("role", [Role.VISITOR, Role.MEMBER, Role.NETWORK, Role.AUTHORITY_AGENT])
def test_ledger__is_closed_to_others(pole: Pole, role: Role) -> None:
    agreement = make_agreement(pole=pole)
    promise = make_commitment(pole=pole)
    viewer = make_viewer(role, pole)
    assert commitment_progress(viewer=viewer, pk=promise.pk) is None
    assert agreement_sheet(viewer=viewer, pk=agreement.pk) is None
    assert agreements_list(viewer=viewer, pole=pole) == ()


def test_sheet__shows_promises_and_costs_few_queries(
    pole: Pole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, two = make_organisation(), make_organisation()
    agreement = make_agreement(one, two, pole=pole, is_active=False)
    sides = {"agreement": agreement, "pole": pole, "provider": one, "receiver": two}
    promises = [make_commitment(**sides) for _ in range(4)]
    start(agreement)
    for promise in promises:
        make_event_of(promise, 2)
    viewer = make_viewer(Role.FACILITATOR, pole)
    viewer.mandates()
    with django_assert_num_queries(4):
        sheet = agreement_sheet(viewer=viewer, pk=agreement.pk)
    assert sheet is not None
    assert [str(line.done) for line in sheet.commitments] == ["2\u00a0t"] * 4


def test_sheet__of_a_draft_does_not_name_who_asked_not_to_be(pole: Pole) -> None:
    need = make_need(pole=pole, visibility="anonymous", author=make_organisation("Zénobie"))
    other = make_organisation("Autre")
    draft = make_agreement(need.author, other, pole=pole, is_active=False, need=need)
    make_commitment(agreement=draft, pole=pole, provider=need.author, receiver=other)
    sheet = agreement_sheet(viewer=make_viewer(Role.MEMBER, pole, other), pk=draft.pk)
    assert sheet is not None
    assert "Zénobie" not in repr(sheet)
    seen = agreement_sheet(viewer=make_viewer(Role.FACILITATOR, pole), pk=draft.pk)
    assert "Zénobie" in repr(seen)


def test_events__of_an_organisation_include_its_absorbed_sheets(pole: Pole) -> None:
    kept, absorbed = make_organisation(), make_organisation()
    make_event(pole=pole, provider=absorbed)
    make_event(pole=pole, receiver=kept, happened_on=date(2025, 1, 1))
    absorbed.merged_into = kept
    absorbed.save()
    viewer = make_viewer(Role.FACILITATOR, pole)
    assert len(events_of_organisation(viewer=viewer, pole=pole, organisation=kept)) == 2
    recent = events_of_organisation(viewer=viewer, pole=pole, organisation=kept, since=date(2026, 1, 1))
    assert len(recent) == 1


def test_totals__convert_and_are_proved_by_their_lines(
    pole: Pole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    compost = make_resource_type("compost", unit="t")
    make_event(pole=pole, resource_type=compost, quantity=Decimal(2), unit="t")
    make_event(pole=pole, resource_type=compost, quantity=Decimal(500), unit="kg")
    wrong = make_event(pole=pole, resource_type=compost, quantity=Decimal(90))
    correct_event(event=wrong, quantity=Decimal(0), reason="Double", by=None, on=TODAY, at=NOW)
    viewer = make_viewer(Role.FACILITATOR, pole)
    viewer.mandates()
    with django_assert_num_queries(1):
        [total] = totals_by_type(viewer=viewer, pole=pole)
    lines = total_lines(viewer=viewer, pole=pole, type_code="compost", action="transfer")
    assert (str(total.quantity), total.events) == ("2,5\u00a0t", 2)
    assert sum(line.quantity.to(total.quantity.unit).value for line in lines) == total.quantity.value


@pytest.mark.parametrize(
    ("role", "totals", "lines"),
    [(Role.VISITOR, 0, 0), (Role.NETWORK, 1, 0), (Role.MEMBER, 1, 0), (Role.FACILITATOR, 1, 1)],
)
def test_totals__name_nobody_to_those_who_are_not_concerned(
    pole: Pole, role: Role, totals: int, lines: int
) -> None:
    event = make_event(pole=pole)
    viewer = make_viewer(role, pole)
    found = total_lines(viewer=viewer, pole=pole, type_code=event.resource_type_id, action="transfer")
    assert (len(totals_by_type(viewer=viewer, pole=pole)), len(found)) == (totals, lines)


def test_bookings__say_who_to_those_concerned(pole: Pole) -> None:
    room, choir = make_room(), make_organisation("Le Chœur")
    make_booking(room, NOW, NOW + timedelta(hours=2), receiver=choir, pole=pole)
    asked = {"pole": pole, "resource": room, "start": NOW, "end": NOW + timedelta(days=1)}
    lookers = (
        make_viewer(Role.FACILITATOR, pole),
        make_viewer(Role.MEMBER, pole, room.owner),
        make_viewer(Role.MEMBER, pole, choir),
        make_viewer(Role.MEMBER, pole),
    )
    assert [bookings_of(viewer=who, **asked)[0].who for who in lookers] == ["Le Chœur"] * 3 + [""]
    assert bookings_of(viewer=make_viewer(), **asked) == ()
