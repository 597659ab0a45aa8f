"""What the engine refuses on purpose is told to the person as it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from maillage.core.errors import UserMistake
from maillage_engine.errors import EngineError


@contextmanager
def engine_sentences() -> Iterator[None]:
    """Turn an error that the engine raises on purpose into a ``UserMistake`` with its sentence."""
    try:
        yield
    except EngineError as error:
        raise UserMistake(error.message) from error
