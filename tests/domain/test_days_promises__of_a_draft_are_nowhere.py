"""A draft promises nothing: its lines are in no day and no calendar, nor the name of its unnamed author."""

from datetime import timedelta

import pytest

from maillage.domain.actors.viewer import Role
from maillage.domain.days.queries.dated import dated_things
from maillage.domain.days.queries.member import member_day
from maillage.domain.days.queries.things import things_of_today
from maillage.domain.ledger.models import Agreement
from tests.factories import TODAY
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.factories.agreements import fill, make_open, promise
from tests.factories.amendments import make_signed
from tests.factories.exchanges import make_offer

pytestmark = pytest.mark.django_db
LATE = TODAY - timedelta(days=1)
WHEN = {"since": TODAY - timedelta(days=5), "until": TODAY + timedelta(days=5)}


def draft() -> Agreement:
    """Open an agreement from an anonymous offer, with a promise whose day is past."""
    pole, hidden, other = make_pole(), make_organisation("La Secrète"), make_organisation("L’Autre")
    offer = make_offer(pole=pole, author=hidden, visibility="anonymous")
    agreement = make_open("echange-simple", hidden, other, pole=pole, offer=offer)
    fill(agreement, {"purpose": "Chacun y gagne"})
    promise(agreement, due_on=LATE)
    return Agreement.objects.get(pk=agreement.pk)


def told(agreement: Agreement) -> str:
    other = agreement.parties.order_by("-pk")[0].organisation
    viewer = make_viewer(Role.MEMBER, agreement.pole, other)
    team = make_viewer(Role.FACILITATOR, agreement.pole)
    return repr(
        [
            member_day(viewer=viewer, pole=agreement.pole, **WHEN).promises,
            [dated_things(viewer=one, pole=agreement.pole, **WHEN) for one in (viewer, team)],
            [one for one in things_of_today(pole=agreement.pole, on=TODAY) if one.subject == "commitment"],
        ]
    )


def test_draft__is_in_no_day_and_names_nobody() -> None:
    assert "Secrète" not in told(draft())


def test_signed__is_in_each_day() -> None:
    agreement = draft()
    Agreement.objects.filter(pk=agreement.pk).update(offer=None)
    assert told(make_signed(Agreement.objects.get(pk=agreement.pk))).count("Secrète") >= 4
