"""Keep a lead, propose it, both answer from their letter without account, agree: by keyboard, wide and narrow."""

from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page, expect

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.mail.models import Message
from maillage.domain.matching.operations import accept_lead
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Synergy
from tests.browser.conftest import WIDE, axe, french, no_sideways_scroll
from tests.browser.keyboard import Keyboard
from tests.factories import NOW
from tests.factories.actors import make_account, make_pole
from tests.factories.synergies import make_pair, make_speaking_pair, make_synergy

expect.set_options(timeout=20_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOM = "/p/gatinais/synergies/"
SignIn = Callable[[Account], None]


@pytest.fixture
def pole() -> Pole:
    return make_pole("Gâtinais en essai", "gatinais")


@pytest.fixture
def me(pole: Pole, sign_in: SignIn) -> Account:
    account = make_account(Role.FACILITATOR, pole)
    sign_in(account)
    return account


def look(page: Page) -> None:
    """Fail when the page is not accessible or too wide, in both schemes; give the wide page back."""
    wide = page.viewport_size
    axe(page)
    no_sideways_scroll(page)
    page.emulate_media(color_scheme="dark")
    axe(page)
    page.emulate_media(color_scheme="light")
    assert wide is not None
    page.set_viewport_size(wide)


def link_to(email: str, label: str, live: str) -> str:
    """The address of a button of the last letter to somebody, on the site under test."""
    message = Message.objects.filter(to=email).latest("pk")
    found = dict(message.letter["buttons"])[label]
    return live + found.removeprefix(django_settings.SITE_ADDRESS.rstrip("/"))


def answer(browser: Browser, live: str, email: str) -> None:
    """Open the letter's button somewhere without cookie nor account, and confirm by keyboard."""
    context = french(browser, WIDE)
    page = context.new_page()
    page.goto(link_to(email, "Oui, cela nous intéresse", live))
    look(page)
    keys = Keyboard(page)
    keys.go_to("Oui, cela nous intéresse", "button")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre oui est noté")
    look(page)
    context.close()


def press(keys: Keyboard, name: str, role: str = "button") -> None:
    keys.go_to(name, role)
    with keys.page.expect_navigation():
        keys.press("Enter")


def test_journey__from_a_kept_lead_to_an_agreement(
    page: Page, live: str, browser: Browser, pole: Pole, me: Account
) -> None:
    need, offer = make_speaking_pair(pole, visibility=Visibility.ANONYMOUS, title="Des palettes en bois")
    accept_lead(pole=pole, need=need, offer=offer, by=me, at=NOW)
    keys = Keyboard(page)
    page.goto(f"{live}/p/gatinais/rapprochements/suivies/")
    look(page)
    press(keys, "Suivre cette piste")
    look(page)
    press(keys, "Proposer aux structures")
    expect(page.get_by_text("chaque structure reçoit un courriel")).to_be_visible()
    answer(browser, live, "ana@besoin.fr")
    answer(browser, live, "bob@offre.fr")
    page.goto(live + ROOM)
    look(page)
    press(keys, "Ouvrir les discussions")
    press(keys, "Noter l’accord")
    assert Synergy.objects.get().state == SynergyState.AGREED
    press(keys, "Annuler")
    assert Synergy.objects.get().state == SynergyState.TALKS
    press(keys, "Noter l’accord")
    expect(page.get_by_role("region", name="D’accord 1")).to_be_visible()


def test_pages__of_the_room_are_accessible_and_narrow(page: Page, live: str, pole: Pole, me: Account) -> None:
    for state in SynergyState.values:
        make_synergy(
            pole=pole,
            state=state,
            by=me,
            owner=me,
            next_step="Appeler la cantine",
            due_on=NOW.date(),
            title=f"Essai {state}",
        )
    pages = ["", "liste/", "liste/?texte=rien", "nouvelle/"]
    pages += [f"{pk}/" for pk in Synergy.objects.values_list("pk", flat=True)]
    for path in pages:
        page.goto(live + ROOM + path)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => { fold.open = true; }")
        look(page)


def test_member__answers_on_the_site(page: Page, live: str, pole: Pole, sign_in: SignIn) -> None:
    need, offer = make_pair(pole)
    synergy = make_synergy(need, offer, state=SynergyState.PROPOSED)
    sign_in(make_account(Role.MEMBER, pole, need.author))
    page.goto(live + ROOM)
    look(page)
    keys = Keyboard(page)
    page.get_by_role("link", name=synergy.title).focus()
    with page.expect_navigation():
        keys.press("Enter")
    look(page)
    press(keys, "Oui, cela nous intéresse")
    expect(page.get_by_text("Oui noté.")).to_be_visible()
