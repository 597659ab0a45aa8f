"""The directory of a pole: what it holds, how it is filtered and ordered, as a list and as points."""

from datetime import timedelta

import pytest
from django.core.paginator import Paginator

from maillage.domain.actors.models import Partner, Pole
from maillage.domain.actors.queries import DirectoryFilters, directory, directory_points, organisation_sheet
from maillage.domain.actors.viewer import Role
from tests.factories import TODAY
from tests.factories.actors import (
    LONG_AGO,
    make_college,
    make_mandate,
    make_membership,
    make_organisation,
    make_pole,
    make_site,
    make_viewer,
)
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory
from tests.factories.sirens import next_siren, siret_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    """A pole that knows a member, a past member, a partner, a neighbour and one it noted."""
    body = make_intermunicipal_body("CC des Rives", "244500203")
    home = make_municipality("Montargis", "45208", body=body, latitude=48.0, longitude=2.7)
    away = make_municipality("Auxerre", "89024", latitude=47.8, longitude=3.6)
    pole = make_pole(territory=make_territory(municipalities=[home]))
    member = make_organisation("Écoute & Cie", legal_form="association", inclusion_type="ACI")
    make_membership(pole, member, college=make_college(pole, "Usagers"))
    make_site(member, municipality=away, latitude=47.7, longitude=3.5)
    past = make_organisation("Ancien Moulin", family="business")
    make_membership(pole, past, until=TODAY - timedelta(days=1))
    partner = make_organisation("Banque solidaire", family="business")
    Partner.objects.create(pole=pole, organisation=partner, since=LONG_AGO)
    make_site(make_organisation("Commune voisine", family="authority"), municipality=home)
    make_organisation("Notée").known_in.add(pole)
    make_organisation("Inconnue du pôle")
    make_organisation("Absorbée", merged_into=member).known_in.add(pole)
    return pole


def names(pole: Pole, order: str = "name", **filters: object) -> list[str]:
    found = directory(
        viewer=make_viewer(),
        pole=pole,
        filters=DirectoryFilters(**filters),
        order=order,  # type: ignore[arg-type] # filters of the test
    )
    return [one.name for one in found]


def test_directory__holds_what_the_pole_knows_and_no_absorbed_sheet(pole: Pole) -> None:
    assert names(pole) == ["Ancien Moulin", "Banque solidaire", "Commune voisine", "Écoute & Cie", "Notée"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"text": "ecoute"}, ["Écoute & Cie"]),
        ({"text": "ecoute & cie"}, ["Écoute & Cie"]),
        ({"text": "ecuote"}, []),
        ({"text": "banq solidaire"}, ["Banque solidaire"]),
        ({"text": "🙂"}, []),
        ({"text": "%"}, []),
        ({"families": ("business",)}, ["Ancien Moulin", "Banque solidaire"]),
        (
            {"families": ("business", "authority"), "membership": "others"},
            ["Ancien Moulin", "Commune voisine"],
        ),
        ({"legal_forms": ("association",)}, ["Écoute & Cie"]),
        ({"inclusion_types": ("ACI", "EI")}, ["Écoute & Cie"]),
        ({"municipality": "89024"}, ["Écoute & Cie"]),
        ({"epci": "244500203"}, ["Commune voisine"]),
        ({"membership": "members"}, ["Écoute & Cie"]),
        ({"membership": "partners"}, ["Banque solidaire"]),
    ],
)
def test_directory__filters(pole: Pole, filters: dict[str, object], found: list[str]) -> None:
    assert names(pole, **filters) == found


def test_directory__filters_by_college(pole: Pole) -> None:
    assert names(pole, college=pole.colleges.get().pk) == ["Écoute & Cie"]


def test_directory__finds_a_siren_and_a_siret_however_written(pole: Pole) -> None:
    siren = next_siren()
    make_site(make_organisation("Numérotée", siren=siren), siret=siret_of(siren)).organisation.known_in.add(
        pole
    )
    assert names(pole, text=f"{siren[:3]} {siren[3:6]} {siren[6:]}") == ["Numérotée"]
    assert names(pole, text=siret_of(siren)) == ["Numérotée"]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("name", "Ancien Moulin"),
        ("municipality", "Écoute & Cie"),
        ("family", "Commune voisine"),
        ("recent", "Notée"),
    ],
)
def test_directory__orders(pole: Pole, order: str, first: str) -> None:
    assert names(pole, order=order)[0] == first


def test_directory__says_what_each_one_is(pole: Pole) -> None:
    member = make_viewer(Role.MEMBER, pole, pole.memberships.filter(until=None).get().organisation)
    entry = next(one for one in directory(viewer=member, pole=pole) if one.name == "Écoute & Cie")
    assert (entry.is_member, entry.is_mine, entry.college, entry.municipality) == (
        True,
        True,
        "Usagers",
        "Auxerre",
    )


def test_directory__costs_the_same_whatever_the_page(pole: Pole, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    viewer = make_viewer(Role.FACILITATOR, pole)
    viewer.mandates()
    with django_assert_num_queries(4):
        page = Paginator(directory(viewer=viewer, pole=pole), 50).page(1)
        assert len(list(page)) == 5


def test_directory_points__place_each_one_and_flag_the_approximate(
    pole: Pole, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    viewer = make_viewer()
    with django_assert_num_queries(2):
        points = directory_points(viewer=viewer, pole=pole)
    assert {(one.name, one.latitude, one.approximate) for one in points} == {
        ("Écoute & Cie", 47.7, False),
        ("Commune voisine", 48.0, True),
    }


def test_sheet__shows_contacts_and_people_to_those_of_the_pole_only(pole: Pole) -> None:
    organisation = make_organisation("Atelier", email="a@exemple.fr", phone="02")
    make_membership(pole, organisation)
    make_mandate(pole=pole, organisation=organisation)
    seen = {}
    for role in Role:
        sheet = organisation_sheet(viewer=make_viewer(role, pole), pole=pole, pk=organisation.pk)
        assert sheet is not None
        seen[role] = (sheet.contact is not None, bool(sheet.people))
    outsiders = {Role.VISITOR, Role.NETWORK}
    assert seen == {role: (role not in outsiders, role not in outsiders) for role in Role}


def test_sheet__is_not_shown_by_a_pole_that_does_not_know_it(pole: Pole) -> None:
    stranger = make_organisation()
    assert organisation_sheet(viewer=make_viewer(), pole=pole, pk=stranger.pk) is None
    assert organisation_sheet(viewer=make_viewer(), pole=pole, pk=0) is None


def test_sheet__of_an_absorbed_one_leads_to_the_kept_one(pole: Pole) -> None:
    kept = pole.memberships.filter(until=None).get().organisation
    absorbed = make_organisation(merged_into=kept)
    sheet = organisation_sheet(viewer=make_viewer(), pole=pole, pk=absorbed.pk)
    assert sheet is not None
    assert (sheet.pk, sheet.merged_from) == (kept.pk, absorbed.pk)


def test_sheet__costs_a_fixed_number_of_questions(pole: Pole, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    pk = pole.memberships.filter(until=None).get().organisation.pk
    viewer = make_viewer(Role.MEMBER, pole)
    viewer.mandates()
    with django_assert_num_queries(6):
        organisation_sheet(viewer=viewer, pole=pole, pk=pk)
