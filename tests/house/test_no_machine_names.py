"""Nothing in the repository names a package registry's host or a path of one machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_NAMES = ("python" + "hosted", "registry" + r"\.npm", "py" + r"pi\.org/simple", "deb" + r"\.debian")
HOSTS = re.compile("|".join(_NAMES))


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


@pytest.mark.parametrize(
    "suffix", [".py", ".md", ".toml", ".json", ".lock", ".txt", ".yaml", ".html", ".js", ".css"]
)
def test_files__name_no_registry_host(suffix: str) -> None:
    for file in _tracked():
        if file.suffix == suffix and file.is_file():
            assert not HOSTS.search(file.read_text(encoding="utf-8", errors="replace")), file
