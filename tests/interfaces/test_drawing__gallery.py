"""The style page shows each drawing with the sheet of the site, without script or inline style."""

import re
from typing import Any

import pytest
from django.test import Client

from maillage.interfaces.web.pages.gallery import drawings

pytestmark = pytest.mark.django_db


def test_gallery__shows_each_drawing_with_its_table(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    text = client.get("/style/").content.decode()
    assert "maillage/drawing.css" in text
    assert text.count('<figure class="d-figure') == len(drawings()) == 6
    assert text.count('class="d-table') >= 6


def test_gallery__drawings_carry_no_inline_style_nor_script() -> None:
    for one in drawings():
        assert not re.search(r"<script|\sstyle=|\son\w+=", one.figure())
