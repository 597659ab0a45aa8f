"""The record of any study: its method, its problem and its arguments in one compressed JSON file.

Any frozen dataclass of the engine is written field by field, arrays byte for byte (base64, little-endian), so that
the problem read back has the same digest. The same study gives the same file, byte for byte. Nothing but dataclasses
of ``maillage_engine`` is ever built from a file.
"""

import base64
import gzip
import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from typing import Any

import numpy as np

from maillage_engine.errors import InvalidFile
from maillage_engine.version import ENGINE_VERSION

FORMAT = "maillage-study-1"
ENGINE = "maillage_engine"
MARK = "="
"""The one key of a value that JSON has no word for."""


@dataclass(frozen=True, slots=True)
class Study:
    """``method``: its name; ``problem``: a frozen problem; ``arguments``: plain values; ``digest``: the problem's."""

    method: str
    problem: Any
    arguments: Mapping[str, Any]
    digest: str
    engine_version: str = ENGINE_VERSION


def study_bytes(study: Study) -> bytes:
    """Return the record of a study."""
    content = {
        "format": FORMAT,
        "engine": study.engine_version,
        "method": study.method,
        "digest": study.digest,
        "arguments": dict(study.arguments),
        "problem": _plain(study.problem),
    }
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode("ascii"), mtime=0)


def study_from(content: bytes, *, name: str = "étude") -> Study:
    """Return the study of a record; raise ``InvalidFile`` when it is not one or does not have its digest."""
    try:
        told = json.loads(gzip.decompress(content))
        if told["format"] != FORMAT:
            raise InvalidFile(name, "ce n’est pas le dossier d’un calcul de Maillage.")
        problem = _built(told["problem"])
        study = Study(told["method"], problem, told["arguments"], told["digest"], told["engine"])
    except (
        OSError,
        EOFError,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ImportError,
    ) as error:
        raise InvalidFile(
            name, "ce dossier est abîmé ou n’est pas celui d’un calcul ; téléchargez-le de nouveau."
        ) from error
    found = problem.digest() if callable(getattr(problem, "digest", None)) else study.digest
    if found != study.digest:
        raise InvalidFile(name, "le problème n’a pas l’empreinte annoncée ; il a été modifié.")
    return study


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        little = np.ascontiguousarray(value).astype(value.dtype.newbyteorder("<"))
        content = base64.b64encode(little.tobytes()).decode("ascii")
        return {MARK: "array", "type": little.dtype.str, "shape": list(value.shape), "bytes": content}
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        own = {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.init}
        return {MARK: f"{kind.__module__}:{kind.__qualname__}", "fields": own}
    if isinstance(value, tuple | list):
        return {
            MARK: "tuple" if isinstance(value, tuple) else "list",
            "items": [_plain(one) for one in value],
        }
    if isinstance(value, set | frozenset):
        return {MARK: "set", "items": sorted((_plain(one) for one in value), key=json.dumps)}
    if isinstance(value, Mapping):
        return {MARK: "map", "items": [[_plain(key), _plain(one)] for key, one in value.items()]}
    return _plain_number(value)


def _plain_number(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return {MARK: "float", "text": repr(value)}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} cannot be recorded")


def _built(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kind = value[MARK]
    if kind == "array":
        flat = np.frombuffer(base64.b64decode(value["bytes"]), dtype=np.dtype(value["type"]))
        array = flat.reshape(value["shape"])
        return array.astype(array.dtype.newbyteorder("="))
    if kind == "float":
        return float(value["text"])
    if kind == "map":
        return {_built(key): _built(one) for key, one in value["items"]}
    containers: dict[str, Any] = {"tuple": tuple, "list": list, "set": frozenset}
    if kind in containers:
        return containers[kind](_built(one) for one in value["items"])
    return _dataclass(kind)(**{name: _built(one) for name, one in value["fields"].items()})


def _dataclass(name: str) -> Any:
    module, _, path = name.partition(":")
    if module != ENGINE and not module.startswith(f"{ENGINE}."):
        raise ValueError(f"{name} is not of the engine")
    found: Any = import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    if not (isinstance(found, type) and is_dataclass(found) and found.__module__ == module):
        raise ValueError(f"{name} is not a dataclass of the engine")
    return found
