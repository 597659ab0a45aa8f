"""« Ce ne sont pas les mêmes »: said once, remembered, not proposed again, taken back."""

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role, Viewer, viewer_of
from maillage.domain.exchanges.models import Intent, TwinDismissal
from maillage.domain.exchanges.operations import (
    dismiss_twins,
    merge_intents,
    propose_twins_again,
    separate_intents,
)
from maillage.domain.exchanges.queries import likely_twins, twins_to_review
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


@pytest.fixture
def team(pole: Pole) -> Viewer:
    return viewer_of(account=make_account(Role.FACILITATOR, pole), on=TODAY)


@pytest.fixture
def pair(pole: Pole) -> tuple[Intent, Intent]:
    kind = make_resource_type("compost", "Compostage")
    first = make_need(pole=pole, title="Composter nos épluchures", resource_type=kind)
    return first, make_need(pole=pole, title="Composter les épluchures", resource_type=kind)


def proposed(team: Viewer, pole: Pole) -> int:
    return len(likely_twins(viewer=team, pole=pole))


def test_dismissed__is_no_longer_proposed_and_says_who_and_when(
    team: Viewer, pole: Pole, pair: tuple[Intent, Intent]
) -> None:
    assert proposed(team, pole) == 1
    by = make_account(Role.FACILITATOR, pole)
    dismiss_twins(first=pair[1], second=pair[0], by=by, at=NOW)
    found = twins_to_review(viewer=team, pole=pole)
    assert found.pairs == ()
    (said,) = found.dismissed
    assert (said.first.pk, said.second.pk, said.at, said.by) == (pair[0].pk, pair[1].pk, NOW, str(by.person))


def test_dismissed__twice_or_the_other_way_round_is_said_once(pair: tuple[Intent, Intent]) -> None:
    first = dismiss_twins(first=pair[0], second=pair[1], by=None, at=NOW)
    assert dismiss_twins(first=pair[1], second=pair[0], by=None, at=NOW) == first


def test_dismissed__is_taken_back_and_the_history_stays(
    team: Viewer, pole: Pole, pair: tuple[Intent, Intent]
) -> None:
    propose_twins_again(dismissal=dismiss_twins(first=pair[0], second=pair[1], by=None, at=NOW))
    assert proposed(team, pole) == 1
    events = TwinDismissal.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]  # tracked
    assert list(events.values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_dismissed__outlives_a_merge_and_its_undoing(
    team: Viewer, pole: Pole, pair: tuple[Intent, Intent]
) -> None:
    dismiss_twins(first=pair[0], second=pair[1], by=None, at=NOW)
    merge = merge_intents(kept=pair[0], absorbed=pair[1], by=None, on=TODAY, at=NOW)
    separate_intents(merge=merge, by=None, at=NOW)
    assert proposed(team, pole) == 0


def test_database__keeps_the_pair_in_order_and_once(pair: tuple[Intent, Intent]) -> None:
    first, second = pair
    with pytest.raises(IntegrityError, match="twins_dismissed_ordered"), transaction.atomic():
        TwinDismissal.objects.create(first=second, second=first, at=NOW)
    TwinDismissal.objects.create(first=first, second=second, at=NOW)
    with pytest.raises(IntegrityError, match="twins_dismissed_once"), transaction.atomic():
        TwinDismissal.objects.create(first=first, second=second, at=NOW)


def test_dismissal__is_of_two_of_one_side_and_one_pole(pole: Pole, pair: tuple[Intent, Intent]) -> None:
    for other in (pair[0], make_offer(pole=pole), make_need()):
        with pytest.raises(UserMistake):
            dismiss_twins(first=pair[0], second=other, by=None, at=NOW)
