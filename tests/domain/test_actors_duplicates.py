"""Pairs of sheets to review, and the likeness they are found by."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.core.french import fold
from maillage.domain.actors.likeness import alike_pairs, similarity, trigrams
from maillage.domain.actors.models import DuplicateDismissal, Organisation, Pole
from maillage.domain.actors.operations import dismiss_duplicate, review_again
from maillage.domain.actors.queries import dismissals_in, duplicates_to_review
from tests.factories import NOW
from tests.factories.actors import make_organisation, make_pole, make_site
from tests.factories.places import make_municipality
from tests.factories.sirens import next_siren

pytestmark = pytest.mark.django_db
NAMES = st.text(alphabet="abcde é-&'12", max_size=14)


def known(pole: Pole, name: str, **fields: object) -> int:
    organisation = make_organisation(name, **fields)  # type: ignore[arg-type] # fields of the test
    organisation.known_in.add(pole)
    return organisation.pk


def reviewed(pole: Pole) -> list[tuple[str, str, str]]:
    return [(one.first.name, one.second.name, one.reason) for one in duplicates_to_review(pole)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(NAMES, NAMES)
def test_likeness__is_the_one_of_postgresql(one: str, other: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity(%s, %s)", [fold(one), fold(other)])
        row = cursor.fetchone()
    assert row is not None
    assert similarity(trigrams(fold(one)), trigrams(fold(other))) == pytest.approx(row[0], abs=1e-6)


@given(st.lists(NAMES, max_size=12), st.sampled_from([0.5, 0.55, 0.8, 1.0]))
def test_likeness__misses_no_pair(words: list[str], threshold: float) -> None:
    names = {pk: fold(word) for pk, word in enumerate(words)}
    pieces = {pk: trigrams(name) for pk, name in names.items()}
    slow = {
        (one, other): similarity(pieces[one], pieces[other])
        for one in names
        for other in names
        if one < other and similarity(pieces[one], pieces[other]) >= threshold
    }
    assert alike_pairs(names, at_least=threshold) == slow


def test_review__shows_the_same_name_anywhere_and_a_near_one_in_the_same_commune() -> None:
    pole, place = make_pole(), make_municipality()
    known(pole, "Les Jardins du Loing")
    known(pole, "Les jardins du Loing")
    make_site(make_organisation("Recyclerie des Rives"), municipality=place).organisation.known_in.add(pole)
    make_site(make_organisation("La Recyclerie Rives"), municipality=place).organisation.known_in.add(pole)
    known(pole, "Tout autre chose")
    assert reviewed(pole) == [
        ("Les Jardins du Loing", "Les jardins du Loing", "même nom"),
        ("Recyclerie des Rives", "La Recyclerie Rives", "nom proche, même commune"),
    ]


def test_review__leaves_out_what_was_decided_and_two_sirens() -> None:
    pole = make_pole()
    first, second = known(pole, "Atelier du Pont"), known(pole, "Atelier du pont")
    known(pole, "Moulin Neuf", siren=next_siren())
    known(pole, "Moulin neuf", siren=next_siren())
    rows = [Organisation.objects.get(pk=pk) for pk in (second, first)]
    dismiss_duplicate(first=rows[0], second=rows[1], at=NOW, by=None)
    assert reviewed(pole) == []


def test_review__proposes_again_what_is_no_longer_said_different() -> None:
    pole = make_pole()
    known(pole, "Atelier du Pont")
    known(pole, "Atelier du pont")
    first, second = Organisation.objects.order_by("pk")
    said = dismiss_duplicate(first=second, second=first, at=NOW, by=None)
    assert [one.pk for one in dismissals_in(pole)] == [said.pk]
    review_again(dismissal=said)
    assert reviewed(pole) == [("Atelier du Pont", "Atelier du pont", "même nom")]
    events = DuplicateDismissal.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]  # tracked
    assert list(events.values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_review__stays_in_the_pole() -> None:
    pole = make_pole()
    known(pole, "Atelier du Pont")
    known(make_pole(), "Atelier du pont")
    assert reviewed(pole) == []


def test_review__asks_a_fixed_number_of_questions(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    pole = make_pole()
    for _ in range(3):
        known(pole, "Atelier du Pont")
    with django_assert_num_queries(5):
        assert len(duplicates_to_review(pole)) == 3
