"""What forms and filters offer: names of what one sees, never an anonymous author."""

import pytest

from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.queries import choices
from tests.factories.actors import make_membership, make_organisation, make_pole, make_site, make_viewer
from tests.factories.exchanges import make_need
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        (Visibility.PUBLIC, {Role.VISITOR, Role.MEMBER, Role.FACILITATOR}),
        (Visibility.MEMBERS, {Role.MEMBER, Role.FACILITATOR}),
        (Visibility.ANONYMOUS, {Role.FACILITATOR}),
        (Visibility.FACILITATORS, {Role.FACILITATOR}),
    ],
)
def test_authors__are_those_of_what_one_sees_whole(visibility: str, seen_by: set[Role]) -> None:
    pole = make_pole()
    make_need(pole=pole, author=make_organisation("Maison Secrète"), visibility=visibility)
    for role in (Role.VISITOR, Role.MEMBER, Role.FACILITATOR):
        found = choices.authors_seen(viewer=make_viewer(role, pole), pole=pole, text="secr")
        assert [name for _, name in found] == (["Maison Secrète"] if role in seen_by else [])


def test_bodies__are_those_of_the_territory_once_each() -> None:
    body = make_intermunicipal_body("CC des Essais")
    towns = [make_municipality(body=body), make_municipality(body=body)]
    pole = make_pole(territory=make_territory(municipalities=towns))
    make_intermunicipal_body("CC d’ailleurs")
    assert choices.bodies_of(pole) == [(body.siren, "CC des Essais")]


def test_organisation_named__is_sure_or_nothing() -> None:
    pole = make_pole()
    for name in ("Atelier Rebond", "Les Deux", "les deux"):
        make_membership(pole, make_organisation(name))
    assert choices.organisation_named(pole=pole, name="atelier rebond") is not None
    assert choices.organisation_named(pole=pole, name="les deux") is None
    assert choices.organisation_named(pole=pole, name="") is None


def test_organisations__outside_the_directory_are_unknown() -> None:
    stranger = make_organisation("Atelier lointain")
    assert choices.organisation_known(pole=make_pole(), pk=stranger.pk) is None


def test_seat__is_the_head_site() -> None:
    organisation, seat = make_organisation(), make_municipality("Vierzon")
    make_site(organisation, municipality=make_municipality("Bourges"), is_head=False)
    make_site(organisation, municipality=seat)
    assert choices.seat_of(organisation) == seat
    assert choices.seat_of(make_organisation()) is None
