"""Run every test, the browser's included; say loudly what could not run and how to get it.

    python tools/run_tests.py [pytest's words]

Without words, one process a core and one more, for a test that waits for its browser leaves a core idle; each with
a database of its own, copied from one that is migrated meanwhile.

Chromium comes from Debian's packages where ``apt-get`` works for this user. Without it the rest runs, and the
last lines name the tests that did not.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "chromium-headless-shell"  # Chromium without its windows: a third faster on the same pages
NAMES = (PACKAGE, "chromium", "chromium-browser", "google-chrome")


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def chromium() -> str | None:
    """Return the Chromium of ``MAILLAGE_CHROMIUM``, or the machine's, or one that apt installs now."""
    named = os.environ.get("MAILLAGE_CHROMIUM")
    if named is not None:
        return named or None
    if not shutil.which(PACKAGE) and shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Installation de Chromium (apt-get install {PACKAGE})…")
        for words in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", PACKAGE]):
            subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def left_out() -> Counter[str]:
    """Return how many tests of each file need the browser."""
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "browser", "tests"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return Counter(line.partition("::")[0] for line in listed.splitlines() if "::" in line)


def main() -> int:
    """Run pytest and return its code."""
    browser = chromium()
    environment = os.environ | {"MAILLAGE_CHROMIUM": browser or ""}
    words = sys.argv[1:] or [
        "-n",
        str((os.cpu_count() or 1) + 1),
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        "-q",
    ]
    if not browser:
        words = [*words, "-m", "not browser"]
    ahead = subprocess.Popen([sys.executable, "-m", "tests.database"], cwd=ROOT, env=environment)
    code = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=ROOT, env=environment, check=False
    ).returncode
    ahead.wait()
    if not browser:
        left = left_out()
        say("=" * 78)
        say(f"ATTENTION : les {sum(left.values())} tests du navigateur N'ONT PAS tourné, faute de Chromium :")
        for file, count in left.items():
            say(f"  {file} ({count})")
        say(f"Pour les lancer : sudo apt-get install {PACKAGE}, puis make test")
        say("(ou MAILLAGE_CHROMIUM=/chemin/vers/chromium make test).")
        say("=" * 78)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
