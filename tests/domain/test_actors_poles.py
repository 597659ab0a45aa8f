"""Poles, sponsors, statuses, memberships, partners, mandates and accounts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Account, Membership
from maillage.domain.actors.operations import (
    add_partner,
    change_college,
    change_password,
    change_sponsor,
    close_account,
    create_account,
    create_college,
    create_pole,
    end_mandate,
    end_partner,
    give_mandate,
    invite,
    join_pole,
    leave_pole,
    record_status,
    update_pole,
)
from maillage.domain.actors.queries import is_in_directory, pole_overview, poles_for
from maillage.domain.actors.viewer import Role, Viewer
from tests.factories import TODAY
from tests.factories.actors import (
    make_account,
    make_college,
    make_mandate,
    make_membership,
    make_organisation,
    make_person,
    make_pole,
)
from tests.factories.places import make_municipality, make_territory

pytestmark = pytest.mark.django_db
SPRING = date(2026, 4, 1)


def test_create_pole__starts_with_its_sponsor_and_status() -> None:
    territory = make_territory(
        municipalities=[make_municipality(population=700), make_municipality(population=300)]
    )
    sponsor = make_organisation("Porteuse")
    pole = create_pole(
        name="Pôle des Rives",
        slug="rives",
        territory=territory,
        sponsor=sponsor,
        status="emerging",
        on=SPRING,
    )
    overview = pole_overview(pole=pole, on=TODAY)
    assert (overview.sponsor, overview.status, overview.population) == ("Porteuse", "emerging", 1000)


def test_create_pole__refuses_a_name_or_an_address_already_taken() -> None:
    make_pole("Rives", "rives")
    with pytest.raises(UserMistake, match="nom"):
        create_pole(name="Rives", slug="autre", territory=make_territory())
    with pytest.raises(UserMistake, match="adresse"):
        create_pole(name="Autre", slug="rives", territory=make_territory())


def test_update_pole__checks_what_it_shows() -> None:
    pole = make_pole()
    with pytest.raises(UserMistakes):
        update_pole(
            pole=pole,
            name="Rives",
            tagline="",
            description="",
            contact_email="pas un courriel",
            contact_phone="",
            territory=pole.territory,
        )


def test_change_sponsor__ends_the_one_before_that_day() -> None:
    first, second = make_organisation(), make_organisation()
    pole = make_pole(sponsor=first)
    change_sponsor(pole=pole, organisation=second, on=SPRING)
    assert [(row.organisation, row.until) for row in pole.sponsors.all()] == [(first, SPRING), (second, None)]


def test_change_sponsor__refuses_a_date_before_the_present_one() -> None:
    pole = make_pole(sponsor=make_organisation())
    with pytest.raises(UserMistake, match="plus récente"):
        change_sponsor(pole=pole, organisation=make_organisation(), on=date(2020, 1, 1))


def test_record_status__refuses_two_the_same_day() -> None:
    pole = make_pole(status=None)
    record_status(pole=pole, status="charter", on=SPRING, source="Charte signée")
    with pytest.raises(UserMistake, match="déjà un statut"):
        record_status(pole=pole, status="awarded", on=SPRING)


def test_join_pole__enters_the_directory_and_refuses_twice() -> None:
    pole, organisation = make_pole(), make_organisation()
    join_pole(pole=pole, organisation=organisation, on=SPRING)
    assert is_in_directory(pole, organisation.pk)
    with pytest.raises(UserMistake, match="déjà membre"):
        join_pole(pole=pole, organisation=organisation, on=TODAY)


def test_join_pole__refuses_the_college_of_another_pole() -> None:
    with pytest.raises(UserMistake, match="autre pôle"):
        join_pole(
            pole=make_pole(), organisation=make_organisation(), on=SPRING, college=make_college(make_pole())
        )


def test_leave_pole__ends_the_membership_and_refuses_a_date_before_it() -> None:
    membership = make_membership(since=SPRING)
    with pytest.raises(UserMistake, match="vient après"):
        leave_pole(membership=membership, on=SPRING)
    membership.refresh_from_db()
    assert leave_pole(membership=membership, on=TODAY).until == TODAY
    with pytest.raises(UserMistake, match="déjà terminée"):
        leave_pole(membership=membership, on=TODAY)


def test_change_college__keeps_what_it_was_before() -> None:
    membership = make_membership(since=SPRING)
    college = make_college(membership.pole)
    change_college(membership=membership, college=college, on=TODAY)
    assert list(Membership.objects.order_by("since").values_list("since", "until", "college")) == [
        (SPRING, TODAY, None),
        (TODAY, None, college.pk),
    ]


def test_create_college__refuses_a_weight_over_a_hundred() -> None:
    with pytest.raises(UserMistake, match="100"):
        create_college(pole=make_pole(), name="Usagers", weight=Decimal(120))


def test_partner__comes_and_goes() -> None:
    pole, organisation = make_pole(), make_organisation()
    partner = add_partner(pole=pole, organisation=organisation, on=SPRING, kind="funder")
    with pytest.raises(UserMistake, match="déjà partenaire"):
        add_partner(pole=pole, organisation=organisation, on=TODAY)
    assert end_partner(partner=partner, on=TODAY).until == TODAY


def test_give_mandate__wants_an_authority_for_an_authority_s_agent() -> None:
    with pytest.raises(UserMistake, match="collectivité"):
        give_mandate(
            person=make_person(),
            pole=make_pole(),
            role="authority_agent",
            since=SPRING,
            organisation=make_organisation(family="business"),
        )


def test_give_mandate__wants_an_organisation_for_a_representative_and_refuses_twice() -> None:
    person, pole, organisation = make_person(), make_pole(), make_organisation()
    with pytest.raises(UserMistake, match="quelle structure"):
        give_mandate(person=person, pole=pole, role="representative", since=SPRING)
    give_mandate(person=person, pole=pole, role="representative", since=SPRING, organisation=organisation)
    with pytest.raises(UserMistake, match="déjà ce mandat"):
        give_mandate(person=person, pole=pole, role="representative", since=TODAY, organisation=organisation)


def test_end_mandate__keeps_the_last_administrator() -> None:
    pole = make_pole()
    mandate = make_mandate(pole=pole, role="administrator")
    with pytest.raises(UserMistake, match="plus personne"):
        end_mandate(mandate=mandate, on=TODAY)
    make_mandate(pole=pole, role="administrator")
    assert end_mandate(mandate=mandate, on=TODAY).until == TODAY


def test_create_account__checks_the_address_and_the_password() -> None:
    with pytest.raises(UserMistakes):
        create_account(email="pas un courriel")
    with pytest.raises(UserMistake, match="mot de passe"):
        create_account(email="a@exemple.fr", password="court")
    create_account(email="A@Exemple.fr", password="un long mot de passe")
    with pytest.raises(UserMistake, match="déjà ce courriel"):
        create_account(email="a@exemple.fr")


def test_create_account__gives_one_account_a_person() -> None:
    person = make_account().person
    with pytest.raises(UserMistake, match="déjà un compte"):
        create_account(email="b@exemple.fr", person=person)


def test_invite__makes_the_person_the_account_and_the_mandate_once() -> None:
    pole, other = make_pole(), make_pole()
    first = invite(email="Zoe@Exemple.fr", given_name="Zoé", pole=pole, role="facilitator", on=SPRING)
    second = invite(email="zoe@exemple.fr", given_name="Zoé", pole=other, role="network", on=SPRING)
    assert (first.is_new, second.is_new, first.account) == (True, False, second.account)
    assert not first.account.has_usable_password()
    found = {one.pole: one.roles for one in poles_for(Viewer(account=first.account, on=TODAY))}
    assert found == {pole: {Role.FACILITATOR}, other: {Role.NETWORK}}


def test_account__changes_its_password_and_closes() -> None:
    account = create_account(email="a@exemple.fr")
    change_password(account=account, password="un long mot de passe")
    close_account(account=account)
    row = Account.objects.get()
    assert row.check_password("un long mot de passe")
    assert not row.is_active


def test_poles_for__forgets_a_mandate_that_ended() -> None:
    account = make_account()
    make_mandate(account.person, make_pole(), role="facilitator", until=TODAY - timedelta(days=1))
    assert poles_for(Viewer(account=account, on=TODAY)) == []
