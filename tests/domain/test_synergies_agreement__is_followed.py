"""A synergy opens its agreement in one gesture, then stands where its agreement stands."""

from datetime import date, timedelta

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations import (
    activate_agreement,
    cancel_agreement,
    end_agreement,
    propose_agreement,
    record_consent,
)
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations import follow_agreement, follow_agreements, open_its_agreement
from maillage.domain.synergies.policies import user_can_move_synergy
from tests.factories import NOW, TODAY
from tests.factories.actors import make_viewer
from tests.factories.synergies import make_synergy

pytestmark = pytest.mark.django_db


def opened(state: str = SynergyState.TALKS) -> tuple[Synergy, Agreement]:
    synergy = make_synergy(state=state)
    return synergy, open_its_agreement(synergy=synergy, template="echange-simple", by=None, at=NOW)


def signed(agreement: Agreement, *, on: date = TODAY) -> Agreement:
    propose_agreement(agreement=agreement)
    for party in agreement.parties.all():
        record_consent(agreement=agreement, organisation=party.organisation, on=on)
    return activate_agreement(agreement=agreement, on=on)


def followed(agreement: Agreement, *, on: date = TODAY) -> str:
    found = follow_agreement(agreement=agreement, by=None, at=NOW, on=on)
    assert found is not None
    return found.state


def test_agreement__has_the_parties_the_need_and_the_offer() -> None:
    synergy, agreement = opened(SynergyState.INTERESTED)
    need, offer = (line.intent for line in synergy.lines.order_by("pk"))
    assert (agreement.need, agreement.offer, agreement.title) == (need, offer, synergy.title)
    assert {party.organisation for party in agreement.parties.all()} == {need.author, offer.author}
    kept = Synergy.objects.get(pk=synergy.pk)
    assert (kept.state, kept.agreement) == (SynergyState.TALKS, agreement)


def test_agreement__is_opened_once_and_not_before_everybody_said_yes() -> None:
    synergy, _ = opened()
    with pytest.raises(UserMistake, match="déjà ouvert"):
        open_its_agreement(synergy=synergy, template="echange-simple", by=None, at=NOW)
    early = make_synergy(state=SynergyState.PROPOSED)
    with pytest.raises(UserMistake, match="attend la réponse"):
        open_its_agreement(synergy=early, template="echange-simple", by=None, at=NOW)


def test_synergy__runs_with_its_agreement_and_ends_with_it() -> None:
    _, agreement = opened()
    assert followed(agreement) == SynergyState.TALKS
    signed(agreement)
    assert followed(agreement) == SynergyState.RUNNING
    end_agreement(agreement=agreement, on=TODAY)
    assert followed(agreement) == SynergyState.ENDED


def test_synergy__is_agreed_until_the_first_day() -> None:
    synergy, agreement = opened()
    Agreement.objects.filter(pk=agreement.pk).update(starts_on=TODAY + timedelta(days=3))
    signed(agreement)
    assert followed(agreement) == SynergyState.AGREED
    for days in (2, 3):
        follow_agreements(at=NOW, on=TODAY + timedelta(days=days))
    assert Synergy.objects.get(pk=synergy.pk).state == SynergyState.RUNNING


def test_synergy__goes_back_to_talks_when_its_agreement_is_cancelled_in_time() -> None:
    synergy, agreement = opened()
    Agreement.objects.filter(pk=agreement.pk).update(starts_on=TODAY + timedelta(days=3))
    signed(agreement)
    followed(agreement)
    cancel_agreement(agreement=agreement)
    assert followed(agreement) == SynergyState.TALKS
    assert open_its_agreement(synergy=synergy, template="service", by=None, at=NOW) != agreement


def test_synergy__whose_running_agreement_is_cancelled_says_why_it_stops() -> None:
    synergy, agreement = opened()
    signed(agreement)
    followed(agreement)
    cancel_agreement(agreement=agreement)
    assert followed(agreement) == SynergyState.ABANDONED
    assert Synergy.objects.get(pk=synergy.pk).words == "L’accord a été annulé."


def test_synergy__with_an_agreement_is_not_moved_by_hand() -> None:
    synergy, _ = opened()
    viewer = make_viewer(Role.FACILITATOR, synergy.pole)
    kept = Synergy.objects.get(pk=synergy.pk)
    assert not user_can_move_synergy(viewer, kept, "agree")
    assert user_can_move_synergy(viewer, kept, "abandon")
