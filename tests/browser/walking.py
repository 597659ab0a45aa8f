"""Several people walk one journey through the site, each in their own browser, by keyboard, wide or on a phone."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.catalogue.operations import load_catalogue
from maillage.domain.ledger.operations import load_actions
from maillage.domain.mail.models import Message
from maillage.interfaces.jobs.periodic import send_letters
from tests.browser.conftest import NARROW, WIDE, axe, come_in, french
from tests.browser.keyboard import Keyboard
from tests.browser.worker import run_waiting_jobs
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory

PASSWORD = "essai-mot-de-passe-42"
HOME = "/p/essai/"


class Walker(Keyboard):
    """Somebody, their browser and their two hands."""

    def __init__(self, page: Page, live: str) -> None:
        super().__init__(page)
        self.live = live

    def visit(self, address: str) -> None:
        """Type an address, or open the one of a letter."""
        self.page.goto(address if address.startswith("http") else self.live + address)

    def sign_in(self, email: str) -> None:
        """Come in with one's password."""
        self.visit("/compte/login/?next=" + HOME)
        self.write("Courriel", email)
        self.write("Mot de passe", PASSWORD)
        with self.page.expect_navigation():
            self.press("Enter")
        assert self.page.url == self.live + HOME

    def go(self, name: str) -> None:
        """Open a room from the masthead, behind « Menu » and « Plus » where it is folded."""
        link = self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first
        for fold in ("Menu", "Plus"):
            if not link.is_visible() and self.page.get_by_text(fold, exact=True).first.is_visible():
                self.go_to(fold)
                self.press("Enter")
        self.open(name, "link")

    def write(self, label: str, text: str) -> None:
        """Fill the line that bears this label, in place of what it held."""
        self.go_to(label)
        while not self.page.locator(":focus").evaluate("one => one.matches('input, textarea')"):
            self.go_to(label)  # a link of the summary of mistakes bears the same name
        if self.page.locator(":focus").get_attribute("type") in {"date", "time"}:
            self.page.locator(":focus").fill(text)  # the order of its parts is that of the browser's language
            return
        self.press("Control+a")
        self.type(text)

    def pick(self, label: str, typed: str, wanted: str) -> None:
        """Choose in a line that completes itself."""
        self.go_to(label, "combobox")
        self.press("Control+a")
        self.choose(typed, wanted)

    def select(self, label: str, wanted: str) -> None:
        """Choose in a closed list, with the arrows."""
        self.go_to(label, "combobox")
        box = self.page.locator(":focus")
        for _ in range(box.locator("option").count()):
            if box.evaluate("one => one.selectedOptions[0].text").startswith(wanted):
                return
            self.press("ArrowDown")
        raise AssertionError(f"« {wanted} » n’est pas dans la liste « {label} »")

    def tick(self, label: str) -> None:
        """Go to a box and tick it."""
        self.go_to(label, "checkbox")
        self.press("Space")

    def unfold(self, name: str) -> None:
        """Open what is folded."""
        self.go_to(name)
        self.press("Enter")

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Fail when the page does not say this."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def looks(self) -> None:
        """Fail when the page is not accessible, or wider than the screen."""
        axe(self.page)
        size = self.page.viewport_size
        wide = self.page.evaluate("() => document.documentElement.scrollWidth")
        assert size is not None
        assert wide <= size["width"], f"{self.page.url} fait {wide} px de large"


Arrive = Callable[..., Walker]


@pytest.fixture(params=[WIDE, NARROW], ids=["1440", "360"])
def arrive(request: pytest.FixtureRequest, browser: Browser, live: str, settings: Any) -> Iterator[Arrive]:
    """Give a new browser to somebody who arrives, signed in when they have an address."""
    settings.SITE_ADDRESS = live
    opened: list[Any] = []
    errors: list[str] = []

    def come(email: str = "", *, on_a_phone: bool = False) -> Walker:
        size = NARROW if on_a_phone else request.param
        context = french(browser, size)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        walker = Walker(page, live)
        if email and len(opened) == 1:
            walker.sign_in(email)  # the first by keyboard: it is the same way for the others
        elif email:
            come_in(context, live, Account.objects.get(email=email))
            walker.visit(HOME)
        return walker

    yield come
    for context in opened:
        context.close()
    assert errors == []


@pytest.fixture
def pole(live: str, settings: Any, tmp_path: Path) -> Pole:
    """A pole of three structures in two communes, and the person who runs it."""
    settings.VECTOR_CACHE = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    cache.clear()  # nobody has asked for anything yet
    load_catalogue()
    load_actions()
    body = make_intermunicipal_body("CC de l’essai")
    towns = [
        make_municipality("Bourges", "18033", body=body, latitude=47.081, longitude=2.399),
        make_municipality("Vierzon", "18279", body=body, latitude=47.223, longitude=2.069),
    ]
    made = make_pole("Pôle d’essai", "essai", territory=make_territory("Berry d’essai", towns))
    for name, family, town in (
        ("Cantine des Tilleuls", "social", towns[0]),
        ("Mairie de Bourges-d’Essai", "authority", towns[0]),
        ("Atelier du Réemploi", "social", towns[1]),
    ):
        one = make_organisation(name, family=family)
        make_site(one, municipality=town)
        make_membership(made, one)
    make_account(Role.FACILITATOR, made, email="nadege@exemple.fr", password=PASSWORD)
    return made


def representative(pole: Pole, name: str, email: str, role: Role = Role.MEMBER) -> Account:
    """Give a structure of the pole somebody who speaks for it."""
    organisation = pole.memberships.select_related("organisation").get(organisation__name=name).organisation
    return make_account(role, pole, organisation, email=email, password=PASSWORD)


def the_post_goes() -> None:
    """Let the worker carry the letters that wait."""
    send_letters.defer(timestamp=0)
    run_waiting_jobs()


def letter_to(email: str, about: str = "", *, carried: bool = True) -> str:
    """Return the words of the last letter that reached an address."""
    if carried:
        the_post_goes()
    found = [one for one in mail.outbox if email in one.to and about in one.subject]
    assert found, list(Message.objects.values_list("to", "subject", "state", "next_at"))
    return str(found[-1].body)


def address_in(letter: str, after: str = "") -> str:
    """Return the address that a letter gives, after some words."""
    start = letter.index(after) if after else 0
    found = re.search(r"https?://\S+", letter[start:])
    assert found is not None, letter
    return found.group()


def day(at: datetime) -> str:
    """Return a day as a date field holds it."""
    return f"{at:%Y-%m-%d}"
