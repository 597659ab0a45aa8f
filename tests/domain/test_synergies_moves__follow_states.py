"""A synergy moves as its table says: what stops gives its reason, what is done may be undone while nothing followed."""

import pytest
from django.db import DatabaseError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.viewer import Role
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyChange
from maillage.domain.synergies.operations import move, propose, reopen, undo_last
from maillage.domain.synergies.states import FOLLOWS, TRANSITIONS
from tests.factories import NOW
from tests.factories.actors import make_account
from tests.factories.synergies import ADDRESSES, bring, make_synergy, say_yes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", SynergyState.values)
@pytest.mark.parametrize("verb", sorted(set(TRANSITIONS) - FOLLOWS - {"propose", "reopen"}))
def test_move__starts_only_where_its_table_says(state: str, verb: str) -> None:
    synergy = make_synergy(state=state)
    if state in TRANSITIONS[verb].starts:
        done = move(
            synergy=synergy,
            verb=verb,
            by=None,
            at=NOW,
            reason="price" if verb in {"refuse", "abandon"} else "",
        )
        assert done.state == TRANSITIONS[verb].ends
    else:
        with pytest.raises(UserMistake, match=r"\.$"):
            move(synergy=synergy, verb=verb, by=None, at=NOW, reason="price")
        assert Synergy.objects.get(pk=synergy.pk).state == state


@pytest.mark.parametrize("verb", ["refuse", "abandon"])
def test_stop__says_why_from_the_list_and_in_words(verb: str) -> None:
    synergy = make_synergy(state=SynergyState.TALKS)
    for reason, words in (("", "Trop cher"), ("nope", ""), ("other", " ")):
        with pytest.raises(UserMistake):
            move(synergy=synergy, verb=verb, by=None, at=NOW, reason=reason, words=words)
    done = move(synergy=synergy, verb=verb, by=None, at=NOW, reason="other", words="Ils déménagent")
    assert (done.reason, done.words) == ("other", "Ils déménagent")
    assert done.changes.first().words == "Ils déménagent"


def test_database__refuses_a_step_that_no_table_knows() -> None:
    synergy = make_synergy()
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Synergy.objects.filter(pk=synergy.pk).update(state=SynergyState.RUNNING)


def test_database__refuses_to_rewrite_history() -> None:
    change = make_synergy().changes.first()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        SynergyChange.objects.filter(pk=change.pk).update(words="autre chose")


def test_undo__gives_back_the_last_move_once() -> None:
    by = make_account(Role.FACILITATOR)
    synergy = make_synergy(state=SynergyState.TALKS)
    move(synergy=synergy, verb="abandon", by=by, at=NOW, reason="timing", words="Après l’été")
    back = undo_last(synergy=synergy, by=by, at=NOW)
    assert (back.state, back.reason, back.words) == (SynergyState.TALKS, "", "")
    assert back.changes.first().verb == "undo"
    with pytest.raises(UserMistake, match="ne s’annule pas"):
        undo_last(synergy=synergy, by=by, at=NOW)


def test_undo__gives_its_links_back_to_what_was_abandoned() -> None:
    by = make_account(Role.FACILITATOR)
    synergy = make_synergy(state=SynergyState.PROPOSED)
    move(synergy=synergy, verb="abandon", by=by, at=NOW, reason="timing")
    assert not Introduction.objects.filter(revoked_at=None).exists()
    undo_last(synergy=synergy, by=by, at=NOW)
    assert Introduction.objects.filter(revoked_at=None).count() == 2


def test_undo__leaves_a_proposal_that_left_by_mail() -> None:
    by = make_account(Role.FACILITATOR)
    synergy = propose(synergy=make_synergy(), by=by, at=NOW, addresses=ADDRESSES)
    with pytest.raises(UserMistake, match="ne s’annule pas"):
        undo_last(synergy=synergy, by=by, at=NOW)


def test_reopen__asks_everybody_anew_and_keeps_the_history() -> None:
    synergy = make_synergy(state=SynergyState.TALKS)
    move(synergy=synergy, verb="refuse", by=None, at=NOW, reason="price")
    before = synergy.changes.count()
    again = reopen(synergy=synergy, by=None, at=NOW)
    assert (again.state, again.reason) == (SynergyState.DETECTED, "")
    assert {party.answer for party in again.parties.all()} == {"waiting"}
    assert again.changes.count() == before + 1
    say_yes(propose(synergy=again, by=None, at=NOW, addresses=ADDRESSES))


def test_bring__reaches_every_state() -> None:
    for state in SynergyState.values:
        assert bring(make_synergy(), state).state == state
