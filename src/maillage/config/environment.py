"""Readers of environment variables that refuse nonsense with a sentence."""

import os
from pathlib import Path

from maillage.core.errors import UserMistake

PROJECT_ROOT = Path(__file__).resolve().parents[3]


def text(name: str, default: str = "") -> str:
    """Return the variable, stripped."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable: 1, true, oui, yes or 0, false, non, no."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "oui", "yes"}:
        return True
    if value in {"0", "false", "non", "no"}:
        return False
    raise UserMistake(f"{name} doit valoir oui ou non, pas « {value} ».")


def whole(name: str, default: int) -> int:
    """Return a whole number variable."""
    value = text(name)
    if not value:
        return default
    if not value.isdigit():
        raise UserMistake(f"{name} doit être un nombre entier, pas « {value} ».")
    return int(value)


def words(name: str, default: str) -> list[str]:
    """Return a list parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def home() -> Path:
    """Return the folder where this instance keeps its database, files and caches (``MAILLAGE_HOME``)."""
    chosen = text("MAILLAGE_HOME")
    return Path(chosen).expanduser().resolve() if chosen else PROJECT_ROOT / "var"


def node_modules() -> Path:
    """Return the folder of the npm packages (``MAILLAGE_NODE_MODULES``)."""
    chosen = text("MAILLAGE_NODE_MODULES")
    return Path(chosen).expanduser().resolve() if chosen else PROJECT_ROOT / "node_modules"
