"""Numbers and dates as they are typed in France."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.errors import UserMistake
from maillage.core.french import number
from maillage.importers.cells import dates, numbers

D = datetime.date


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u202f567,25", "1234567.25"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0.125", "0.125"),
        ("−3", "-3"),
        (12.5, "12.5"),
    ],
)
def test_decimal__is_read(typed: str | float, read: str) -> None:
    assert numbers.decimal(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["", "douze", "1 2", "12 34", "١٢", "nan", "1e5", "9" * 40, True])
def test_decimal__nonsense_is_refused(typed: str) -> None:
    with pytest.raises(UserMistake, match="n’est pas un nombre"):
        numbers.decimal(typed)


def test_decimal__what_may_be_read_two_ways_is_refused_with_both() -> None:
    with pytest.raises(UserMistake, match="écrivez 1234 ou 1,234"):
        numbers.decimal("1.234")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_decimal__reads_back_every_number_written_the_french_way(value: Decimal) -> None:
    assert numbers.decimal(number(value)) == value


def test_money__euros_and_thousands_of_euros() -> None:
    assert numbers.money("30\u00a0614,05 €") == Decimal("30614.05")
    assert numbers.money("12 k€") == 12_000


def test_latitude__a_point_is_always_a_decimal_point() -> None:
    assert numbers.latitude("47.083") == 47.083
    assert numbers.longitude("2,3964") == 2.3964
    with pytest.raises(UserMistake, match="latitude"):
        numbers.latitude("183")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12/11/2026", D(2026, 11, 12)),
        ("12/11/26", D(2026, 11, 12)),
        ("12-11-2026", D(2026, 11, 12)),
        ("1.3.2027", D(2027, 3, 1)),
        ("2026-11-12", D(2026, 11, 12)),
        ("2026-11-12T08:30:00Z", D(2026, 11, 12)),
        ("1er mars 2027", D(2027, 3, 1)),
        ("lundi 12 novembre 2026", D(2026, 11, 12)),
        (46338.0, D(2026, 11, 12)),
        (datetime.datetime(2026, 11, 12, 8, 30), D(2026, 11, 12)),
    ],
)
def test_date__is_read(typed: object, read: datetime.date) -> None:
    assert dates.start_date(typed).value == read  # type: ignore[arg-type]  # every kind of cell


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("décembre 2026", D(2026, 12, 1), D(2026, 12, 31)),
        ("02/2028", D(2028, 2, 1), D(2028, 2, 29)),
        ("T1 2027", D(2027, 1, 1), D(2027, 3, 31)),
        ("2027", D(2027, 1, 1), D(2027, 12, 31)),
    ],
)
def test_date__a_span_gives_its_first_or_its_last_day_and_says_so(
    typed: str, start: datetime.date, end: datetime.date
) -> None:
    assert (dates.start_date(typed).value, dates.end_date(typed).value) == (start, end)
    assert "Compris" in dates.start_date(typed).remark


@pytest.mark.parametrize(
    "typed", ["30/02/2027", "31/04/2026", "2026-02-30", "11/13/2026", "99/99/9999", "00/01/2027"]
)
def test_date__that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(UserMistake, match=r"n’existe pas|impossible"):
        dates.start_date(typed)


@pytest.mark.parametrize("typed", ["bientôt", "12/11", "mi-mars 2027", "fin 2026", "rentrée", True])
def test_date__too_vague_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserMistake, match=r"202\d"):
        dates.start_date(typed)


def test_date__as_soon_as_possible_is_no_bound() -> None:
    assert dates.start_date("dès que possible").value is None
    assert dates.end_date("sans limite").value is None
