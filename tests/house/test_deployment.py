"""An instance in https, behind a proxy, has nothing to be told by ``check --deploy``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HTTPS = {
    "MAILLAGE_ADDRESS": "https://maillage.example.org",
    "MAILLAGE_HOSTS": "maillage.example.org",
    "MAILLAGE_BEHIND_PROXY": "oui",
    "MAILLAGE_SECRET_KEY": "7h-Kq2!vN9pXz4wLd8sRb6mTe3yUc5aGf1jHo0iQkWxEvBnMtYlPrSuZaDgFhJkL",
}
ASKED = """
import json, django
django.setup()
from django.conf import settings
names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_AGE",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def _run(*words: str, tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "maillage.config.settings", "MAILLAGE_HOME": str(tmp_path)}
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAILLAGE_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, *words],
        env=kept | settings | HTTPS | changes,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_deployment__check_has_nothing_to_say(tmp_path: Path) -> None:
    done = _run("-m", "django", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


def test_deployment__cookies_and_hsts_follow_the_address(tmp_path: Path) -> None:
    said = json.loads(_run("-c", ASKED, tmp_path=tmp_path).stdout)
    assert said == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_AGE": 1_209_600,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": False,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"MAILLAGE_PROCONNECT_CLIENT": "moi"},
        {
            "MAILLAGE_OIDC_ADDRESS": "http://ailleurs.example",
            "MAILLAGE_OIDC_CLIENT": "moi",
            "MAILLAGE_OIDC_SECRET": "s",
        },
    ],
)
def test_deployment__half_an_identity_provider_is_refused_with_a_sentence(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    done = _run("-m", "django", "check", tmp_path=tmp_path, **changes)
    assert done.returncode != 0
    assert "vont ensemble" in done.stderr or "https://" in done.stderr
