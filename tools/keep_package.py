"""Keep one package's lines of a hashed lock: ``python tools/keep_package.py NAME < lock > small.lock``."""

import sys


def keep(name: str, lines: list[str]) -> list[str]:
    """Return the line that pins ``name`` and the hashes that follow it."""
    kept: list[str] = []
    inside = False
    for line in lines:
        if not line.startswith(" "):
            inside = line.startswith(f"{name}==")
        if inside:
            kept.append(line)
    return kept


if __name__ == "__main__":
    sys.stdout.writelines(keep(sys.argv[1], sys.stdin.readlines()))
