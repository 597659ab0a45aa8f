"""Fifty people at once on a crowded pole, one machine: the median and the 99th percentile of every page."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import astuple
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.crowded import Crowd, crowd
from benchmarks.lines import Line, leave
from benchmarks.pages import prepared, site
from benchmarks.registry import family

MEDIAN_MS, WORST_MS = 150, 600
WARMING = 4  # times each page is asked before the measure
PEER = "Administration de Django : "
NOTE = (
    "2 000 structures, 20 000 besoins et offres, 5 000 accords, 200 000 faits, inventés, graine fixe. 50 personnes "
    "(4 animation, 4 membres, 2 visites, 1 support sur 11), 2 à 8 s entre deux pages, locust sur les deux mêmes cœurs, "
    "un site de 2 processus, chaque page demandée quatre fois avant la mesure. "
    "Pair : les listes d’origine de l’administration de Django sur les mêmes lignes, dans la "
    "même séance ; le rapport est celui des médianes, pair ÷ nous. But : 150 ms à la médiane, 600 ms au 99e centile."
)


def options(parser: ArgumentParser) -> None:
    """How many people, for how long, on how many rows."""
    parser.add_argument("--people", type=int, default=50, help="personnes à la fois")
    parser.add_argument("--seconds", type=int, default=180, help="durée de la mesure")
    parser.add_argument("--part", type=float, default=1.0, help="part des lignes, pour un essai")


@family("load", "50 personnes à la fois sur un pôle de 20 000 besoins et offres.", options=options)
def run(chosen: Namespace) -> None:
    """Leave one line a page; raise ``SystemExit`` when a page fails."""
    folder = Path(tempfile.mkdtemp(prefix="maillage-load-"))
    os.environ["MAILLAGE_HOME"] = str(folder)
    try:
        stats = _measured(chosen, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    lines = _lines(stats)
    for line in lines:
        print(" | ".join((line.method, line.ours, line.peer, line.ratio, line.quality)))
    if chosen.part >= 1:
        leave("load", "Pages sous la charge", lines, note=NOTE)
    failed = [row["Name"] for row in stats if int(row["Failure Count"])]
    if failed:
        raise SystemExit(f"Pages en échec : {', '.join(failed)}.")


def _measured(chosen: Namespace, folder: Path) -> list[dict[str, str]]:
    ready = prepared()
    given = folder / "load.json"
    given.write_text(json.dumps(_given(ready.slug, chosen.part)), encoding="utf-8")
    with site(workers=2) as port:
        _warm(port, json.loads(given.read_text(encoding="utf-8")))
        words = [
            *(sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("load_people.py"))),
            *("--headless", "--users", str(chosen.people), "--spawn-rate", "10"),
            *("--run-time", f"{chosen.seconds}s", "--host", f"http://127.0.0.1:{port}"),
            *("--csv", str(folder / "locust"), "--only-summary", "--exit-code-on-error", "0"),
        ]
        subprocess.run(words, check=True, env=os.environ | {"MAILLAGE_LOAD": str(given)})
    with (folder / "locust_stats.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["Name"] != "Aggregated"]


def _warm(port: int, given: dict[str, Any]) -> None:
    """Ask every page a few times, so that both processes have loaded what they load once."""
    for role, pages in given["pages"].items():
        session = given["sessions"].get(role, "")
        for _, path in pages * WARMING:
            request = Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"sessionid={session}"})
            with urlopen(request, timeout=60) as answer:
                answer.read()


def _given(slug: str, part: float) -> dict[str, Any]:
    """Fill the pole, open a session a role, and say which pages each one reads."""
    from maillage.domain.actors.models import Pole  # noqa: PLC0415 - Django is set up by now

    pole = Pole.objects.select_related("territory").get(slug=slug)
    crowd(pole, Crowd(*(int(part * count) for count in astuple(Crowd()))))
    return {"sessions": _sessions(pole), "pages": _pages(pole)}


def _sessions(pole: Any) -> dict[str, str]:
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from maillage.domain.actors.models import Account, Mandate  # noqa: PLC0415

    def account(role: str) -> Any:
        person = (
            Mandate.objects.filter(pole=pole, role=role, person__account__isnull=False)
            .order_by("pk")[0]
            .person
        )
        return person.account

    people = {
        "animation": account("facilitator"),
        "membre": account("representative"),
        "support": Account.objects.create_superuser("support@example.org", "une phrase que je retiens"),
    }
    opened = {}
    for role, one in people.items():
        session = SessionStore()
        session[SESSION_KEY] = str(one.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = one.get_session_auth_hash()
        session.create()
        opened[role] = str(session.session_key)
    return opened


def _pages(pole: Any) -> dict[str, list[tuple[str, str]]]:
    from maillage.domain.exchanges.models import Intent  # noqa: PLC0415
    from maillage.domain.ledger.models import Commitment  # noqa: PLC0415

    intent = Intent.objects.filter(pole=pole, visibility="public", state="open").order_by("-pk")[0]
    promise = Commitment.objects.filter(pole=pole).order_by("-pk")[0]
    start = f"/p/{pole.slug}/"
    seen = [
        ("Le pôle", start),
        ("Besoins et offres", f"{start}besoins-et-offres/"),
        ("Besoins et offres : chercher", f"{start}besoins-et-offres/?texte=fourgon"),
        ("Un besoin", f"{start}besoins-et-offres/{intent.pk}/"),
        ("Structures", f"{start}structures/"),
        ("Une structure", f"{start}structures/{intent.author_id}/"),
        ("Chercher", f"{start}chercher/?q=fourgom"),
        ("Ce qui manque", f"{start}ce-qui-manque/"),
    ]
    own = [
        ("Synergies", f"{start}synergies/"),
        ("Accords", f"{start}accords/"),
        ("Projets", f"{start}projets/"),
        ("Engagements", f"{start}faits/"),
    ]
    team = [
        ("Aujourd’hui", f"{start}journee/"),
        ("Rapprochements", f"{start}rapprochements/"),
        ("Un engagement", f"{start}faits/{promise.pk}/"),
        ("Un accord", f"{start}accords/{promise.agreement_id}/"),
    ]
    stock = [
        (f"{PEER}{label}", f"/admin/{path}/")
        for label, path in (
            ("structures", "actors/organisation"),
            ("besoins et offres", "exchanges/intent"),
            ("accords", "ledger/agreement"),
            ("engagements", "ledger/commitment"),
            ("faits", "ledger/economicevent"),
        )
    ]
    return {
        "visite": seen,
        "membre": [*seen, *own, ("Ma journée", f"{start}journee/moi/")],
        "animation": [*seen, *own, *team],
        "support": stock,
    }


PEER_OF = {
    "Structures": "structures",
    "Besoins et offres": "besoins et offres",
    "Accords": "accords",
    "Engagements": "engagements",
}


def _lines(stats: list[dict[str, str]]) -> list[Line]:
    medians = {row["Name"]: float(row["Median Response Time"]) for row in stats}
    lines = []
    for row in sorted(stats, key=lambda one: (one["Name"].startswith(PEER), one["Name"])):
        median, worst = float(row["Median Response Time"]), float(row["99%"])
        peer = medians.get(f"{PEER}{PEER_OF.get(row['Name'], '')}")
        held = "tenu" if median <= MEDIAN_MS and worst <= WORST_MS else "dépassé"
        lines.append(
            Line(
                method=row["Name"],
                size=f"{row['Request Count']} demandes",
                ours=f"{median:.0f} ms, 99 % sous {worst:.0f} ms",
                peer=f"administration {peer:.0f} ms" if peer else "–",
                ratio=f"{peer / median:.2f}".replace(".", ",") if peer else "–",
                quality="le pair" if row["Name"].startswith(PEER) else held,
            )
        )
    return lines
