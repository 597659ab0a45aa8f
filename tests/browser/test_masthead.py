"""The head of the page: one line when there is room, a menu when there is not."""

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.viewer import Role
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
