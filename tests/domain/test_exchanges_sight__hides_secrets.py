"""Nothing secret comes out of a query, for any role, visibility or question."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.exchanges.enums import IntentKind, Visibility
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import disclose
from maillage.domain.exchanges.queries import (
    IntentFilters,
    intent_sheet,
    intents_list,
    latest_of_each,
    map_points,
    similar_intents,
    stale_intents,
    views_of,
)
from maillage.domain.exchanges.sight import Sight, seen_in_outline, seen_whole, sight_of
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole, make_site, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_intent, make_support
from tests.factories.places import make_intermunicipal_body, make_municipality

pytestmark = pytest.mark.django_db

SECRETS = (
    "Zénobie",  # the author
    "Wyverne",  # the title
    "Kraken",  # the words
    "Quetzal",  # the site
    "Ornithopolis",  # the commune
    "Ixchel",  # who said it
    "Yggdrasil",  # who shares it
    "Basilic",  # conditions
    "Chimère",  # qualities
    "Ferme-du-secret",  # source
    "1234.5",
    "1 234,5",
    "47.1234",
    "918273",
)


def secret_intent(pole: Pole, visibility: str, kind: str) -> Intent:
    body = make_intermunicipal_body("CC des Deux Rives")
    municipality = make_municipality("Ornithopolis", body=body, latitude=47.1234, longitude=2.1234)
    make_municipality("Autre", body=body, latitude=47.3, longitude=2.5)
    author = make_organisation("Zénobie et filles")
    compost = make_resource_type("compost", "Compostage")
    intent = make_intent(
        kind,
        pole=pole,
        author=author,
        visibility=visibility,
        title="Vider la cuve de la Wyverne",
        words="Chez Kraken",
        site=make_site(author, municipality=municipality, name="Quai Quetzal"),
        municipality=municipality,
        latitude=47.1234,
        longitude=2.1234,
        resource_type=compost,
        quantity=Decimal("1234.5"),
        unit="t",
        period="year",
        conditions="Basilic",
        qualities=["Chimère"],
        price_kind="paid",
        price=Decimal(918273),
        source="Ferme-du-secret",
        source_id="918273",
        confirmed_on=date(2026, 1, 1),
        said_on=date(2026, 1, 1),
    )
    make_evidence(intent, said_by="Ixchel", words="Kraken", people_concerned=918273)
    make_support(intent, make_organisation("Yggdrasil"))
    return intent


def everything_said(viewer: Viewer, intent: Intent, filters: IntentFilters) -> str:
    """Return all that the queries give of an intent, as text."""
    pole = intent.pole
    close = similar_intents(
        viewer=viewer,
        pole=pole,
        kind=intent.kind,
        text="Vider la cuve de la Wyverne",
        resource_type=intent.resource_type,
        municipality=intent.municipality,
    )
    sheet = intent_sheet(viewer=viewer, pk=intent.pk)
    said: list[Any] = [
        *intents_list(viewer=viewer, pole=pole, filters=filters),
        *latest_of_each(viewer=viewer, pole=pole, n=5)[intent.kind],
        *stale_intents(viewer=viewer, pole=pole, on=TODAY, days=30),
        *map_points(viewer=viewer, pole=pole),
        *views_of(viewer=viewer, intents=Intent.objects.all()),
        *close,
        *([sheet] if sheet else []),
    ]
    return " ".join(f"{one!r} {asdict(one)}" for one in said)


def sight_in_sql(viewer: Viewer, pole: Pole, intent: Intent) -> str:
    """Return what the conditions of the database say, the twin of ``sight_of``."""
    rows = Intent.objects.filter(pk=intent.pk)
    if rows.filter(seen_whole(viewer, pole.pk)).exists():
        assert not rows.filter(seen_in_outline(viewer, pole.pk)).exists()
        return "whole"
    return "outline" if rows.filter(seen_in_outline(viewer, pole.pk)).exists() else "nothing"


def leaks(said: str) -> list[str]:
    return [secret for secret in SECRETS if secret in said]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=40,
    deadline=None,
)
@given(
    role=st.sampled_from([Role.VISITOR, Role.NETWORK, Role.MEMBER, Role.AUTHORITY_AGENT]),
    kind=st.sampled_from(IntentKind.values),
    text=st.sampled_from(["", "compost", "Wyverne", "Zénobie", "kraken", "ornithopolis", "&", "'); --"]),
)
def test_anonymous__never_says_a_secret(role: Role, kind: str, text: str) -> None:
    with transaction.atomic():
        pole = make_pole()
        intent = secret_intent(pole, Visibility.ANONYMOUS, kind)
        said = everything_said(make_viewer(role, pole), intent, IntentFilters(text=text))
        transaction.set_rollback(True)
    assert leaks(said) == []


@pytest.mark.parametrize(
    ("visibility", "role", "sees"),
    [
        ("public", Role.VISITOR, "whole"),
        ("public", Role.NETWORK, "whole"),
        ("public", Role.MEMBER, "whole"),
        ("members", Role.VISITOR, "nothing"),
        ("members", Role.NETWORK, "nothing"),
        ("members", Role.MEMBER, "whole"),
        ("members", Role.AUTHORITY_AGENT, "whole"),
        ("facilitators", Role.VISITOR, "nothing"),
        ("facilitators", Role.NETWORK, "nothing"),
        ("facilitators", Role.MEMBER, "nothing"),
        ("facilitators", Role.AUTHORITY_AGENT, "nothing"),
        ("facilitators", Role.FACILITATOR, "whole"),
        ("facilitators", Role.ADMINISTRATOR, "whole"),
        ("anonymous", Role.VISITOR, "nothing"),
        ("anonymous", Role.NETWORK, "nothing"),
        ("anonymous", Role.MEMBER, "outline"),
        ("anonymous", Role.AUTHORITY_AGENT, "outline"),
        ("anonymous", Role.FACILITATOR, "whole"),
        ("anonymous", Role.ADMINISTRATOR, "whole"),
    ],
)
def test_sight__of_each_role(visibility: str, role: Role, sees: str) -> None:
    pole = make_pole()
    intent = secret_intent(pole, visibility, "need")
    views = list(intents_list(viewer=make_viewer(role, pole), pole=pole))
    found = "nothing" if not views else "outline" if views[0].is_masked else "whole"
    assert (found, sight_of(make_viewer(role, pole), intent).value) == (sees, sees)
    assert sight_in_sql(make_viewer(role, pole), pole, intent) == sees
    said = everything_said(make_viewer(role, pole), intent, IntentFilters())
    assert bool(said.strip()) is (sees != "nothing")


@pytest.mark.parametrize("visibility", Visibility.values)
def test_sight__of_its_own_structure_is_whole(visibility: str) -> None:
    pole = make_pole()
    intent = secret_intent(pole, visibility, "need")
    [view] = intents_list(viewer=make_viewer(Role.MEMBER, pole, intent.author), pole=pole)
    assert not view.is_masked
    assert view.is_mine


@pytest.mark.parametrize("role", [Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR, Role.AUTHORITY_AGENT])
@pytest.mark.parametrize("visibility", ["members", "facilitators", "anonymous"])
def test_sight__from_another_pole_is_nothing(role: Role, visibility: str) -> None:
    intent = secret_intent(make_pole(), visibility, "need")
    assert everything_said(make_viewer(role), intent, IntentFilters()).strip() == ""


def disclosed(pole: Pole, visibility: str) -> tuple[Intent, Organisation]:
    """Return an intent shown whole to one organisation, twice said."""
    intent, other = secret_intent(pole, visibility, "need"), make_organisation()
    for _ in range(2):
        disclose(intent=intent, to=other, at=NOW)
    assert intent.disclosures.count() == 1
    return intent, other


@pytest.mark.parametrize("visibility", ["anonymous", "facilitators"])
@pytest.mark.parametrize(
    ("role", "speaks_for_it", "sees"),
    [
        (Role.MEMBER, True, "whole"),
        (Role.AUTHORITY_AGENT, True, "whole"),
        (Role.MEMBER, False, "less"),
        (Role.AUTHORITY_AGENT, False, "less"),
        (Role.NETWORK, False, "nothing"),
        (Role.VISITOR, False, "nothing"),
    ],
)
def test_disclosed__is_whole_for_those_who_speak_for_that_structure_alone(
    visibility: str, role: Role, speaks_for_it: bool, sees: str
) -> None:
    pole = make_pole()
    intent, other = disclosed(pole, visibility)
    viewer = make_viewer(role, pole, other if speaks_for_it else None)
    less = "outline" if visibility == "anonymous" else "nothing"
    wanted = less if sees == "less" else sees
    assert (sight_of(viewer, intent).value, sight_in_sql(viewer, pole, intent)) == (wanted, wanted)
    said = everything_said(viewer, intent, IntentFilters())
    assert bool(leaks(said)) is (wanted == "whole")


def test_disclosed__says_nothing_in_another_pole() -> None:
    pole, elsewhere = make_pole(), make_pole()
    intent, other = disclosed(pole, Visibility.ANONYMOUS)
    viewer = make_viewer(Role.MEMBER, elsewhere, other)
    assert (sight_of(viewer, intent), sight_in_sql(viewer, pole, intent)) == (Sight.NOTHING, "nothing")


def test_disclosed__finds_by_name_and_doubles_no_line(django_assert_num_queries: Any) -> None:
    pole = make_pole()
    intent, other = disclosed(pole, Visibility.ANONYMOUS)
    disclose(intent=intent, to=make_organisation(), at=NOW)
    viewer = make_viewer(Role.MEMBER, pole, other)
    viewer.mandates()
    by_words, by_author = IntentFilters(text="Wyverne"), IntentFilters(organisation=intent.author_id)
    for filters, questions in (
        (by_words, 4),
        (by_author, 2),
    ):  # words: the names of authors and of types first
        with django_assert_num_queries(questions):
            [view] = intents_list(viewer=viewer, pole=pole, filters=filters)
        assert view.author is not None


def test_outline__says_type_magnitude_and_area() -> None:
    pole = make_pole()
    secret_intent(pole, Visibility.ANONYMOUS, "need")
    [view] = intents_list(viewer=make_viewer(Role.MEMBER, pole), pole=pole)
    assert view.title == "Compostage"
    assert view.quantity_text == "environ 1\u00a0000\u00a0t par an"
    assert view.area == "CC des Deux Rives"
    assert view.who == "Une structure du pôle"
    assert view.point is not None
    assert (view.point.latitude, view.point.longitude, view.point.precision) == (47.2117, 2.3117, "area")


@pytest.mark.parametrize(
    "filters",
    [
        lambda intent: IntentFilters(text="Wyverne"),
        lambda intent: IntentFilters(text="Zénobie"),
        lambda intent: IntentFilters(organisation=intent.author_id),
        lambda intent: IntentFilters(municipality=intent.municipality_id),
    ],
)
def test_filters__find_no_outline_by_what_it_hides(filters: Callable[[Intent], IntentFilters]) -> None:
    pole = make_pole()
    intent = secret_intent(pole, Visibility.ANONYMOUS, "need")
    viewer = make_viewer(Role.MEMBER, pole)
    assert len(intents_list(viewer=viewer, pole=pole, filters=filters(intent))) == 0
    assert (
        len(intents_list(viewer=make_viewer(Role.FACILITATOR, pole), pole=pole, filters=filters(intent))) == 1
    )


def test_filters__find_an_outline_by_its_type_and_area() -> None:
    pole = make_pole()
    intent = secret_intent(pole, Visibility.ANONYMOUS, "need")
    viewer = make_viewer(Role.MEMBER, pole)
    assert intent.municipality is not None
    body = intent.municipality.intermunicipal_body_id or ""
    for filters in (
        IntentFilters(text="compostage"),
        IntentFilters(type="compost"),
        IntentFilters(body=body),
    ):
        assert len(intents_list(viewer=viewer, pole=pole, filters=filters)) == 1


def test_public_sheet__keeps_people_from_visitors() -> None:
    pole = make_pole()
    intent = secret_intent(pole, Visibility.PUBLIC, "need")
    outside = intent_sheet(viewer=make_viewer(), pk=intent.pk)
    inside = intent_sheet(viewer=make_viewer(Role.MEMBER, pole), pk=intent.pk)
    assert outside is not None
    assert inside is not None
    assert (outside.evidence, outside.supports, outside.history) == ((), (), ())
    assert inside.evidence[0].said_by == "Ixchel"


def test_history__tells_who_and_why_to_those_who_run_the_pole() -> None:
    pole = make_pole()
    intent = secret_intent(pole, Visibility.MEMBERS, "need")
    intent.state_changes.update(reason="Kraken parti")
    member = intent_sheet(viewer=make_viewer(Role.MEMBER, pole), pk=intent.pk)
    facilitator = intent_sheet(viewer=make_viewer(Role.FACILITATOR, pole), pk=intent.pk)
    assert member is not None
    assert facilitator is not None
    assert (member.history[0].reason, facilitator.history[0].reason) == ("", "Kraken parti")
