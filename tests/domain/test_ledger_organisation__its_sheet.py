"""What the sheet of a structure reads of the ledger."""

from decimal import Decimal
from typing import Any

import pytest

from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.queries import (
    agreements_of_organisation,
    balance_of,
    events_of_organisation,
    promises_of_organisation,
)
from tests.factories import TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.ledger import make_agreement, make_commitment, make_event, make_event_of

pytestmark = pytest.mark.django_db


def test_promises__show_to_the_team_and_to_their_parties_only(django_assert_num_queries: Any) -> None:
    pole, giver, taker = make_pole(), make_organisation(), make_organisation()
    promise = make_commitment(pole=pole, provider=giver, receiver=taker)
    make_event_of(promise, Decimal(3))
    team = make_viewer(Role.FACILITATOR, pole)
    team.runs(pole.pk)
    with django_assert_num_queries(2):
        (line,) = promises_of_organisation(viewer=team, pole=pole, organisation_id=giver.pk)
    assert (line.is_given, line.other, line.progress.done.value) == (True, taker.name, 3)  # type: ignore[union-attr]  # three were done
    other = make_viewer(Role.MEMBER, pole, make_organisation())
    assert promises_of_organisation(viewer=other, pole=pole, organisation_id=giver.pk) == ()
    assert promises_of_organisation(viewer=make_viewer(), pole=pole, organisation_id=giver.pk) == ()


def test_promises__of_a_draft_stay_out() -> None:
    pole, giver, taker = make_pole(), make_organisation(), make_organisation()
    draft = make_agreement(giver, taker, pole=pole, is_active=False)
    make_commitment(pole=pole, provider=giver, receiver=taker, agreement=draft)
    mine = make_viewer(Role.MEMBER, pole, taker)
    assert promises_of_organisation(viewer=mine, pole=pole, organisation_id=giver.pk) == ()


def test_agreements__of_a_draft_show_to_the_team_only() -> None:
    pole, giver, taker = make_pole(), make_organisation(), make_organisation()
    make_agreement(giver, taker, pole=pole, is_active=False, starts_on=TODAY)
    mine, team = make_viewer(Role.MEMBER, pole, taker), make_viewer(Role.FACILITATOR, pole)
    assert agreements_of_organisation(viewer=mine, pole=pole, organisation_id=giver.pk) == ()
    (seen,) = agreements_of_organisation(viewer=team, pole=pole, organisation_id=giver.pk)
    assert seen.with_whom == taker.name


def test_balance__adds_up_by_type_in_one_unit_and_leaves_out_what_was_done_alone() -> None:
    pole, giver, taker = make_pole(), make_organisation(), make_organisation()
    make_membership(pole, giver)
    kind = make_resource_type()
    given = {"pole": pole, "resource_type": kind}
    make_event(provider=giver, receiver=taker, quantity=Decimal(1), unit="t", **given)
    make_event(provider=giver, receiver=taker, quantity=Decimal(500), unit="kg", **given)
    make_event(provider=taker, receiver=giver, quantity=Decimal(2), unit="t", **given)
    make_event(provider=giver, receiver=giver, action="produce", quantity=Decimal(9), unit="t", **given)
    team = make_viewer(Role.FACILITATOR, pole)
    lines = events_of_organisation(viewer=team, pole=pole, organisation=giver)
    (found,) = balance_of(lines, organisation_id=giver.pk)
    assert found.given is not None
    assert found.received is not None
    assert (found.given.in_base, found.given_lines) == (1500, 2)
    assert (found.received.in_base, found.received_lines) == (2000, 1)
