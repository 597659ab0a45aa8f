"""The offline page in a real browser: accessible in both schemes, narrow enough, silent."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from maillage.interfaces.cli.report.blocks import write_page
from tests.browser.conftest import WIDE, axe, no_sideways_scroll
from tests.interfaces.test_cli_report_blocks import page as blocks_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE["width"], 360])
def test_offline_page__is_accessible_and_narrow(page: Page, tmp_path: Path, scheme: str, width: int) -> None:
    write_page(tmp_path / "r.html", blocks_page("Cuisine partagée des Forges", rows=40))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # the two schemes
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((tmp_path / "r.html").as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    axe(page)
    no_sideways_scroll(page, width)
