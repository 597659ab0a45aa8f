"""Requests for an access: kept once, answered once, by who may."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import Refused, UserMistake
from maillage.domain.actors import operations, policies
from maillage.domain.actors.enums import MandateRole, RequestState
from maillage.domain.actors.models import AccessRequest, Account, Mandate, Pole
from maillage.domain.actors.queries import account_proven, organisation_of_siret
from maillage.domain.actors.viewer import Role
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_organisation, make_pole, make_site, make_viewer

pytestmark = pytest.mark.django_db


def asked(pole: Pole, **changes: Any) -> AccessRequest:
    said = {"given_name": "Inès", "family_name": "Fauvel", "email": "Ines@Example.org"} | changes
    return operations.ask_access(pole=pole, at=NOW, **said)


def test_request__is_kept_tidy() -> None:
    made = asked(make_pole(), given_name="  Inès ", words="Bonjour.\x00\n")
    assert (made.given_name, made.email, made.words) == ("Inès", "ines@example.org", "Bonjour.")


@pytest.mark.parametrize("name", ["given_name", "family_name", "email"])
def test_request__without_what_is_needed_says_which(name: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        asked(make_pole(), **{name: " "})
    assert mistake.value.field == name


def test_request__twice_is_one_and_says_so() -> None:
    pole = make_pole()
    asked(pole)
    with pytest.raises(UserMistake, match="attend déjà"):
        asked(pole, email="INES@example.org")
    assert AccessRequest.objects.count() == 1
    assert asked(make_pole()).pk


def test_request__accepted_opens_an_account_with_its_role() -> None:
    pole, organisation, by = make_pole(), make_organisation(), make_account()
    made = asked(pole)
    invited = operations.accept_access(
        request=made, role=MandateRole.REPRESENTATIVE, organisation=organisation, by=by, at=NOW, on=TODAY
    )
    made.refresh_from_db()
    assert (made.state, made.account, made.answered_by) == (RequestState.ACCEPTED, invited.account, by)
    assert Mandate.objects.get(person=invited.account.person, pole=pole).organisation == organisation


def test_request__accepted_is_not_answered_again() -> None:
    pole, by = make_pole(), make_account()
    made = asked(pole)
    operations.refuse_access(request=made, reason="Pas ici.", by=by, at=NOW)
    with pytest.raises(UserMistake, match="déjà sa réponse"):
        operations.accept_access(request=made, role="network", organisation=None, by=by, at=NOW, on=TODAY)
    assert not Account.objects.filter(email="ines@example.org").exists()


def test_request__is_refused_with_a_reason_only() -> None:
    made = asked(make_pole())
    with pytest.raises(UserMistake, match="Dites pourquoi"):
        operations.refuse_access(request=made, reason=" ", by=make_account(), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=made.pk).update(state="refused", answered_at=NOW)


def test_request__answered_keeps_its_hour_in_the_database() -> None:
    made = asked(make_pole())
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=made.pk).update(state="accepted")


def test_request__proven_gives_the_account_back_to_the_identity() -> None:
    identity = operations.Identity("proconnect", "sub-1", "")
    made = asked(make_pole(), identity=identity)
    assert account_proven(provider="proconnect", subject="sub-1") is None
    invited = operations.accept_access(
        request=made, role="network", organisation=None, by=make_account(), at=NOW, on=TODAY
    )
    assert account_proven(provider="proconnect", subject="sub-1") == invited.account


def test_siret__finds_its_site_then_its_siren() -> None:
    site = make_site(siret="35600000000048")
    assert organisation_of_siret("35600000000048") == site.organisation
    other = make_organisation(siren="552100554")
    assert organisation_of_siret("55210055400013") == other
    assert organisation_of_siret("73282932000074") is None


@pytest.mark.parametrize(
    ("role", "gives"),
    [
        (Role.ADMINISTRATOR, set(MandateRole.values)),
        (Role.FACILITATOR, {"representative", "substitute", "authority_agent"}),
        (Role.BOARD, set()),
        (Role.MEMBER, set()),
    ],
)
def test_policy__facilitators_give_no_power_they_do_not_answer_for(role: Role, gives: set[str]) -> None:
    pole = make_pole()
    viewer = make_viewer(role, pole)
    assert {one for one in MandateRole.values if policies.user_can_give_role(viewer, pole, one)} == gives
    with pytest.raises(Refused):
        policies.check_user_can_give_role(make_viewer(role, make_pole()), pole, "representative")


def test_links__old_are_forgotten_and_recent_kept() -> None:
    account = make_account()
    operations.make_link(account=account, at=NOW)
    assert operations.forget_old_links(at=NOW) == 0
    assert operations.forget_old_links(at=NOW + timedelta(days=40)) == 1
