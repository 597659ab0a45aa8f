"""Timetables and loads: where things stand on the axis, and what is said of them."""

from maillage.interfaces.drawing.profile import Step, profile
from maillage.interfaces.drawing.scales import quantities, time_ticks, time_words
from maillage.interfaces.drawing.timetable import Interval, Lane, timetable
from tests.interfaces.drawings import percent, shapes


def test_timetable__an_interval_stands_where_its_hours_are() -> None:
    drawing = timetable([Lane("Camion", (Interval(540, 600, "A"),))], title="Jour", span=(480, 720))
    (box,) = shapes(drawing, "rect")
    assert percent(box.get("x")) == 25
    assert percent(box.get("width")) == 25


def test_timetable__intervals_that_overlap_stand_one_under_another() -> None:
    drawing = timetable(
        [Lane("Salle", (Interval(540, 600), Interval(570, 630), Interval(600, 660)))], title="Jour"
    )
    tops = [one.get("y") for one in shapes(drawing, "rect")]
    assert tops[0] == tops[2] != tops[1]


def test_timetable__says_hours_as_people_do() -> None:
    assert time_words("clock")(510).replace("\u00a0", " ") == "8 h 30"
    assert time_words("week")(33).replace("\u00a0", " ") == "mardi 9 h"
    assert time_words("week")(168).replace("\u00a0", " ") == "dimanche 24 h"
    assert time_words("months")(0) == "janvier"


def test_timetable__says_what_cannot_be_drawn() -> None:
    drawing = timetable([Lane("Camion", (Interval(600, 540, "à l’envers"),))], title="Jour")
    assert shapes(drawing, "rect") == []
    assert any("finit avant de commencer" in one for one in drawing.remarks)
    assert drawing.table.rows[0][3] == "Sur place : à l’envers"


def test_scales__ticks_cover_what_is_drawn_and_stay_few() -> None:
    for start, end in ((0, 1), (475, 1033), (0, 168), (3, 3), (0, 100_000)):
        for scale in ("clock", "week", "months", "days"):
            low, high, ticks = time_ticks(scale, start, end)
            assert low <= start <= end <= high
            assert len(ticks) <= 15
    last, marks = quantities(0.37, "t")
    assert last >= 0.37
    assert marks[0].at == 0


def test_profile__what_passes_the_capacity_is_shown_apart() -> None:
    drawing = profile([Step(0, 5), Step(1, 12), Step(2, 0)], title="Charge", unit="t", capacity=10)
    late = [one for one in shapes(drawing, "rect") if "d-late" in one.get("class", "")]
    assert len(late) == 1
    assert drawing.table.rows[1] == ("n°\u00a01", 12, -2)
    assert "dépassée" in drawing.sentence


def test_profile__the_height_follows_the_load() -> None:
    drawing = profile([Step(0, 5), Step(1, 10), Step(2, 0)], title="Charge")
    high = [float(one.get("height", "0")) for one in shapes(drawing, "rect")]
    assert abs(high[1] / high[0] - 2) < 0.02
