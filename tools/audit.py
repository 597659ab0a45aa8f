"""Known faults of what we depend on: ``pip-audit`` on the lock, ``npm audit`` on the front end.

Without a network, or when a database of faults does not answer, it says so and lets pass: the check is about our
choice of versions, not about the machine. A fault found ends with code 1.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin")
PATIENCE_S = 90


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def answered(*words: str) -> dict[str, Any] | None:
    """Run a command that answers JSON; None when it does not answer in time, or answers something else."""
    try:
        done = subprocess.run(
            words, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        found = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) and "error" not in found else None


def python_faults() -> list[str] | None:
    """Return the faults of the locked Python packages; None when nobody answers."""
    found = answered(
        str(BIN / "pip-audit"), "--requirement", "requirements.lock", "--disable-pip", "--no-deps",
        "--format", "json", "--progress-spinner", "off", "--timeout", "20",
    )  # fmt: skip
    if found is None:
        return None
    rows = found["dependencies"]
    known = [row for row in rows if "skip_reason" not in row]
    if len(known) < len(rows):
        say(
            f"Audit Python : {len(rows) - len(known)} paquets sur {len(rows)} que la base des failles ne connaît pas."
        )
    if not known:
        return None
    return [f"{row['name']} {row['version']} : {fault['id']}" for row in known for fault in row["vulns"]]


def front_end_faults() -> list[str] | None:
    """Return the faults of the locked npm packages that the site serves; None when nobody answers."""
    npm = shutil.which("npm")
    found = answered(npm, "audit", "--omit=dev", "--json") if npm else None
    if found is None or "vulnerabilities" not in found:
        return None
    rows = found["vulnerabilities"]
    return [f"{name} : {row['severity']}" for name, row in rows.items()]


def main() -> int:
    """Say what was found; 1 when something was."""
    code = 0
    for label, faults in (("Python", python_faults()), ("npm", front_end_faults())):
        if faults is None:
            say(f"Audit {label} : pas de réponse (hors ligne ?), non vérifié.")
        elif faults:
            say(f"Audit {label} : {len(faults)} à regarder.\n  " + "\n  ".join(faults))
            code = 1
        else:
            say(f"Audit {label} : rien de connu.")
    return code


if __name__ == "__main__":
    sys.exit(main())
