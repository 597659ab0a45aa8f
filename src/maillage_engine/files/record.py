"""The record of a problem: one JSON file, compressed when its name ends in ``.gz``, from which it is run again.

Arrays are kept byte for byte (base64, little-endian), so that the problem read back has the same digest. The same
problem gives the same file, byte for byte.
"""

import base64
import binascii
import gzip
import json
import os
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from maillage_engine.arrays import AnyArray
from maillage_engine.errors import EngineError, InvalidFile
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side, attribute_of
from maillage_engine.problem.types import Link, ResourceType, TypeTable
from maillage_engine.text.meaning_scale import MeaningScale
from maillage_engine.version import ENGINE_VERSION

FORMAT = "maillage-problem-1"


def write_problem(problem: Problem, path: Path) -> None:
    """Write the record of ``problem`` at ``path``, whole or not at all; its folder must exist."""
    content = {
        "format": FORMAT,
        "engine": ENGINE_VERSION,
        "digest": problem.digest(),
        **problem.describe(),
        "needs": _side_as_plain(problem.needs),
        "offers": _side_as_plain(problem.offers),
    }
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, indent=0).encode("ascii") + b"\n"
    if path.suffix == ".gz":
        text = gzip.compress(text, mtime=0)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def load_problem(path: Path) -> Problem:
    """Return the problem recorded at ``path``.

    Raises ``InvalidFile`` when the file is not a record, is damaged, or does not have the digest it claims.
    """
    try:
        raw = path.read_bytes()
        text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise InvalidFile(str(path), f"format « {content['format']} » au lieu de « {FORMAT} ».")
        problem = _problem_of(content)
        claimed = content["digest"]
    except FileNotFoundError as error:
        raise InvalidFile(str(path), "ce fichier n’existe pas ; vérifiez son nom.") from error
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, binascii.Error) as error:
        raise InvalidFile(str(path), "ce n’est pas un problème enregistré, ou il est abîmé.") from error
    except EngineError as error:
        if isinstance(error, InvalidFile):
            raise
        raise InvalidFile(str(path), error.message) from error
    if problem.digest() != claimed:
        raise InvalidFile(
            str(path), "le contenu ne correspond pas à son empreinte ; le fichier a été changé."
        )
    return problem


def _side_as_plain(side: Side) -> dict[str, Any]:
    return {
        "ids": list(side.ids),
        "texts": list(side.texts),
        "shapes": {name: list(array.shape) for name, array in side.arrays().items()},
        "arrays": {name: _array_as_text(array) for name, array in side.arrays().items()},
    }


def _array_as_text(array: AnyArray) -> str:
    plain = array.astype(array.dtype.newbyteorder("<"))
    return base64.b64encode(plain.tobytes()).decode("ascii")


def _problem_of(content: dict[str, Any]) -> Problem:
    types = tuple(
        ResourceType(
            code=code,
            label=label,
            kind=kind,
            parent=parent,
            dimension=dimension,
            hazardous=hazardous,
            requires=tuple(requires),
        )
        for code, label, kind, parent, dimension, hazardous, requires in content["types"]
    )
    links = tuple(
        Link(offer=offer, need=need, closeness=per_mille / 1000, relation=relation, condition=condition)
        for offer, need, per_mille, relation, condition in content["links"]
    )
    low, high = content["meaning_scale"]
    return Problem(
        needs=_side_of(content["needs"]),
        offers=_side_of(content["offers"]),
        types=TypeTable(types, links),
        authorisations=tuple(content["authorisations"]),
        today=content["today"],
        excluded_pairs=np.array(content["excluded_pairs"], dtype=np.int64).reshape(-1, 2),
        meaning_scale=MeaningScale(low, high),
    )


def _side_of(content: dict[str, Any]) -> Side:
    arrays: dict[str, Any] = {}
    for name in Side.array_names():
        dtype = attribute_of(name).dtype.newbyteorder("<")
        raw = base64.b64decode(content["arrays"][name], validate=True)
        arrays[name] = np.frombuffer(raw, dtype=dtype).reshape(content["shapes"][name])
    return Side(ids=tuple(content["ids"]), texts=tuple(content["texts"]), **arrays)
