"""What the database itself refuses, whoever writes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, models, transaction

from maillage.domain.actors.models import (
    Account,
    College,
    DuplicateDismissal,
    Membership,
    Organisation,
    Partner,
    PoleSponsor,
    PoleStatus,
)
from maillage.domain.places.models import Municipality, Postcode, Territory
from tests.factories import NOW
from tests.factories.actors import (
    make_college,
    make_mandate,
    make_membership,
    make_organisation,
    make_person,
    make_pole,
    make_site,
)
from tests.factories.places import make_municipality
from tests.factories.sirens import next_siren, siret_of

pytestmark = pytest.mark.django_db
DAY, LATER = date(2025, 1, 1), date(2026, 1, 1)


def twice(make: Callable[[], object]) -> None:
    make()
    make()


def two_sponsors() -> None:
    pole = make_pole(sponsor=make_organisation())
    PoleSponsor.objects.create(pole=pole, organisation=make_organisation(), since=LATER)


def two_heads() -> None:
    organisation = make_organisation()
    twice(lambda: make_site(organisation))


def two_sirens() -> None:
    siren = next_siren()
    twice(lambda: make_organisation(siren=siren))


def two_sirets() -> None:
    siret = siret_of(next_siren())
    twice(lambda: make_site(siret=siret))


def two_memberships() -> None:
    pole, organisation = make_pole(), make_organisation()
    twice(lambda: make_membership(pole, organisation))


def two_facilitators() -> None:
    pole, person = make_pole(), make_person()
    twice(lambda: make_mandate(person, pole, role="facilitator"))


def two_partners() -> None:
    pole, organisation = make_pole(), make_organisation()
    twice(lambda: Partner.objects.create(pole=pole, organisation=organisation, since=DAY))


def two_statuses() -> None:
    pole = make_pole(status=None)
    twice(lambda: PoleStatus.objects.create(pole=pole, status="charter", since=DAY))


def dismissal_upside_down() -> None:
    first, second = make_organisation(), make_organisation()
    DuplicateDismissal.objects.create(first=second, second=first, at=NOW)


def merged_into_itself() -> None:
    organisation = make_organisation()
    organisation.merged_into = organisation
    organisation.save()


def two_source_lines() -> None:
    twice(lambda: make_organisation(source="fichier", source_id="12"))


def two_accounts() -> None:
    Account.objects.create_user("a@exemple.fr")
    Account.objects.create_user("A@exemple.fr")


def representative_of_nobody() -> models.Model:
    mandate = make_mandate()
    mandate.organisation = None
    mandate.save()
    return mandate


REFUSED: dict[str, Callable[[], object]] = {
    "organisation_named": lambda: Organisation.objects.create(name="", family="social"),
    "organisation_siren_valid": lambda: make_organisation(siren="123456789"),
    "organisation_siren_once": two_sirens,
    "organisation_source_once": two_source_lines,
    "organisation_rna_form": lambda: make_organisation(rna="12"),
    "organisation_naf_versioned": lambda: make_organisation(naf_code="94.99Z"),
    "organisation_family_known": lambda: make_organisation(family="autre"),
    "organisation_not_merged_into_itself": merged_into_itself,
    "site_siret_valid": lambda: make_site(siret="12345678901234"),
    "site_siret_once": two_sirets,
    "site_one_head": two_heads,
    "site_point_whole": lambda: make_site(latitude=47.0),
    "dismissal_ordered": dismissal_upside_down,
    "sponsor_one_at_a_time": two_sponsors,
    "sponsor_in_order": lambda: PoleSponsor.objects.create(
        pole=make_pole(), organisation=make_organisation(), since=LATER, until=DAY
    ),
    "status_one_a_day": two_statuses,
    "college_once": lambda: (
        (pole := make_pole())
        and make_college(pole)
        and College.objects.create(pole=pole, name="Entreprises de l’ESS")
    ),
    "college_weight_range": lambda: College.objects.create(pole=make_pole(), name="Usagers", weight=120),
    "membership_no_overlap": two_memberships,
    "membership_in_order": lambda: make_membership(since=LATER, until=DAY),
    "partner_no_overlap": two_partners,
    "partner_in_order": lambda: Partner.objects.create(
        pole=make_pole(), organisation=make_organisation(), since=LATER, until=DAY
    ),
    "mandate_in_order": lambda: make_mandate(since=LATER, until=DAY),
    "mandate_names_its_organisation": representative_of_nobody,
    "mandate_no_overlap": two_facilitators,
    "account_email_once": two_accounts,
    "municipality_code_form": lambda: make_municipality(code="2C001", department="20"),
    "municipality_point_whole": lambda: make_municipality(latitude=None),
    "postcode_form": lambda: Postcode.objects.create(municipality=make_municipality(), code="1800"),
    "postcode_once": lambda: twice(
        lambda: Postcode.objects.create(municipality=make_municipality(code="18033"), code="18000")
    ),
    "territory_named": lambda: Territory.objects.create(name="", slug="vide"),
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_database__refuses(constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        REFUSED[constraint]()


def test_database__lets_a_membership_begin_the_day_the_one_before_ends() -> None:
    pole, organisation = make_pole(), make_organisation()
    make_membership(pole, organisation, since=DAY, until=LATER)
    make_membership(pole, organisation, since=LATER)
    assert Membership.objects.count() == 2


def test_database__lets_an_absorbed_sheet_keep_its_siren() -> None:
    kept = make_organisation(siren=next_siren())
    make_organisation(siren=kept.siren, merged_into=kept)
    assert Organisation.objects.filter(siren=kept.siren).count() == 2


def test_database__knows_corsica_and_la_reunion() -> None:
    make_municipality(code="2A004")
    make_municipality(code="97411")
    assert set(Municipality.objects.values_list("department_id", flat=True)) == {"2A", "974"}
