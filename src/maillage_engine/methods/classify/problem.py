"""Texts whose right labels are known, to learn from: frozen, validated at birth."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Int64s, frozen
from maillage_engine.errors import InvalidProblem

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class LabelledTexts:
    """n texts, L labels.

    ``right``: for each text the rows of its right labels, at least one. ``label_texts``: the name of each label,
    empty when it has none (or no name at all: ``()``). ``vectors`` float32 (n, d) and ``label_vectors`` float32
    (L, d): the meaning of the texts and of the names, both or neither.
    Raises ``InvalidProblem`` naming the attribute and the row.
    """

    texts: tuple[str, ...]
    right: tuple[tuple[int, ...], ...]
    labels: tuple[str, ...]
    label_texts: tuple[str, ...] = ()
    vectors: Vectors | None = None
    label_vectors: Vectors | None = None

    def __post_init__(self) -> None:
        if not self.label_texts:
            object.__setattr__(self, "label_texts", ("",) * len(self.labels))
        self._check_labels()
        self._check_right()
        if (self.vectors is None) != (self.label_vectors is None):
            raise InvalidProblem("vectors", "donnez les vecteurs des textes et ceux des libellés, ou aucun.")
        if self.vectors is not None and self.label_vectors is not None:
            for name, rows in (("vectors", len(self.texts)), ("label_vectors", len(self.labels))):
                object.__setattr__(self, name, _vectors(getattr(self, name), rows, name))
            if self.vectors.shape[1] != self.label_vectors.shape[1]:
                raise InvalidProblem("label_vectors", "ils n’ont pas la largeur des vecteurs des textes.")

    def _check_labels(self) -> None:
        if len(self.labels) < 2:
            raise InvalidProblem("labels", "il faut au moins deux étiquettes pour apprendre à choisir.")
        if len(set(self.labels)) != len(self.labels):
            row = next(at for at, one in enumerate(self.labels) if one in self.labels[:at])
            raise InvalidProblem("labels", f"« {self.labels[row]} » y est deux fois.", row=row)
        if len(self.label_texts) != len(self.labels):
            raise InvalidProblem("label_texts", "il faut un libellé par étiquette, vide s’il n’y en a pas.")

    def _check_right(self) -> None:
        if len(self.right) != len(self.texts):
            raise InvalidProblem("right", "il faut les bonnes étiquettes de chaque texte.")
        for row, rows in enumerate(self.right):
            if not rows:
                raise InvalidProblem("right", "ce texte n’a aucune étiquette.", row=row)
            if len(set(rows)) != len(rows) or not all(0 <= one < len(self.labels) for one in rows):
                raise InvalidProblem("right", "une étiquette y est deux fois ou n’existe pas.", row=row)
        if not self.texts and not any(self.label_texts):
            raise InvalidProblem("texts", "il n’y a rien à apprendre : ni texte ni libellé.")

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        codes: Sequence[Sequence[str]],
        *,
        names: Mapping[str, str] | None = None,
        vectors: Vectors | None = None,
        label_vectors: Vectors | None = None,
    ) -> "LabelledTexts":
        """Build from the codes of each text; labels are those of ``names`` in their order, then those met only here."""
        named = dict(names or {})
        labels = tuple(dict.fromkeys([*named, *(code for row in codes for code in row)]))
        at = {label: row for row, label in enumerate(labels)}
        right = tuple(tuple(dict.fromkeys(at[code] for code in row)) for row in codes)
        label_texts = tuple(named.get(label, "") for label in labels)
        return cls(tuple(texts), right, labels, label_texts, vectors, label_vectors)

    @cached_property
    def named(self) -> Int64s:
        """The rows of the labels that have a name."""
        return np.array([row for row, text in enumerate(self.label_texts) if text.strip()], dtype=np.int64)

    def digest(self) -> str:
        """SHA-256 of everything above."""
        told = [self.texts, self.right, self.labels, self.label_texts]
        made = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for vectors in (self.vectors, self.label_vectors):
            if vectors is not None:
                made.update(str(vectors.shape).encode())
                made.update(vectors.tobytes())
        return made.hexdigest()


def _vectors(given: Vectors, rows: int, name: str) -> Vectors:
    vectors = np.asarray(given, dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != rows:
        raise InvalidProblem(name, f"il faut {rows} lignes de nombres.")
    if not np.isfinite(vectors).all():
        row = int(np.flatnonzero(~np.isfinite(vectors).all(axis=1))[0])
        raise InvalidProblem(name, "un nombre n’est pas fini.", row=row)
    return frozen(vectors)
