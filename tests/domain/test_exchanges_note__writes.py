"""Noting a need or an offer keeps it with its evidence and its history."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.drafts import EvidenceDraft
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import note_intent, update_intent
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_site
from tests.factories.catalogue import make_authorisation, make_resource_type
from tests.factories.exchanges import make_draft, make_need
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db


def note(**fields: object) -> Intent:
    return note_intent(data=make_draft(**fields), by=None, on=TODAY, at=NOW)


def test_note__keeps_what_was_said() -> None:
    intent = note(title="  Composter   nos épluchures ", words="Ça déborde.\n", unit="tonnes")
    assert (intent.title, intent.words, intent.unit) == ("Composter nos épluchures", "Ça déborde.", "t")
    assert (intent.state, intent.said_on, intent.confirmed_on) == ("open", TODAY, TODAY)


def test_note__writes_the_first_line_of_history() -> None:
    by = make_account()
    intent = note_intent(data=make_draft(), by=by, on=TODAY, at=NOW)
    change = intent.state_changes.get()
    assert (change.starts, change.ends, change.at, change.by) == ("", "open", NOW, by)


def test_note__writes_who_said_it() -> None:
    said = EvidenceDraft(said_by="Le cuisinier", channel="phone", on=date(2026, 11, 2), people_concerned=80)
    intent = note(evidence=said)
    kept = intent.evidence.get()
    assert (kept.said_by, kept.channel, kept.people_concerned) == ("Le cuisinier", "phone", 80)
    assert intent.said_on == kept.on == date(2026, 11, 2)


def test_note__without_evidence_says_it_came_by_the_site() -> None:
    assert note().evidence.get().channel == "form"


def test_note__takes_the_commune_of_its_site() -> None:
    site = make_site(municipality=make_municipality("Amilly"))
    assert note(author=site.organisation, site=site).municipality == site.municipality


def test_note__keeps_authorisations() -> None:
    intent = note(requires=(make_authorisation(),))
    assert [one.code for one in intent.requires.all()] == ["dechets-dangereux"]


def test_note__of_an_old_file_is_not_fresh() -> None:
    assert note(said_on=date(2025, 3, 1)).confirmed_on == date(2025, 3, 1)


def test_note__keeps_hostile_text_as_it_is() -> None:
    title = "Ci&el <script>alert(1)</script> 🧺 \u202eشجرة"
    assert note(title=title).title == title


def test_note__twice_the_same_source_line_is_refused() -> None:
    draft = make_draft(source="tableau", source_id="12")
    note_intent(data=draft, by=None, on=TODAY, at=NOW)
    with pytest.raises(UserMistake, match="déjà dans le pôle"):
        note_intent(data=draft, by=None, on=TODAY, at=NOW)


def test_update__changes_and_confirms() -> None:
    intent = make_need(confirmed_on=date(2026, 1, 1))
    draft = make_draft(pole=intent.pole, author=intent.author, title="Autre", quantity=Decimal(3))
    changed = update_intent(intent=intent, data=draft, by=None, on=TODAY)
    assert (changed.pk, changed.title, changed.quantity) == (intent.pk, "Autre", Decimal(3))
    assert changed.confirmed_on == TODAY


def test_update__does_not_turn_a_need_into_an_offer() -> None:
    intent = make_need()
    draft = make_draft("offer", pole=intent.pole, author=intent.author)
    with pytest.raises(UserMistake, match="ne changent pas"):
        update_intent(intent=intent, data=draft, by=None, on=TODAY)


def test_update__of_what_is_withdrawn_asks_to_reopen() -> None:
    intent = make_need(state="withdrawn")
    with pytest.raises(UserMistake, match="rouvrez-le"):
        update_intent(
            intent=intent, data=make_draft(pole=intent.pole, author=intent.author), by=None, on=TODAY
        )


def test_update__may_keep_a_type_that_left_the_catalogue() -> None:
    old = make_resource_type(retired=True)
    intent = make_need(resource_type=old)
    draft = make_draft(pole=intent.pole, author=intent.author, resource_type=old)
    assert update_intent(intent=intent, data=replace(draft, title="Neuf"), by=None, on=TODAY).title == "Neuf"
