"""Every page of the site, as a visitor and as a facilitator: accessible, silent in the console, narrow enough."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from maillage.domain.actors.models import Account
from tests.browser.conftest import AXE_OPTIONS, NARROW, WIDE, come_in, french
from tests.browser.world import World, make_whole_world
from tests.interfaces.access import Route, routes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENDS_THE_SESSION = {"account_logout"}
FAULTS = (
    f"async () => (await axe.run(document, {AXE_OPTIONS}))"
    """.violations.flatMap(
  one => one.nodes.map(node => `${one.id} : ${node.target} ${node.failureSummary}`))"""
)


@pytest.fixture
def world(live: str, settings: Any, tmp_path: Path) -> World:
    settings.VECTOR_CACHE = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return make_whole_world(vectors=tmp_path)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """One page for all the addresses of a role."""
    context = french(browser, WIDE)
    yield context.new_page()
    context.close()


def _addresses(world: World, account: Account | None) -> list[tuple[str, str]]:
    """Return each route that answers a page to this person, with the address of its line in the world."""
    client = Client()
    if account is not None:
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    found = []
    for route in routes():
        answer = client.get(_filled(route, world))
        kind = answer.headers.get("Content-Type", "")
        whole = answer.status_code == 200 and kind.startswith("text/html") and not answer.streaming
        if whole and b"<html" in answer.content and route.name not in ENDS_THE_SESSION:
            found.append((route.name, _filled(route, world)))
    return found


def _filled(route: Route, world: World) -> str:
    return route.filled(world)  # type: ignore[arg-type]  # the two worlds have the same pole, accounts and keys


def _faults(tab: Page, address: str) -> list[str]:
    """Look at one page: wide and light, then narrow and dark."""
    said: list[str] = []
    listening: list[tuple[Any, Callable[[Any], None]]] = [
        ("console", lambda one: said.append(f"console : {one.text}") if one.type == "error" else None),
        ("pageerror", lambda one: said.append(f"script : {one}")),
    ]
    for event, hear in listening:
        tab.on(event, hear)
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary
    tab.goto(address)
    if tab.locator(".map").count():
        tab.locator(".map.leaflet-container, .map .map-empty").first.wait_for()
    tab.evaluate("() => bringAxe()")
    said += [f"clair, large, {one}" for one in tab.evaluate(FAULTS)]
    tab.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    tab.evaluate("() => document.documentElement.setAttribute('data-bs-theme', 'dark')")
    said += [f"sombre, étroit, {one}" for one in tab.evaluate(FAULTS)]
    wide = tab.evaluate("() => document.documentElement.scrollWidth")
    said += [f"{wide} px de large sur un écran de {NARROW['width']}"] if wide > NARROW["width"] else []
    for event, hear in listening:
        tab.remove_listener(event, hear)
    return said


@pytest.mark.parametrize("role", ["visitor", "facilitator"])
def test_every_page__is_accessible_silent_and_narrow(role: str, tab: Page, live: str, world: World) -> None:
    account = world.accounts[role]
    if account is not None:
        come_in(tab.context, live, account)
    pages = _addresses(world, account)
    assert len(pages) >= 8
    found = {name: faults for name, path in pages if (faults := _faults(tab, live + path))}
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)
