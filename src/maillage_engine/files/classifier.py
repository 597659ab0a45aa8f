"""A classifier, or two, in one file: compressed arrays and JSON texts, nothing that runs when it is read.

The same classifier gives the same bytes. Numbers are kept as they are in memory, except the regressions' weights and
the vectors of meaning, kept on 16 bits (three significant figures).
"""

import json
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np

from maillage_engine.errors import InvalidFile
from maillage_engine.methods.classify.classifier import TypeClassifier
from maillage_engine.methods.classify.clues import Groups
from maillage_engine.methods.classify.examples import Sight, Views
from maillage_engine.methods.classify.kernel import Kernel
from maillage_engine.methods.classify.model import TypeModel
from maillage_engine.text.term_space import TermSpace
from maillage_engine.text.terms import letter_groups, stem_groups

FORMAT = 3
PROFESSIONS = "professions."
"""What the names of the arrays of the second classifier begin with."""
UNREADABLE = (BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, OSError, RuntimeError)
"""What reading a damaged file raises: its directory, its compression, its text; ``RuntimeError``: a wrong flag."""


def write_classifier(classifier: TypeClassifier, file: BinaryIO) -> None:
    """Write one classifier into an open file (.npz)."""
    write_model(TypeModel(classifier), file)


def write_model(model: TypeModel, file: BinaryIO) -> None:
    """Write the classifiers of types and of professions into an open file (.npz)."""
    arrays = _arrays(model.types)
    if model.professions is not None:
        arrays |= {f"{PROFESSIONS}{name}": one for name, one in _arrays(model.professions).items()}
        arrays["profession_names"] = _text(dict(model.names))
    np.savez_compressed(file, **arrays)


def _arrays(classifier: TypeClassifier) -> dict[str, Any]:
    sight, examples = classifier.sight, classifier.examples
    told = {
        "format": FORMAT,
        "labels": classifier.labels,
        "letters": sight.letters.terms,
        "stems": sight.stems.terms,
        "right": classifier.right,
        "kernels": [asdict(kernel) for kernel in classifier.kernels],
        "encoder": classifier.encoder,
        "seed": classifier.seed,
        "digest": classifier.digest,
        "engine_version": classifier.engine_version,
    }
    arrays: dict[str, Any] = {
        "told": _text(told),
        "letters_rarity": sight.letters.rarity,
        "stems_rarity": sight.stems.rarity,
        "named": classifier.named,
        "choice": classifier.choice,
        "trust": classifier.trust,
        **_sparse("letters", examples.letters),
        **_sparse("stems", examples.stems),
        **{f"weights_{at}": one.astype(np.float16) for at, one in enumerate(classifier.weights)},
    }
    if classifier.familiar is not None:
        arrays["familiar"] = classifier.familiar
    if sight.centre is not None and examples.meaning is not None:
        arrays |= {"centre": sight.centre, "meaning": examples.meaning.astype(np.float16)}
    return arrays


def load_classifier(path: Path) -> TypeClassifier:
    """Read the first classifier; raise ``InvalidFile`` when the file is not one, or is of another format."""
    return load_model(path).types


def load_model(path: Path) -> TypeModel:
    """Read a file whole; raise ``InvalidFile`` when the file is not one, or is of another format."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        told = _told(arrays["told"])
        if told["format"] != FORMAT:
            raise InvalidFile(path.name, "ce modèle est d’une autre version. Refaites-le : maillage train.")
        types = _classifier(arrays, told)
        second = {
            name.removeprefix(PROFESSIONS): one
            for name, one in arrays.items()
            if name.startswith(PROFESSIONS)
        }
        if not second:
            return TypeModel(types)
        return TypeModel(types, _classifier(second, _told(second["told"])), _told(arrays["profession_names"]))
    except UNREADABLE as error:
        raise InvalidFile(
            path.name, "ce n’est pas un modèle lisible. Refaites-le : maillage train."
        ) from error


def _classifier(arrays: dict[str, Any], told: dict[str, Any]) -> TypeClassifier:
    right = tuple(tuple(rows) for rows in told["right"])
    named, meaning = arrays["named"], arrays.get("meaning")
    letters = TermSpace(letter_groups, tuple(told["letters"]), arrays["letters_rarity"])
    stems = TermSpace(stem_groups, tuple(told["stems"]), arrays["stems_rarity"])
    kernels = tuple(Kernel(**one) for one in told["kernels"])
    return TypeClassifier(
        labels=tuple(told["labels"]),
        sight=Sight(letters, stems, arrays.get("centre")),
        examples=Views(
            _csr("letters", arrays, (len(right), len(letters.terms))),
            _csr("stems", arrays, (len(right), len(stems.terms))),
            None if meaning is None else meaning.astype(np.float32),
        ),
        right=right,
        named=named,
        kernels=kernels,
        weights=tuple(arrays[f"weights_{at}"].astype(np.float32) for at in range(len(kernels))),
        choice=arrays["choice"],
        familiar=arrays.get("familiar"),
        trust=arrays["trust"],
        groups=Groups.of(right, len(told["labels"]), named),
        encoder=told["encoder"],
        seed=told["seed"],
        digest=told["digest"],
        engine_version=told["engine_version"],
    )


def _text(told: dict[str, Any]) -> Any:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return np.frombuffer(text, dtype=np.uint8)


def _told(kept: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(kept.tobytes().decode("utf-8", "surrogatepass"))
    return told


def _sparse(name: str, matrix: Any) -> dict[str, Any]:
    return {
        f"{name}_data": matrix.data.astype(np.float16),
        f"{name}_indices": matrix.indices.astype(np.int32),
        f"{name}_indptr": matrix.indptr.astype(np.int32),
    }


def _csr(name: str, arrays: dict[str, Any], shape: tuple[int, int]) -> Any:
    from scipy import sparse  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    data = arrays[f"{name}_data"].astype(np.float32)
    return sparse.csr_array((data, arrays[f"{name}_indices"], arrays[f"{name}_indptr"]), shape=shape)
