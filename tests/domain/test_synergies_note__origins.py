"""A synergy is noted from a kept pair, from an assembling, or by hand."""

from decimal import Decimal

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.operations import accept_lead
from maillage.domain.synergies.drafts import LineDraft, SynergyDraft
from maillage.domain.synergies.enums import PartySide, SynergyOrigin, SynergyState
from maillage.domain.synergies.operations import move, note_assembled, note_pair, note_synergy
from tests.factories import NOW
from tests.factories.actors import make_organisation, make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.studies import make_study
from tests.factories.synergies import make_pair

pytestmark = pytest.mark.django_db


def kept_pair(**fields):  # type: ignore[no-untyped-def]  # what make_pair takes
    need, offer = make_pair(**fields)
    return accept_lead(pole=need.pole, need=need, offer=offer, by=None, at=NOW)


def test_kept_pair__becomes_a_synergy_with_both_sides() -> None:
    decision = kept_pair()
    synergy = note_pair(decision=decision, owner=None, by=None, at=NOW)
    assert (synergy.state, synergy.origin, synergy.title) == (
        SynergyState.DETECTED,
        SynergyOrigin.PAIR,
        decision.need.title,
    )
    sides = {party.organisation_id: party.side for party in synergy.parties.all()}
    assert sides == {decision.need.author_id: PartySide.NEED, decision.offer.author_id: PartySide.OFFER}
    assert [change.ends for change in synergy.changes.all()] == [SynergyState.DETECTED]


def test_kept_pair__takes_what_the_smaller_side_allows_in_each_unit() -> None:
    pole = make_pole()
    need = make_need(pole=pole, quantity=Decimal(12), unit="t", period="year")
    offer = make_offer(pole=pole, quantity=Decimal(900), unit="kg", period="month")
    decision = accept_lead(pole=pole, need=need, offer=offer, by=None, at=NOW)
    lines = {
        line.intent_id: line for line in note_pair(decision=decision, owner=None, by=None, at=NOW).lines.all()
    }
    assert (lines[offer.pk].quantity, lines[offer.pk].unit) == (Decimal(900), "kg")
    assert (lines[need.pk].quantity, lines[need.pk].unit) == (Decimal("10.8"), "t")


def test_kept_pair__is_followed_once_until_it_is_closed() -> None:
    decision = kept_pair()
    first = note_pair(decision=decision, owner=None, by=None, at=NOW)
    with pytest.raises(UserMistake, match="déjà suivie"):
        note_pair(decision=decision, owner=None, by=None, at=NOW)
    move(synergy=first, verb="abandon", by=None, at=NOW, reason="timing")
    assert note_pair(decision=decision, owner=None, by=None, at=NOW).pk != first.pk


def test_bundle__makes_everybody_a_party_with_its_share() -> None:
    pole = make_pole()
    need = make_need(pole=pole, quantity=Decimal(12), unit="t", period="year")
    offer = make_offer(pole=pole, quantity=Decimal(20), unit="t", period="year")
    run = make_study(pole, RunMethod.BUNDLE, need=need, offer=offer)
    synergy = note_assembled(run=run, part=0, owner=None, by=None, at=NOW)
    assert synergy.origin == SynergyOrigin.BUNDLE
    assert synergy.lines.get(intent=offer).quantity == Decimal("8.004")
    assert synergy.parties.count() == 2


def test_chain__makes_everybody_a_party() -> None:
    pole = make_pole()
    need, offer = make_need(pole=pole), make_offer(pole=pole)
    run = make_study(pole, RunMethod.CHAIN, need=need, offer=offer)
    synergy = note_assembled(run=run, part=0, owner=None, by=None, at=NOW)
    assert {line.intent_id for line in synergy.lines.all()} == {need.pk, offer.pk}
    with pytest.raises(UserMistake, match="plus dans le calcul"):
        note_assembled(run=run, part=7, owner=None, by=None, at=NOW)


def test_by_hand__needs_two_structures_and_a_title() -> None:
    pole, one, other = make_pole(), make_organisation(), make_organisation()
    with pytest.raises(UserMistake, match="à deux au moins"):
        note_synergy(pole=pole, draft=SynergyDraft(organisations=(one,), title="Seule"), by=None, at=NOW)
    with pytest.raises(UserMistake, match="titre"):
        note_synergy(pole=pole, draft=SynergyDraft(organisations=(one, other)), by=None, at=NOW)
    made = note_synergy(
        pole=pole, draft=SynergyDraft(organisations=(one, other), title="Une charte"), by=None, at=NOW
    )
    assert {party.side for party in made.parties.all()} == {PartySide.OTHER}


def test_by_hand__refuses_what_was_withdrawn_or_is_of_another_pole() -> None:
    pole = make_pole()
    gone = LineDraft(make_need(pole=pole, state=IntentState.WITHDRAWN))
    elsewhere = LineDraft(make_offer())
    here = LineDraft(make_offer(pole=pole))
    for lines, words in (((gone, here), "est retiré"), ((elsewhere, here), "de ce pôle")):
        with pytest.raises(UserMistake, match=words):
            note_synergy(pole=pole, draft=SynergyDraft(lines=lines), by=None, at=NOW)
