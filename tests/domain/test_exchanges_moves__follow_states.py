"""An intent moves as the table of states says; its history is kept."""

from datetime import date

import pytest

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.exchanges import operations
from maillage.domain.exchanges.drafts import EvidenceDraft
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.states import TRANSITIONS
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_organisation
from tests.factories.catalogue import make_authorisation
from tests.factories.exchanges import make_intent, make_need, make_support

pytestmark = pytest.mark.django_db


def move(intent: Intent, verb: str) -> Intent:
    if verb == "reopen":
        return operations.reopen(intent=intent, by=None, on=TODAY, at=NOW, reason="raison")
    act = operations.withdraw if verb == "withdraw" else operations.cover
    return act(intent=intent, by=None, at=NOW, reason="raison")


@pytest.mark.parametrize("verb", TRANSITIONS)
@pytest.mark.parametrize("state", IntentState.values)
def test_moves__are_those_of_the_table(verb: str, state: str) -> None:
    intent = make_need(state=state)
    if state in TRANSITIONS[verb].starts:
        assert move(intent, verb).state == TRANSITIONS[verb].ends
    else:
        with pytest.raises(UserMistake, match=r"Ce besoin"):
            move(intent, verb)
        assert Intent.objects.get(pk=intent.pk).state == state


def test_withdraw__keeps_who_when_and_why() -> None:
    by, intent = make_account(), make_need()
    operations.withdraw(intent=intent, by=by, at=NOW, reason=" Plus de cantine ")
    last = intent.state_changes.get(ends="withdrawn")
    assert (last.starts, last.by, last.at, last.reason) == ("open", by, NOW, "Plus de cantine")


def test_withdraw__refuses_a_long_reason() -> None:
    with pytest.raises(UserMistake, match="300 caractères"):
        operations.withdraw(intent=make_need(), by=None, at=NOW, reason="a" * 301)


def test_withdraw__decides_on_the_kept_row_not_on_an_old_copy() -> None:
    intent = make_need()
    operations.withdraw(intent=intent, by=None, at=NOW)
    with pytest.raises(UserMistake, match="Ce besoin est retiré"):
        operations.withdraw(intent=intent, by=None, at=NOW)


def test_confirm__makes_fresh_and_never_goes_back() -> None:
    intent = make_need(confirmed_on=date(2026, 1, 1))
    assert operations.confirm(intent=intent, on=TODAY).confirmed_on == TODAY
    assert operations.confirm(intent=intent, on=date(2026, 5, 1)).confirmed_on == TODAY


def test_confirm__of_what_is_withdrawn_asks_to_reopen() -> None:
    with pytest.raises(UserMistake, match="Rouvrez-la d’abord"):
        operations.confirm(intent=make_intent("offer", state="withdrawn"), on=TODAY)


def test_reopen__confirms_too() -> None:
    intent = make_need(state="withdrawn", confirmed_on=date(2025, 1, 1))
    assert move(intent, "reopen").confirmed_on == TODAY


def test_duplicate__copies_what_is_said_not_who_shares_it() -> None:
    first = make_need(state="withdrawn", source="tableau", source_id="4", weekly=[])
    first.requires.add(make_authorisation())
    make_support(first)
    copy = operations.duplicate(intent=first, by=None, on=TODAY, at=NOW)
    assert copy.pk != first.pk
    assert (copy.title, copy.state, copy.source_id) == (first.title, "open", "")
    assert (copy.supports.count(), copy.requires.count()) == (0, 1)
    assert copy.evidence.get().words == f"Copié d’après ce besoin n° {first.pk}."


def test_confirm_many__says_which_were_left_and_why() -> None:
    kept, gone = make_need(confirmed_on=date(2026, 1, 1)), make_need(state="withdrawn")
    result = operations.confirm_many(intents=[gone, kept], on=TODAY)
    assert result.done == (kept.pk,)
    assert result.left == ((gone.pk, "Ce besoin est retiré. Rouvrez-le d’abord."),)
    assert Intent.objects.get(pk=kept.pk).confirmed_on == TODAY


def test_withdraw_many__writes_a_line_of_history_each() -> None:
    needs = [make_need(), make_need()]
    operations.withdraw_many(intents=needs, by=None, at=NOW, reason="Fin du projet")
    assert [need.state_changes.filter(reason="Fin du projet").count() for need in needs] == [1, 1]


def test_support__is_said_once() -> None:
    need, other = make_need(), make_organisation("Le Tiers-lieu")
    operations.support(intent=need, organisation=other, on=TODAY, people_concerned=12)
    with pytest.raises(UserMistake, match="Le Tiers-lieu le soutient déjà"):
        operations.support(intent=need, organisation=other, on=TODAY)


def test_support__is_for_others() -> None:
    need = make_need()
    with pytest.raises(UserMistake, match="n’a pas besoin"):
        operations.support(intent=need, organisation=need.author, on=TODAY)


def test_withdraw_support__takes_it_back() -> None:
    support = make_support()
    operations.withdraw_support(intent=support.intent, organisation=support.organisation)
    with pytest.raises(UserMistake, match="ne le soutient pas"):
        operations.withdraw_support(intent=support.intent, organisation=support.organisation)


def test_evidence__is_added_with_its_day() -> None:
    need = make_need()
    line = operations.add_evidence(intent=need, data=EvidenceDraft(said_by="Une voisine"), on=TODAY)
    assert (line.said_by, line.on) == ("Une voisine", TODAY)
    with pytest.raises(UserMistakes):
        operations.add_evidence(intent=need, data=EvidenceDraft(on=date(2030, 1, 1)), on=TODAY)
