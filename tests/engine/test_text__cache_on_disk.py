import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from maillage_engine.text import CachedEncoder, DamagedCacheWarning, LexicalEncoder
from maillage_engine.text.encoder import UnitVectors


class Counting(LexicalEncoder):
    def __init__(self, build: str = LexicalEncoder.build) -> None:
        self.asked: list[str] = []
        self.build = build

    def encode_needs(self, texts: Sequence[str]) -> UnitVectors:
        self.asked += texts
        return super().encode_needs(texts)


TEXTS = ["compost", "vélo", "compost", ""]


def test_cache_encodes_each_text_once_even_later(tmp_path: Path) -> None:
    for _ in range(2):
        counting = Counting()
        vectors = CachedEncoder(counting, tmp_path / "deep" / "v.sqlite").encode_needs(TEXTS)
        assert vectors.tobytes() == LexicalEncoder().encode_needs(TEXTS).tobytes()
    assert counting.asked == []


def test_cache_keeps_builds_and_uses_apart(tmp_path: Path) -> None:
    CachedEncoder(LexicalEncoder(), tmp_path / "v").encode_offers(TEXTS)
    counting = Counting()
    CachedEncoder(counting, tmp_path / "v").encode_needs(TEXTS)
    assert counting.asked == ["compost", "vélo", ""]


def test_t12__only_a_new_text_or_a_new_build_is_encoded_again(tmp_path: Path) -> None:
    CachedEncoder(Counting("un"), tmp_path / "v").encode_needs(TEXTS)
    asked: dict[str, list[list[str]]] = {}
    for build in ("un", "deux", "un", "deux"):
        counting = Counting(build)
        CachedEncoder(counting, tmp_path / "v").encode_needs([*TEXTS, "compost mûr"])
        asked.setdefault(build, []).append(counting.asked)
    assert asked == {"un": [["compost mûr"], []], "deux": [["compost", "vélo", "", "compost mûr"], []]}


def test_t12__vectors_of_other_builds_are_known_and_forgotten_on_demand(tmp_path: Path) -> None:
    for build in ("un", "deux"):
        CachedEncoder(Counting(build), tmp_path / "v").encode_needs(TEXTS)
    assert CachedEncoder(Counting("deux"), tmp_path / "v").forget_other_builds() == 3
    counting = Counting("deux")
    CachedEncoder(counting, tmp_path / "v").encode_needs(TEXTS)
    assert counting.asked == []


def test_t12__a_vector_of_another_width_is_made_again(tmp_path: Path) -> None:
    CachedEncoder(Counting(), tmp_path / "v").encode_needs(["compost"])
    counting = Counting()
    counting.width = 192
    assert CachedEncoder(counting, tmp_path / "v").encode_needs(["compost"]).shape == (1, 192)
    assert counting.asked == ["compost"]


@pytest.mark.parametrize(
    "content", [b"this is no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_cache_begins_a_damaged_file_again_and_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(content)
    with pytest.warns(DamagedCacheWarning, match="abîmé"):
        vectors = CachedEncoder(LexicalEncoder(), path).encode_needs(TEXTS)
    assert np.any(vectors)
    assert (tmp_path / "v.sqlite.damaged").read_bytes() == content
    counting = Counting()
    CachedEncoder(counting, path).encode_needs(TEXTS)
    assert counting.asked == []


def test_cache_is_shared_by_many_writers(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def write(start: int) -> None:
        try:
            texts = [f"texte {number}" for number in range(start, start + 60)]
            CachedEncoder(LexicalEncoder(), tmp_path / "v").encode_needs(texts)
        except Exception as fault:  # noqa: BLE001  # a thread hands its fault over to the test
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(start,)) for start in range(0, 160, 20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    counting = Counting()
    CachedEncoder(counting, tmp_path / "v").encode_needs([f"texte {number}" for number in range(200)])
    assert (faults, counting.asked) == ([], [])
