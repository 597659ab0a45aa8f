"""Make the pictures of the documentation from a prepared demonstration: ``python tools/screenshots.py [NAME…]``.

The demonstration is the one of ``MAILLAGE_HOME`` (``var`` when it is not set), prepared by ``maillage demo``. The
site and its worker start on a free port and stop at the end. Nothing is decided on the pages: only the import is
tried, and its trial is thrown away.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from maillage.config.embedded import ensure_database
from maillage.config.environment import home

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
EXAMPLE = ROOT / "docs" / "tutorials" / "exemple-besoins.csv"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Those of tests/browser/conftest.py.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
WIDE, NARROW = 1440, 360
NEED = "Cinq composteurs pour le jardin de la crèche"
PATIENCE = 60_000
SERVER_START = 60
HEAVIEST = 3_000_000

Prepare = Callable[[Page], None]


def _as_it_is(page: Page) -> None:
    """Leave the page as it opens."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the page (``{pole}``, ``{need}``… are filled in), its size, what is done before and after."""

    name: str
    address: str
    height: int
    width: int = WIDE
    prepare: Prepare = _as_it_is
    finish: Prepare = _as_it_is
    signed_in: bool = True
    at: str = ""

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return IMAGES / f"{self.name}-{self.width}.png"


def _write_need(page: Page) -> None:
    """Fill the fields in as the tutorial says, and wait for what appears beside them."""
    page.fill("#id_words", NEED)
    page.locator("#understood label.chip", has_text="Composteurs").first.click()
    page.fill("#id_author_text", "loutre")
    page.locator("[role=option]", has_text="Les Pas de Loutre").first.click()
    settled(page)
    page.wait_for_selector("#alike .rows li", timeout=PATIENCE)
    page.wait_for_selector("#leads .rows li", timeout=PATIENCE)
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")


def _open_set_aside(page: Page) -> None:
    """Unfold the reasons to set the first lead aside."""
    page.locator("#pistes details.aside-choice summary").first.click()


def _try_the_example(page: Page) -> None:
    """Bring the example in as far as its dry run."""
    page.locator("label", has_text="Besoins").first.click()
    page.set_input_files("input[type=file]", EXAMPLE)
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("button", name="Vérifier le fichier").click()
    page.get_by_role("heading", name="Les premières lignes").wait_for(timeout=PATIENCE)


def _give_the_example_up(page: Page) -> None:
    """Leave the demonstration as it was."""
    page.get_by_role("button", name="Abandonner cet import").click()
    page.get_by_text("est abandonné").wait_for(timeout=PATIENCE)


def shots() -> list[Shot]:
    """Return every picture of the documentation."""
    return [
        Shot("rapprochements", "/p/{pole}/rapprochements/{need}/", 1180),
        Shot("rapprochements", "/p/{pole}/rapprochements/{need}/", 1400, NARROW),
        Shot(
            "mettre-de-cote", "/p/{pole}/rapprochements/{need}/", 1000, prepare=_open_set_aside, at="#pistes"
        ),
        Shot("accueil", "/p/{pole}/", 900, signed_in=False),
        Shot("accueil", "/p/{pole}/", 1150, NARROW, signed_in=False),
        Shot("saisir", "/p/{pole}/besoins-et-offres/noter/?sens=besoin", 1080, prepare=_write_need),
        Shot("saisir", "/p/{pole}/besoins-et-offres/noter/?sens=besoin", 1000, NARROW, prepare=_write_need),
        Shot("structures", "/p/{pole}/structures/", 1000),
        Shot("structure", "/p/{pole}/structures/{organisation}/", 1800),
        Shot("importer", "/p/{pole}/importer/", 1080, prepare=_try_the_example, finish=_give_the_example_up),
        Shot("ce-qui-manque", "/p/{pole}/ce-qui-manque/", 1000),
    ]


def chromium() -> str:
    """Return the browser, or stop with a sentence."""
    named = os.environ.get("MAILLAGE_CHROMIUM") or next((p for n in CHROMIUM if (p := shutil.which(n))), None)
    if not named:
        raise SystemExit("Chromium manque : apt-get install chromium.")
    return named


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def site() -> Iterator[str]:
    """Run the site and its worker while the block runs."""
    subprocess.run([sys.executable, "-m", "maillage.config.collect"], check=True)
    port = free_port()
    words = [sys.executable, "-m", "maillage.config.command", "serve", "--port", str(port)]
    process = subprocess.Popen(words)
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(SERVER_START * 4):
        if process.poll() is not None:
            raise SystemExit("Le site s’est arrêté en démarrant.")
        try:
            with urllib.request.urlopen(f"{address}/sante/", timeout=20):  # noqa: S310 - our own server
                return
        except OSError:  # refused, reset or too slow: it is still starting
            time.sleep(0.25)
    raise SystemExit(f"Le site ne répond pas après {SERVER_START} s.")


def known() -> dict[str, str]:
    """Return what fills the addresses in: the demonstration's pole, and the need and structure of the tutorial."""
    from maillage.domain.actors.models import Organisation, Pole  # noqa: PLC0415 - Django is set up by now
    from maillage.domain.exchanges.models import Intent  # noqa: PLC0415

    pole = Pole.objects.filter(is_demonstration=True).first()
    if pole is None:
        raise SystemExit("Préparez d’abord la démonstration : maillage demo --no-serve")
    need = Intent.objects.get(pole=pole, title__startswith="Composter 12")
    organisation = Organisation.objects.get(name="Atelier Rebond Pixel")
    return {"pole": pole.slug, "need": str(need.pk), "organisation": str(organisation.pk)}


def session() -> tuple[str, str]:
    """Open a session for the facilitator without typing a password; return its cookie."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.test import Client  # noqa: PLC0415

    from maillage.domain.actors.models import Account  # noqa: PLC0415

    client = Client()
    account = Account.objects.get(email="nadege@example.org")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value


def settled(page: Page) -> None:
    """Wait for the fonts, and for the map when the page has one."""
    page.wait_for_load_state("networkidle", timeout=PATIENCE)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    if page.locator(".map").count():
        page.wait_for_selector(".map .leaflet-marker-icon", timeout=PATIENCE, state="attached")
    page.wait_for_timeout(400)


def take(context: BrowserContext, shot: Shot, address: str) -> None:
    """Open the page, prepare it, keep its picture."""
    page = context.new_page()
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    answer = page.goto(address, timeout=PATIENCE)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address} ne s’ouvre pas : {answer.status if answer else 'aucune réponse'}.")
    settled(page)
    shot.prepare(page)
    settled(page)
    if shot.at:
        page.evaluate("at => document.querySelector(at).scrollIntoView()", shot.at)
    page.screenshot(path=shot.file, animations="disabled", caret="hide")
    print(f"  {shot.file.relative_to(ROOT)}  {shot.file.stat().st_size // 1000} ko", flush=True)
    shot.finish(page)
    page.close()


def context_of(browser: Browser, cookie: tuple[str, str] | None, address: str) -> BrowserContext:
    """Return a browser window, signed in or not."""
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce", color_scheme="light")
    if cookie:
        context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
    return context


def main(names: list[str]) -> None:
    """Make the pictures whose name is given, or all of them."""
    if not (home() / "demonstration.json").exists():
        raise SystemExit("Préparez d’abord la démonstration : maillage demo --no-serve")
    browser_path = chromium()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    ensure_database()
    django.setup()
    words, cookie = known(), session()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        member, visitor = context_of(browser, cookie, address), context_of(browser, None, address)
        for shot in shots():
            if not names or shot.name in names:
                take(member if shot.signed_in else visitor, shot, address + shot.address.format(**words))
        browser.close()
    total = sum(file.stat().st_size for file in IMAGES.glob("*.png"))
    print(f"{total / 1e6:.1f} Mo en tout")
    if total > HEAVIEST:
        raise SystemExit(f"Les images pèsent plus de {HEAVIEST / 1e6:.0f} Mo : réduisez les hauteurs.")


if __name__ == "__main__":
    main(sys.argv[1:])
