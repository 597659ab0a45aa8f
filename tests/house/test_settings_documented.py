"""Every environment variable that the code reads is in the table, and the other way round."""

import re
from pathlib import Path

from maillage.config.documentation.settings_page import variables

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r'"((?:MAILLAGE_[A-Z_]+)|DATABASE_URL)"')


def _read_by_code() -> set[str]:
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    return {name for file in files for name in NAME.findall(file.read_text(encoding="utf-8"))}


def test_variables__are_all_documented() -> None:
    assert _read_by_code() - {row["name"] for row in variables()} == set()


def test_variables__documented_ones_are_all_read() -> None:
    assert {row["name"] for row in variables()} - _read_by_code() == set()
