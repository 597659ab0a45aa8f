"""The head of the page: one line when there is room, a menu when there is not."""

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.viewer import Role
from tests.browser.conftest import axe
from tests.browser.keyboard import Keyboard
from tests.factories.actors import make_account, make_pole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page, live: str, sign_in: object) -> Page:
    """The desk of a pole with a long name, seen by its team."""
    pole = make_pole("Berry & Gâtinais en commun", "berry")
    sign_in(make_account(Role.FACILITATOR, pole))  # type: ignore[operator]  # the fixture is a function
    page.goto(f"{live}/p/berry/importer/")
    return page


def test_masthead__stays_on_one_line_at_1440(desk: Page) -> None:
    brand = desk.locator(".brand span").bounding_box()
    assert brand is not None
    assert brand["height"] < 60
    assert brand["y"] >= 0
    expect(desk.get_by_role("button", name="Menu", exact=True)).to_be_hidden()


def test_masthead__has_a_menu_on_a_phone_and_shows_the_whole_name(desk: Page) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    brand = desk.locator(".brand span").bounding_box()
    assert brand is not None
    assert brand["y"] >= 0
    expect(desk.get_by_role("button", name="Menu", exact=True)).to_be_visible()


def test_menu__is_met_by_its_button_first_then_its_list(desk: Page) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.reload()
    keys = Keyboard(desk)
    keys.go_to("Berry & Gâtinais en commun", "link")
    desk.keyboard.press("Tab")
    assert keys.focused().answers("Menu", "button")
    axe(desk)
    desk.keyboard.press("Enter")
    expect(desk.locator("#menu-button")).to_have_attribute("aria-expanded", "true")
    first = desk.locator("#menu a").first
    desk.keyboard.press("Tab")
    expect(first).to_be_focused()
    axe(desk)
    desk.keyboard.press("Escape")
    expect(desk.locator("#menu-button")).to_be_focused()
    expect(first).to_be_hidden()


@pytest.mark.parametrize("width", [360, 800, 1100])
def test_menu_button__stands_at_the_right_of_the_first_line(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    button = desk.locator("#menu-button").bounding_box()
    brand = desk.locator(".brand").bounding_box()
    page = desk.locator(".masthead > .page").bounding_box()
    assert button is not None
    assert brand is not None
    assert page is not None
    assert button["y"] < brand["y"] + brand["height"]
    padding = desk.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.masthead > .page')).paddingRight)"
    )
    assert abs(button["x"] + button["width"] - (page["x"] + page["width"] - padding)) <= 1
    extra = desk.locator(".masthead-actions .extra:visible").last
    if extra.count():
        box = extra.bounding_box()
        assert box is not None
        assert 8 <= button["x"] - (box["x"] + box["width"]) <= 16
        assert abs(button["y"] - box["y"]) <= 1
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
