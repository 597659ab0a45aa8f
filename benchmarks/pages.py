"""How long do the pages of the demonstration take, on one worker, as a visitor and as a facilitator?"""

import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.registry import family
from benchmarks.report import table, title

AIM_MS = 100
ROLES = ("visite", "animation")
HTML_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Asked:
    """One page: its address inside the pole, who may read it, what is posted when it is a form."""

    name: str
    path: str
    posted: dict[str, str] = field(default_factory=dict)
    team_only: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A demonstration to look at: the facilitator's account, the pole, the lines whose pages are asked."""

    email: str
    password: str
    slug: str
    keys: dict[str, int]


def pages(keys: dict[str, int]) -> list[Asked]:
    """Return the main pages of a pole; ``keys`` gives the lines to look at."""
    note = "besoins-et-offres/noter/"
    words = {
        "words": "Composter 12 t d’épluchures de cantine par an",
        "author_text": "",
        "municipality_text": "",
    }
    intent, organisation = keys["intent"], keys["organisation"]
    return [
        Asked("Accueil du pôle", ""),
        Asked("Carte de l’accueil", "carte.json"),
        Asked("Fond de carte", "fond-de-carte.json"),
        Asked("Besoins et offres", "besoins-et-offres/"),
        Asked("Besoins et offres : chercher", "besoins-et-offres/?texte=compost"),
        Asked("Carte des besoins et offres", "besoins-et-offres/carte.json"),
        Asked("Un besoin", f"besoins-et-offres/{intent}/"),
        Asked("Noter un besoin", f"{note}?sens=besoin"),
        Asked("Noter : en écrivant", f"{note}en-ecrivant/?sens=besoin", words, team_only=True),
        Asked("Noter : premières pistes", f"{note}premieres-pistes/?sens=besoin", words, team_only=True),
        Asked("Chercher un type", "besoins-et-offres/choix/types/?q=epluchures"),
        Asked("Chercher une commune", "besoins-et-offres/choix/communes/?q=saint+am"),
        Asked("Structures", "structures/"),
        Asked("Structures : chercher", "structures/?texte=atelier"),
        Asked("Carte des structures", "structures/carte.json"),
        Asked("Une structure", f"structures/{organisation}/"),
        Asked("Ce qui manque", "ce-qui-manque/"),
        Asked("Rapprochements", "rapprochements/", team_only=True),
        Asked("Rapprochements : un besoin", f"rapprochements/{intent}/", team_only=True),
        Asked("Pistes suivies", "rapprochements/suivies/", team_only=True),
        Asked("Structures en double", "structures/doublons/", team_only=True),
        Asked("Importer", "importer/", team_only=True),
    ]


class Visit:
    """One person's browser: a connection kept open, and cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def ask(self, path: str, posted: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Ask for one page and read it whole; return its status and its contents."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if posted:
            body = urlencode(posted)
            headers |= {"Content-Type": HTML_FORM, "X-CSRFToken": self._cookies.get("csrftoken", "")}
        self._connection.request("POST" if posted else "GET", path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return answer.status, content

    def close(self) -> None:
        """Hang up; the next question opens a connection anew."""
        self._connection.close()

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the form; raise ``SystemExit`` when it refuses."""
        self.ask("/compte/login/")
        status, _ = self.ask("/compte/login/", {"login": email, "password": password})
        if status != http.client.FOUND:
            raise SystemExit(f"La connexion de {email} est refusée ({status}).")


def options(parser: ArgumentParser) -> None:
    """How many times, and in which folder."""
    parser.add_argument("--requests", type=int, default=30, help="demandes par page")
    parser.add_argument("--only", default="", help="les pages dont le nom contient ce texte")


@family("pages", "Temps de réponse des pages de la démonstration, sur un exécutant.", options=options)
def run(chosen: Namespace) -> None:
    """Print the median and the 95th percentile of each page; raise ``SystemExit`` when one does not answer 200."""
    title(f"Pages de la démonstration : {chosen.requests} demandes, un exécutant")
    given = os.environ.get("MAILLAGE_HOME")
    folder = Path(given) if given else Path(tempfile.mkdtemp(prefix="maillage-pages-"))
    os.environ["MAILLAGE_HOME"] = str(folder)
    try:
        rows = _measured(chosen, prepared())
    finally:
        if not given:
            shutil.rmtree(folder, ignore_errors=True)
    table(["page", *(f"{role}, {what} (ms)" for role in ROLES for what in ("médiane", "p95")), "Ko"], rows)
    slow = [
        str(row[0]) for row in rows if any(float(cell) >= AIM_MS for cell in row[1::2][:2] if cell != "–")
    ]
    print(f"\nAu-dessus de {AIM_MS} ms à la médiane : {', '.join(slow) if slow else 'aucune page'}.")


def prepared() -> Ready:
    """Prepare the demonstration."""
    subprocess.run([sys.executable, "-m", "maillage.config.collect"], check=True)
    from maillage.config import environment  # noqa: PLC0415 - reads MAILLAGE_HOME, which is set by now
    from maillage.config.embedded import uses_embedded  # noqa: PLC0415
    from maillage.config.opening import open_database  # noqa: PLC0415
    from maillage.interfaces.cli.demo_command import prepare  # noqa: PLC0415
    from maillage.interfaces.cli.entrance import Entrance  # noqa: PLC0415

    open_database()
    entrance = Entrance(
        open_database=open_database,
        erase_database=lambda: False,
        uses_embedded_database=uses_embedded,
        home=environment.home(),
        node_modules=environment.node_modules(),
        project_root=environment.PROJECT_ROOT,
    )
    account = next(one for one in prepare(entrance).summary.accounts if one.role == "facilitator")
    return Ready(account.email, account.password, *_pole_and_lines())


def _pole_and_lines() -> tuple[str, dict[str, int]]:
    """Return the address of the pole, and the need with the most leads among those that all may see."""
    from maillage.domain.actors.models import Pole  # noqa: PLC0415 - Django is set up by now
    from maillage.domain.matching.board import desk  # noqa: PLC0415

    pole = Pole.objects.get(is_demonstration=True)
    shown = [one for one in desk(pole=pole, kind="need").lines if one.intent.visibility == "public"]
    line = max(shown, key=lambda one: one.waiting)
    return pole.slug, {"intent": line.intent.pk, "organisation": line.intent.author_id}


def _measured(chosen: Namespace, ready: Ready) -> list[list[Any]]:
    rows = []
    with site() as port:
        people = {role: Visit(port) for role in ROLES}
        people["animation"].sign_in(ready.email, ready.password)
        for page in pages(ready.keys):
            if chosen.only.lower() in page.name.lower():
                rows.append(_line(chosen.requests, ready.slug, page, people))
                print(f"… {page.name}", file=sys.stderr)
    return rows


def _line(count: int, slug: str, page: Asked, people: dict[str, Visit]) -> list[Any]:
    cells: list[Any] = [page.name]
    size = 0
    for role, visit in people.items():
        if page.team_only and role != "animation":
            cells += ["–", "–"]
            continue
        times, size = _times(count, f"/p/{slug}/{page.path}", page.posted, visit)
        cells += [f"{statistics.median(times):.0f}", f"{statistics.quantiles(times, n=20)[-1]:.0f}"]
    return [*cells, f"{size / 1000:.0f}"]


def _times(count: int, path: str, posted: dict[str, str], visit: Visit) -> tuple[list[float], int]:
    """Return the milliseconds of each answer but the first, which fills the caches, and the size of a page."""
    times = []
    content = b""
    visit.close()  # the server hangs up on those who wait
    for _ in range(count + 1):
        began = time.perf_counter()
        status, content = visit.ask(path, posted)
        times.append((time.perf_counter() - began) * 1000)
        if status != http.client.OK:
            raise SystemExit(f"{path} répond {status}.")
    return times[1:], len(content)


@contextmanager
def site(workers: int = 1) -> Iterator[int]:
    """Serve the site with one worker or more, as ``maillage serve`` does; lend its port."""
    from maillage.interfaces.cli.serve_command import door  # noqa: PLC0415 - it reads MAILLAGE_HOME

    around = os.environ | {"OMP_NUM_THREADS": "1"}
    application, *options = door(workers)
    with serving(application, workers, "/sante/", options=options, around=around) as port:
        yield port


@contextmanager
def serving(
    application: str,
    workers: int,
    ready: str,
    *,
    python: str = sys.executable,
    folder: Path | None = None,
    options: Sequence[str] = (),
    around: dict[str, str],
) -> Iterator[int]:
    """Serve an application by gunicorn; lend its port once the page ``ready`` answers, raise ``SystemExit`` if never.

    ``python`` runs it in ``folder``, with the environment ``around``.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [
        *(python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(workers), "--threads", "4", "--worker-class", "gthread"),
        *("--keep-alive", "20"),  # as ``maillage serve``
        *("--log-level", "warning", "--no-control-socket", *options),
    ]
    process = subprocess.Popen(words, cwd=folder, env=around)
    try:
        _wait_for(port, ready)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, ready: str) -> None:
    for _ in range(300):
        try:
            if Visit(port).ask(ready)[0] == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("Le site ne répond pas.")
