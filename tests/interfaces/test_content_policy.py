"""What a browser may load: nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest
from django.test import Client

import maillage.interfaces as interfaces
from maillage.interfaces.web.assets import shares

ROOT = Path(interfaces.__file__).parent
INLINE = re.compile(
    r"""\s(?:style|on[a-z]+)=["']|<style\b|<script(?![^>]*(?:\ssrc=|application/json))|javascript:"""
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/compte/login/", "/introuvable"])
def test_policy__allows_no_inline_script_nor_style(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_templates__carry_no_script_and_no_style() -> None:
    pages = [one for one in ROOT.rglob("*.html") if "cli" not in one.parts]
    faults = [f"{one.name} : {found[0]}" for one in pages if (found := INLINE.search(one.read_text("utf-8")))]
    assert len(pages) > 40
    assert faults == []


def test_shares__have_a_class_for_each_hundredth() -> None:
    assert shares().count("\n") == 101
    assert ".share-37{--q:37;--w:37%}" in shares()
