"""Each change says who, when, from what to what; a mistaken one is taken back, unless something came after."""

import threading
from decimal import Decimal

import pghistory
import pytest
from django.db import connection

from maillage.core.errors import UserMistake
from maillage.domain.actors.changes import Change, changes_of, undo, undo_refusal
from maillage.domain.actors.history import ORGANISATION, PARTS
from maillage.domain.actors.models import Account, Membership, Pole
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.history import AGREEMENT
from maillage.interfaces.web.history.registry import INTENT
from tests.factories import TODAY
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need
from tests.factories.ledger import make_agreement

pytestmark = pytest.mark.django_db


def changed(need: Intent, by: Account | None = None, **columns: object) -> None:
    """Change an intent as a page would: the account is in the context of the history."""
    with pghistory.context(user=by.pk if by else None):
        for name, value in columns.items():
            setattr(need, name, value)
        need.save()


def of(need: Intent, viewer: Viewer) -> list[Change]:
    return changes_of(viewer=viewer, pole=need.pole, tracked=INTENT, pk=need.pk)


@pytest.fixture
def pole() -> Pole:
    return make_pole()


@pytest.fixture
def team(pole: Pole) -> Viewer:
    return make_viewer(Role.FACILITATOR, pole)


@pytest.fixture
def need(pole: Pole, team: Viewer) -> Intent:
    made = make_need(pole=pole, quantity=Decimal(12), unit="t", period="year")
    changed(made, team.account, quantity=Decimal(15))
    return made


def test_change__says_who_and_from_what_to_what(need: Intent, team: Viewer) -> None:
    last, first = of(need, team)
    assert [one.text.replace("\u00a0", " ") for one in last.fields] == [
        "Quantité : 12 t par an → 15 t par an"
    ]
    assert team.account is not None
    assert last.by == str(team.account.person)
    assert first.verb == "insert"
    assert last.at >= first.at


def test_change__is_taken_back_and_that_is_a_change(need: Intent, team: Viewer) -> None:
    last = of(need, team)[0]
    assert undo_refusal(viewer=team, pole=need.pole, change=last) == ""
    undo(change=last)
    need.refresh_from_db()
    assert need.quantity == 12
    assert [one.verb for one in of(need, team)] == ["update", "update", "insert"]


def test_change__is_not_taken_back_when_it_moved_since(need: Intent, team: Viewer) -> None:
    mistaken = of(need, team)[0]
    changed(need, quantity=Decimal(20))
    assert "changé de nouveau depuis" in undo_refusal(viewer=team, pole=need.pole, change=mistaken)
    with pytest.raises(UserMistake, match="changé de nouveau depuis"):
        undo(change=mistaken)
    need.refresh_from_db()
    assert need.quantity == 20


def test_change__of_another_thing_since_does_not_prevent_it(need: Intent, team: Viewer) -> None:
    mistaken = of(need, team)[0]
    changed(need, title="Un autre titre")
    undo(change=mistaken)
    need.refresh_from_db()
    assert (need.quantity, need.title) == (12, "Un autre titre")


def test_change__is_not_taken_back_when_an_agreement_rests_on_it(need: Intent, team: Viewer) -> None:
    make_agreement(pole=need.pole, need=need)
    assert "Un accord s’appuie dessus" in undo_refusal(viewer=team, pole=need.pole, change=of(need, team)[0])


def test_beginning__has_nothing_before(need: Intent, team: Viewer) -> None:
    assert "rien avant" in undo_refusal(viewer=team, pole=need.pole, change=of(need, team)[-1])


def test_state__has_its_own_gestures(need: Intent, team: Viewer) -> None:
    changed(need, state="covered")
    assert "son propre geste" in undo_refusal(viewer=team, pole=need.pole, change=of(need, team)[0])


def test_what_it_named_before__must_still_be(need: Intent, team: Viewer) -> None:
    gone = make_resource_type("parti", "Parti")
    changed(need, resource_type=gone)
    changed(need, resource_type=None)
    gone.delete()
    assert "n’existe plus" in undo_refusal(viewer=team, pole=need.pole, change=of(need, team)[0])


def test_another_structure__reads_no_state_that_was_not_its_own(need: Intent, pole: Pole) -> None:
    new = make_organisation("La suivante")
    changed(need, author=new)
    changed(need, title="Repris par la suivante")
    viewer = make_viewer(Role.MEMBER, pole, new)
    assert [[one.label for one in change.fields] for change in of(need, viewer)] == [["Titre"]]
    assert of(need, make_viewer(Role.MEMBER, pole)) == []


def test_agreement__names_a_need_as_its_reader_may_know_it(pole: Pole) -> None:
    kind = make_resource_type("compost", "Compostage")
    need = make_need(pole=pole, title="Le secret", visibility="anonymous", resource_type=kind)
    agreement = make_agreement(pole=pole)
    agreement.need = need
    agreement.save()
    read = {"pole": pole, "tracked": AGREEMENT, "pk": agreement.pk}
    for role, said in ((Role.MEMBER, "Compostage"), (Role.FACILITATOR, "Le secret")):
        change = changes_of(viewer=make_viewer(role, pole), **read)[0]
        assert [one.after for one in change.fields] == [said]


def test_membership__that_was_deleted_comes_back_with_its_number(pole: Pole, team: Viewer) -> None:
    line = make_membership(pole, make_organisation())
    number, who = line.pk, line.organisation_id
    line.delete()
    read = {"viewer": team, "pole": pole, "tracked": ORGANISATION, "pk": who, "parts": PARTS}
    deleted = next(one for one in changes_of(**read) if one.verb == "delete")
    undo(change=deleted)
    assert Membership.objects.get(pk=number).organisation_id == who
    assert "déjà revenue" in undo_refusal(viewer=team, pole=pole, change=deleted)


def test_membership__does_not_come_back_over_another(pole: Pole, team: Viewer) -> None:
    line = make_membership(pole, make_organisation())
    who = line.organisation
    line.delete()
    make_membership(pole, who)
    read = {"viewer": team, "pole": pole, "tracked": ORGANISATION, "pk": who.pk, "parts": PARTS}
    deleted = next(one for one in changes_of(**read) if one.verb == "delete")
    with pytest.raises(UserMistake, match="une autre ligne tient"):
        undo(change=deleted)


@pytest.mark.django_db(transaction=True)
def test_two_people__who_take_back_at_once_do_it_once() -> None:
    pole = make_pole()
    team = Viewer(make_account(Role.FACILITATOR, pole), TODAY)
    need = make_need(pole=pole, title="Juste")
    changed(need, title="Faux")
    mistaken, gate, said = of(need, team)[0], threading.Barrier(2), list[str]()

    def one() -> None:
        gate.wait()
        try:
            undo(change=mistaken)
            said.append("revenu")
        except UserMistake as mistake:
            said.append(mistake.message)
        finally:
            connection.close()

    both = [threading.Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(one == "revenu" for one in said) == [False, True]
    assert len([one for one in of(need, team) if one.verb == "update"]) == 2
