"""Vectors kept on disk, so that a text is encoded once: by build of the encoder, use, and digest of the text.

A text is encoded again only when the build or the text itself changes; the vectors of other builds stay until
``forget_other_builds``. One SQLite file: several processes read and write it at the same time, and a write is whole
or absent. A file that is damaged is set aside and begun again, with a warning that names it.
"""

import hashlib
import sqlite3
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np

from maillage_engine.text.encoder import Encoder, UnitVectors
from maillage_engine.text.meaning_scale import MeaningScale

WAIT_SECONDS = 30.0
BATCH = 500
Result = TypeVar("Result")
_TABLE = """
create table if not exists text_vector (
    build text not null,
    use text not null,
    digest blob not null,
    value blob not null,
    primary key (build, use, digest)
) without rowid
"""
_OLD_TABLE = "drop table if exists vector"
"""Earlier files hid the build in the key: nobody could tell which vectors were out of date."""


class DamagedCacheWarning(UserWarning):
    """The file of kept vectors could not be read and was begun again."""


class CachedEncoder:
    """An encoder that asks the disk first. ``path``: the SQLite file, made when absent with its folders.

    Same build, width and scale as ``encoder``; same vectors, bit for bit.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._path = path

    @property
    def build(self) -> str:
        """Name and version of the make of the encoder behind."""
        return self._encoder.build

    @property
    def width(self) -> int:
        """Number of columns."""
        return self._encoder.width

    @property
    def scale(self) -> MeaningScale:
        """Cosines that mean nothing and everything, those of the encoder behind."""
        return self._encoder.scale

    def encode_needs(self, texts: Sequence[str]) -> UnitVectors:
        """Return float32 (n, width) of needs."""
        return self._encode(texts, "need", self._encoder.encode_needs)

    def encode_offers(self, texts: Sequence[str]) -> UnitVectors:
        """Return float32 (n, width) of offers."""
        return self._encode(texts, "offer", self._encoder.encode_offers)

    def _encode(
        self, texts: Sequence[str], use: str, encode: Callable[[Sequence[str]], UnitVectors]
    ) -> UnitVectors:
        digests = [_digest(text) for text in texts]
        kept = self._with_new_start(lambda: self._read(use, digests))
        missing = {one: text for one, text in zip(digests, texts, strict=True) if one not in kept}
        if missing:
            made = encode(list(missing.values()))
            fresh = dict(zip(missing, made, strict=True))
            self._with_new_start(lambda: self._write(use, fresh))
            kept.update(fresh)
        vectors = np.zeros((len(texts), self.width), dtype=np.float32)
        for row, one in enumerate(digests):
            vectors[row] = kept[one]
        return vectors

    def forget_other_builds(self) -> int:
        """Take out the vectors that another build made; return how many there were."""

        def forget() -> int:
            with self._opened() as base, base:
                return base.execute("delete from text_vector where build <> ?", [self.build]).rowcount

        return self._with_new_start(forget)

    def _read(self, use: str, digests: Sequence[bytes]) -> dict[bytes, UnitVectors]:
        found: dict[bytes, UnitVectors] = {}
        wanted = list(dict.fromkeys(digests))
        with self._opened() as base:
            for start in range(0, len(wanted), BATCH):
                some = wanted[start : start + BATCH]
                marks = ",".join("?" * len(some))
                # only question marks are pasted in
                asked = f"select digest, value from text_vector where build = ? and use = ? and digest in ({marks})"  # noqa: S608
                rows = base.execute(asked, [self.build, use, *some])
                found.update({one: np.frombuffer(value, dtype="<f4") for one, value in rows})
        return {one: vector for one, vector in found.items() if len(vector) == self.width}

    def _write(self, use: str, vectors: dict[bytes, UnitVectors]) -> None:
        rows = [(self.build, use, one, vector.astype("<f4").tobytes()) for one, vector in vectors.items()]
        with self._opened() as base, base:
            base.executemany("insert or replace into text_vector values (?, ?, ?, ?)", rows)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=WAIT_SECONDS)) as base:
            base.execute(_OLD_TABLE)
            base.execute(_TABLE)
            yield base

    def _with_new_start(self, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            aside = self._path.with_suffix(self._path.suffix + ".damaged")
            self._path.replace(aside)
            warnings.warn(
                f"Le fichier des vecteurs {self._path.name} était abîmé ; il est mis de côté sous le nom "
                f"{aside.name} et refait. Vous pouvez effacer {aside.name}.",
                DamagedCacheWarning,
                stacklevel=2,
            )
            return work()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
