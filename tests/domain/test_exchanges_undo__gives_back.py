"""What a bulk change took is given back, unless somebody changed it since."""

from datetime import date

import pytest

from maillage.domain.exchanges import operations
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent, StateChange
from tests.factories import NOW, TODAY
from tests.factories.actors import make_pole
from tests.factories.exchanges import make_need

pytestmark = pytest.mark.django_db
OLD = date(2026, 1, 5)


def test_restore__gives_back_state_and_day() -> None:
    intent = make_need(state=IntentState.COVERED, said_on=OLD, confirmed_on=OLD)
    before = operations.standing_of([intent])
    operations.withdraw_many(intents=[intent], by=None, at=NOW)
    after = operations.standing_of(Intent.objects.all())
    result = operations.restore(pole=intent.pole, before=before, after=after, by=None, at=NOW)
    assert result.done == (intent.pk,)
    assert operations.standing_of(Intent.objects.all()) == before
    assert StateChange.objects.first().reason == "Annulation."  # type: ignore[union-attr]  # there is one


def test_restore__leaves_what_somebody_changed_since() -> None:
    intent = make_need(said_on=OLD, confirmed_on=OLD)
    before = operations.standing_of([intent])
    operations.confirm_many(intents=[intent], on=TODAY)
    after = operations.standing_of(Intent.objects.all())
    operations.withdraw(intent=intent, by=None, at=NOW)
    result = operations.restore(pole=intent.pole, before=before, after=after, by=None, at=NOW)
    assert result.left == ((intent.pk, "Il a changé entre-temps."),)
    assert Intent.objects.get().state == IntentState.WITHDRAWN


def test_restore__stays_inside_the_pole() -> None:
    intent = make_need()
    stood = operations.standing_of([intent])
    assert operations.restore(pole=make_pole(), before=stood, after=stood, by=None, at=NOW).done == ()
