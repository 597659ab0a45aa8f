"""A need heard on the phone, noted with one hand: how many gestures it takes besides the words themselves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.catalogue.operations import load_catalogue
from maillage.domain.exchanges.models import Intent, Support
from tests.browser.conftest import NARROW
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.factories.exchanges import make_need
from tests.factories.places import make_municipality, make_territory

expect.set_options(timeout=20_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Une salle de réunion pour vingt personnes"
HERE = "/p/essai/besoins-et-offres/noter/?sens=besoin"
COUNT = """() => { window.gestures = 0;
for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, () => { window.gestures += 1; }, true); }"""


@pytest.fixture
def author() -> Organisation:
    town = make_municipality("Bourges", "18033", latitude=47.08, longitude=2.4)
    make_pole("Pôle d’essai", "essai", territory=make_territory(municipalities=[town]))
    load_catalogue()
    author = make_organisation("Cantine des Tilleuls")
    make_membership(Pole.objects.get(), author)
    make_site(author, municipality=town)
    return author


@pytest.fixture
def team(author: Organisation, sign_in: Callable[[Account], None], page: Page) -> None:
    sign_in(make_account(Role.FACILITATOR, Pole.objects.get()))
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary


def begin(page: Page, live: str) -> None:
    page.goto(live + HERE)
    page.evaluate(COUNT)


def gestures(page: Page) -> int:
    """Return the keys and the touches besides the letters of the words."""
    return int(page.evaluate("window.gestures")) - len(WORDS)


def say(page: Page) -> None:
    page.locator("#id_words").click()
    page.keyboard.type(WORDS)
    expect(page.locator("#understood input:checked")).to_have_count(1)  # the type comes from the words


def test_known_structure__takes_three_letters_and_eight_gestures(
    page: Page, live: str, team: None, author: Organisation
) -> None:
    begin(page, live)
    say(page)
    page.locator("#id_author_text").click()
    page.keyboard.type("can")
    expect(page.get_by_role("option", name="Cantine des Tilleuls")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    used = gestures(page) + 1
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Une salle de réunion")
    noted = Intent.objects.get()
    assert (noted.author, noted.municipality_id) == (author, "18033")
    assert noted.resource_type is not None
    assert used <= 8, f"{used} gestures besides the words"


def test_unknown_structure__is_created_on_the_way(page: Page, live: str, team: None) -> None:
    begin(page, live)
    say(page)
    page.locator("#id_author_text").click()
    page.keyboard.type("Zouk")
    page.keyboard.press("Tab")
    page.get_by_label("Association, coopérative").or_(page.locator("[name=new_family]").first).first.check()
    page.locator("form#capture .save .btn-primary").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Une salle de réunion")
    assert Intent.objects.get().author.name == "Zouk"


def test_same_need__adds_a_supporter_instead_of_a_twin(
    page: Page, live: str, team: None, author: Organisation
) -> None:
    first = make_organisation("Maison des Jeunes")
    make_membership(Pole.objects.get(), first)
    need = make_need(pole=Pole.objects.get(), author=first, title=WORDS)
    begin(page, live)
    say(page)
    page.locator("#id_author_text").click()
    page.keyboard.type("can")
    page.get_by_role("option", name="Cantine des Tilleuls").click()
    page.get_by_role("button", name="Les regrouper").first.click()
    expect(page.get_by_text("C’est regroupé")).to_be_visible()
    assert Intent.objects.count() == 1
    assert (Support.objects.get().intent, Support.objects.get().organisation) == (need, author)
