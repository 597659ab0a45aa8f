"""Quantities, days and months in the words of people."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.errors import UserMistake
from maillage.core.periods import Period, describe_months, describe_week
from maillage.importers.cells import months, quantities, weekly


@pytest.mark.parametrize(
    ("typed", "value", "unit", "period"),
    [
        ("12 t/an", 12, "t", Period.YEAR),
        ("12 tonnes par an", 12, "t", Period.YEAR),
        ("12T/an", 12, "t", Period.YEAR),
        ("1 234,5 kg / sem.", "1234.5", "kg", Period.WEEK),
        ("500 kg mensuels", 500, "kg", Period.MONTH),
        ("40m²", 40, "m2", None),
        ("environ 12 t", 12, "t", None),
        ("une dizaine de repas par jour", 10, "repas", Period.DAY),
        ("3 demi-journées par semaine", 3, "dj", Period.WEEK),
        ("10 000 €", 10_000, "eur", None),
        ("12", 12, None, None),
    ],
)
def test_quantity__value_unit_and_period(typed: str, value: int | str, unit: str, period: Period) -> None:
    said = quantities.quantity(typed)
    assert (said.value, said.unit, said.period) == (Decimal(value), unit, period)


def test_quantity__days_that_follow_become_slots() -> None:
    said = quantities.quantity("40 m² du lundi au mercredi")
    assert (said.value, said.unit) == (40, "m2")
    assert describe_week(said.weekly or ()) == "du lundi au mercredi"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("3 fois par semaine", "pas de quoi"),
        ("10 à 15 t", "deux nombres"),
        ("5 bacs par semaine", "bacs » n’est pas connue"),
        ("0", "plus grande que zéro"),
        ("-3 t", "plus grande que zéro"),
        ("beaucoup", "par un nombre"),
        ("12 t/mois de mai à juin", "n’a pas été compris"),
    ],
)
def test_quantity__what_is_not_clear_is_refused_with_what_to_write(typed: str, sentence: str) -> None:
    with pytest.raises(UserMistake, match=sentence):
        quantities.quantity(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mardi matin", "mardi de 8 h à 12 h"),
        ("lun-mar 8h-12h", "lundi et mardi de 8 h à 12 h"),
        ("mar. et jeu. après-midi", "mardi et jeudi de 13 h à 18 h"),
        ("lundi 8h-12h / 14h-18h", "lundi de 8 h à 12 h, lundi de 14 h à 18 h"),
        ("Lundi matin et mercredi après-midi", "lundi de 8 h à 12 h, mercredi de 13 h à 18 h"),
        ("le week-end", "samedi et dimanche"),
        ("tous les jours sauf dimanche", "du lundi au samedi"),
        ("24h/24", "tous les jours"),
        ("7j/7", "tous les jours"),
    ],
)
def test_weekly__is_read(typed: str, said: str) -> None:
    assert describe_week(weekly.weekly(typed).value) == said


def test_weekly__half_hours_are_widened_and_told() -> None:
    reading = weekly.weekly("lundi 8h30-12h")
    assert describe_week(reading.value) == "lundi de 8 h à 12 h"
    assert "heures entières" in reading.remark


@pytest.mark.parametrize("typed", ["quand il fait beau", "de 22h à 6h", "33h-40h"])
def test_weekly__nonsense_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserMistake, match="8h-12h"):
        weekly.weekly(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("janv-mars", "de janvier à mars"),
        ("oct à mars", "d’octobre à mars"),
        ("10-3", "d’octobre à mars"),
        ("toute l’année", "toute l’année"),
        ("toute l'année sauf août", "de septembre à juillet"),
        ("mai, juin et septembre", "mai, juin et septembre"),
        ("sept. à juin", "de septembre à juin"),
        ("été", "de juin à août"),
    ],
)
def test_months__are_read(typed: str, said: str) -> None:
    assert describe_months(months.months(typed)) == said


@given(st.text(max_size=40))
def test_calendars__any_text_is_read_or_refused(text: str) -> None:
    for read in (
        quantities.quantity,
        weekly.weekly,
        months.months,
        quantities.period,
        quantities.unit_and_period,
    ):
        said = "."
        try:
            read(text)
        except UserMistake as mistake:
            said = mistake.message
        assert said.endswith(".")
