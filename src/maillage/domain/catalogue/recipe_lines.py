"""Reads a YAML file and keeps the line of each of its parts, so that a fault can name it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader  # type: ignore[assignment]  # same interface, another class

Place = tuple[Any, ...]


class Unreadable(Exception):
    """The file is not YAML; ``line`` counts from 1, None when it is not known."""

    def __init__(self, line: int | None, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Lines:
    """The line, from 1, of each part of a document, by its path (keys and places in lists)."""

    of: Mapping[Place, int]

    def at(self, place: Sequence[Any]) -> int | None:
        """Return the line of a part, or of the nearest part around it."""
        for end in range(len(place), -1, -1):
            if tuple(place[:end]) in self.of:
                return self.of[tuple(place[:end])]
        return None


def read_lines(path: Path) -> tuple[Any, Lines]:
    """Return the content of a file and its lines; raise ``Unreadable``."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(None, "Le fichier n’est pas en UTF-8. Enregistrez-le en UTF-8.") from error
    loader = SafeLoader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        if node is not None:
            _walk(node, (), lines)
        return (None if node is None else loader.construct_document(node)), Lines(lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        sentence = f"Le fichier ne se lit pas ({error.problem}). Vérifiez les retraits et les guillemets."
        raise Unreadable(line, sentence) from error
    except yaml.YAMLError as error:
        raise Unreadable(None, f"Le fichier ne se lit pas ({error}).") from error
    finally:
        loader.dispose()


def _walk(node: yaml.Node, place: Place, lines: dict[Place, int]) -> None:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for at, child in enumerate(node.value):
            _walk(child, (*place, at), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            here = (*place, key.value)
            if here in lines:
                raise yaml.MarkedYAMLError(
                    problem=f"« {key.value} » est écrit deux fois", problem_mark=key.start_mark
                )
            _walk(child, here, lines)
            lines[here] = key.start_mark.line + 1
