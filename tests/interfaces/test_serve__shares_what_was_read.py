"""``maillage serve``: one process shows its first page at once, several share what they read before it."""

import os
import subprocess
import sys
from pathlib import Path

from maillage.interfaces.cli.serve_command import site_words

QUESTION = """
import maillage.config.ready
from django.db import connections
from django.template import engines
from django.urls import get_resolver
assert connections["default"].connection is None, "a connection is open"
assert get_resolver()._populated, "the addresses are not read"
kept = engines["django"].engine.template_loaders[0].get_template_cache
assert any(str(one).startswith("exchanges/list.html") for one in kept), "the templates are not read"
print("prêt")
"""


def test_serve__reads_before_it_forks_only_when_it_forks() -> None:
    assert "--preload" not in site_words(port=8000, workers=1)
    assert {"--preload", "maillage.config.ready:application"} <= set(site_words(port=8000, workers=2))


def test_ready__has_read_the_pages_and_opened_no_connection(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", QUESTION],
        env=os.environ
        | {"MAILLAGE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "maillage.config.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.stdout == "prêt\n", answer.stderr
