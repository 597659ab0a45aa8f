"""What people decided: the problem that the learning reads."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import AnyArray, Bools, Int16s, Int32s, frozen
from maillage_engine.errors import InvalidProblem
from maillage_engine.scoring.registry import CRITERION_CODES


@dataclass(frozen=True, eq=False)
class Decisions:
    """n decisions. ``poles``: names; ``pole`` int32 (n,) indexes them; ``need`` (n,) strings: which need it was about.

    ``criteria`` int16 (n, 6), 0 to 1000 as they were when people decided, in the order of ``CRITERIA``;
    ``accepted`` bool (n,); ``fault`` bool (n, 6): which criteria the reason of a refusal blames; a refusal that
    blames none blames them all, an acceptance blames none. Leave out refusals whose reason lies elsewhere (price,
    trust). Raises ``InvalidProblem`` naming the attribute and the row.
    """

    poles: tuple[str, ...]
    pole: Int32s
    need: tuple[str, ...]
    criteria: Int16s
    accepted: Bools
    fault: Bools

    def __post_init__(self) -> None:
        rows, width = len(self.need), len(CRITERION_CODES)
        object.__setattr__(self, "poles", tuple(self.poles))
        object.__setattr__(self, "need", tuple(self.need))
        if len(set(self.poles)) != len(self.poles):
            raise InvalidProblem("poles", "un pôle est nommé deux fois.")
        shapes = {"pole": (rows,), "criteria": (rows, width), "accepted": (rows,), "fault": (rows, width)}
        kinds = {"pole": np.int32, "criteria": np.int16, "accepted": np.bool_, "fault": np.bool_}
        for name, shape in shapes.items():
            array = np.asarray(getattr(self, name))
            if array.shape != shape:
                raise InvalidProblem(name, f"la forme est {array.shape}, il faut {shape}.")
            if array.size and array.dtype.kind not in ("b" if kinds[name] is np.bool_ else "iu"):
                raise InvalidProblem(name, f"les valeurs sont du type {array.dtype.name}.")
            _refuse(name, _out_of(array, name, len(self.poles)), "valeur hors de ses bornes.")
            object.__setattr__(self, name, frozen(array.astype(kinds[name])))
        blamed = np.flatnonzero(self.accepted & self.fault.any(axis=1))
        _refuse("fault", blamed, "une piste gardée n’accuse aucun critère.")

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[str, str, Sequence[int], bool, Sequence[str]]]) -> "Decisions":
        """Return the decisions of rows (pole, need, criteria in order, accepted, codes of the criteria blamed)."""
        poles = tuple(sorted({row[0] for row in rows}))
        width = len(CRITERION_CODES)
        fault = np.zeros((len(rows), width), dtype=np.bool_)
        for at, row in enumerate(rows):
            for code in row[4]:
                if code not in CRITERION_CODES:
                    raise InvalidProblem("fault", f"« {code} » n’est pas un critère.", row=at)
                fault[at, CRITERION_CODES.index(code)] = True
        return cls(
            poles=poles,
            pole=np.array([poles.index(row[0]) for row in rows], dtype=np.int32),
            need=tuple(row[1] for row in rows),
            criteria=np.array([row[2] for row in rows], dtype=np.int16).reshape(-1, width),
            accepted=np.array([row[3] for row in rows], dtype=np.bool_),
            fault=fault,
        )

    def __len__(self) -> int:
        return len(self.need)

    def of_pole(self, pole: int) -> AnyArray:
        """The rows of one pole."""
        return np.flatnonzero(self.pole == pole)

    def only(self, rows: AnyArray) -> "Decisions":
        """Return some rows, every pole kept."""
        return Decisions(
            poles=self.poles,
            pole=self.pole[rows],
            need=tuple(self.need[row] for row in rows),
            criteria=self.criteria[rows],
            accepted=self.accepted[rows],
            fault=self.fault[rows],
        )

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        hasher = hashlib.sha256(json.dumps([self.poles, self.need]).encode())
        for array in (self.pole, self.criteria, self.accepted, self.fault):
            hasher.update(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes())
        return hasher.hexdigest()


def _out_of(array: AnyArray, name: str, poles: int) -> AnyArray:
    """The rows where a value is out of its bounds."""
    if name == "pole":
        return np.flatnonzero((array < 0) | (array >= poles))
    if name == "criteria":
        return np.flatnonzero(((array < 0) | (array > 1000)).any(axis=1))
    return np.zeros(0, dtype=np.int64)


def _refuse(name: str, rows: AnyArray, message: str) -> None:
    if len(rows):
        raise InvalidProblem(name, message, row=int(rows[0]))
