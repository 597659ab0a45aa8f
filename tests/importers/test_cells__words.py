"""Boxes, addresses, numbers kept as text, bands of staff."""

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.cells import bands, words


@pytest.mark.parametrize(
    ("typed", "read"), [("oui", True), ("X", True), ("✓", True), ("Non", False), (1.0, True), (False, False)]
)
def test_boolean__as_boxes_are_ticked(typed: object, read: bool) -> None:
    assert words.boolean(typed) is read  # type: ignore[arg-type]  # every kind of cell


def test_boolean__peut_etre_is_refused() -> None:
    with pytest.raises(UserMistake, match="oui ou non"):
        words.boolean("peut-être")


@pytest.mark.parametrize("typed", ["contact@exemple", "a@b.fr, c@d.fr", "sans arobase", "a b@exemple.fr"])
def test_email__wrong_is_refused(typed: str) -> None:
    with pytest.raises(UserMistake, match=r"nom@exemple\.fr"):
        words.email(typed)


def test_website__only_the_web_passes() -> None:
    assert words.website("www.exemple.fr/a?b=1") == "https://www.exemple.fr/a?b=1"
    with pytest.raises(UserMistake, match="adresse web"):
        words.website("javascript:alert(1)")


def test_phone__stays_text_and_finds_its_zero_again() -> None:
    assert words.phone("02 48 00 00 00") == "02 48 00 00 00"
    assert words.phone(248000000.0) == "0248000000"


def test_postcode__finds_its_zero_again() -> None:
    assert words.postcode("1000") == "01000"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12", "11"),
        (3, "02"),
        ("10 à 19", "11"),
        ("10 000 salariés et plus", "53"),
        ("NN", "NN"),
        ("03", "03"),
    ],
)
def test_staff_band__number_span_or_code(typed: str, code: str) -> None:
    assert bands.staff_band(typed) == code
