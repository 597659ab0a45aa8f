"""The next free time is free, as long, and the nearest of its day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from maillage.domain.ledger.free_time import Span, is_free, next_free

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, tzinfo=PARIS)

hours = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(
    lambda pair: (MONDAY + timedelta(hours=pair[0]), MONDAY + timedelta(hours=sum(pair)))
)


@given(st.lists(hours, max_size=8), st.integers(8, 18), st.integers(1, 4))
def test_next_free__is_free_and_as_long(busy: list[Span], hour: int, length: int) -> None:
    start = MONDAY + timedelta(hours=hour)
    found = next_free(start=start, end=start + timedelta(hours=length), busy=busy, zone=PARIS)
    if found is not None:
        assert is_free(found, busy)
        assert found[1] - found[0] == timedelta(hours=length)


@given(st.lists(hours, max_size=6), st.integers(8, 16))
def test_next_free__misses_no_hour_of_the_day(busy: list[Span], hour: int) -> None:
    start = MONDAY + timedelta(hours=hour)
    found = next_free(start=start, end=start + timedelta(hours=2), busy=busy, zone=PARIS)
    same_day = [(MONDAY + timedelta(hours=at), MONDAY + timedelta(hours=at + 2)) for at in range(8, 19)]
    free = [span for span in same_day if is_free(span, busy)]
    if free:
        assert found is not None
        assert abs(found[0] - start) <= min(abs(span[0] - start) for span in free)


def test_next_free__keeps_the_hour_over_the_change_of_clock() -> None:
    saturday = datetime(2026, 10, 24, 9, tzinfo=PARIS)
    busy = [(saturday.replace(hour=0), saturday.replace(hour=23))]
    found = next_free(start=saturday, end=saturday.replace(hour=11), busy=busy, zone=PARIS)
    assert found is not None
    assert (found[0].day, found[0].hour, found[1].hour) == (25, 9, 11)
