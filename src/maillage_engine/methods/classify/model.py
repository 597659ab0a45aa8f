"""What one file of types holds: the classifier of the types, and the one that names a profession behind a skill."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage_engine.methods.classify.classifier import TypeClassifier


@dataclass(frozen=True, eq=False)
class TypeModel:
    """``names``: what to show for each code of a profession; ``professions`` None: none was taught."""

    types: TypeClassifier
    professions: TypeClassifier | None = None
    names: Mapping[str, str] = field(default_factory=dict)
