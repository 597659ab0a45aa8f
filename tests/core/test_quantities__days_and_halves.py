"""Days and half-days are said as people say them: the half in words, never « 1 ½ j »."""

from decimal import Decimal

import pytest

from maillage.core.quantities import Quantity, unit_named
from maillage.domain.exchanges.describe import amount, quantity_sentence

SAID = [
    ("dj", "1", "une demi-journée"),
    ("dj", "3", "3 demi-journées"),
    ("dj", "1.5", "1,5 demi-journée"),
    ("dj_usage", "1", "une demi-journée"),
    ("dj_usage", "2", "2 demi-journées"),
    ("j", "0.5", "une demi-journée"),
    ("j", "1", "1 jour"),
    ("j", "1.5", "une journée et demie"),
    ("j", "2.5", "2,5 jours"),
    ("j_usage", "2", "2 jours"),
    ("h", "1.5", "1,5 h"),
    ("place", "1", "1 place"),
    ("place", "3", "3 places"),
]


@pytest.mark.parametrize(("unit", "value", "words"), SAID)
def test_amount__of_a_unit_is_said_alike_everywhere(unit: str, value: str, words: str) -> None:
    said = str(Quantity.of(value, unit)), amount(value=Decimal(value), unit=unit)
    assert {one.replace("\u00a0", " ") for one in said} == {words}


def test_sentence__of_a_half_day_reads_well() -> None:
    said = quantity_sentence(quantity=Decimal(1), unit="dj_usage", period="week")
    assert said == "une demi-journée par semaine"


@pytest.mark.parametrize("text", ["½ j", "1/2 journée", "demi-journée"])
def test_half_day__is_understood_as_it_was_written_before(text: str) -> None:
    assert unit_named(text).code == "dj"


def test_promised__takes_the_gender_of_its_unit() -> None:
    assert [unit_named(one).is_feminine for one in ("t", "h", "place", "dj")] == [True] * 4
    assert [unit_named(one).is_feminine for one in ("kg", "m3", "j", "eur")] == [False] * 4
