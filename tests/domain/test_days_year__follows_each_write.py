"""The figures of the year are kept while nothing moves, and follow each thing that is written."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from maillage.domain.actors.models import Pole
from maillage.domain.days.queries import (
    YearFigures,
    coverage_by_month,
    figures_of_year,
    funnel_of,
    three_numbers,
)
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import cover, reopen
from maillage.domain.matching.models import Decision
from maillage.domain.synergies.models import Synergy
from tests.factories import NOW, TODAY
from tests.factories.actors import make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.ledger import make_agreement, make_event
from tests.factories.synergies import make_synergy

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def anew(pole: Pole) -> YearFigures:
    """Count without keeping anything."""
    since = TODAY.replace(month=1, day=1)
    return YearFigures(
        funnel_of(pole=pole, since=since),
        coverage_by_month(pole=pole, on=TODAY),
        three_numbers(pole=pole, since=since, on=TODAY),
    )


def test_year__is_one_question_while_nothing_moves(
    pole: Pole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_need(pole=pole)
    first, counted = figures_of_year(pole=pole, on=TODAY), anew(pole)
    with django_assert_num_queries(1):
        assert figures_of_year(pole=pole, on=TODAY) == first == counted


def _undecide(pole: Pole) -> None:
    Decision.objects.filter(pole=pole).delete()


WRITES: tuple[Callable[[Pole], object], ...] = (
    lambda pole: make_need(pole=pole, title="Un autre besoin"),
    lambda pole: cover(intent=Intent.objects.get(pole=pole, title="Le premier"), by=None, at=NOW),
    lambda pole: reopen(intent=Intent.objects.get(pole=pole, title="Le premier"), by=None, at=NOW, on=TODAY),
    lambda pole: Decision.objects.create(
        pole=pole,
        need=Intent.objects.get(pole=pole, title="Le premier"),
        offer=make_offer(pole=pole, title="Une offre"),
        kind="accepted",
        at=NOW,
    ),
    lambda pole: make_synergy(
        Intent.objects.get(pole=pole, title="Le premier"), Intent.objects.get(pole=pole, title="Une offre")
    ),
    lambda pole: make_agreement(pole=pole, need=Intent.objects.get(pole=pole, title="Le premier")),
    lambda pole: make_event(pole=pole),
    lambda pole: Intent.objects.filter(pole=pole, title="Un autre besoin").delete(),
    lambda pole: Synergy.objects.filter(pole=pole).delete(),
    _undecide,
)


def test_year__follows_each_write(pole: Pole) -> None:
    make_need(pole=pole, title="Le premier")
    seen = [figures_of_year(pole=pole, on=TODAY)]
    for write in WRITES:
        write(pole)
        seen.append(figures_of_year(pole=pole, on=TODAY))
        assert seen[-1] == anew(pole)
    assert len({repr(one) for one in seen}) >= 7  # most writes are seen in a figure, or this proves nothing
