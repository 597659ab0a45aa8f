"""A spreadsheet enters by the keyboard, on pages that axe finds nothing in, wide and narrow."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.viewer import Role
from tests.browser.conftest import WIDE, axe, no_sideways_scroll
from tests.factories.actors import make_account, make_organisation, make_site
from tests.importers.batches import csv_of, make_pole_here

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADERS = ("Référence", "Structure", "Ville", "Famille", "Courriel", "Remarques maison")
ROWS = (
    ("A1", "Ci&el", "Bourges", "ESS", "bonjour@exemple.fr", "à rappeler"),
    ("A2", "Ressourcerie du Berry", "Bourges", "ESS", "", ""),
    ("A3", "Les Jardins d’Essai", "Amilly", "ESS", "", ""),
    ("A4", "Garage d’Essai", "Amilly (45)", "boulangerie", "pas un courriel", ""),
)


@pytest.fixture
def pole() -> Pole:
    pole = make_pole_here()
    known = make_organisation("La Ressourcerie du Berry")
    make_site(known, municipality=pole.territory.municipalities.get(code="18033"))
    return pole


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "membres.csv"
    path.write_bytes(csv_of(HEADERS, *ROWS).getvalue())
    return path


def _look(page: Page) -> None:
    axe(page)
    no_sideways_scroll(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary


def test_importing__a_table_by_keyboard_from_the_form_to_the_directory(
    page: Page, live: str, sign_in: Callable[[Account], None], pole: Pole, table: Path, tmp_path: Path
) -> None:
    with override_settings(
        STORAGES={
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(tmp_path / "files")},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
    ):
        sign_in(make_account(Role.FACILITATOR, pole))
        page.goto(f"{live}/p/{pole.slug}/importer/")
        _look(page)
        page.get_by_label("Structures", exact=True).focus()
        page.keyboard.press("Space")
        page.get_by_label("Le fichier").set_input_files(table)
        page.get_by_role("button", name="Lire le fichier").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Les colonnes du fichier")
        _look(page)
        page.get_by_role("button", name="Vérifier le fichier").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui serait enregistré")
        _look(page)
        page.get_by_label("C’est la même que La Ressourcerie du Berry").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Garder ces réponses").press("Enter")
        expect(page.get_by_text("Ce qui changerait")).to_be_visible()
        page.get_by_role("button", name="Enregistrer les 2 lignes justes").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("C’est enregistré")
        _look(page)
    assert set(Organisation.objects.filter(source_id__in=["A1", "A2"]).values_list("name", flat=True)) == {
        "Ci&el",
        "Ressourcerie du Berry",
    }
