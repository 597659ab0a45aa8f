"""Identifiers: the vectors of INSEE and what people really type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core import identifiers
from maillage.core.errors import UserMistake


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("200034528", "200034528"), ("200 034 528", "200034528"), ("200\u00a0034\u202f528", "200034528")],
)
def test_siren__valid_with_any_spaces(typed: str, kept: str) -> None:
    assert identifiers.siren(typed) == kept


@pytest.mark.parametrize("typed", ["20003452800014", "35600000000048", "35600000009075", "356 000 000 09075"])
def test_siret__valid_by_luhn_or_by_the_exception_of_la_poste(typed: str) -> None:
    assert identifiers.siret(typed) == typed.replace(" ", "")


@pytest.mark.parametrize("typed", ["20003452800041", "20003458200014", "35600000009076", "00000000000000"])
def test_siret__wrong_key_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(UserMistake, match=r"Vérifiez-le"):
        identifiers.siret(typed)


def test_siren__two_digits_exchanged_is_refused() -> None:
    with pytest.raises(UserMistake, match="échangés"):
        identifiers.siren("200034582")


def test_siret__rounded_by_the_spreadsheet_says_how_to_mend() -> None:
    with pytest.raises(UserMistake, match="format Texte"):
        identifiers.siret("2,00035E+13")


def test_siret__too_short_says_how_many_digits() -> None:
    with pytest.raises(UserMistake, match="en a 9"):
        identifiers.siret("200034528")


def test_siren__leading_zero_lost_in_a_spreadsheet_is_found_again() -> None:
    assert identifiers.siren("5520135") == "005520135"


def test_rna__accepts_corsica_and_overseas() -> None:
    assert [identifiers.rna(one) for one in ("w181000001", "W2A1000001", "W9R1000001")] == [
        "W181000001",
        "W2A1000001",
        "W9R1000001",
    ]


def test_rna__refuses_another_number() -> None:
    with pytest.raises(UserMistake, match="neuf signes"):
        identifiers.rna("181000001")


def test_naf__dot_is_added_in_the_shape_of_the_nomenclature() -> None:
    assert identifiers.naf("9499z") == "94.99Z"
    assert identifiers.naf("913E", "NAFRev1") == "91.3E"


def test_naf__another_nomenclature_is_refused() -> None:
    with pytest.raises(UserMistake, match=r"94\.99Z"):
        identifiers.naf("913E")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("160213*", "16 02 13*"), ("16 02 13 *", "16 02 13*"), ("200108", "20 01 08"), ("80317*", "08 03 17*")],
)
def test_waste_code__one_spelling(typed: str, kept: str) -> None:
    assert identifiers.waste_code(typed) == kept


@pytest.mark.parametrize("typed", ["", "21 01 01", "20 00 08", "1602", "16 02 13**", "compost"])
def test_waste_code__nonsense_is_refused(typed: str) -> None:
    with pytest.raises(UserMistake, match="code déchet"):
        identifiers.waste_code(typed)


@pytest.mark.parametrize(("typed", "kept"), [("1053", "01053"), ("2a004", "2A004"), ("97411", "97411")])
def test_municipality_code__leading_zero_and_corsica(typed: str, kept: str) -> None:
    assert identifiers.municipality_code(typed) == kept


@given(st.text(max_size=40))
def test_identifiers__any_text_is_normal_or_refused(text: str) -> None:
    for read in (
        identifiers.siren,
        identifiers.siret,
        identifiers.rna,
        identifiers.waste_code,
        identifiers.municipality_code,
    ):
        said = ""
        try:
            assert read(read(text)) == read(text)
        except UserMistake as mistake:
            said = mistake.message
        assert len(said) < 300
