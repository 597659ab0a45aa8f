"""A 200 MB CSV is read line by line: memory does not depend on the size of the file."""

import subprocess
import sys
from pathlib import Path

MEGABYTE = 1_000_000
COUNT_AND_PEAK = """
import resource, sys
from pathlib import Path
from maillage.importers.tabular import open_table
lines = sum(1 for _ in open_table(Path(sys.argv[1])).rows())
print(lines, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)
"""


def _write(path: Path, megabytes: int) -> int:
    line = (
        "Les Jardins du Val;Bourges;12,5;t/an;" + "Épluchures de cantine à composter. " * 6 + "\n"
    ).encode()
    block = line * (MEGABYTE // len(line))
    with path.open("wb") as file:
        file.write("Nom;Commune;Quantité;Unité;Description\n".encode())
        for _ in range(megabytes):
            file.write(block)
    return megabytes * (MEGABYTE // len(line))


def _read_apart(path: Path) -> tuple[int, int]:
    """Return the lines and the peak memory in MB of a process of its own."""
    source = Path(__file__).parents[2] / "src"
    done = subprocess.run(
        [sys.executable, "-c", COUNT_AND_PEAK, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(source)},
    )
    lines, megabytes = done.stdout.split()
    return int(lines), int(megabytes)


def test_csv__two_hundred_megabytes_take_no_more_memory_than_two(tmp_path: Path) -> None:
    peaks = []
    for megabytes in (2, 200):
        path = tmp_path / f"{megabytes}.csv"
        written = _write(path, megabytes)
        lines, peak = _read_apart(path)
        assert lines == written
        peaks.append(peak)
        path.unlink()
    assert peaks[1] < peaks[0] + 10
