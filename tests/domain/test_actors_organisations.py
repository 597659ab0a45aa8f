"""Organisations are checked, look-alikes are shown, sites agree with their organisation."""

from dataclasses import replace

import pytest

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import DuplicateDismissal, Organisation
from maillage.domain.actors.operations import (
    DuplicateSuspected,
    OrganisationFields,
    SiteFields,
    create_organisation,
    create_site,
    fields_of,
    remove_site,
    set_head_site,
    update_organisation,
    update_site,
)
from maillage.domain.actors.queries import find_duplicates, is_in_directory
from tests.factories import NOW
from tests.factories.actors import make_organisation, make_pole, make_site
from tests.factories.places import make_municipality
from tests.factories.sirens import next_siren, siret_of

pytestmark = pytest.mark.django_db
FIELDS = OrganisationFields(name="Les Jardins du Loing", family="social")


def test_create_organisation__tidies_and_normalises_what_was_typed() -> None:
    siren = next_siren()
    typed = replace(
        FIELDS,
        name="  Ci&el \n Est ",
        siren=f"{siren[:3]} {siren[3:6]} {siren[6:]}",
        rna="w181000001",
        naf_code="9499z",
    )
    made = create_organisation(fields=typed)
    assert (made.name, made.siren, made.rna) == ("Ci&el Est", siren, "W181000001")
    assert (made.naf_code, made.naf_version) == ("94.99Z", "NAFRev2")


def test_create_organisation__enters_the_directory_of_the_pole_with_its_head_site() -> None:
    pole = make_pole()
    made = create_organisation(fields=FIELDS, pole=pole, site=SiteFields(municipality=make_municipality()))
    assert is_in_directory(pole, made.pk)
    assert made.sites.get().is_head


def test_create_organisation__takes_the_siren_from_the_siret() -> None:
    siren = next_siren()
    assert create_organisation(fields=FIELDS, site=SiteFields(siret=siret_of(siren))).siren == siren


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("siren", "123456789"),
        ("rna", "X12"),
        ("naf_code", "bonjour"),
        ("name", "x" * 10_000_000),
        ("family", "autre"),
        ("legal_form", "sarl-u"),
        ("website", "pas une adresse"),
        ("email", "a@b@c"),
    ],
)
def test_create_organisation__refuses_in_a_sentence(field: str, value: str) -> None:
    with pytest.raises((UserMistake, UserMistakes)):
        create_organisation(fields=replace(FIELDS, **{field: value}))
    assert not Organisation.objects.exists()


def test_create_organisation__removes_what_the_database_cannot_hold() -> None:
    assert create_organisation(fields=replace(FIELDS, name="A\x00B", description="x\x00\ny ")).name == "AB"


def test_create_organisation__says_that_the_siren_is_taken() -> None:
    siren = next_siren()
    make_organisation(siren=siren)
    with pytest.raises(UserMistake, match="porte déjà ce SIREN"):
        create_organisation(fields=replace(FIELDS, siren=siren), check_duplicates=False)


def test_create_organisation__asks_before_a_likely_duplicate() -> None:
    place = make_municipality("Montargis", "45208")
    twin = make_site(make_organisation("Jardins du Loing"), municipality=place).organisation
    with pytest.raises(DuplicateSuspected, match="Montargis est déjà dans l’annuaire") as caught:
        create_organisation(fields=FIELDS, site=SiteFields(municipality=place))
    assert [one.pk for one in caught.value.found.candidates] == [twin.pk]


def test_create_organisation__remembers_that_it_is_another_one() -> None:
    twin = make_organisation("Les jardins du Loing")
    made = create_organisation(fields=FIELDS, distinct_from=[twin.pk], at=NOW)
    assert DuplicateDismissal.objects.filter(first=twin, second=made).exists()


def test_find_duplicates__knows_the_same_siren_whatever_the_name() -> None:
    siren = next_siren()
    make_organisation("Tout autre nom", siren=siren)
    assert [one.reason for one in find_duplicates(name="Les Jardins", siren=siren).candidates] == [
        "même SIREN"
    ]


def test_find_duplicates__lets_two_sirens_be_two_organisations() -> None:
    make_organisation("Les Jardins du Loing", siren=next_siren())
    assert not find_duplicates(name="Les Jardins du Loing", siren=next_siren())


def test_find_duplicates__wants_more_likeness_elsewhere() -> None:
    make_site(make_organisation("Jardins du Loing"), municipality=make_municipality())
    assert not find_duplicates(name="Jardins du Loing et du Lac", municipality=make_municipality())
    assert find_duplicates(name="Les jardins du Loing", municipality=make_municipality())


def test_update_organisation__changes_one_field_and_keeps_the_rest() -> None:
    made = make_organisation("Atelier", short_name="AT")
    changed = update_organisation(organisation=made, fields=replace(fields_of(made), phone="02 00 00 00 00"))
    assert (changed.name, changed.short_name, changed.phone) == ("Atelier", "AT", "02 00 00 00 00")


def test_update_organisation__refuses_a_siren_that_is_not_its_siret_s() -> None:
    made = make_organisation()
    create_site(organisation=made, fields=SiteFields(siret=siret_of(next_siren())))
    with pytest.raises(UserMistake, match="SIRET"):
        update_organisation(organisation=made, fields=replace(fields_of(made), siren=next_siren()))


def test_update_organisation__refuses_a_sheet_reunited_with_another() -> None:
    made = make_organisation(merged_into=make_organisation())
    with pytest.raises(UserMistake, match="réunie"):
        update_organisation(organisation=made, fields=FIELDS)


def test_sites__the_first_is_the_head_until_another_takes_its_place() -> None:
    made = make_organisation()
    first = create_site(organisation=made, fields=SiteFields(name="Atelier"))
    second = create_site(organisation=made, fields=SiteFields(name="Bureau"))
    set_head_site(site=second)
    assert list(made.sites.filter(is_head=True)) == [second]
    remove_site(site=second)
    assert list(made.sites.filter(is_head=True)) == [first]


def test_sites__refuse_the_siret_of_another_organisation() -> None:
    with pytest.raises(UserMistake, match="son SIREN est"):
        create_site(
            organisation=make_organisation(siren=next_siren()),
            fields=SiteFields(siret=siret_of(next_siren())),
        )


def test_sites__refuse_a_siret_already_taken() -> None:
    siret = siret_of(next_siren())
    create_site(organisation=make_organisation(), fields=SiteFields(siret=siret))
    with pytest.raises(UserMistake, match="Un autre site"):
        create_site(organisation=make_organisation(), fields=SiteFields(siret=siret))


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [(95.0, 2.0, "latitude"), (47.0, 200.0, "longitude"), (47.0, None, "deux")],
)
def test_sites__refuse_a_point_off_the_globe(latitude: float, longitude: float | None, words: str) -> None:
    with pytest.raises(UserMistake, match=words):
        create_site(
            organisation=make_organisation(), fields=SiteFields(latitude=latitude, longitude=longitude)
        )


def test_update_site__writes_what_differs() -> None:
    site = make_site(address="1 rue Vieille")
    changed = update_site(site=site, fields=SiteFields(municipality=site.municipality, address="2 rue Neuve"))
    assert (changed.address, changed.is_head) == ("2 rue Neuve", True)
