"""The sheet of a structure: what each one may read of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from maillage.domain.actors.operations import merge_organisations
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import Visibility
from tests.factories import NOW, TODAY
from tests.factories.exchanges import make_need, make_offer
from tests.factories.ledger import make_agreement, make_commitment, make_event_of, start
from tests.interfaces.actors_world import Town, make_town

pytestmark = pytest.mark.django_db


def _page(town: Town, role: Role | None, pk: int | None = None) -> str:
    answer = town.client(role).get(town.url(f"{pk or town.rebond.pk}/"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_contact__is_for_those_of_the_pole() -> None:
    town = make_town()
    assert "rebond@exemple.fr" not in _page(town, None)
    assert "rebond@exemple.fr" not in _page(town, Role.NETWORK)
    assert "rebond@exemple.fr" in _page(town, Role.MEMBER)


def test_anonymous_need__never_names_its_author() -> None:
    town = make_town()
    make_need(pole=town.pole, author=town.ciel, title="Besoin très secret", visibility=Visibility.ANONYMOUS)
    assert "Besoin très secret" not in _page(town, Role.MEMBER, town.ciel.pk)
    assert "Besoin très secret" in _page(town, Role.FACILITATOR, town.ciel.pk)


def test_intents__stand_in_two_columns_as_the_viewer_sees_them() -> None:
    town = make_town()
    make_need(pole=town.pole, author=town.rebond, title="Un fourgon", visibility=Visibility.PUBLIC)
    make_offer(pole=town.pole, author=town.rebond, title="Une salle", visibility=Visibility.MEMBERS)
    assert "Un fourgon" in _page(town, None)
    assert "Une salle" not in _page(town, None)
    assert "Une salle" in _page(town, Role.MEMBER)


def _promised(town: Town) -> None:
    agreement = make_agreement(
        town.rebond, town.mill, pole=town.pole, title="Farine contre ordinateurs", is_active=False
    )
    promise = make_commitment(
        pole=town.pole,
        provider=town.mill,
        receiver=town.rebond,
        agreement=agreement,
        due_on=TODAY + timedelta(days=400),
    )
    start(agreement)
    make_event_of(promise, Decimal(3))


def test_promises__show_how_far_they_are() -> None:
    town = make_town()
    _promised(town)
    page = _page(town, Role.MEMBER)
    assert "3\u00a0t sur 12\u00a0t" in page
    assert "Farine contre ordinateurs" in page


def test_ledger__is_hidden_from_who_has_no_part_in_it() -> None:
    town = make_town()
    _promised(town)
    for page in (_page(town, None), _page(town, Role.NETWORK)):
        assert "Farine contre ordinateurs" not in page
        assert "3\u00a0t" not in page


def test_draft_agreement__shows_only_to_the_team() -> None:
    town = make_town()
    make_agreement(
        town.rebond, town.ciel, pole=town.pole, title="Rien encore", is_active=False, starts_on=TODAY
    )
    assert "Rien encore" not in _page(town, Role.MEMBER)


def test_balance__leads_to_its_lines() -> None:
    town = make_town()
    _promised(town)
    answer = town.client(Role.FACILITATOR).get(town.url(f"{town.rebond.pk}/"))
    (row,) = answer.context["balance"]
    assert row.given is None
    lines = town.client(Role.FACILITATOR).get(row.received.url)
    assert "Moulin à l’ancienne" in lines.content.decode()
    assert len(lines.context["lines"]) == 1


def test_lines__stay_hidden_from_a_visitor() -> None:
    town = make_town()
    _promised(town)
    answer = town.client().get(town.url(f"{town.rebond.pk}/lignes/"))
    assert answer.context["lines"] == []


def test_merged_sheet__leads_to_the_kept_one() -> None:
    town = make_town()
    merge_organisations(kept=town.rebond, absorbed=town.mill, by=None, at=NOW)
    answer = town.client().get(town.url(f"{town.mill.pk}/"))
    assert answer.headers["Location"] == town.url(f"{town.rebond.pk}/")


def test_edit_button__says_why_it_is_off() -> None:
    town = make_town()
    assert "Vous ne représentez pas" in _page(town, Role.MEMBER, town.ciel.pk)
    assert "Modifier la fiche" not in _page(town, None)


def test_unknown_sheet__is_not_found() -> None:
    town = make_town()
    assert town.client().get(town.url("999999/")).status_code == 404


def test_sheet__asks_few_questions(django_assert_max_num_queries: Any) -> None:
    town = make_town()
    _promised(town)
    client = town.client(Role.FACILITATOR)
    with django_assert_max_num_queries(32):
        client.get(town.url(f"{town.rebond.pk}/"))
