"""The figures of the tabs, the lines of the file, what a merge would move."""

from typing import Any

import pytest

from maillage.domain.actors.models import Partner
from maillage.domain.actors.queries import (
    DirectoryFilters,
    directory_records,
    directory_tallies,
    merge_preview,
    organisation_in,
    points_of,
)
from maillage.domain.actors.viewer import Role
from tests.factories import TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole, make_site, make_viewer
from tests.factories.exchanges import make_need
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db


def test_tallies__count_members_partners_and_the_others_in_one_question(
    django_assert_num_queries: Any,
) -> None:
    pole = make_pole()
    both, member, other = make_organisation(), make_organisation(), make_organisation()
    make_membership(pole, both)
    make_membership(pole, member)
    Partner.objects.create(pole=pole, organisation=both, since=TODAY)
    other.known_in.add(pole)
    viewer = make_viewer()
    with django_assert_num_queries(1):
        found = directory_tallies(viewer=viewer, pole=pole, filters=DirectoryFilters(membership="partners"))
    assert (found.total, found.members, found.partners, found.others) == (3, 2, 1, 1)


def test_records__hold_contacts_only_for_those_of_the_pole() -> None:
    pole = make_pole()
    organisation = make_organisation(email="ici@exemple.fr")
    make_membership(pole, organisation)
    visitor, member = make_viewer(), make_viewer(Role.MEMBER, pole, organisation)
    assert [one.email for one in directory_records(viewer=visitor, pole=pole)] == [""]
    assert [one.email for one in directory_records(viewer=member, pole=pole)] == ["ici@exemple.fr"]


def test_records__ask_few_questions(django_assert_max_num_queries: Any) -> None:
    pole = make_pole()
    for _ in range(5):
        organisation = make_organisation()
        make_membership(pole, organisation)
        make_site(organisation, municipality=make_municipality())
    viewer = make_viewer()
    with django_assert_max_num_queries(8):
        assert len(list(directory_records(viewer=viewer, pole=pole))) == 5


def test_points__name_their_commune() -> None:
    organisation = make_organisation()
    make_site(organisation, municipality=make_municipality("Lury-d’Essai", latitude=47.1, longitude=2.0))
    (point,) = points_of([organisation.pk])
    assert (point.municipality, point.approximate) == ("Lury-d’Essai", True)


def test_organisation_in__knows_only_the_directory_of_the_pole() -> None:
    pole, stranger, known = make_pole(), make_organisation(), make_organisation()
    known.known_in.add(pole)
    assert organisation_in(pole=pole, pk=known.pk) == known
    assert organisation_in(pole=pole, pk=stranger.pk) is None


def test_merge_preview__counts_without_moving_anything() -> None:
    kept, absorbed = make_organisation(), make_organisation(phone="0200000000")
    need = make_need(author=absorbed)
    preview = merge_preview(kept=kept, absorbed=absorbed)
    need.refresh_from_db()
    assert [(one.label, one.count) for one in preview.moved] == [("besoin ou offre", 1)]
    assert next(line for line in preview.lines if line.label == "téléphone").is_filled
    assert need.author_id == absorbed.pk
