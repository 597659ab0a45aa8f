"""The list answers each question, in few queries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.queries import (
    IntentFilters,
    intent_sheet,
    intents_for_change,
    intents_list,
    latest_of_each,
    map_points,
    pole_figures,
    stale_intents,
    visible_intent,
)
from tests.factories import TODAY
from tests.factories.actors import make_organisation, make_pole, make_site, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_intent, make_need, make_offer, make_support
from tests.factories.places import make_intermunicipal_body, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def titles(pole: Pole, **filters: object) -> list[str]:
    viewer = make_viewer(Role.FACILITATOR, pole)
    return [view.title for view in intents_list(viewer=viewer, pole=pole, filters=IntentFilters(**filters))]


def test_list__leaves_out_other_poles_and_what_was_withdrawn(pole: Pole) -> None:
    make_need(title="Ailleurs")
    make_need(pole=pole, title="Retiré", state="withdrawn")
    make_need(pole=pole, title="Ici")
    assert titles(pole) == ["Ici"]
    assert sorted(titles(pole, state="any")) == ["Ici", "Retiré"]
    assert titles(pole, state="withdrawn") == ["Retiré"]


def test_list__filters_by_side_and_state(pole: Pole) -> None:
    make_need(pole=pole, title="Besoin")
    make_offer(pole=pole, title="Offre")
    make_offer(pole=pole, title="Prise", state="covered")
    assert titles(pole, kind="need") == ["Besoin"]
    assert titles(pole, kind="offer", state="covered") == ["Prise"]


def test_list__brings_narrower_types_along(pole: Pole) -> None:
    waste = make_resource_type("dechets")
    peelings = make_resource_type("epluchures", parent=waste)
    make_need(pole=pole, title="Large", resource_type=waste)
    make_need(pole=pole, title="Précis", resource_type=peelings)
    assert sorted(titles(pole, type="dechets")) == ["Large", "Précis"]
    assert titles(pole, type="epluchures") == ["Précis"]


@pytest.mark.parametrize(
    "question", ["épluchures", "epluchures", "ÉPLUCHURE", "eplucures", "composter une épluchure"]
)
def test_list__finds_french_words_and_near_spellings(pole: Pole, question: str) -> None:
    make_need(pole=pole, title="Composter nos épluchures")
    make_need(pole=pole, title="Prêter une sono")
    assert titles(pole, text=question) == ["Composter nos épluchures"]


def test_list__keeps_the_ampersand(pole: Pole) -> None:
    make_need(pole=pole, title="Table ronde", author=make_organisation("Ci&el"))
    make_need(pole=pole, title="Ciel ouvert")
    assert titles(pole, text="Ci&el") == ["Table ronde"]


@pytest.mark.parametrize("question", ["'", '"', "\\", "a & | !", "\x00", "%_", "<script>", "é" * 5000, "🧺"])
def test_list__survives_hostile_questions(pole: Pole, question: str) -> None:
    make_need(pole=pole)
    assert isinstance(titles(pole, text=question), list)


def test_list__filters_by_place_through_the_site(pole: Pole) -> None:
    body = make_intermunicipal_body("CC d’ici")
    here = make_municipality("Ici", body=body)
    site = make_site(municipality=here)
    make_need(pole=pole, title="Par le site", author=site.organisation, site=site)
    make_need(pole=pole, title="Par la commune", municipality=here)
    make_need(pole=pole, title="Ailleurs", municipality=make_municipality("Là"))
    assert sorted(titles(pole, municipality=here.code)) == ["Par la commune", "Par le site"]
    assert sorted(titles(pole, body=body.siren)) == ["Par la commune", "Par le site"]


@pytest.mark.parametrize(("latitude", "queries"), [(47.08, 2), (None, 3)])
def test_list__costs_two_queries_whatever_its_length_and_one_more_to_place_areas(
    latitude: float | None, queries: int, pole: Pole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = {"latitude": latitude, "longitude": latitude and 2.4}
    municipality = make_municipality(body=make_intermunicipal_body(), **place)
    for _ in range(8):
        make_support(make_need(pole=pole, municipality=municipality, resource_type=make_resource_type()))
    viewer = make_viewer(Role.FACILITATOR, pole)
    viewer.mandates()
    with django_assert_num_queries(queries):
        found = intents_list(viewer=viewer, pole=pole)
        assert len(found) == 8
        assert len(found[:5]) == 5


def test_list__counts_supports_and_people_once(pole: Pole) -> None:
    need = make_need(pole=pole)
    make_support(need, people_concerned=10)
    make_support(need, people_concerned=5)
    make_evidence(need, people_concerned=80)
    make_evidence(need, people_concerned=60)
    [view] = intents_list(viewer=make_viewer(Role.FACILITATOR, pole), pole=pole)
    assert (view.supports, view.people) == (2, 95)
    assert view.support_text == "2\u00a0autres structures, 95\u00a0personnes concernées"


def test_stale__gives_the_oldest_first(pole: Pole) -> None:
    make_need(pole=pole, title="Frais")
    make_need(pole=pole, title="Vieux", confirmed_on=date(2026, 1, 1))
    make_need(pole=pole, title="Très vieux", confirmed_on=date(2025, 1, 1))
    found = stale_intents(viewer=make_viewer(Role.FACILITATOR, pole), pole=pole, on=TODAY, days=180)
    assert [view.title for view in found] == ["Très vieux", "Vieux"]


def test_latest__gives_the_last_said(pole: Pole) -> None:
    for days in range(4):
        make_need(pole=pole, title=f"Il y a {days}", said_on=TODAY - timedelta(days=days))
    found = latest_of_each(viewer=make_viewer(Role.MEMBER, pole), pole=pole, n=2)["need"]
    assert [view.title for view in found] == ["Il y a 0", "Il y a 1"]


def test_map__places_by_point_site_commune_then_area(pole: Pole) -> None:
    body = make_intermunicipal_body("CC")
    known = make_municipality("Connue", body=body, latitude=47.0, longitude=2.0)
    unknown = make_municipality("Sans point", body=body, latitude=None, longitude=None)
    site = make_site(municipality=known, latitude=47.5, longitude=2.5)
    make_need(pole=pole, title="point", municipality=known, latitude=47.9, longitude=2.9)
    make_need(pole=pole, title="site", author=site.organisation, site=site)
    make_need(pole=pole, title="commune", municipality=known)
    make_need(pole=pole, title="area", municipality=unknown)
    make_need(pole=pole, title="nowhere")
    points = map_points(viewer=make_viewer(Role.FACILITATOR, pole), pole=pole)
    found = {one.title: (one.point.latitude, one.point.precision) for one in points}
    assert found == {
        "point": (47.9, "exact"),
        "site": (47.5, "exact"),
        "commune": (47.0, "municipality"),
        "area": (47.0, "area"),
    }


def test_map__costs_two_queries(pole: Pole, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(6):
        make_need(pole=pole, municipality=make_municipality(body=make_intermunicipal_body()))
    viewer = make_viewer(Role.MEMBER, pole)
    viewer.mandates()
    with django_assert_num_queries(2):
        assert len(map_points(viewer=viewer, pole=pole)) == 6


@pytest.mark.parametrize("role", [Role.VISITOR, Role.MEMBER, Role.NETWORK, Role.FACILITATOR])
def test_figures__are_proved_by_their_lists(pole: Pole, role: Role) -> None:
    for visibility in ("public", "members", "anonymous", "facilitators"):
        for state in ("open", "covered", "withdrawn"):
            make_need(pole=pole, visibility=visibility, state=state)
        make_offer(pole=pole, visibility=visibility, confirmed_on=date(2025, 1, 1))
    viewer = make_viewer(role, pole)
    figures = pole_figures(viewer=viewer, pole=pole, on=TODAY)
    counts = (figures.needs_said.count, figures.needs_answered.count, figures.needs_waiting.count)
    hides_one = role is Role.MEMBER  # those of the team alone: one or two, so that a count would betray them
    assert counts == ((6, 3, 3) if hides_one else (8, 4, 4))
    assert figures.to_confirm.count == (3 if hides_one else 4)
    for figure in (figures.needs_said, figures.needs_answered, figures.offers_available, figures.to_confirm):
        assert len(intents_list(viewer=viewer, pole=pole, filters=figure.filters)) == figure.shown


def test_figures__cost_one_query(pole: Pole, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    viewer = make_viewer(Role.MEMBER, pole)
    viewer.mandates()
    with django_assert_num_queries(1):
        pole_figures(viewer=viewer, pole=pole, on=TODAY)


def test_sheet__costs_few_queries(pole: Pole, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    need = make_need(pole=pole, quantity=Decimal(12), unit="t", period="year")
    for _ in range(4):
        make_support(need)
        make_evidence(need)
    viewer = make_viewer(Role.MEMBER, pole)
    viewer.mandates()
    with django_assert_num_queries(7):
        sheet = intent_sheet(viewer=viewer, pk=need.pk)
    assert sheet is not None
    assert len(sheet.supports) == 4


def test_for_change__gives_only_what_is_seen_whole(pole: Pole) -> None:
    mine = make_organisation()
    own, hidden = make_intent(pole=pole, author=mine), make_intent(pole=pole, visibility="anonymous")
    viewer = make_viewer(Role.MEMBER, pole, mine)
    assert intents_for_change(viewer=viewer, pole=pole, pks=[own.pk, hidden.pk]) == [own]
    assert visible_intent(viewer=viewer, pole=pole, pk=hidden.pk) == hidden
    assert visible_intent(viewer=make_viewer(), pole=pole, pk=hidden.pk) is None
