"""What the words say: how much, until when, which days; silence rather than a silly guess."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.core.periods import Slot, week_mask
from maillage.importers.cells.weekly import weekly
from maillage.interfaces.web.exchanges.understanding import hours_text, understood
from tests.factories import TODAY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 t d’épluchures par an", "12\u00a0t par an"),
        ("1 200 kg de carton par mois", "1\u00a0200\u00a0kg par mois"),
        ("une quarantaine d’ordinateurs dans un placard", "40 ordinateurs"),
        ("trois places en crèche avant 7 h", "3\u00a0places"),
        ("200 repas par jour à livrer", "200\u00a0repas par jour"),
        ("il y a 40 m² libres", "40\u00a0m²"),
        ("15 000 € par an", "15\u00a0000\u00a0€ par an"),
        ("depuis 2 ans, 14 familles cherchent", "14 familles"),
    ],
)
def test_understood__reads_how_much(text: str, said: str) -> None:
    found = understood(text, on=TODAY).amount
    assert found is not None
    assert found.words == said


@pytest.mark.parametrize(
    "text",
    [
        "avant 7 h",
        "à 5 km de Bourges",
        "le 12 mai",
        "12 rue des Forges",
        "depuis 3 ans",
        "le mardi 12",
        "une salle",
        "٣ kg",
    ],
)
def test_understood__keeps_silent_about_other_numbers(text: str) -> None:
    assert understood(text, on=TODAY).amount is None


def test_understood__leaves_out_a_quantity_of_another_dimension() -> None:
    assert understood("12 t par an", on=TODAY, dimension="count").amount is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("avant le 18 décembre", None, date(2026, 12, 18)),
        ("jusqu’en juin 2027", None, date(2027, 6, 30)),
        ("avant juin", None, date(2027, 5, 31)),
        ("d’ici fin mars", None, date(2027, 3, 31)),
        ("dès janvier", date(2027, 1, 1), None),
        ("à partir du 3 mars", date(2027, 3, 3), None),
        ("du 3 au 15 juin", date(2027, 6, 3), date(2027, 6, 15)),
        ("de mars à juin", date(2027, 3, 1), date(2027, 6, 30)),
        ("à partir du 31 février", None, None),
        ("rendez-vous le 12 mai", None, None),
    ],
)
def test_understood__reads_dates_to_come(text: str, start: date | None, end: date | None) -> None:
    found = understood(text, on=TODAY)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("un fourgon le mardi", "mardi"),
        ("le mardi matin et le jeudi matin", "mardi et jeudi de 8 h à 12 h"),
        ("libre le week-end", "samedi et dimanche"),
        ("rendez-vous mardi 12 mai", ""),
    ],
)
def test_understood__reads_the_week(text: str, said: str) -> None:
    assert understood(text, on=TODAY).week_words == said


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine stalls for two seconds
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 24)).filter(
            lambda one: one[1] < one[2]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_week__said_then_read_is_the_same(hours: list[tuple[int, int, int]]) -> None:
    slots = [Slot(day=day, from_hour=start, to_hour=end) for day, start, end in hours]
    assert week_mask(weekly(hours_text(slots)).value) == week_mask(slots)


@given(st.text(max_size=300))
def test_understood__never_fails_and_stays_in_order(text: str) -> None:
    found = understood(text, on=TODAY)
    assert found.amount is None or found.amount.value > 0
    assert not (found.start and found.end) or found.start <= found.end
