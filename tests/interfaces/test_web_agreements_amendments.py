"""The pages of an amendment's promises: changed, added, ended, left as they were; nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.models import Amendment, PromiseChange
from maillage.domain.days.queries.dated import dated_things
from maillage.domain.ledger.models import Agreement, Commitment
from tests.factories import TODAY
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_viewer
from tests.factories.agreements import make_ready
from tests.factories.amendments import make_change, make_signed, sign_by_all
from tests.factories.ledger import make_agreement, make_event_of
from tests.interfaces.test_web_agreements import address, body, member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’ici", "ici")


@pytest.fixture
def parties(pole: Pole) -> tuple[Organisation, Organisation]:
    one, two = make_organisation("La Donneuse"), make_organisation("La Receveuse")
    for party in (one, two):
        make_membership(pole, party)
    return one, two


@pytest.fixture
def running(pole: Pole, parties: Any) -> Agreement:
    return make_signed(make_ready(*parties, pole=pole))


@pytest.fixture
def team(pole: Pole) -> Client:
    return signed_in(make_account(Role.FACILITATOR, pole))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_change__opens_the_amendment_that_says_before_and_after(team: Client, running: Agreement) -> None:
    line = running.commitments.get()
    url = address("amend_promise", running, line.pk)
    assert 'value="12"' in body(team.get(url))
    page = plain(body(team.post(url, {"quantity": "8", "unit": "t", "note": "De saison"}, follow=True)))
    assert "L’avenant n° 1 le dit." in page
    assert "12 t, pendant l’accord" in page
    assert "8 t, pendant l’accord (De saison)" in page
    assert 'value="8"' in body(team.get(url))
    assert Commitment.objects.get().quantity == 12


def test_change__that_is_refused_keeps_what_was_typed(team: Client, running: Agreement) -> None:
    line = running.commitments.get()
    make_event_of(line, 9)
    answer = team.post(
        address("amend_promise", running, line.pk), {"quantity": "8", "unit": "t", "note": "Moins"}
    )
    assert answer.status_code == 422
    assert "Déjà fait : 9 t" in plain(body(answer))
    assert "Moins" in body(answer)
    assert not Amendment.objects.exists()


def test_addition__shows_in_the_amendment_and_is_taken_out(team: Client, running: Agreement) -> None:
    first, second = [party.organisation_id for party in running.parties.order_by("pk")]
    url = address("amend_add", running)
    assert "Un engagement de plus" in body(team.get(url))
    typed = {"provider": first, "receiver": second, "action": "transfer", "quantity": "3", "unit": "t"}
    kind = running.commitments.get().resource_type_id
    page = body(team.post(url, typed | {"resource_type": kind}, follow=True))
    assert "Nouvel engagement" in page
    line = PromiseChange.objects.get()
    page = body(team.post(address("amend_leave", running, 1, line.pk), follow=True))
    assert "Rien ne change encore" in page


def test_end__says_why_not_or_goes_in_the_amendment(team: Client, running: Agreement) -> None:
    line = running.commitments.get()
    page = plain(body(team.post(address("amend_end", running, line.pk), follow=True)))
    assert "arrêté ; ce qui est fait reste compté" in page
    page = body(team.post(address("amendment_move", running, 1, "propose"), follow=True))
    assert "Notez au moins un engagement" in page


def test_amendment__signed_leaves_each_version_readable(
    team: Client, running: Agreement, parties: Any
) -> None:
    line = running.commitments.get()
    sign_by_all(make_change(line))
    page = plain(body(member(running.pole, parties[0]).get(reverse("ledger:promise", args=["ici", line.pk]))))
    assert "Texte après texte" in page
    assert page.index("12 t, pendant l’accord") < page.index("8 t, pendant l’accord")
    assert address("earlier", running, 1) in page
    assert address("amendment_text", running, 1) in page
    assert "0 t sur 8 t" in page


def test_calendar__follows_the_promise_in_force(running: Agreement) -> None:
    viewer = make_viewer(Role.FACILITATOR, running.pole)
    when = {"since": TODAY, "until": TODAY + timedelta(days=120)}
    amendment = make_change(running.commitments.get(), due_on=TODAY + timedelta(days=90))
    assert not dated_things(viewer=viewer, pole=running.pole, **when)
    sign_by_all(amendment)
    assert [one.on for one in dated_things(viewer=viewer, pole=running.pole, **when)] == [
        TODAY + timedelta(days=90)
    ]


def test_sheet__says_that_an_amendment_to_sign_can_no_longer_apply(team: Client, running: Agreement) -> None:
    line = running.commitments.get()
    team.post(address("amend_promise", running, line.pk), {"quantity": "8", "unit": "t"})
    team.post(address("amendment_move", running, 1, "propose"))
    assert "ne peut plus s’appliquer" not in body(team.get(address("detail", running)))
    make_event_of(line, 9)
    assert "ne peut plus s’appliquer" in body(team.get(address("detail", running)))


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_paper__of_the_amendment_is_made(team: Client, running: Agreement, ending: str) -> None:
    team.post(address("amend_promise", running, running.commitments.get().pk), {"quantity": "8", "unit": "t"})
    team.post(address("amendment_move", running, 1, "propose"))
    assert team.get(address("paper", running, "avenant-1", ending)).status_code == 200


def test_member__changes_nothing_by_itself(running: Agreement, parties: Any) -> None:
    client = member(running.pole, parties[0])
    line = running.commitments.get()
    for url in (address("amend_promise", running, line.pk), address("amend_end", running, line.pk)):
        assert client.post(url, {"quantity": "8", "unit": "t"}).status_code == 403
    assert not Amendment.objects.exists()


def test_agreement__noted_without_a_template_has_no_amended_promise(
    team: Client, pole: Pole, parties: Any
) -> None:
    agreement = make_agreement(*parties, pole=pole)
    assert team.get(address("amend_add", agreement)).status_code == 404
