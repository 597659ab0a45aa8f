"""Settings of the tests: the product's, with plain static files, a fast hasher and a hostile harness."""

from pathlib import Path

from maillage.config.settings import *  # noqa: F403 - the product's own settings are what is tested
from maillage.config.settings import DATABASES, MIDDLEWARE, TEMPLATES

INVALID_VARIABLE = "VARIABLE-INCONNUE"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = f"{INVALID_VARIABLE}:%s"  # type: ignore[index]  # a plain dictionary

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ENCODER = "lexical"
TYPE_MODEL = Path("absent.npz")  # tests that want a model train it
SITE_ADDRESS = "http://testserver"
MIDDLEWARE = [
    one for one in MIDDLEWARE if "whitenoise" not in one
]  # the live server serves static files itself

_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = (
    f"{_options.get('options', '')} -c synchronous_commit=off"  # no test outlives a power cut
)
