"""A real browser: Chromium of the machine, driven by Playwright; nothing is downloaded."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from maillage.domain.actors.models import Account

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread

CHROMIUM = ("chromium-headless-shell", "chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Every rule but the experimental ones, as axe does by default. Style sheets are read anew for one of these alone, and
# that takes longer than all the rules together: only the media are.
AXE_OPTIONS = "{resultTypes: ['violations'], preload: {assets: ['media']}}"
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    path = os.environ.get("MAILLAGE_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not path:
        pytest.fail(
            "Chromium manque : apt-get install chromium-headless-shell, ou lancez make test, qui le dit."
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh wide page, in French; a script error fails the test."""
    context = french(browser, WIDE)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def live(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the site under test; a browser keeps its static files, as it does those of an instance."""
    settings.ALLOWED_HOSTS = ["*"]
    serve = StaticFilesHandler.serve

    def serve_for_long(handler: StaticFilesHandler, request: HttpRequest) -> Any:
        answer = serve(handler, request)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer

    monkeypatch.setattr(StaticFilesHandler, "serve", serve_for_long)
    return str(live_server.url)


@pytest.fixture
def sign_in(page: Page, live: str) -> Callable[[Account], None]:
    """Sign an account in without typing its password."""
    return lambda account: come_in(page.context, live, account)


@cache
def axe_source() -> str:
    """The whole of axe-core, read once."""
    return (Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def french(browser: Browser, size: dict[str, int]) -> BrowserContext:
    """Open the browser of a person: in French, nothing moves, and axe at hand (sent once, not for each page)."""
    context = browser.new_context(viewport=size, locale="fr-FR", reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dictionary
    context.add_init_script(f"window.bringAxe = () => {{ {axe_source()} }}")
    return context


def come_in(context: BrowserContext, live: str, account: Account) -> None:
    """Sign an account in without typing its password."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])


def axe(page: Page) -> None:
    """Fail with the list of what axe-core finds on the page."""
    page.evaluate("() => bringAxe()")
    found = page.evaluate(f"() => axe.run(document, {AXE_OPTIONS})")
    faults = [
        f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
    assert faults == [], json.dumps(faults, ensure_ascii=False, indent=1)


def no_sideways_scroll(page: Page, width: int = 360) -> None:
    """Fail when the page is wider than a narrow phone."""
    page.set_viewport_size({"width": width, "height": 740})
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} fait {wide} px de large"
