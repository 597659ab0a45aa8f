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
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from benchmarks import djangoldp_peer
from benchmarks.crowded import Crowd, crowd
from benchmarks.djangoldp_peer import Peer, djangoldp
from benchmarks.lines import Line, leave
from benchmarks.pages import prepared, site
from benchmarks.registry import family

MEDIAN_MS, WORST_MS = 150, 600
WARMING = 4  # times each page is asked before the measure
WORKERS = 2
ADMIN = "Administration de Django : "
PEERS = {"administration": ADMIN, "DjangoLDP": djangoldp_peer.NAME}
NOTE = (
    "2 000 structures, 20 000 besoins et offres, 5 000 accords, 200 000 faits, inventés, graine fixe. 50 personnes "
    "(4 animation, 4 membres, 2 visites, 1 par pair), 2 à 8 s entre deux pages, locust sur les deux mêmes cœurs, "
    "un site de 2 processus, chaque page demandée quatre fois avant la mesure, qui commence quand tous sont là. "
    "Pair : les listes d’origine de l’administration de Django sur les mêmes lignes, dans la même séance, servies "
    "par 2 processus à part, pour que ses pages longues ne fassent pas attendre les nôtres ; "
    "les rapports sont ceux des médianes, pair ÷ nous. Rien ne s’écrit pendant la mesure : les chiffres de l’année "
    "d’« Aujourd’hui », gardés tant que rien ne bouge, n’y sont comptés qu’une fois par minute. "
    "But : 150 ms à la médiane, 600 ms au 99e centile."
)
LINKED_NOTE = (
    f" Autre pair, même séance, mêmes lignes : DjangoLDP {djangoldp_peer.VERSION}, dans son environnement, avec sa "
    "base sur le même serveur PostgreSQL et 2 processus pour lui. Ses pages sont des conteneurs JSON-LD d’autant de "
    "lignes que les nôtres, à côté de nos pages HTML : lus sans compte, réglages d’origine, sa mémoire des réponses "
    "comprise ; hors « structures », ses liens sont dépliés d’un cran, pour que le nom des structures y soit comme "
    "chez nous ; ses fiches ne portent que leurs "
    "propres champs, les nôtres ce qui s’y rattache."
)


def options(parser: ArgumentParser) -> None:
    """How many people, for how long, on how many rows."""
    parser.add_argument("--people", type=int, default=50, help="personnes à la fois")
    parser.add_argument("--seconds", type=int, default=180, help="durée de la mesure")
    parser.add_argument("--part", type=float, default=1.0, help="part des lignes, pour un essai")
    parser.add_argument(
        "--ldp",
        default="",
        metavar="PYTHON",
        help="interpréteur qui a DjangoLDP (sinon installé), ou « non »",
    )


@family("load", "50 personnes à la fois sur un pôle de 20 000 besoins et offres.", options=options)
def run(chosen: Namespace) -> None:
    """Leave one line a page; raise ``SystemExit`` when a page fails."""
    folder = Path(tempfile.mkdtemp(prefix="maillage-load-"))
    os.environ["MAILLAGE_HOME"] = str(folder)
    try:
        ready = prepared()
        stats, peer = measured(chosen, folder, _given(ready.slug, chosen.part))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    lines = lines_of(stats, peer)
    for line in lines:
        print(" | ".join((line.method, line.ours, line.peer, line.ratio, line.quality)))
    if chosen.part >= 1:
        leave("load", "Pages sous la charge", lines, note=note_of(peer))
    failed = [row["Name"] for row in stats if int(row["Failure Count"])]
    if failed:
        raise SystemExit(f"Pages en échec : {', '.join(failed)}.")


def note_of(peer: Peer) -> str:
    """Return what the reader of the table must know; what DjangoLDP serves is told when it served."""
    return NOTE if peer.absent else NOTE + LINKED_NOTE


def measured(chosen: Namespace, folder: Path, given: dict[str, Any]) -> tuple[list[dict[str, str]], Peer]:
    """Ask the pages of ``given`` and those of the peer; return what locust counted of each, and the peer."""
    kept = folder / "load.json"
    with (
        djangoldp(chosen.ldp, folder, workers=WORKERS) as peer,
        site(workers=WORKERS) as port,
        site(workers=WORKERS) as stock,
    ):
        lists = [(name, f"http://127.0.0.1:{stock}{path}") for name, path in given["pages"]["support"]]
        given = given | {"pages": given["pages"] | {"support": lists, "djangoldp": peer.pages}}
        kept.write_text(json.dumps(given), encoding="utf-8")
        _warm(port, given)
        words = [
            *(sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("load_people.py"))),
            *("--headless", "--users", str(chosen.people), "--spawn-rate", "10"),
            *("--run-time", f"{chosen.seconds}s", "--host", f"http://127.0.0.1:{port}"),
            *("--csv", str(folder / "locust"), "--only-summary", "--reset-stats"),
            *("--exit-code-on-error", "0"),
        ]
        subprocess.run(words, check=True, env=os.environ | {"MAILLAGE_LOAD": str(kept)})
    with (folder / "locust_stats.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["Name"] != "Aggregated"], peer


def _warm(port: int, given: dict[str, Any]) -> None:
    """Ask every page a few times, so that both processes have loaded what they load once."""
    for role, pages in given["pages"].items():
        session = given["sessions"].get(role, "")
        for _, path in pages * WARMING:
            address = urljoin(f"http://127.0.0.1:{port}", path)
            request = Request(address, headers={"Cookie": f"sessionid={session}"})
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
        (f"{ADMIN}{label}", f"/admin/{path}/")
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


SAME_ROWS = {
    "Structures": "structures",
    "Besoins et offres": "besoins et offres",
    "Accords": "accords",
    "Engagements": "engagements",
    "Un besoin": "un besoin",
    "Une structure": "une structure",
}


def lines_of(stats: list[dict[str, str]], peer: Peer) -> list[Line]:
    """Return our pages, then those of each peer; a line says why DjangoLDP is absent when it is."""
    medians = {row["Name"]: float(row["Median Response Time"]) for row in stats}
    lines = [
        _line(row, medians) for row in sorted(stats, key=lambda one: (_peer_rank(one["Name"]), one["Name"]))
    ]
    if peer.absent:
        lines.append(Line("DjangoLDP", "–", "–", quality=f"pair non démarré : {peer.absent}"))
    return lines


def _peer_rank(name: str) -> int:
    """Return 0 for our own pages, then the place of the peer."""
    return next((place for place, start in enumerate(PEERS.values(), 1) if name.startswith(start)), 0)


def _line(row: dict[str, str], medians: dict[str, float]) -> Line:
    name, median, worst = row["Name"], float(row["Median Response Time"]), float(row["99%"])
    same = SAME_ROWS.get(name, "")
    beside = {word: medians[f"{start}{same}"] for word, start in PEERS.items() if f"{start}{same}" in medians}
    held = "tenu" if median <= MEDIAN_MS and worst <= WORST_MS else "dépassé"
    return Line(
        method=name,
        size=f"{row['Request Count']} demandes",
        ours=f"{median:.0f} ms, 99 % sous {worst:.0f} ms",
        peer=" ; ".join(f"{word} {its:.0f} ms" for word, its in beside.items()) or "–",
        ratio=" ; ".join(f"{its / median:.2f}".replace(".", ",") for its in beside.values()) or "–",
        quality="le pair" if _peer_rank(name) else held,
    )
