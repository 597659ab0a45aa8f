"""The twin of a drawing: French numbers, unknown said, long tables folded then cut."""

import math

from maillage.interfaces.drawing.bars import Bar, bars
from maillage.interfaces.drawing.figure import Table, twin
from maillage.interfaces.drawing.words import said, shorten, width, wrap
from tests.interfaces.drawings import percent, shapes


def test_words__numbers_are_french_and_the_unknown_is_said() -> None:
    plain = [said(value, "t").replace("\u00a0", " ") for value in (1234.5, -3, 0)]
    assert plain == ["1 234,5 t", "\u22123 t", "0 t"]
    assert said(None) == said(math.nan) == said(math.inf) == "inconnu"
    assert said(2e300).replace("\u00a0", " ") == "2 × 10^300"


def test_words__a_long_label_is_cut_to_its_room() -> None:
    long = "Association pour le développement de la restauration collective"
    assert width(shorten(long, 120, 14), 14) <= 120
    lines = wrap(long, 120, 14, lines=3)
    assert len(lines) == 3
    assert all(width(line, 14) <= 120 for line in lines)


def test_table__a_long_one_is_folded_then_cut_and_says_so() -> None:
    table = Table("Lignes", ("Nom", "t"), tuple((f"n{at}", at) for at in range(3_000)))
    html = twin(table)
    assert html.startswith("<details")
    assert html.count("<tr>") == 1 + 2_000
    assert "2\u00a0000 lignes sur 3\u00a0000" in html


def test_table__numbers_stand_on_the_right() -> None:
    html = Table("Lignes", ("Nom", "t"), (("a", 1.5), ("b", None))).html()
    assert '<td class="d-num" data-label="t">1,5</td>' in html
    assert '<td class="d-num" data-label="t">inconnu</td>' in html


def test_bars__a_part_is_as_long_as_its_quantity_and_never_vanishes() -> None:
    drawing = bars([Bar("A", (("done", 50), ("missing", 50))), Bar("B", (("done", 0.001),))], title="B")
    wide = [percent(one.get("width")) for one in shapes(drawing, "rect")]
    assert wide == [50, 50, 1]


def test_bars__says_what_cannot_be_drawn() -> None:
    drawing = bars([Bar("A", (("done", math.nan), ("missing", -2)))], title="B")
    assert shapes(drawing, "rect") == []
    assert "inconnue ou négative" in drawing.remarks[0]
