"""Facts from a phone: a weighing with its photo by keyboard at 360 px, a label scanned, every page looked at."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.models import Commitment, EconomicEvent, EventFile
from maillage.domain.ledger.operations.labels import label_token, make_label
from maillage.interfaces.web.door import today
from tests.browser.conftest import NARROW, axe, no_sideways_scroll
from tests.browser.keyboard import Keyboard
from tests.factories import NOW
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.files import picture
from tests.factories.ledger import make_commitment, make_event_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Account], None]
LIST = "/p/gatinais/faits/"


@pytest.fixture
def own() -> Organisation:
    return make_organisation("Cantine des Tilleuls")


@pytest.fixture
def promise(own: Organisation, settings: Any, tmp_path: Path) -> Commitment:
    settings.MEDIA_ROOT = tmp_path / "files"
    pole = make_pole("Gâtinais en essai", "gatinais")
    make_membership(pole, own)
    kind = make_resource_type(
        "epluchures", "Épluchures et restes de préparation", dimension="mass", unit="kg"
    )
    return make_commitment(
        pole=pole,
        provider=own,
        receiver=make_organisation("Les Jardins du Val de Loing"),
        resource_type=kind,
        quantity=Decimal(1500),
        unit="kg",
        due_on=today(),
    )


@pytest.fixture
def member(promise: Commitment, own: Organisation, sign_in: SignIn) -> None:
    sign_in(make_account(Role.MEMBER, promise.pole, own))


def test_weighing__with_its_photo_is_recorded_by_keyboard_on_a_phone(
    page: Page, live: str, promise: Commitment, member: None, tmp_path: Path
) -> None:
    photo = tmp_path / "bac.jpg"
    photo.write_bytes(picture(size=(1200, 900), with_position=True))
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    page.goto(live + LIST)
    hands = Keyboard(page)
    hands.open("Noter : Épluchures", "link")
    axe(page)
    no_sideways_scroll(page)
    hands.go_to("Combien", "textbox")
    page.keyboard.press("Control+A")
    page.keyboard.type("84,5")
    hands.go_to("Photo ou document")
    page.get_by_label("Photo ou document").set_input_files(photo)  # the phone's own window, outside the page
    hands.open("Livré : je confirme", "button")
    expect(page.get_by_role("status").filter(has_text="C’est noté")).to_be_visible()
    expect(page.get_by_alt_text("Photo : bac.jpg")).to_be_visible()
    shown = page.get_by_alt_text("Photo : bac.jpg").evaluate("image => image.naturalWidth")
    assert shown == 1200
    axe(page)
    no_sideways_scroll(page)
    event = EconomicEvent.objects.get(commitment=promise)
    assert (str(event.quantity), EventFile.objects.get().event) == ("84.5000", event)


def test_label__is_scanned_without_an_account_on_a_phone(page: Page, live: str, promise: Commitment) -> None:
    label = make_label(commitment=promise, name="Bac n° 3, cour de la cantine", by=None, at=NOW)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    page.goto(f"{live}{LIST}e/{label_token(label)}/")
    axe(page)
    no_sideways_scroll(page)
    hands = Keyboard(page)
    hands.go_to("Combien", "textbox")
    page.keyboard.type("12")
    hands.go_to("Votre nom", "textbox")
    page.keyboard.type("Awa")
    hands.open("Livré : je confirme", "button")
    expect(page.get_by_role("status").filter(has_text="Merci")).to_be_visible()
    assert EconomicEvent.objects.get().told_by == "Awa"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "{promise}/",
        "{promise}/noter/",
        "{promise}/etiquette/",
        "journal/",
        "etiquettes/imprimer/",
        "cles/",
    ],
)
def test_pages__of_the_room_are_accessible_and_narrow(
    address: str, page: Page, live: str, promise: Commitment, member: None
) -> None:
    make_event_of(promise, 40, "kg")
    make_label(commitment=promise, name="Bac n° 3, cour de la cantine", by=None, at=NOW)
    page.goto(live + LIST + address.format(promise=promise.pk))
    for fold in page.locator("main details").all():
        fold.evaluate("fold => { fold.open = true; }")
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)
    no_sideways_scroll(page)
